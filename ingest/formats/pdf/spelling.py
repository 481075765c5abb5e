"""Words of a PDF file as one would type them."""

from __future__ import annotations

import re
import unicodedata

_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]")
"""Ligatures and presentation forms, which stand for other letters."""

_HYPHENS = re.compile("[\ufffe\x02\u2010\u2011]|\xad$")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200d\u2060\ufeff]")


def normal(token: str) -> str:
    """A word as one would type it: no ligatures, no presentation forms, no invisible signs.

    Args:
        token: The word, of which characters above U+FFFF are two halves, as in UTF-16.

    Returns:
        The word, such characters whole.
    """
    if token.isascii() and token.isprintable():
        return token
    token = token.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _INVISIBLE.sub("", _HYPHENS.sub("-", token))
    return _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def with_bullet(token: str) -> str:
    """A token; a lone sign without a letter's code is a bullet of a font of symbols."""
    return "•" if len(token) == 1 and ord(token) > 0 and not token.isprintable() else token

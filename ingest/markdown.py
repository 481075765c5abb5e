"""Writing Markdown that says what was meant: the other side of `ingest.cleaning`."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\\`*_<|]|(?<=\])\(|^\s*(?:[#>+-]|\d+[.)](?=\s))", re.MULTILINE)
_LAST = re.compile(r"(\W)$")


def escaped(text: str) -> str:
    """A text of no markup, so written that `ingest.cleaning` gives it back.

    Citation marks such as ``[3]`` stay as they are: cleaning is to take them out.

    Args:
        text: A line or a paragraph.

    Returns:
        The same, with a backslash before what would be read as Markdown.
    """
    return _SIGNS.sub(lambda match: _LAST.sub(r"\\\1", match.group()), text)

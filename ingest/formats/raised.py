"""Raised text in Word and HTML, where it is not said what it is: a mark, or an exponent."""

from __future__ import annotations

import re

from ingest import markdown

_NUMBERS = re.compile(r"\[?\d{1,3}(?:\s?[,;\u2013-]\s?\d{1,3})*\]?")
_SIGNS = re.compile(r"[*†‡§¶#]+")
_AFTER_WORD = re.compile(r"(?:[^\W\d_]{3}|[^\W\d_]\d?[.,;:!?\"'”’)\]]{1,3})$")  # noqa: RUF001


def raised(text: str, before: str) -> str:
    """Raised text as it is to stand in a line.

    Args:
        text: What is raised.
        before: The line so far.

    Returns:
        Numbers behind words and signs of notes as a mark; behind a digit as an exponent
        with its sign; anything else (units, ordinals) as it is.
    """
    held = text.strip()
    if _SIGNS.fullmatch(held) or (_NUMBERS.fullmatch(held) and _AFTER_WORD.search(before)):
        return markdown.mark(held)
    exponent = held and before[-1:].isdigit() and (held[0].isdigit() or held[0] in "-+\u2212")
    return f"^{text}" if exponent else text

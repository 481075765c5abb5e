"""Halves of characters: what Python can hold and no file, database or screen can."""

from __future__ import annotations


def without_halves(text: str) -> str:
    """A text that can be written anywhere.

    Half of a surrogate pair comes with JSON, which can escape one, and with the names of files
    that are not UTF-8.

    Args:
        text: Any text.

    Returns:
        The same with "?" for every half of a character.
    """
    return text.encode(errors="replace").decode()

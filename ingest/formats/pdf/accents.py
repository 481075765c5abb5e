"""Accents that are printed over letters as signs of their own."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from ingest.formats.pdf.types import Word

_COMBINING = {
    "\u00b4": "\u0301",  # acute
    "`": "\u0300",
    "\u00a8": "\u0308",  # two dots
    "\u02c6": "\u0302",  # circumflex
    "^": "\u0302",
    "\u02dc": "\u0303",  # tilde
    "~": "\u0303",
    "\u02dd": "\u030b",  # two acutes
    "\u02da": "\u030a",  # ring
    "\u02c7": "\u030c",  # caron
    "\u00b8": "\u0327",  # cedilla
    "\u00af": "\u0304",  # macron
    "\u02d8": "\u0306",  # breve
    "\u02d9": "\u0307",  # dot
}
_NEAR = 40
"""An accent's letter is at most so many words away in the order of the file."""


def with_accents(words: Sequence[Word]) -> Sequence[Word]:
    """Words with accents put on the letters they stand over.

    Args:
        words: Words in the order of the file.

    Returns:
        The same, without the accents that found their letter.
    """
    if not any(word.text in _COMBINING for word in words):
        return words
    kept = list(words)
    for index, accent in enumerate(words):
        if accent.text not in _COMBINING:
            continue
        for at in sorted(
            range(max(0, index - _NEAR), min(len(kept), index + _NEAR)),
            key=lambda i: abs(i - index),
        ):
            if found := _accented(kept[at], accent):
                kept[at] = found
                kept[index] = accent._replace(text="")
                break
    return [word for word in kept if word.text]


def _accented(word: Word, accent: Word) -> Word | None:
    """A word with an accent on the letter below it; None where there is none."""
    middle = (accent.left + accent.right) / 2
    if not word.left < middle < word.right or abs(word.base - accent.base) > word.size:
        return None
    at = int((middle - word.left) / (word.right - word.left) * len(word.text))
    text = word.text
    letter = unicodedata.normalize("NFC", text[at] + _COMBINING[accent.text])
    if len(letter) > 1:
        return None
    return word._replace(text=text[:at] + letter + text[at + 1 :])

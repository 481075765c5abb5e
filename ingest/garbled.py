"""Words that no author wrote: what broken encodings, fonts without a table and bad OCR leave."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LOST = re.compile(r"[\ufffd\ue000-\uf8ff]|\(cid:\d+\)|\\u[0-9a-f]{4}|[\U000f0000-\U0010ffff]")
# UTF-8 read as Latin-1 or Windows-1252: a lead byte, then continuation bytes.
_MISREAD = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160"
    "\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153"
    "\u017e\u0178]|\u00e2(?:\u20ac|\u0080)[\u0080-\u00bf\u2122\u0153\u009d\u02dc\u201c\u201d]|"
    "[\u00e4-\u00e9][\u0080-\u00bf]{2}"
)
_NOT_SPELT = re.compile(
    r"[a-z]{2}\d+[a-z]|[a-z]\d+[a-z]{2}"  # m0de1s, and no x2k
    r"|[a-z][~^|\\*#§¢£¥¬°•■¦¡¿»«][a-z]"  # w~ter
)
# With r and l, which are vowels in Slavic languages; all but the plain letters may be one.
_NO_VOWEL = re.compile(r"[b-df-hjkmnp-qs-tv-xz]{5,}", re.IGNORECASE)
_ADDRESS = re.compile(r"@|://|www\.|\.(?:org|com|net|edu|gov|io|html?|php|pdf)\b|^\W*[#$\\]")
_EDGES = re.compile(r"^\W+|\W+$")
_SUSPECT = (
    re.compile(r"\(cid:|\\u"),
    re.compile(r"[\d~^|\\*#§¢£¥¬°•■¦¡¿»«](?<=[a-z].)"),  # the rare sign first: faster
    re.compile(r"[b-df-hjkmnp-qs-tv-xzB-DF-HJKMNP-QS-TV-XZ]{5}"),
)
"""What texts in ASCII without any garbled words have none of."""
_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_]\s+){4,}[^\W\d_](?!\S)")


def garbled_words(text: str) -> Iterator[str]:
    """The words of a text that look garbled.

    Args:
        text: Clean text.

    Yields:
        Each of them, as often as it stands there: words with signs of a lost or broken
        encoding, with digits or signs in place of letters, of letters that nobody can
        pronounce, and letters set apart that were a word. Chinese has none but the first.
    """
    for run in _SPACED.finditer(text):
        letters = run.group().split()
        if _is_word_apart(letters):
            yield from letters
    suspect = _SUSPECT if text.isascii() else (*_SUSPECT, _LOST, _MISREAD)
    if any(pattern.search(text) for pattern in suspect):
        yield from filter(_is_garbled, text.split())


def _is_word_apart(letters: list[str]) -> bool:
    """Whether single letters were a word: small ones, with vowels among them."""
    small = [letter for letter in letters if letter.islower()]
    return len(small) >= 4 and any(letter in "aeiou" for letter in small)


def _is_garbled(word: str) -> bool:
    if _LOST.search(word) or _MISREAD.search(word):
        return True
    if _ADDRESS.search(word):
        return False
    bare = _EDGES.sub("", word)
    if _NOT_SPELT.search(bare):
        return True
    return bool(_NO_VOWEL.fullmatch(bare)) and not bare.isupper()

"""Drop caps: large first letters that reach down beside the first lines of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from statistics import median

from ingest.formats.pdf.types import Line, Word
from ingest.hyphens import bare

_LETTERS = re.compile(r"\W?[^\W\d_]{1,2}$")
_LARGER = 1.8
"""A drop cap is so many times as large as the lines beside it, or more."""

_HEIGHT = 0.7
"""How high capitals are, in sizes of their type."""

_NEAR = 1.5
"""The lines beside a drop cap begin at most so far from it, in sizes of their type."""

_MIN_LINES = 2
_MAX_TRIED = 20
"""So many large letters of a page are tried, each beside all its words."""


def with_drop_caps(words: Sequence[Word]) -> Sequence[Word]:
    """Words with each drop cap set before the first word of its paragraph.

    Args:
        words: Words in the order of the file.

    Returns:
        The same, each drop cap on the line of the word it begins, and of that line's size.
    """
    found = dict(_drop_caps(words))
    if not found:
        return words
    moved = set(found.values())
    known = {bare(word.text) for at, word in enumerate(words) if at not in moved}
    placed: list[Word] = []
    for index, word in enumerate(words):
        if index in found:
            cap = words[found[index]]
            placed.append(cap._replace(base=word.base, size=word.size, glued=False, dropped=True))
            placed.append(word._replace(glued=not _is_whole(cap, word, known)))
        elif index not in moved:
            placed.append(word._replace(glued=False) if index - 1 in moved else word)
    return placed


def is_beside_drop_cap(line: Line, first: Line) -> bool:
    """Whether a line stands beside the drop cap of its paragraph.

    Args:
        line: A line below the first one.
        first: The paragraph's first line.

    Returns:
        Whether it does; False where the paragraph has no drop cap.
    """
    cap = first.words[0]
    return cap.dropped and line.left > cap.right - 1 and line.base < cap.bottom


def _drop_caps(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """The places of words that a drop cap begins, and of the drop caps."""
    if not words:
        return
    large = _LARGER * median(word.size for word in words)
    capitals = (
        (at, word)
        for at, word in enumerate(words)
        if word.size >= large and _LETTERS.match(word.text) and not word.text.islower()
    )
    for at, cap in islice(capitals, _MAX_TRIED):
        beside = _beside(words, cap)
        if len(beside) >= _MIN_LINES:
            yield min(beside, key=lambda i: words[i].base), at


def _beside(words: Sequence[Word], cap: Word) -> list[int]:
    """The places of the words that begin lines of small type directly to the right of a letter."""
    top, low = cap.base - _HEIGHT * cap.size, cap.base
    rows: dict[int, int] = {}
    for at, word in enumerate(words):
        if word is not cap and word.right > cap.left and top < word.base < low + 0.5 * word.size:
            first = rows.setdefault(round(word.base), at)
            if word.left < words[first].left:
                rows[round(word.base)] = at
    return [at for at in rows.values() if _is_near(cap, words[at])]


def _is_near(cap: Word, word: Word) -> bool:
    return cap.size >= _LARGER * word.size and -1 < word.left - cap.right < _NEAR * word.size


def _is_whole(cap: Word, following: Word, known: set[str]) -> bool:
    """Whether a drop cap is a word of its own, as the article A is."""
    one, other = bare(cap.text), bare(following.text)
    capital = following.text[:1].isupper() and following.text[1:].islower()
    return capital or ({one, other} <= known and one + other not in known)

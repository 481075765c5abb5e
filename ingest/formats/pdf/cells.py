"""Words to cells: what stands close together in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.formats.pdf.accents import with_accents
from ingest.formats.pdf.dropcaps import with_drop_caps
from ingest.formats.pdf.spaced import with_spread_words
from ingest.formats.pdf.types import Word

GAP = 1.0
"""A gap this wide, in sizes of the type, parts two cells of a line."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Words that follow one another closely in one line."""

    words: tuple[Word, ...]
    left: float
    right: float
    base: float
    size: float

    @classmethod
    def of(cls, words: Sequence[Word]) -> Cell:
        """The cell that words make."""
        main = max(words, key=lambda word: (word.size, len(word.text)))
        left, right = min([word.left for word in words]), max([word.right for word in words])
        return cls(tuple(words), left, right, main.base, main.size)


def cells_of(words: Sequence[Word]) -> list[Cell]:
    """Words in the order of the file to cells."""
    cells: list[Cell] = []
    pending: list[Word] = []
    for word in with_drop_caps(with_accents(with_spread_words(words))):
        if pending and not _follows(pending[-1], word):
            cells.append(Cell.of(pending))
            pending = []
        pending.append(word)
    return [*cells, Cell.of(pending)] if pending else cells


def _follows(before: Word, word: Word) -> bool:
    """Whether a word stands beside the one before it, to the right or, read so, to the left."""
    size = before.size if before.size >= word.size else word.size
    drop = abs(word.base - before.base)
    if drop > 0.25 * size and not (_is_script(before, word) and drop < 0.7 * size):
        return False
    gap = word.left - before.right
    if gap < -0.5 * size:
        gap = before.left - word.right
    return -0.5 * size <= gap <= GAP * size


def _is_script(one: Word, other: Word) -> bool:
    """Whether one of two words is set so much smaller that it may be raised or lowered."""
    return min(one.size, other.size) < 0.85 * max(one.size, other.size)

"""Words whose capitals are spread, as in "A B S T R A C T"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.formats.pdf.types import Word

_MIN_LETTERS = 5
_WIDE = 1.0
"""Spread letters stand closer than this, in sizes of the type."""

_MORE = 1.6
"""A gap so many times as wide as that between letters parts two words."""


def with_spread_words(words: Sequence[Word]) -> list[Word]:
    """Words with those whole of which each capital stands alone.

    Args:
        words: Words in the order of the file.

    Returns:
        The same, runs of five capitals or more in one line joined, and parted where the
        gap is wider than between their letters.
    """
    found: list[Word] = []
    run: list[Word] = []
    for word in words:
        if run and not (_is_capital(word) and _follows(run[-1], word)):
            found += _joined(run)
            run = []
        if _is_capital(word):
            run.append(word)
        else:
            found.append(word)
    return [*found, *_joined(run)]


def _is_capital(word: Word) -> bool:
    return len(word.text) == 1 and word.text.isupper()


def _follows(before: Word, word: Word) -> bool:
    gap = word.left - before.right
    same = before.base == word.base and before.size == word.size
    return same and 0.1 * word.size < gap < _WIDE * word.size


def _joined(run: Sequence[Word]) -> Iterator[Word]:
    """The words that a run of letters makes; the letters, where they are few."""
    if len(run) < _MIN_LETTERS:
        yield from run
        return
    usual = min(two.left - one.right for one, two in pairwise(run))
    begin = 0
    for end in range(1, len(run) + 1):
        if end == len(run) or run[end].left - run[end - 1].right > _MORE * usual:
            text = "".join(word.text for word in run[begin:end])
            yield run[begin]._replace(text=text, right=run[end - 1].right)
            begin = end

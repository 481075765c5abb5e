"""The numbers that manuscripts have in a margin beside their lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ingest.formats.pdf.types import Word

_MIN_NUMBERS = 4
_MIN_WORDS = 30
"""A page with fewer words need not have numbers beside its lines."""

_MAX_STEP = 10
_MOST = 0.8
_NEAR = 2.0
"""Numbers stand below one another where their edges differ by less, in points."""

_Range = tuple[float, float]


def without_line_numbers(
    pages: Sequence[Sequence[Word]], middle: float
) -> tuple[list[list[Word]], int]:
    """Take the numbers of lines off pages.

    Args:
        pages: The words of each page.
        middle: Where the middle of most pages is: what begins before it is in the left half.

    Returns:
        The words without rising numbers that stand outside of all else on half of the pages
        or more, beside most lines of their half or every fifth; and how many those are.
    """
    kept = [list(words) for words in pages]
    for outer in (True, False):
        ranges = [_margin(words, middle, left=outer) for words in kept]
        found = [place for place in ranges if place]
        full = sum(len(words) >= _MIN_WORDS for words in kept)
        if found and len(found) * 2 >= full:
            place = min(left for left, _ in found), max(right for _, right in found)
            kept = [[word for word in words if not _stands(word, place)] for words in kept]
    return kept, sum(map(len, pages)) - sum(map(len, kept))


def _margin(words: Sequence[Word], middle: float, *, left: bool) -> _Range | None:
    """From where to where the numbers in a margin of a page stand; None where it has none."""
    half = [word for word in words if (word.left < middle) == left]
    numbers = _aligned([word for word in half if _is_number(word)])
    if len(numbers) < _MIN_NUMBERS:
        return None
    place = min(word.left for word in numbers), max(word.right for word in numbers)
    rest = [word for word in half if not _stands(word, place)]
    inside = sum(w.left > place[1] if left else w.right < place[0] for w in rest)
    if inside < 0.95 * len(rest) or len(numbers) * _step(numbers) < 0.7 * _rows(rest):
        return None
    return place


def _aligned(numbers: Sequence[Word]) -> list[Word]:
    """The most numbers that begin or end at one place, from top to bottom."""
    groups: defaultdict[tuple[bool, int], list[Word]] = defaultdict(list)
    for word in numbers:
        for ends, edge in ((False, word.left), (True, word.right)):
            groups[ends, round(edge / _NEAR)].append(word)
    most = max(groups.values(), key=lambda group: len(group), default=[])  # noqa: PLW0108
    return sorted(most, key=lambda word: word.base)


def _step(numbers: Sequence[Word]) -> int:
    """By what numbers rise from line to line; 0 where they do not, or unevenly."""
    steps = Counter(int(two.text) - int(one.text) for one, two in pairwise(numbers))
    step, count = steps.most_common(1)[0]
    return step if 0 < step <= _MAX_STEP and count >= _MOST * (len(numbers) - 1) else 0


def _rows(words: Sequence[Word]) -> int:
    """How many lines words stand in."""
    heights = sorted((word.base, word.size) for word in words)
    return 1 + sum(two - one > 0.5 * size for (one, _), (two, size) in pairwise(heights))


def _is_number(word: Word) -> bool:
    return word.text.isascii() and word.text.isdigit() and len(word.text) < 5


def _stands(word: Word, place: _Range) -> bool:
    """Whether a word is a number that stands in a margin."""
    return _is_number(word) and place[0] - _NEAR < word.left and word.right < place[1] + _NEAR

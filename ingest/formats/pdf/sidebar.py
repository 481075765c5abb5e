"""A narrow column in small type beside the text of the first page: dates, editors, licence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from statistics import median

from ingest.formats.pdf.cells import Cell
from ingest.formats.pdf.edges import is_text

_MIN_LINES = 8
_MAX_TRIED = 4
"""So many places where cells begin are tried, those of the most cells."""

_NARROW = 0.5
"""A sidebar is narrower than this share of the text's width."""

_WIDE = 9.0
"""Its longest lines are longer, in sizes of its type, than labels beside lines are."""

_SMALL = 0.95


def sidebar_apart(cells: Sequence[Cell]) -> tuple[list[Cell], list[Cell]]:
    """Part the sidebar to the left of a page's text from all else.

    Args:
        cells: The cells of a page.

    Returns:
        All else, and the sidebar's cells, which are none on most pages.
    """
    starts = Counter(round(cell.left) for cell in cells)
    for at, count in starts.most_common(_MAX_TRIED):
        if count < _MIN_LINES:
            break
        for run in _small_runs(cells, at - 1):
            if _is_sidebar(run, cells, at - 1):
                aside = set(map(id, run))
                return [cell for cell in cells if id(cell) not in aside], run
    return list(cells), []


def _small_runs(cells: Sequence[Cell], edge: float) -> Iterator[list[Cell]]:
    """The cells left of an edge from top to bottom, parted where one crosses it or is not small."""
    size = median([cell.size for cell in cells if cell.left >= edge])

    def small(cell: Cell) -> bool:
        return cell.right <= edge and cell.size < _SMALL * size

    left = sorted((cell for cell in cells if cell.left < edge), key=attrgetter("base"))
    return (list(run) for is_small, run in groupby(left, small) if is_small)


def _is_sidebar(run: Sequence[Cell], cells: Sequence[Cell], edge: float) -> bool:
    """Whether cells left of an edge are many narrow lines beside full lines of text."""
    top, bottom = run[0].base - 1, run[-1].base + 1
    text = [cell for cell in cells if cell.left >= edge and top <= cell.base <= bottom]
    if min(len({round(cell.base) for cell in side}) for side in (run, text)) < _MIN_LINES:
        return False
    width = max(cell.right for cell in run) - min(cell.left for cell in run)
    narrow = width < _NARROW * median(cell.right - cell.left for cell in text)
    return narrow and is_text(text) and _is_prose(run)


def _is_prose(run: Sequence[Cell]) -> bool:
    """Whether cells are lines with words, and no numbers or labels of the lines beside them."""
    lettered = sum(any(c.isalpha() for word in cell.words for c in word.text) for cell in run)
    widest = max(cell.right - cell.left for cell in run)
    return lettered * 2 > len(run) and widest > _WIDE * median(cell.size for cell in run)

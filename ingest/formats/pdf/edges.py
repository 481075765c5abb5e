"""Where the columns of a page begin.

A column's left edge is a place where many cells begin and that few cross, with full lines
of text on both sides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median
from typing import TypeAlias

from ingest.formats.pdf.cells import Cell

_Test: TypeAlias = Callable[[Sequence[Cell], float], bool]
"""Whether a place is the edge of a column of some cells."""

_MIN_WIDTH = 60
"""Columns are this far apart at least, in points."""

_MAX_COLUMNS = 4
_MAX_TRIED = 12
"""So many places where cells begin are tried, those of the most cells."""

_MIN_LINES = 4
"""A column has at least so many lines; a column known from other pages has one."""


def column_edges(cells: Sequence[Cell]) -> list[float]:
    """The left edges of a page's columns but the first.

    Args:
        cells: The cells of a page.

    Returns:
        Edges from left to right; none where there is one column.
    """
    starts = Counter(round(cell.left) for cell in cells)
    counts = Counter({at: starts[at] + starts[at + 1] for at in starts})
    found = [at for at, count in counts.most_common(_MAX_TRIED) if count >= _MIN_LINES]
    return _chosen(cells, [_left_of_indents(cells, at - 0.5) for at in found], _is_edge)


def kept_edges(cells: Sequence[Cell], edges: Sequence[float]) -> list[float]:
    """Those of a page's edges that have text on both sides without its sidebar, too.

    Args:
        cells: The cells of the page but its sidebar.
        edges: The edges of the whole page.

    Returns:
        Edges from left to right.
    """
    return [edge for edge in edges if _is_edge(cells, edge)]


def familiar_edges(cells: Sequence[Cell], pages: Sequence[Sequence[float]]) -> list[float]:
    """The edges that other pages of a document have, where few cells of a page cross them.

    Args:
        cells: The cells of a page on which no edges were found.
        pages: The edges of all pages.

    Returns:
        Edges from left to right. Those of most other pages need not have full lines of text
        on both sides: the last page of an article may have three.
    """
    counts = Counter(round(edge / 4) * 4.0 for edges in pages for edge in edges)
    common = counts.most_common(_MAX_COLUMNS)
    most = [edge - 2 for edge, count in common if count * 2 >= len(pages) - 1]
    few = [edge - 2 for edge, count in common if count * 2 < len(pages) - 1]
    return _chosen(cells, most, _stands_between) or _chosen(cells, few, _is_familiar)


def _chosen(cells: Sequence[Cell], edges: Sequence[float], is_edge: _Test) -> list[float]:
    """Those that are edges, the first of those that are close together."""
    chosen: list[float] = []
    for edge in edges:
        apart = all(abs(edge - other) > _MIN_WIDTH for other in chosen)
        if apart and is_edge(cells, edge):
            chosen.append(edge)
    return sorted(chosen)


def _left_of_indents(cells: Sequence[Cell], edge: float) -> float:
    """The edge of a column of which many lines, indented ones, begin at ``edge``."""
    rights = sorted(cell.right for cell in cells if cell.right <= edge)
    if not rights:
        return edge
    gutter = max(rights[int(len(rights) * 0.95)], edge - 50)
    return min((c.left for c in cells if gutter < c.left <= edge < c.right), default=edge)


def _sides(cells: Sequence[Cell], edge: float) -> tuple[list[Cell], list[Cell]]:
    """The cells on both sides of an edge; none where it has one side, or many cross it."""
    left = [cell for cell in cells if cell.right <= edge + 1]
    right = [cell for cell in cells if cell.left >= edge - 2]
    if not left or not right or len(cells) > 2 * (len(left) + len(right)):
        return [], []
    return left, right


def _is_edge(cells: Sequence[Cell], edge: float) -> bool:
    """Whether full lines of text stand beside one another on both sides of an edge."""
    left, right = _sides(cells, edge)
    few = min(len(left), len(right)) < _MIN_LINES or _beside(left, right) < _MIN_LINES
    return not few and is_text(left) and is_text(right)


def _is_familiar(cells: Sequence[Cell], edge: float) -> bool:
    """Whether full lines of text stand left of an edge known from other pages, and right."""
    left, right = _sides(cells, edge)
    return bool(left) and is_text(left) and (len(right) < _MIN_LINES or is_text(right))


def _stands_between(cells: Sequence[Cell], edge: float) -> bool:
    """Whether long lines stand on both sides of an edge, and on the right many begin there."""
    left, right = _sides(cells, edge)
    return bool(left) and _usual(left)[1] and _usual(right)[1] and _begins_at(edge, right)


def _beside(left: Sequence[Cell], right: Sequence[Cell]) -> int:
    """How many cells of one side have some of the other side at their height."""
    top = max(min(c.base for c in left), min(c.base for c in right)) - 1
    bottom = min(max(c.base for c in left), max(c.base for c in right)) + 1
    return min(sum(top <= cell.base <= bottom for cell in side) for side in (left, right))


def is_text(side: Sequence[Cell]) -> bool:
    """Whether cells are lines of text: most as wide as one another, and not as in a table.

    Args:
        side: Cells that stand below one another; one at least.

    Returns:
        Whether they are, and wide enough for a column.
    """
    usual, wide = _usual(side)
    full = sum(cell.right - cell.left > 0.7 * usual for cell in side)
    return wide and (full * 2 >= len(side) or full > 10)


def _begins_at(edge: float, right: Sequence[Cell]) -> bool:
    """Whether cells right of an edge begin there, as lines do and the cells of a table do not."""
    return sum(cell.left - edge < 2 * cell.size for cell in right) * 3 >= len(right)


def _usual(side: Sequence[Cell]) -> tuple[float, bool]:
    """How wide the full lines of cells are, and whether that is wide enough for a column."""
    widths = sorted(cell.right - cell.left for cell in side)
    usual = widths[int(len(widths) * 0.9)]
    return usual, usual > 9 * median(cell.size for cell in side)

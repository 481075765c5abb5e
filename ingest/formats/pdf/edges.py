"""Where the columns of a page begin.

A column's left edge is a place where many cells begin and that few cross, with full lines
of text on both sides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median

from ingest.formats.pdf.cells import Cell

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
    return _chosen(cells, [_left_of_indents(cells, at - 0.5) for at in found], familiar=False)


def kept_edges(cells: Sequence[Cell], edges: Sequence[float]) -> list[float]:
    """Those of a page's edges that have text on both sides without its sidebar, too.

    Args:
        cells: The cells of the page but its sidebar.
        edges: The edges of the whole page.

    Returns:
        Edges from left to right.
    """
    return [edge for edge in edges if _is_edge(cells, edge, familiar=False)]


def familiar_edges(cells: Sequence[Cell], pages: Iterable[Sequence[float]]) -> list[float]:
    """The edges that other pages of a document have, where few cells of a page cross them.

    Args:
        cells: The cells of a page on which no edges were found.
        pages: The edges of all pages.

    Returns:
        Edges from left to right.
    """
    counts = Counter(round(edge / 4) * 4.0 for edges in pages for edge in edges)
    usual = [edge - 2 for edge, _ in counts.most_common(_MAX_COLUMNS)]
    return _chosen(cells, usual, familiar=True)


def _chosen(cells: Sequence[Cell], edges: Sequence[float], *, familiar: bool) -> list[float]:
    """Those that are edges, the first of those that are close together."""
    chosen: list[float] = []
    for edge in edges:
        if all(abs(edge - other) > _MIN_WIDTH for other in chosen) and _is_edge(
            cells, edge, familiar=familiar
        ):
            chosen.append(edge)
    return sorted(chosen)


def _left_of_indents(cells: Sequence[Cell], edge: float) -> float:
    """The edge of a column of which many lines, indented ones, begin at ``edge``."""
    rights = sorted(cell.right for cell in cells if cell.right <= edge)
    if not rights:
        return edge
    gutter = max(rights[int(len(rights) * 0.95)], edge - 50)
    return min((c.left for c in cells if gutter < c.left <= edge < c.right), default=edge)


def _is_edge(cells: Sequence[Cell], edge: float, *, familiar: bool) -> bool:
    """Whether full lines of text stand on both sides of an edge, and few cross it."""
    left = [cell for cell in cells if cell.right <= edge + 1]
    right = [cell for cell in cells if cell.left >= edge - 2]
    if len(cells) > 2 * (len(left) + len(right)):
        return False
    if not left or not right or not is_text(left):
        return False
    if familiar and len(right) < _MIN_LINES:
        return True
    few = min(len(left), len(right)) < _MIN_LINES or _beside(left, right) < _MIN_LINES
    return is_text(right) and (familiar or not few)


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
    widths = sorted(cell.right - cell.left for cell in side)
    usual = widths[int(len(widths) * 0.9)]
    full = sum(width > 0.7 * usual for width in widths)
    wide = usual > 9 * median(cell.size for cell in side)
    return wide and (full * 2 >= len(side) or full > 10)

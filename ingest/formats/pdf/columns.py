"""Cells to lines, and lines to columns in reading order.

Cells that lie in two columns or more span them. Down the page, each stretch between
spanning cells is read column by column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.formats.pdf.cells import GAP, Cell
from ingest.formats.pdf.types import Frame, Line

Place = tuple[tuple[int, ...], int]
"""The columns of a page, roughly, and which of them; -1 for one that spans them all."""

_INDENT = 5.0
"""Lines of one paragraph begin no farther from each other, in sizes of the type."""

_SIDEBAR: Place = ((), -2)

CELL: Place = ((), -3)
"""The place of a column that is a cell in the head of a paper, as wide as it is."""


@dataclass(frozen=True, slots=True)
class Column:
    """Lines from top to bottom that stand between a left and a right edge."""

    lines: tuple[Line, ...]
    left: float
    right: float
    place: Place


def read_columns(frame: Frame, cells: Sequence[Cell], edges: Sequence[float]) -> list[Column]:
    """The columns of a page in reading order.

    Args:
        frame: The page.
        cells: Its cells.
        edges: See `ingest.formats.pdf.edges`.

    Returns:
        Columns; a page of two columns with a heading above has three.
    """
    if not cells:
        return []
    columns: list[Column] = []
    band: list[tuple[int, Cell]] = []
    for place, cell in _placed(sorted(cells, key=lambda cell: cell.base), edges):
        if band and (place < 0) != (band[-1][0] < 0):
            columns.extend(_band_columns(frame, band, edges))
            band = []
        band.append((place, cell))
    columns.extend(_band_columns(frame, band, edges))
    return columns


def read_sidebar(frame: Frame, cells: Sequence[Cell]) -> list[Column]:
    """The column of a sidebar, which is as wide as its own lines only.

    Args:
        frame: The page.
        cells: See `ingest.formats.pdf.sidebar`.

    Returns:
        A column, or none where there are no cells.
    """
    return [replace(column, place=_SIDEBAR) for column in read_columns(frame, cells, [])]


def column_of(frame: Frame, cells: Sequence[Cell], edges: Sequence[float]) -> Column:
    """One column of cells that span a page, or stand above its columns.

    Args:
        frame: The page.
        cells: Some of its cells; one at least.
        edges: See `ingest.formats.pdf.edges`.

    Returns:
        A column at the place of what spans a page.
    """
    [column] = _band_columns(frame, [(-1, cell) for cell in cells], edges)
    return column


def cell_column(frame: Frame, cells: Sequence[Cell], right: float) -> Column:
    """The column of cells that stand beside others in the head of a paper.

    Args:
        frame: The page.
        cells: See `ingest.formats.pdf.grid` and `ingest.formats.pdf.box`; one at least.
        right: How far their lines may reach.

    Returns:
        A column at the place ``CELL``.
    """
    return replace(column_of(frame, cells, []), right=right, place=CELL)


def _placed(cells: Sequence[Cell], edges: Sequence[float]) -> Iterator[tuple[int, Cell]]:
    """Cells from top to bottom with the columns they stand in, -1 for all of them.

    The last line of what spans the columns may be short: it stands close below, in the
    same type, with nothing beside it.
    """
    bounds = [-1e9, *(edge - 2 for edge in edges), 1e9]
    span: Cell | None = None
    for index, cell in enumerate(cells):
        place = _place(cell, bounds)
        if place >= 0 and span and _goes_on(span, cell):
            row = [c for c in cells[max(0, index - 9) : index + 10] if _same_height(c, cell)]
            place = -1 if all(_place(c, bounds) == place for c in row) else place
        span = cell if place < 0 else None
        yield place, cell


def _goes_on(span: Cell, cell: Cell) -> bool:
    """Whether a cell stands close below another one, in its type, about flush or centred."""
    same = span.size == cell.size and span.words[0].bold == cell.words[0].bold
    lefts, rights = cell.left - span.left, cell.right - span.right
    under = abs(lefts) < _INDENT * cell.size or abs(lefts + rights) < cell.size
    return same and under and 0.5 * cell.size < cell.base - span.base < 1.6 * cell.size


def _same_height(one: Cell, other: Cell) -> bool:
    return abs(one.base - other.base) < 0.5 * other.size


def _place(cell: Cell, bounds: Sequence[float]) -> int:
    """The number of the column a cell stands in; -1 where it spans more than one."""
    for number, (left, right) in enumerate(pairwise(bounds)):
        if left <= cell.left < right:
            over = cell.right - right - 2
            return number if over < max(0.15 * (cell.right - cell.left), cell.size) else -1
    return 0


def _band_columns(
    frame: Frame, band: Sequence[tuple[int, Cell]], edges: Sequence[float]
) -> Iterator[Column]:
    """The columns of a stretch of a page that no cell spans, or all."""
    places: dict[int, list[Cell]] = {}
    for place, cell in band:
        places.setdefault(place, []).append(cell)
    for place in sorted(places):
        lines = tuple(_lines(frame, places[place]))
        left, right = min(line.left for line in lines), max(line.right for line in lines)
        yield Column(lines, left, right, (tuple(round(edge / 20) for edge in edges), place))


def widened(columns: Sequence[Column]) -> list[Column]:
    """Columns of a document, as wide as nearly all lines at the same place of their page."""
    sides: dict[Place, tuple[list[float], list[float]]] = {}
    for column in columns:
        lefts, rights = sides.setdefault(column.place, ([], []))
        lefts.extend(line.left for line in column.lines)
        rights.extend(line.right for line in column.lines)
    widths = {
        place: (_nearly(sorted(lefts)), _nearly(sorted(rights, reverse=True)))
        for place, (lefts, rights) in sides.items()
    }
    return [c if c.place == CELL else Column(c.lines, *widths[c.place], c.place) for c in columns]


def _nearly(ordered: Sequence[float]) -> float:
    """The first of some numbers, but for a few in a hundred."""
    return ordered[len(ordered) // 40]


def _lines(frame: Frame, cells: Sequence[Cell]) -> Iterator[Line]:
    """The lines that cells of one column make, from top to bottom."""
    pending: list[Cell] = []
    for cell in sorted(cells, key=lambda cell: cell.base):
        if pending and not any(_beside_in_line(other, cell) for other in pending[-4:]):
            yield _line(frame, pending)
            pending = []
        pending.append(cell)
    if pending:
        yield _line(frame, pending)


def _beside_in_line(one: Cell, other: Cell) -> bool:
    """Whether two cells stand in one line: at one height, and beside each other."""
    size = max(one.size, other.size)
    drop = abs(one.base - other.base)
    gap = max(other.left - one.right, one.left - other.right)
    if min(one.size, other.size) < 0.85 * size:
        return drop <= 0.6 * size and abs(gap) < 0.5 * size
    return drop <= 0.3 * size and gap > -0.3 * size


def _line(frame: Frame, cells: Sequence[Cell]) -> Line:
    """A line of cells, from left to right; what stands close by is one cell."""
    ordered = sorted(cells, key=lambda cell: cell.left)
    joined = [list(ordered[0].words)]
    for before, cell in pairwise(ordered):
        if cell.left - before.right <= GAP * max(before.size, cell.size):
            joined[-1].extend(cell.words)
        else:
            joined.append(list(cell.words))
    return Line.of(frame, joined)

"""The head above the columns of a first page, and the authors that stand in it side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter

from ingest.formats.pdf.cells import Cell
from ingest.formats.pdf.columns import Column, cell_column, column_of
from ingest.formats.pdf.head import opens_sections
from ingest.formats.pdf.types import Frame

_FULL = 0.85
"""A full line is wider than this share of its column."""

_CLOSE = 1.8
"""Lines of one author stand no farther apart, in sizes of the type."""

_DEEPEST = 0.5
"""The head ends in this share of the page."""


def head_apart(
    cells: Sequence[Cell], edges: Sequence[float], depth: float
) -> tuple[list[Cell], list[Cell]]:
    """Part what stands above the columns of a first page from them.

    Args:
        cells: The cells of the page.
        edges: See `ingest.formats.pdf.edges`.
        depth: How high the page is.

    Returns:
        The cells above the first heading of a section and the first full lines of any
        column, and all else; no head where there is one column, no text in the upper half,
        or no line above the text that spans the columns, as a title does.
    """
    if not edges:
        return [], list(cells)
    top = min(_tops(cells, edges), default=depth)
    above = [cell for cell in cells if cell.base < top]
    spans = any(cell.left < edge < cell.right for cell in above for edge in edges)
    if top > _DEEPEST * depth or not spans:
        return [], list(cells)
    return above, [cell for cell in cells if cell.base >= top]


def read_head(frame: Frame, cells: Sequence[Cell], edges: Sequence[float]) -> list[Column]:
    """The head in reading order.

    Args:
        frame: The page.
        cells: Its cells above the columns.
        edges: See `ingest.formats.pdf.edges`.

    Returns:
        A column of lines that span the page, parted by one column for each of the authors
        who stand side by side, each with lines below the name.
    """
    columns: list[Column] = []
    pending: list[Cell] = []
    chains = _chains(cells)
    for chain in sorted(chains, key=lambda chain: (round(chain[0].base), chain[0].left)):
        if not any(_beside(chain, other) for other in chains):
            pending += chain
            continue
        if pending:
            columns.append(column_of(frame, pending, edges))
            pending = []
        columns.append(cell_column(frame, chain, frame.breadth))
    return [*columns, column_of(frame, pending, edges)] if pending else columns


def _tops(cells: Sequence[Cell], edges: Sequence[float]) -> Iterator[float]:
    """Above what heights the text of each column begins, and above which headings do."""
    for left, right in pairwise([-1e9, *edges, 1e9]):
        column = [c for c in cells if left <= c.left + 2 < right and c.right < right + 2]
        column.sort(key=attrgetter("base"))
        width = max((cell.right - cell.left for cell in column), default=0.0)
        for cell, following in pairwise(column):
            full = min(c.right - c.left for c in (cell, following)) > _FULL * width
            if full and _is_below(cell, following):
                yield cell.base - 0.5 * cell.size
                break
    for cell in cells:
        if opens_sections(" ".join(word.text for word in cell.words)):
            yield cell.base - 0.5 * cell.size


def _is_below(one: Cell, other: Cell) -> bool:
    return 0.3 * one.size < other.base - one.base < _CLOSE * max(one.size, other.size)


def _chains(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Cells that stand closely below one another, each with nothing else above or below it."""
    chains: list[list[Cell]] = []
    ordered = sorted(cells, key=attrgetter("base"))
    for _, row in groupby(ordered, key=lambda cell: round(cell.base / 2)):
        beside = list(row)
        for cell in beside:
            above = [chain for chain in chains if _reaches(chain[-1], cell)]
            if len(above) == 1 and sum(_reaches(above[0][-1], c) for c in beside) == 1:
                above[0].append(cell)
            else:
                chains.append([cell])
    return chains


def _reaches(one: Cell, other: Cell) -> bool:
    """Whether a cell stands closely below most of another one, or the other way round."""
    shared = min(one.right, other.right) - max(one.left, other.left)
    narrow = min(one.right - one.left, other.right - other.left)
    return _is_below(one, other) and shared > 0.5 * narrow


def _beside(one: Sequence[Cell], other: Sequence[Cell]) -> bool:
    """Whether two chains of several lines stand side by side."""
    several = min(len(one), len(other)) > 1 and one is not other
    return several and one[0].base <= other[-1].base + 1 and other[0].base <= one[-1].base + 1

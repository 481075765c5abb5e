"""The box of a first page that has notes on the article beside its abstract."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from ingest.formats.pdf.cells import Cell
from ingest.formats.pdf.head import heading_in

_NEAR = 2.5
"""Lines of the abstract stand no farther apart, in sizes of their type."""

_BELOW = 4.0
"""Neither do the notes beside it, which are in groups."""


class Box(NamedTuple):
    """The cells of a page: above, in both parts of the box, and below."""

    above: list[Cell]
    notes: list[Cell]
    abstract: list[Cell]
    below: list[Cell]


def box_apart(cells: Sequence[Cell]) -> Box:
    """Part a box of two columns from a first page: notes to the left of an abstract.

    Args:
        cells: The cells of the page.

    Returns:
        Its parts: where there is no heading of an abstract with another cell to the left of
        it and lines below both, all cells are below.
    """
    ordered = sorted(cells, key=lambda cell: (round(cell.base), cell.left))
    for label in ordered:
        if not _is_abstract(label):
            continue
        row = [cell for cell in ordered if abs(cell.base - label.base) < 0.5 * label.size]
        if not any(cell.right < label.left - label.size for cell in row):
            continue
        abstract = _abstract(ordered, label)
        notes = _notes(ordered, label)
        if min(len(abstract), len(notes)) > 2:
            inside = {*map(id, abstract), *map(id, notes)}
            rest = [cell for cell in cells if id(cell) not in inside]
            above = [cell for cell in rest if cell.base < label.base]
            return Box(above, notes, abstract, [c for c in rest if c.base >= label.base])
    return Box([], [], [], list(cells))


def _is_abstract(cell: Cell) -> bool:
    heading = heading_in(" ".join(word.text for word in cell.words))
    return bool(heading and heading.role == "abstract")


def _abstract(ordered: Sequence[Cell], label: Cell) -> list[Cell]:
    """The heading of an abstract and the lines below it that begin where it does."""
    found, last = [label], label
    for cell in ordered:
        if cell.base <= label.base or cell.right <= label.left:
            continue
        beside = abs(cell.base - last.base) < 0.5 * cell.size
        if beside and cell.left > last.left:
            found.append(cell)
        elif abs(cell.left - label.left) > 2 * cell.size or not _is_near(last, cell, _NEAR):
            break
        else:
            found.append(cell)
            last = cell
    return found


def _notes(ordered: Sequence[Cell], label: Cell) -> list[Cell]:
    """The cells to the left of an abstract, down to the first that reaches below it."""
    found: list[Cell] = []
    for cell in ordered:
        if cell.base < label.base - 1 or cell.left >= label.left - 1:
            continue
        if cell.right > label.left or (found and not _is_near(found[-1], cell, _BELOW)):
            break
        found.append(cell)
    return sorted(found, key=attrgetter("base"))


def _is_near(one: Cell, other: Cell, sizes: float) -> bool:
    return other.base - one.base < sizes * max(one.size, other.size)

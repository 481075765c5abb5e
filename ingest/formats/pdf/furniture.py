"""Running heads, running feet and page numbers: what stands at the same place on many pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from ingest.formats.pdf.cells import Cell
from ingest.formats.pdf.columns import Column
from ingest.formats.pdf.types import Word

_MARGIN = 0.2
"""Furniture stands in this share of a page, at its head or its foot."""

_ROWS = 3
"""How many lines at the head and at the foot may be furniture."""

_NEAR = 3.0
"""A number belongs to the heading or the note behind it where the gap is smaller, in sizes."""

_APART = 1.8
"""A gap this high, in sizes of the type, parts the head and the foot of a page from its text."""

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?i)\W*(?:page|p\.|seite|s\.)?\s*(\d{1,4})\W*(?:(?:of|von|/)\s*\d+\W*)?$"
)
_FIRST_OR_LAST_NUMBER = re.compile(r"^\D{0,3}(\d{1,4})(?=\s)|(?<=\s)(\d{1,4})\D{0,3}$")
_STAMP = re.compile(r"arXiv:\S+\s.*\d{4}$")

Place = tuple[int, int]
"""How high a line stands, and its size."""

Key = tuple[str, int]
"""A text, digits aside, and how high it stands."""


@dataclass(frozen=True, slots=True)
class Furnished:
    """Pages without their furniture.

    ``removed`` is how many cells went; ``first`` are the lines at the head and the foot of the
    first page, gone or not; ``labels`` are the printed page numbers.
    """

    cells: list[list[Cell]]
    removed: int
    first: list[str]
    labels: list[str]


def without_furniture(pages: Sequence[Sequence[Cell]], depths: Sequence[float]) -> Furnished:
    """Take running heads, running feet and page numbers off pages.

    Args:
        pages: The cells of each page.
        depths: How high each page is.

    Returns:
        What is left, and the page numbers where they rise from page to page.
    """
    edges = [_edge_rows(cells, depth) for cells, depth in zip(pages, depths, strict=True)]
    seen: defaultdict[Key, set[int]] = defaultdict(set)
    for page, found in enumerate(edges):
        for cell in found:
            seen[_key(cell)].add(page)
    offset = _offset(edges, seen)
    rows = [_rows(cells) for cells in edges]
    size = _usual_size(pages)

    def whole(page: int, row: Sequence[Cell]) -> bool:
        need = _needed(row, size, len(pages))
        return all(_is_furniture(cell, page, seen, offset, need) for cell in row)

    gone = [{at for at, row in lines.items() if whole(i, row)} for i, lines in enumerate(rows)]
    places = Counter(at for lines in gone for at in lines)
    usual = {at for at, count in places.items() if count >= max(3, len(pages) // 5)}
    kept = [
        _without(cells, lines | (usual & _outermost(cells)))
        for cells, lines in zip(pages, gone, strict=True)
    ]
    removed = sum(map(len, pages)) - sum(map(len, kept))
    first = _outer_lines(pages[0], kept[0], depths[0]) if pages else []
    return Furnished(kept, removed, first, _labels(offset, len(pages)))


def is_stamp(column: Column) -> bool:
    """Whether a column is the stamp of a preprint server, upright in a margin."""
    turned = column.lines[0].frame.turn != 0
    return turned and bool(_STAMP.match(" ".join(line.text for line in column.lines)))


def _edge_rows(cells: Sequence[Cell], depth: float) -> list[Cell]:
    """The cells in the first and the last lines of a page."""
    bases = sorted({round(cell.base) for cell in cells})
    heads = {base for base in bases[:_ROWS] if base < _MARGIN * depth}
    feet = {base for base in bases[-_ROWS:] if base > (1 - _MARGIN) * depth}
    return [cell for cell in cells if round(cell.base) in heads | feet]


def _without(cells: Sequence[Cell], places: Set[Place]) -> list[Cell]:
    """A page without some of its lines; whole, where nothing else is on it."""
    return [cell for cell in cells if _place(cell) not in places] or list(cells)


def _outer_lines(cells: Sequence[Cell], kept: Sequence[Cell], depth: float) -> list[str]:
    """The lines of a page that were taken off it or stand apart at its head or its foot."""
    whole = {_place(cell) for cell in kept}
    rows = dict(sorted(_rows(cells).items()))
    apart = {*_apart(list(rows), depth), *_apart(list(rows)[::-1], depth)}
    outer = [row for at, row in rows.items() if at not in whole or at in apart]
    return [" ".join(map(_text, row)) for row in outer if not _is_note(row[0])]


def _apart(places: Sequence[Place], depth: float) -> Iterator[Place]:
    """The first of some lines, down to the last large gap near the edge of the page."""
    near: list[Place] = []
    for place, following in pairwise(places[: _ROWS + 1]):
        if _MARGIN * depth < place[0] < (1 - _MARGIN) * depth:
            return
        near.append(place)
        if abs(following[0] - place[0]) > _APART * max(place[1], following[1]):
            yield from near


def _is_note(cell: Cell) -> bool:
    """Whether a cell begins with a raised mark."""
    return len(cell.words) > 1 and cell.words[0].size < 0.85 * cell.size


def _rows(cells: Sequence[Cell]) -> dict[Place, list[Cell]]:
    """Cells by the line they stand in."""
    rows: dict[Place, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(_place(cell), []).append(cell)
    return rows


def _place(cell: Cell) -> Place:
    return round(cell.base), round(cell.size)


def _outermost(cells: Sequence[Cell]) -> set[Place]:
    """The first and the last line of a page."""
    height = attrgetter("base")
    return {_place(min(cells, key=height)), _place(max(cells, key=height))} if cells else set()


def _text(cell: Cell) -> str:
    return " ".join(word.text for word in cell.words)


def _key(cell: Cell) -> Key:
    return _NUMBER.sub("#", _text(cell)), round(cell.base / 4)


def _usual_size(pages: Sequence[Sequence[Cell]]) -> float:
    """The size of type that most words are set in."""
    sizes: Counter[float] = Counter()
    for cell in (cell for cells in pages for cell in cells):
        sizes[cell.size] += len(cell.words)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _needed(row: Sequence[Cell], size: float, count: int) -> int:
    """On how many pages a line stands at least, if it is a running head or foot.

    A line that stands out may be the title, which manuscripts repeat above their text.
    """
    large = any(cell.size > 1.1 * size for cell in row)
    stands_out = large or all(word.bold for cell in row for word in cell.words)
    return 3 if stands_out and count > 4 else max(2, min(3, count // 4))


def _is_furniture(
    cell: Cell, page: int, seen: Mapping[Key, set[int]], offset: int | None, need: int
) -> bool:
    """Whether a cell at the head or foot of a page is the page's number, or repeated."""
    alone = _PAGE_NUMBER.match(_text(cell))
    if alone and offset is not None and page + offset == int(alone.group(1)):
        return True
    return len(_pages(cell, seen)) >= need


def _pages(cell: Cell, seen: Mapping[Key, set[int]]) -> set[int]:
    """The pages that have the words of a cell at its height; none where it has no words."""
    text, height = _key(cell)
    if not any(c.isalpha() for c in text):
        return set()
    return set().union(*(seen.get((text, height + i), set()) for i in (-1, 0, 1)))


def _numbers(cell: Cell, cells: Sequence[Cell], seen: Mapping[Key, set[int]]) -> set[int]:
    """The numbers in a cell that may be the page's: alone, or at an end of a running head."""
    text = " ".join(word.text for word in cell.words if not _is_raised(word, cell))
    alone = _PAGE_NUMBER.match(text)
    line = [other for other in cells if _stands_before(cell, other)] if alone else [cell]
    if line and not any(len(_pages(other, seen)) > 1 for other in line):
        return set()
    if alone:
        return {int(alone.group(1))}
    return {int(a or b) for a, b in _FIRST_OR_LAST_NUMBER.findall(text)}


def _is_raised(word: Word, cell: Cell) -> bool:
    return word.size < 0.85 * cell.size and word.base < cell.base - 0.1 * cell.size


def _stands_before(number: Cell, cell: Cell) -> bool:
    """Whether a number may be that of the heading or the note that a cell begins."""
    beside = -1 < cell.left - number.right < _NEAR * cell.size
    return beside and abs(cell.base - number.base) < 0.6 * cell.size


def _offset(edges: Sequence[Sequence[Cell]], seen: Mapping[Key, set[int]]) -> int | None:
    """What a printed page number is above the page's place, where most pages agree."""
    votes: Counter[int] = Counter()
    numbered = 0
    for page, rows in enumerate(edges):
        offsets = {number - page for cell in rows for number in _numbers(cell, rows, seen)}
        votes.update(offsets)
        numbered += bool(offsets)
    best, count = votes.most_common(1)[0] if votes else (0, 0)
    if count >= 2 and count * 2 > numbered:
        return best
    return _only_number(edges[0]) if len(edges) == 1 else None


def _only_number(cells: Sequence[Cell]) -> int | None:
    """The number of a file's only page: it stands alone in the page's first or last line."""
    rows = _rows(cells)
    for place in _outermost(cells):
        alone = _PAGE_NUMBER.match(_text(rows[place][0])) if len(rows[place]) == 1 else None
        if alone:
            return int(alone.group(1))
    return None


def _labels(offset: int | None, count: int) -> list[str]:
    numbers = [0 if offset is None else page + offset for page in range(count)]
    return [str(number) if number > 0 else "" for number in numbers]

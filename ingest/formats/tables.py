"""Tables of HTML and JATS: their cells, with those that span rows or columns once only."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ingest.formats.xml import Node, attribute, children, name

_MAX_SPAN = 50
"""As far as a cell is believed to span; more is a mistake, or made to fill the memory."""

_PARTS = frozenset({"thead", "tbody", "tfoot"})


def rows(table: Node, text: Callable[[Node], str]) -> list[list[str]]:
    """The texts of a table's cells.

    Args:
        table: A ``table`` of HTML or JATS.
        text: What gives the text of a cell.

    Returns:
        Its rows; a cell that spans several has its text in the first, the others are empty.
    """
    found: list[list[str]] = []
    covered: dict[int, int] = {}
    for row in _rows(table):
        cells: list[str] = []
        for cell in children(row, "td", "th"):
            _pass_covered(cells, covered)
            columns, lines = _span(cell, "colspan"), _span(cell, "rowspan")
            if lines > 1:
                covered.update(dict.fromkeys(range(len(cells), len(cells) + columns), lines - 1))
            cells += [text(cell), *[""] * (columns - 1)]
        _pass_covered(cells, covered)
        found.append(cells)
    return found


def _rows(table: Node) -> Iterator[Node]:
    for part in children(table):
        if name(part) == "tr":
            yield part
        elif name(part) in _PARTS:
            yield from children(part, "tr")


def _pass_covered(cells: list[str], covered: dict[int, int]) -> None:
    """Put empty cells where cells of rows above reach down."""
    while covered.get(len(cells), 0) > 0:
        covered[len(cells)] -= 1
        cells.append("")


def _span(cell: Node, direction: str) -> int:
    value = attribute(cell, direction).strip()
    return min(max(int(value[:3]), 1), _MAX_SPAN) if value.isdecimal() else 1

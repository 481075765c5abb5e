"""Rows of tables told from lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from ingest.formats.pdf.columns import Column
from ingest.formats.pdf.types import Line

LEADERS = re.compile(r"(?: ?\.){4,}|…{2,}")
"""The dots between a heading and its page in a table of contents."""

RAGGED = 0.25
"""Lines end at the same place where they differ by less than this, in sizes of type."""


def tables_apart(column: Column) -> Iterator[tuple[bool, list[Line]]]:
    """Runs of lines that are rows of one table, or that are none."""
    lines = column.lines
    rows = [_is_row(line) and not _is_spread(line, column) for line in lines]

    def tabular(index: int) -> bool:
        beside = (i for i in (index - 1, index + 1) if 0 <= i < len(lines))
        near = 3 * lines[index].size
        return rows[index] and any(
            rows[i] and abs(lines[i].base - lines[index].base) < near for i in beside
        )

    for table, run in groupby(range(len(lines)), tabular):
        yield table, [lines[i] for i in run]


def _is_row(line: Line) -> bool:
    """Whether a line is cells with wide gaps between them, as a row of a table is."""
    if len(line.cells) < 2 or LEADERS.search(line.text):
        return False
    widest = max(cell[-1].right - cell[0].left for cell in line.cells)
    return len(line.cells) > 2 or widest < 0.6 * (line.right - line.left)


def _is_spread(line: Line, column: Column) -> bool:
    """Whether a line's words are spread evenly from edge to edge: justified, and no row."""
    gaps = [b.left - a.right for a, b in pairwise(line.words) if not b.glued]
    even = max(gaps, default=0.0) - min(gaps, default=0.0) < 0.4 * line.size
    return even and column.right - line.right < RAGGED * line.size

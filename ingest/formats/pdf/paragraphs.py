"""The lines of a column to blocks: paragraphs, headings, items, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest import patterns
from ingest.formats.pdf.columns import Column
from ingest.formats.pdf.dropcaps import is_beside_drop_cap
from ingest.formats.pdf.tables import LEADERS, RAGGED, tables_apart
from ingest.formats.pdf.types import Block, Line, Word

BULLET = re.compile(r"[•‣▪●○◦■□\uf0b7]$")
_NUMBERED = re.compile(
    r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\[\d{1,3}\]|[IVX]{1,4}\.|[*\u2013\u2014-])$"
)
"""Numbers, and dashes, which may begin a line within a paragraph too."""


@dataclass(frozen=True, slots=True)
class Style:
    """How running text is set: its size, the distance of its lines, whether they are flush."""

    size: float
    leading: float
    justified: bool


def column_blocks(column: Column, style: Style) -> list[Block]:
    """Cut a column into blocks.

    Args:
        column: Lines from top to bottom.
        style: How the document's running text is set.

    Returns:
        Blocks of one role and one size of type each.
    """
    blocks: list[Block] = []
    for table, lines in tables_apart(column):
        if table:
            blocks.append(Block(tuple(lines), column.left, column.right, "table"))
            continue
        blocks.extend(_cut(lines, column, style))
    return blocks


def _cut(lines: Sequence[Line], column: Column, style: Style) -> Iterator[Block]:
    """Paragraphs of lines, told apart by gaps, indents, line lengths, type and bullets."""
    breaker = _Breaker(lines, column, style)
    pending: list[Line] = []
    for index, line in enumerate(lines):
        if pending and breaker.begins(index, pending):
            yield _block(pending, column)
            pending = []
        pending.append(line)
    if pending:
        yield _block(pending, column)


def _block(lines: Sequence[Line], column: Column) -> Block:
    block = Block(tuple(lines), column.left, column.right)
    return replace(block, role="item") if is_item(lines[0]) else block


def is_item(line: Line) -> bool:
    """Whether a line begins an item of a list: with a bullet or a number, and goes on."""
    first = line.words[0].text
    marked = BULLET.match(first) or _NUMBERED.match(first)
    return bool(marked) and len(line.words) > 1 and not line.bold


class _Breaker:
    """Decides where a column's paragraphs begin."""

    def __init__(self, lines: Sequence[Line], column: Column, style: Style) -> None:
        self._lines = lines
        self._style = style
        self._left, self._right = column.left, column.right
        self._runs = list(_runs(lines))
        rights = {run: max(line.right for line in lines[slice(*run)]) for run in set(self._runs)}
        self._steps = [self._step(i, rights[self._runs[i]]) for i in range(len(lines) - 1)]

    def begins(self, index: int, block: Sequence[Line]) -> bool:
        """Whether the line at ``index`` begins a paragraph after the lines of ``block``."""
        line, before = self._lines[index], block[-1]
        if is_beside_drop_cap(line, block[0]):
            return False
        if self._is_apart(before, line, block) or self._is_marked(before, line):
            return True
        early = self._ends_early(index, before)
        if self._hang(index):
            step = line.left - before.left
            return step < -0.7 * line.size or (early and step < 0.7 * line.size)
        if is_item(line) and (is_item(block[0]) or early):
            return abs(line.left - block[0].left) < 1.5 * line.size or not is_item(block[0])
        return early or self._by_indent(index, block)

    def _is_apart(self, before: Line, line: Line, block: Sequence[Line]) -> bool:
        """Whether a gap, another type or the dots of a table of contents part two lines."""
        other_size = abs(line.size - before.size) > 0.06 * max(line.size, before.size)
        other_type = line.bold != before.bold
        leaders = LEADERS.search(before.text)
        return bool(other_size or other_type or leaders or self._far(before, line, block))

    def _is_marked(self, before: Line, line: Line) -> bool:
        """Whether a line begins with a bullet, a mark, a drop cap, or bold words after a stop."""
        first = line.words[0]
        bullet = BULLET.match(first.text) and len(line.words) > 1
        run_in = first.bold and not before.words[-1].bold and _is_ended(before)
        return bool(bullet or run_in or first.dropped or is_raised(first, line))

    def _far(self, before: Line, line: Line, block: Sequence[Line]) -> bool:
        """Whether a gap stands above a line, as lines of this block are set."""
        gap = line.base - before.base
        usual = min((b.base - a.base for a, b in pairwise(block)), default=0.0)
        usual = usual or self._style.leading / self._style.size * before.size
        return gap > 1.22 * usual + 0.5 or gap < 0

    def _by_indent(self, index: int, block: Sequence[Line]) -> bool:
        """Whether a line's indent differs from that of the lines above as a first line's does."""
        line, before, em = self._lines[index], block[-1], self._lines[index].size
        step, indent = line.left - before.left, line.left - self._edge(index)
        if is_item(before) and step > 0:
            return False
        if not 0.7 * em < indent < 5 * em:
            return False
        if len(block) == 1 and step < 0.7 * em:
            return self._goes_back(index)
        return step > 0.7 * em and (
            not _is_centred(line, self._left, self._right) or self._is_flush(before)
        )

    def _goes_back(self, index: int) -> bool:
        """Whether the line after this one is not indented as this one is."""
        after = self._lines[index + 1] if index + 1 < len(self._lines) else None
        return after is not None and abs(after.left - self._edge(index)) < 0.5 * after.size

    def _near(self, index: int) -> Sequence[Line]:
        """The lines around one that are set in its size, with no large gap between."""
        start, end = self._runs[index]
        return self._lines[max(start, index - 9) : min(end, index + 10)]

    def _edge(self, index: int) -> float:
        return min(line.left for line in self._near(index))

    def _hang(self, index: int) -> bool:
        """Whether first lines stand out to the left around a line, as in a list of references."""
        start, end = self._runs[index]
        return sum(self._steps[max(start, index - 9) : min(end - 1, index + 9)]) > 0

    def _step(self, index: int, right: float) -> int:
        """1 where a full line stands out to the left of the next one, -1 to the right, else 0."""
        one, other = self._lines[index : index + 2]
        step = other.left - one.left
        marked = is_item(one) or one.words[0].dropped
        if marked or not 0.7 * one.size < abs(step) < 5 * one.size:
            return 0
        room = 0.5 * one.size if self._style.justified else first_width(other) + one.size
        return 0 if right - one.right > room else 1 if step > 0 else -1

    def _is_flush(self, line: Line) -> bool:
        return self._right - line.right < RAGGED * line.size

    def _ends_early(self, index: int, before: Line) -> bool:
        """Whether a line's first word would have fitted into the line before it."""
        line, edges = self._lines[index], (self._left, self._right)
        if _is_centred(before, *edges) and _is_centred(line, *edges):
            return False
        near = self._near(index)
        room = max(other.right for other in near) - before.right - first_width(line)
        if self._style.justified:
            return room > 0.6 * line.size
        return room > line.size and (_is_ended(before) or room > 0.35 * (edges[1] - edges[0]))


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """For each line the first of those that follow closely in its size, and the one after."""
    start = 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or not _is_close(lines[end - 1], lines[end]):
            yield from [(start, end)] * (end - start)
            start = end


def _is_close(one: Line, other: Line) -> bool:
    return one.size == other.size and 0 <= other.base - one.base < 2.2 * one.size


def _is_ended(line: Line) -> bool:
    return patterns.is_terminated(line.text) or line.text.endswith(":")


def first_width(line: Line) -> float:
    """How wide the first word of a line is; of Chinese, its first character."""
    text = line.words[0].text
    if not text.isascii() and patterns.is_chinese(text):
        return line.words[0].size
    first: list[Word] = []
    for word in line.words:
        if first and not word.glued:
            break
        first.append(word)
    return max(word.right for word in first) - min(word.left for word in first)


def is_raised(word: Word, line: Line) -> bool:
    """Whether a word is set small and above the line."""
    small = word.size < 0.85 * line.size
    return small and word.base < line.base - 0.1 * line.size


def _is_centred(line: Line, left: float, right: float) -> bool:
    """Whether a line stands in the middle between two edges, with room on both sides."""
    before, after = line.left - left, right - line.right
    return before > line.size and abs(before - after) < line.size


def usual_leading(columns: Sequence[Column], size: float) -> float:
    """The distance of lines within paragraphs: of a full line to the next one, a small one of all.

    Args:
        columns: All columns of a document.
        size: The size of its running text.

    Returns:
        The distance, in points.
    """
    steps = [
        two.base - one.base
        for column in columns
        for one, two in pairwise(column.lines)
        if one.size == two.size == size and column.right - one.right < 2 * size
    ]
    close = sorted(step for step in steps if 0.8 * size < step < 2.5 * size)
    return close[len(close) // 5] if close else 1.2 * size

"""Blocks to a paper's running text: what stands beside it told apart, cut paragraphs whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest import patterns
from ingest.formats.pdf.columns import CELL, Column
from ingest.formats.pdf.head import heading_in, kind_of, with_head
from ingest.formats.pdf.paragraphs import (
    Style,
    column_blocks,
    first_width,
    usual_leading,
)
from ingest.formats.pdf.types import Block
from ingest.headings import numbering

_MAX_HEADING = 30
_MAX_ITALIC = 12
"""Words of a heading that is told by italics only."""

_SEVERAL = 2
"""So many lines in italics have to stand between paragraphs, if they are headings."""

_WORD = re.compile(r"[^\W\d_]{3}|[\u3400-\u9fff]")
_MARK = re.compile(r"(?:\d{1,3}|[*†‡§¶\u2217\u204e]{1,3}|[a-z])[.)]?$")


def document_blocks(columns: Sequence[Column], title: str = "") -> list[Block]:
    """The blocks of a document in reading order, each with its role.

    Args:
        columns: All columns in reading order.
        title: What the file's properties say is its title; empty where they say nothing.

    Returns:
        Blocks; a paragraph that a column or page break cut is one.
    """
    if not columns:
        return []
    style = _style(columns)
    blocks = [block for column in columns for block in _blocks(column, style)]
    blocks = with_head([_with_caption(block) for block in blocks], style, title)
    blocks = _with_italic_headings([_with_heading(block, style) for block in blocks], style)
    return _joined(_with_levels(blocks), style)


def _blocks(column: Column, style: Style) -> list[Block]:
    """The blocks of a column: of an author's cell one, of others all that stand in it."""
    if column.place == CELL:
        return [Block(column.lines, column.left, column.right, "head")]
    return _with_notes(column_blocks(column, style), style)


def _style(columns: Sequence[Column]) -> Style:
    """How the running text is set: the size most characters have."""
    sizes: Counter[float] = Counter()
    for column in columns:
        for line in column.lines:
            sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0]
    lines = [line for column in columns for line in column.lines if line.size == size]
    flush = sum(
        column.right - line.right < 0.2 * size
        for column in columns
        for line in column.lines
        if line.size == size
    )
    return Style(size, usual_leading(columns, size), flush * 2 > len(lines))


def _with_notes(blocks: Sequence[Block], style: Style) -> list[Block]:
    """A column's blocks, with those at its foot that are set small as notes."""
    small = len(blocks)
    while small and blocks[small - 1].size < 0.95 * style.size:
        small -= 1
    foot = [replace(b, role="note" if _has_mark(b) else "aside") for b in blocks[small:]]
    first = next((i for i, block in enumerate(foot) if block.role == "note"), len(foot))
    return [*blocks[: small + first], *foot[first:]]


def _has_mark(block: Block) -> bool:
    """Whether a block begins with the mark of a note, raised or not."""
    first = block.lines[0].words[0]
    return bool(_MARK.match(first.text)) and len(block.lines[0].words) > 1


def _with_caption(block: Block) -> Block:
    if block.role in {"body", "aside"} and patterns.is_caption(block.text):
        return replace(block, role="caption")
    return block


def _with_heading(block: Block, style: Style) -> Block:
    """A block, as a heading where its type is larger or bolder than the text's."""
    if block.role not in {"body", "item"} or len(block.lines) > 4:
        return block
    if not (block.size > 1.06 * style.size or block.bold):
        return block
    return replace(block, role="heading") if _reads_as_heading(block.text) else block


def _reads_as_heading(text: str) -> bool:
    ended = text.endswith((".", ",", ";", ":")) and not _heading_number(text)
    fits = not ended and patterns.words(text) <= _MAX_HEADING
    return fits and bool(heading_in(text) and _WORD.search(text))


def _with_italic_headings(blocks: Sequence[Block], style: Style) -> list[Block]:
    """Blocks, with lines in italics between paragraphs as headings, where they are several."""
    found = [i for i in range(1, len(blocks) - 1) if _is_italic_heading(blocks, i, style)]
    if len(found) < _SEVERAL:
        return list(blocks)
    return [replace(b, role="heading") if i in found else b for i, b in enumerate(blocks)]


def _is_italic_heading(blocks: Sequence[Block], index: int, style: Style) -> bool:
    """Whether a block of one or two lines in italics stands above an upright paragraph."""
    before, block, after = blocks[index - 1 : index + 2]
    if block.role != "body" or not block.italic or len(block.lines) > 2:
        return False
    ended = before.role != "body" or patterns.is_terminated(before.text)
    upright = after.role == "body" and not after.italic and len(after.lines) > 1
    capital = patterns.begins_sentence(block.text) or bool(_heading_number(block.text))
    sized = block.size > 0.94 * style.size and patterns.words(block.text) <= _MAX_ITALIC
    return ended and upright and capital and sized and _reads_as_heading(block.text)


def _heading_number(text: str) -> int:
    """How deep the number is that a heading begins with; 0 for none."""
    found = numbering(text)
    return found[0][1] if found and found[0][0] == "decimal" else 0


def _with_levels(blocks: Sequence[Block]) -> list[Block]:
    """Headings with their levels: by number, and by type where they have none."""
    headings = [b for b in blocks if b.role == "heading" and b.level == 0]
    numbered: dict[tuple[int, bool], Counter[int]] = {}
    for block in headings:
        if depth := _heading_number(block.text):
            numbered.setdefault(kind_of(block), Counter())[depth + 1] += 1
    levels: dict[tuple[int, bool], int] = {}
    for kind in sorted({kind_of(block) for block in headings}, reverse=True):
        depths = numbered.get(kind)
        deeper = max(levels.values(), default=1) + 1
        levels[kind] = depths.most_common(1)[0][0] if depths else deeper

    def levelled(block: Block) -> Block:
        depth = _heading_number(block.text)
        return replace(block, level=min(depth + 1 if depth else levels[kind_of(block)], 6))

    return [levelled(b) if b.role == "heading" and b.level == 0 else b for b in blocks]


def _joined(blocks: Sequence[Block], style: Style) -> list[Block]:
    """Blocks, with the halves of paragraphs that a column, a page, a figure cut in one."""
    joined: list[Block] = []
    last: int | None = None
    for block in blocks:
        running = block.role in {"body", "item"}
        if last is not None and block.role == "body" and _is_cut(joined, last, block, style):
            whole = joined[last]
            lines = (*whole.lines, *block.lines)
            joined[last] = replace(whole, lines=lines, left=block.left, right=block.right)
            continue
        joined.append(block)
        if block.role in {"heading", "head"}:
            last = None
        elif running and block.size > 0.94 * style.size:
            last = len(joined) - 1
    return joined


def _is_cut(joined: Sequence[Block], last: int, block: Block, style: Style) -> bool:
    """Whether a block goes on where the last paragraph breaks off."""
    first = joined[last]
    before, line = first.lines[-1], block.lines[0]
    below = before.frame == line.frame and before.base < line.base
    other = abs(first.size - block.size) > 0.06 * style.size or line.bold != before.bold
    if other or (below and last == len(joined) - 1):
        return False
    room = first.right - before.right
    ended = patterns.is_terminated(before.text) or before.text.endswith(":")
    if before.text.endswith("-") or patterns.begins_lowercase(block.text):
        return not ended or room < line.size
    indented = line.left > block.left + 0.7 * line.size and len(block.lines) > 1
    if indented or not ended:
        return not indented and room < first_width(line) + line.size
    full = room < (0.2 * line.size if style.justified else first_width(line))
    return full and not below and len(first.lines) > 1

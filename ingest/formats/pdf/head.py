"""The title of a paper, and what stands below it to the first section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest import patterns
from ingest.blocks import Block as MarkdownBlock
from ingest.formats.pdf.paragraphs import Style, is_raised
from ingest.formats.pdf.types import Block
from ingest.headings import Heading, heading_of
from ingest.sketch import title_key
from ingest.types import Span

_LETTERS = re.compile(r"[^\W\d_]{2}")
_BANNER = re.compile(
    r"(?i)contents lists available|journal homepage|available online at .*sciencedirect|"
    r"^\W*sciencedirect\W*$|www\.elsevier\.com/locate/"
)
"""What publishers print above and below the name of a journal."""


def with_head(blocks: Sequence[Block], style: Style, known: str) -> list[Block]:
    """Blocks with the title and what stands below it, to the first section, marked.

    Args:
        blocks: All blocks in reading order.
        style: How the document's running text is set.
        known: What the file's properties say is its title; empty where they say nothing.

    Returns:
        The same; unchanged where no block of the first page looks like a title.
    """
    at = _title(blocks, style, known)
    if at is None:
        return list(blocks)
    found = list(blocks)
    found[at] = replace(blocks[at], role="heading", level=1)
    sure = _is_known(blocks[at], known) or not any(map(_ends_head, blocks[:at]))
    for i in range(at):
        if blocks[i].role == "body" and (sure or _is_banner(blocks, i)):
            found[i] = replace(blocks[i], role="head")
    for i in range(at + 1, len(blocks)):
        if blocks[i].page != blocks[at].page or _ends_head(blocks[i]):
            break
        if blocks[i].role in {"body", "item"}:
            found[i] = replace(blocks[i], role="head")
    return list(_heads_joined(found))


def heading_in(text: str) -> Heading | None:
    """The heading that a text is, if one of its looks can be any."""
    return heading_of(MarkdownBlock(Span(0, len(text)), text, level=1))


def opens_sections(text: str) -> bool:
    """Whether a text is the heading of a first section, or of a part that papers have."""
    heading = heading_in(text)
    return bool(heading and (heading.known or (heading.style and heading.number in {"1", "I"})))


def kind_of(block: Block) -> tuple[int, bool]:
    """The type a block is set in: its size, and whether it is bold."""
    return round(block.size), block.bold


def _title(blocks: Sequence[Block], style: Style, known: str) -> int | None:
    """Which block is the title: one of the known words, else one in the largest type."""

    def weight(at: int) -> tuple[int, bool]:
        return kind_of(blocks[at])

    first = [i for i, b in enumerate(blocks) if b.page == blocks[0].page and _may_be_title(b)]
    if same := [i for i in first if _is_known(blocks[i], known)]:
        return max(same, key=weight)
    at = max((i for i in first if not _is_banner(blocks, i)), key=weight, default=None)
    large = at is not None and (blocks[at].size > 1.1 * style.size or blocks[at].bold)
    return at if large else None


def _may_be_title(block: Block) -> bool:
    return block.role == "body" and len(block.lines) <= 6 and bool(_LETTERS.search(block.text))


def _is_known(block: Block, title: str) -> bool:
    """Whether a block has the words of a title, and those are no section's usual ones."""
    if not title or title_key(block.text) != title_key(title):
        return False
    heading = heading_in(block.text)
    return not (heading and heading.known)


def _is_banner(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block is the name of a journal, above or between what publishers print there."""
    return any(_BANNER.search(block.text) for block in blocks[at : at + 2])


def _heads_joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks, with the lines below a title that follow closely in one type in one block."""
    pending: Block | None = None
    for block in blocks:
        if pending and block.role == "head" and _is_close(pending, block):
            pending = replace(pending, lines=(*pending.lines, *block.lines))
            continue
        if pending:
            yield pending
        pending = block
    if pending:
        yield pending


def _is_close(one: Block, other: Block) -> bool:
    """Whether a block below a title stands directly under another one."""
    if one.role != "head" or kind_of(one) != kind_of(other):
        return False
    step = other.lines[0].base - one.lines[-1].base
    return 0 < step < 1.45 * other.size


def _ends_head(block: Block) -> bool:
    line = block.lines[0]
    if opens_sections(block.text) and not is_raised(line.words[0], line):
        return True
    return patterns.is_terminated(block.text) and patterns.words(block.text) > 15

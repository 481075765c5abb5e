"""Where a paper's title stands, and where its text opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest import patterns
from ingest.addresses import is_address
from ingest.blocks import Block
from ingest.cleaning import clean_text
from ingest.headings import Heading
from ingest.labels import label_of
from ingest.names import is_kind_of_paper

MAX_TITLE = 40
"""Words."""


def title_blocks(blocks: Sequence[Block], headings: Sequence[Heading | None]) -> list[int]:
    """Which blocks are the title: a heading that opens no section, or the first line.

    Of headings that stand before the text, it is the first of the highest level: what a
    journal prints above a title, such as the kind of paper, may be marked as a heading too.

    Args:
        blocks: All blocks of a paper.
        headings: For every block the heading that it is, or None.

    Returns:
        Their indices, none where there is no title; no text stands before them.
    """
    marked = list(_marked(blocks, headings))
    if marked:
        return _with_second_line(blocks, min(marked, key=lambda i: blocks[i].level))
    for i, block in enumerate(blocks[:3]):
        heading, text = headings[i], clean_text(block.text)
        if opens_text(block, heading) or block.code or patterns.is_item(block.text):
            break
        if block.rule or patterns.is_furniture(text) or patterns.is_bibliographic(text):
            continue
        if is_kind_of_paper(text) and not any(
            map(opens_text, blocks[i + 1 :], headings[i + 1 :][:1])
        ):
            continue
        numbered = heading and heading.style
        fits = patterns.words(text) <= MAX_TITLE and len(blocks) > 1 and not numbered
        return _with_second_line(blocks, i) if fits else []
    return []


def _marked(blocks: Sequence[Block], headings: Sequence[Heading | None]) -> Iterator[int]:
    """The blocks that are marked as headings before a paper's text opens."""
    for i, block in enumerate(blocks):
        if opens_text(block, headings[i]):
            return
        if block.level and headings[i]:
            yield i


def opens_text(block: Block, heading: Heading | None) -> bool:
    """Whether a block is a labelled part, a paragraph, or the heading of a first section."""
    if heading:
        return heading.known or heading.number in {"1", "I", "A", "一", "1.1"}
    return bool(label_of(block.text)) or is_sentence(clean_text(block.text))


def is_above_abstract(
    blocks: Sequence[Block], index: int, headings: Sequence[Heading | None]
) -> bool:
    """Whether the abstract or the keywords follow a block, and no text before them."""
    for block, heading in zip(blocks[index + 1 :], headings[index + 1 :], strict=False):
        if heading and heading.role in {"abstract", "keywords"}:
            return True
        if opens_text(block, heading):
            return bool(label_of(block.text))
    return False


def goes_on(line: str, following: str) -> bool:
    """Whether a clean line of a title is broken off, or the next one goes on behind a dash."""
    broken = patterns.breaks_off(line) or line.endswith((":", "：", "—"))  # noqa: RUF001
    return broken or following.startswith(("—", "–"))  # noqa: RUF001


def is_sentence(text: str) -> bool:
    """Whether a clean text is running text: a statement, and no address of an institution."""
    if patterns.words(text) < 4 or not patterns.is_terminated(text) or patterns.is_furniture(text):
        return False
    return not is_address(text) and not (text.endswith("?") and patterns.words(text) < 30)


def _with_second_line(blocks: Sequence[Block], index: int) -> list[int]:
    """A title, and the block after it where it goes on in there."""
    for following in blocks[index + 1 : index + 2]:
        text = clean_text(following.text)
        short = patterns.words(text) <= 15 and not patterns.is_terminated(text)
        broken = patterns.breaks_off(clean_text(blocks[index].text))
        continued = broken or (patterns.begins_lowercase(text) and "@" not in text)
        if short and continued and following.level == blocks[index].level and not following.rule:
            return [index, index + 1]
    return [index]

"""Quotes with their places in the source, and the order they are shown in."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.quoting.lists import Block
from assistant.types import Citation
from ingest.cleaning import clean
from ingest.types import Paper, Passage, Span

if TYPE_CHECKING:
    from vectorstore.library import Library


def in_order(blocks: Sequence[Block], *, as_read: bool) -> list[Block]:
    """Blocks paper by paper, the best paper first.

    Args:
        blocks: Blocks of several papers.
        as_read: Whether those of a section follow each other as in the paper, the section
            with the best first; else the best block of a paper comes first.

    Returns:
        The same blocks.
    """
    paper, section = _best(blocks, lambda b: b.paper_id), _best(blocks, _section)
    return sorted(
        blocks,
        key=lambda b: (
            -paper[b.paper_id],
            b.paper_id,
            -section[_section(b)] if as_read else 0.0,
            b.pieces[0].passage.spans[0].start if as_read else -b.score,
        ),
    )


def _section(block: Block) -> Hashable:
    return block.paper_id, block.pieces[0].passage.section


def _best(blocks: Sequence[Block], group: Callable[[Block], Hashable]) -> dict[Hashable, float]:
    best: dict[Hashable, float] = {}
    for block in blocks:
        best[group(block)] = max(best.get(group(block), block.score), block.score)
    return best


def cite(
    library: Library, blocks: Sequence[Block], papers: Mapping[str, Paper]
) -> tuple[tuple[Citation, ...], frozenset[int]]:
    """Number the quotes, and locate each in its source.

    Args:
        library: Where the sources are.
        blocks: What to quote, in order.
        papers: The library's papers by id.

    Returns:
        The citations of what was found in its source, and the numbers of those that are
        items of a list.
    """
    citations: list[Citation] = []
    listed: set[int] = set()
    for piece in (piece for block in blocks for piece in block.pieces):
        passage = piece.passage
        paper = papers.get(passage.paper_id)
        if paper is None:
            continue
        quote, spans = locate(library.source(paper.id), passage, piece.start, piece.end)
        if spans:
            number = len(citations) + 1
            citations.append(Citation(number, paper, passage, quote, spans, "supported"))
            if piece.item:
                listed.add(number)
    return tuple(citations), frozenset(listed)


def locate(source: str, passage: Passage, start: int, end: int) -> tuple[str, tuple[Span, ...]]:
    """A quote and its verbatim places, checked against the source.

    Args:
        source: The paper's text as its reader decoded it.
        passage: Where the quote is from.
        start: First character of the quote in the passage's text.
        end: One past its last.

    Returns:
        The quote and the source ranges it consists of; no ranges where the
        source does not hold the passage, so that nothing unfounded is cited.
    """
    quote = passage.text[start:end]
    cleaned = clean(source, passage.spans)
    if cleaned.text != passage.text:
        return quote, ()
    spans = cleaned.verbatim_spans(start, end)
    found = "".join(source[a:b] for a, b in spans)
    if "".join(found.split()) != "".join(quote.split()):
        return quote, ()
    return quote, spans

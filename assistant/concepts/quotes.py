"""Sentences of passages as citations, each checked at its place in the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.marks import marked
from assistant.quoting.citing import locate
from assistant.types import Answer, Citation
from ingest.planted import planted
from ingest.types import Paper, Passage

if TYPE_CHECKING:
    from vectorstore.library import Library

_SOURCES_KEPT = 8


class Quoter:
    """Makes citations of sentences.

    Args:
        library: Where the sources are.
        papers: Its papers by id.
    """

    def __init__(self, library: Library, papers: Mapping[str, Paper]) -> None:
        self._papers = papers
        self._source = lru_cache(_SOURCES_KEPT)(library.source)

    def quoted(self, passage: Passage, start: int, end: int) -> Iterator[Citation]:
        """A stretch of a passage as a citation, with number 0.

        Args:
            passage: Where it stands.
            start: Its first character in the passage's text.
            end: One past its last.

        Yields:
            The citation, with whose claim it reports; nothing where the source does not hold
            it, or the stretch seems to give orders to a machine.
        """
        paper = self._papers.get(passage.paper_id)
        if paper is None or any(p.start < end and start < p.end for p in planted(passage.text)):
            return
        quote, spans = locate(self._source(paper.id), passage, start, end)
        if spans:
            citation = Citation(0, paper, passage, quote, spans, "supported")
            yield from marked(Answer("", "", answered=True, citations=(citation,))).citations


def numbered(citations: Sequence[Citation], first: int) -> tuple[Citation, ...]:
    """Citations with numbers.

    Args:
        citations: Citations.
        first: The number of the first.

    Returns:
        The same, counted on.
    """
    return tuple(replace(c, number=number) for number, c in enumerate(citations, first))

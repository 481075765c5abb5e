"""Where golden spans stand in the text of a passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from assistant.evaluation.types import GoldenSpan
from ingest.cleaning import CleanText, clean
from ingest.types import Span

if TYPE_CHECKING:
    from assistant.api import Assistant


class Piece(NamedTuple):
    """A stretch of a passage's text; ``golden`` is a position in the golden spans, or None."""

    text: str
    golden: int | None


class Texts:
    """The clean text of places in a library's papers, each cleaned once.

    Args:
        assistant: An assistant on the library.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._held = {paper.id for paper in assistant.papers()}
        self._sources: dict[str, str] = {}
        self._cleaned: dict[tuple[str, tuple[Span, ...]], CleanText] = {}

    def text(self, paper_id: str, spans: tuple[Span, ...]) -> str:
        """The clean text of a place; empty where the library does not hold the paper."""
        return self._clean(paper_id, spans).text

    def around(self, span: GoldenSpan, characters: int) -> tuple[Span, ...]:
        """A golden span with what stands before and behind it.

        Args:
            span: The span, of a paper that the library holds.
            characters: How many on each side at most; words with spaces are not cut.

        Returns:
            The place, for `marked`.
        """
        source = self._source(span.paper)
        start, end = max(0, span.start - characters), min(len(source), span.end + characters)
        if start:
            start += source[start : span.start].find(" ") + 1
        if end < len(source):
            end = max(source.rfind(" ", span.end, end), span.end)
        return (Span(start, end),)

    def marked(
        self, paper_id: str, spans: tuple[Span, ...], golden: Sequence[GoldenSpan]
    ) -> list[Piece]:
        """A passage's text, cut where a golden span begins or ends.

        Args:
            paper_id: The passage's paper.
            spans: Where it stands.
            golden: Golden spans; where two overlap, the higher grade is marked.

        Returns:
            Pieces whose texts joined are the passage's.
        """
        cleaned = self._clean(paper_id, spans)
        here = {i: span for i, span in enumerate(golden) if span.paper == paper_id}
        marks = _filled([_best(origin, here) for origin in cleaned.origins])
        marked = zip(cleaned.text, marks, strict=True)
        return [
            Piece("".join(character for character, _ in group), mark)
            for mark, group in groupby(marked, key=lambda pair: pair[1])
        ]

    def _clean(self, paper_id: str, spans: tuple[Span, ...]) -> CleanText:
        if paper_id not in self._held:
            return CleanText("", ())
        place = (paper_id, spans)
        if place not in self._cleaned:
            self._cleaned[place] = clean(self._source(paper_id), spans)
        return self._cleaned[place]

    def _source(self, paper_id: str) -> str:
        if paper_id not in self._sources:
            self._sources[paper_id] = self._assistant.source(paper_id)
        return self._sources[paper_id]


_NOWHERE = -1


def _best(origin: int, golden: Mapping[int, GoldenSpan]) -> int | None:
    """The span of the highest grade that a source character is in."""
    if origin == _NOWHERE:
        return _NOWHERE
    holding = [i for i, span in golden.items() if span.start <= origin < span.end]
    return max(holding, key=lambda i: golden[i].grade, default=None)


def _filled(marks: list[int | None]) -> list[int | None]:
    """Marks where a space without a place is in the span that holds both its neighbours."""
    filled: list[int | None] = []
    for i, mark in enumerate(marks):
        if mark == _NOWHERE:
            filled.append(filled[-1] if filled[-1] == marks[i + 1] else None)
        else:
            filled.append(mark)
    return filled

"""Where a peer's chunk stands in a paper, and what it is relevant to there.

Chunks come as text, some with the whitespace collapsed. Their place is found by
the other characters, so that all systems are matched to golden spans by offsets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.evaluation.matching import PaperText, match
from assistant.evaluation.types import GoldenQuestion, RankedPassage
from ingest.types import Passage, Span


class Place:
    """Finds texts in a source by their characters, whitespace apart.

    Args:
        source: The paper's text.
    """

    def __init__(self, source: str) -> None:
        self._at = [i for i, character in enumerate(source) if not character.isspace()]
        self._dense = "".join(source[i] for i in self._at)
        self._source = source

    def of(self, text: str, start: int | None = None) -> Span:
        """Where a text stands.

        Args:
            text: A stretch of the source, with any whitespace.
            start: From where on to look, where it is known.

        Returns:
            The first place from there on.

        Raises:
            ValueError: The text is not in the source, or has nothing but whitespace.
        """
        wanted = "".join(text.split())
        before = len("".join(self._source[: start or 0].split()))
        found = self._dense.find(wanted, before)
        if found < 0 or not wanted:
            raise ValueError(f"not in the paper: {text[:80]!r}")
        return Span(self._at[found], self._at[found + len(wanted) - 1] + 1)


def ranked(
    chunks: Sequence[Mapping[str, Any]],
    question: GoldenQuestion,
    places: Mapping[str, Place],
    texts: Mapping[str, PaperText],
) -> tuple[RankedPassage, ...]:
    """A peer's chunks as a ranking.

    Args:
        chunks: As in `peers/job.py`, best first.
        question: The question they answer.
        places: Of all papers, by id.
        texts: The papers of the question's spans, by id.

    Returns:
        The chunks with their places and what they match.
    """
    return tuple(_ranked(chunk, question, places, texts) for chunk in chunks)


def _ranked(
    chunk: Mapping[str, Any],
    question: GoldenQuestion,
    places: Mapping[str, Place],
    texts: Mapping[str, PaperText],
) -> RankedPassage:
    paper = chunk["document"]
    span = places[paper].of(chunk["text"], chunk["start"])
    identity = f"{paper[:16]}:{span.start}-{span.end}"
    passage = Passage(identity, paper, chunk["text"], (), (span,))
    matched = match(passage, question.relevant, texts)
    return RankedPassage(identity, paper, (span,), 0.0, {}, matched)

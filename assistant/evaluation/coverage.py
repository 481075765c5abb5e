"""How much of the golden spans stands in the first N characters that were found.

Recall counted in characters instead of passages, so that systems with long and
with short passages are compared at the same length of text: the token-level
recall of Smith and Troynikov, "Evaluating Chunking Strategies for Retrieval"
(Chroma technical report, 2024), cut at a length in place of a number of passages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.matching import PaperText
from assistant.evaluation.types import ANSWERS, DIGITS, GoldenSpan
from ingest.cleaning import clean
from ingest.types import Passage, Span

LENGTHS = (1000, 2000, 4000, 8000)
"""Characters of retrieved text that are read."""

Place = tuple[str, int, int]
"""A paper's id, and a character range in its text."""


def coverage(
    passages: Sequence[Passage], golden: Sequence[GoldenSpan], texts: Mapping[str, PaperText]
) -> dict[str, float]:
    """Share of the golden spans in the first N characters, for every N of `LENGTHS`.

    ``span_coverage@N`` is that of all spans of grade 2 and 3 together,
    ``best_span_coverage@N`` that of the one span, among those of the highest
    grade there is, which is covered most.

    Args:
        passages: What was found, best first.
        golden: Golden spans; at least one.
        texts: The papers of the spans, by id.

    Returns:
        Shares in [0, 1] by name.
    """
    texts = {span.paper: texts[span.paper] for span in golden}
    answers = [span for span in golden if span.grade >= ANSWERS]
    highest = max(span.grade for span in golden)
    best = [span for span in golden if span.grade == highest]
    shares: dict[str, float] = {}
    for length in LENGTHS:
        read = _marked(_first(passages, length, texts), texts)
        shares[f"span_coverage@{length}"] = _share(answers, read, texts)
        shares[f"best_span_coverage@{length}"] = max(_share([s], read, texts) for s in best)
    return shares


def _first(
    passages: Sequence[Passage], length: int, texts: Mapping[str, PaperText]
) -> Iterator[Place]:
    """Where the first ``length`` characters of the passages' texts stand in these papers."""
    for passage in passages:
        if length <= 0:
            return
        if passage.paper_id in texts:
            for start, end in _beginning(passage, length, texts[passage.paper_id].source):
                yield passage.paper_id, start, end
        length -= len(passage.text)


def _beginning(passage: Passage, length: int, source: str) -> Sequence[Span]:
    if length >= len(passage.text):
        return passage.spans
    end = len(passage.text[:length].rstrip())
    return clean(source, passage.spans).source_spans(0, end, passage.spans)


def _marked(
    places: Iterable[Place], texts: Mapping[str, PaperText]
) -> dict[str, NDArray[np.bool_]]:
    """Those characters of the papers that count and stand in one of the places."""
    marks = {paper: np.zeros_like(text.counts) for paper, text in texts.items()}
    for paper, start, end in places:
        marks[paper][start:end] = texts[paper].counts[start:end]
    return marks


def _share(
    golden: Sequence[GoldenSpan],
    read: Mapping[str, NDArray[np.bool_]],
    texts: Mapping[str, PaperText],
) -> float:
    """The share of the spans' characters that was read; what two spans hold counts once."""
    wanted = _marked(((span.paper, span.start, span.end) for span in golden), texts)
    whole = sum(np.count_nonzero(mark) for mark in wanted.values())
    found = sum(np.count_nonzero(mark & read[paper]) for paper, mark in wanted.items())
    return round(found / whole, DIGITS) if whole else 0.0

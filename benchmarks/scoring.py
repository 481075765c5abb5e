"""Retrieval scores on judged spans: free functions of ranked texts and judgements.

A result is matched to a span by text, so systems whose chunks keep footnote
marks or line breaks are scored like those that clean them away. Both sides are
cleaned by the same rules (`ingest.cleaning`), which also collapse whitespace.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.cleaning import clean_text

ANSWERS = 2
"""The least grade that counts for hit rate, reciprocal rank and recall."""

FULL = 3
"""The grade of a span that answers fully."""

_SPAN_COVERED = 0.5
_CHUNK_INSIDE = 0.8
_SHORTEST_RUN = 4
_RESAMPLES = 10_000
_SEED = 20261123


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a paper that was judged to answer a question; ``file`` is its file's name."""

    file: str
    text: str
    grade: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A result of a search; ``file`` is its paper's file name."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of one question, each in [0, 1].

    ``papers`` is the share of papers with a grade 3 span of which such a span
    was reached, None where the question has no grade 3 span.
    """

    hit: float
    ndcg: float
    mrr: float
    recall: float
    papers: float | None


Matches = list[frozenset[int]]
"""For each result, best first, the positions of the spans it matches."""


def match(chunks: Sequence[Chunk], spans: Sequence[Span]) -> Matches:
    """Which spans each result is relevant to.

    A result is relevant to a span of the same paper when it covers at least half
    of the span's characters, or lies within the span for at least 80% of its own.

    Args:
        chunks: Results, best first.
        spans: What was judged to answer.

    Returns:
        Positions in ``spans`` for each result.
    """
    return [
        frozenset(i for i, span in enumerate(spans) if _is_relevant(chunk, span))
        for chunk in chunks
    ]


def shared_characters(chunk: str, span: str) -> int:
    """How many characters of the one cleaned text stand in the other, in order.

    Counted are runs of at least four equal words (or a whole text that is
    shorter), with the spaces between them: so a footnote or a running head that
    one side leaves out in mid-sentence costs nothing but itself, and words that
    any two texts share do not count.

    Args:
        chunk: A result's text.
        span: A span's text.

    Returns:
        The number of characters.
    """
    left, right = _words(chunk), _words(span)
    least = min(_SHORTEST_RUN, len(left), len(right))
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return sum(
        len(" ".join(left[block.a : block.a + block.size]))
        for block in blocks
        if block.size >= least
    )


def score(matches: Matches, spans: Sequence[Span], *, hit_at: int = 5, depth: int = 10) -> Scores:
    """Score one question.

    Args:
        matches: See `match`.
        spans: What was judged to answer; at least one.
        hit_at: How many results the hit rate looks at.
        depth: How many results everything else looks at.

    Returns:
        The scores.
    """
    seen = matches[:depth]
    answers = {i for i, span in enumerate(spans) if span.grade >= ANSWERS}
    ranks = [rank for rank, matched in enumerate(seen, 1) if matched & answers]
    reached = frozenset[int]().union(*seen)
    return Scores(
        hit=float(bool(ranks) and ranks[0] <= hit_at),
        ndcg=_ndcg(seen, [span.grade for span in spans], depth),
        mrr=1 / ranks[0] if ranks else 0.0,
        recall=len(reached & answers) / len(answers) if answers else 0.0,
        papers=_papers_reached(reached, spans),
    )


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95% bootstrap interval of a mean.

    The seed is fixed, so equally long sequences are resampled alike: the interval
    of a difference is paired by question.

    Args:
        values: One value a question.

    Returns:
        The 2.5th and the 97.5th percentile of the means of 10,000 resamples.
    """
    sample: NDArray[np.float64] = np.asarray(values, np.float64)
    drawn = np.random.default_rng(_SEED).integers(0, len(sample), (_RESAMPLES, len(sample)))
    low, high = np.percentile(sample[drawn].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)


def _is_relevant(chunk: Chunk, span: Span) -> bool:
    if chunk.file != span.file:
        return False
    shared = shared_characters(chunk.text, span.text)
    chunk_length, span_length = (len(" ".join(_words(text))) for text in (chunk.text, span.text))
    return shared > 0 and (
        shared >= _SPAN_COVERED * span_length or shared >= _CHUNK_INSIDE * chunk_length
    )


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(clean_text(text).split())


def _ndcg(matches: Matches, grades: Sequence[int], depth: int) -> float:
    """Discounted gain over the ideal; the grade is the gain, and each span counts once.

    A result gains the highest grade among the spans it matches that no better
    result has been credited with.
    """
    counted: set[int] = set()
    gains: list[int] = []
    for matched in matches:
        fresh = sorted(matched - counted, key=lambda i: -grades[i])
        gains.append(grades[fresh[0]] if fresh else 0)
        counted.update(fresh[:1])
    ideal = sorted(grades, reverse=True)[:depth]
    return _dcg(gains) / _dcg(ideal)


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def _papers_reached(reached: frozenset[int], spans: Sequence[Span]) -> float | None:
    wanted = {span.file for span in spans if span.grade == FULL}
    found = {spans[i].file for i in reached if spans[i].grade == FULL}
    return len(found) / len(wanted) if wanted else None

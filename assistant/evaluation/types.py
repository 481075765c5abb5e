"""What the evaluators' suite speaks: golden questions, and runs of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.types import Turn
from ingest.types import Span

ANSWERS = 2
"""The least grade that counts for hit@k, recall@k, precision@k and MRR."""

FULL = 3
"""The grade of a span that answers fully."""

DIGITS = 6
"""Decimals that figures are kept with, so that runs on two processors are alike."""


@dataclass(frozen=True, slots=True)
class GoldenSpan:
    """A stretch of a paper that answers a question.

    ``paper`` is the paper's id (SHA-256 of the file), ``start`` and ``end`` are
    character offsets in its decoded text, end exclusive. ``grade`` is 3 where it
    answers fully, 2 partly, 1 where it touches the matter.
    """

    paper: str
    start: int
    end: int
    grade: int


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question and where it is answered; ``relevant`` is empty where it is not.

    ``contradicted_by`` are spans that put a false premise right.
    """

    id: str
    question: str
    type: str
    language: str = "en"
    history: tuple[Turn, ...] = ()
    relevant: tuple[GoldenSpan, ...] = ()
    contradicted_by: tuple[GoldenSpan, ...] = ()
    answer: str = ""
    key_facts: tuple[str, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether the papers answer it."""
        return bool(self.relevant)


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage that a run found; ``matched`` are positions in the question's ``relevant``."""

    passage_id: str
    paper_id: str
    spans: tuple[Span, ...]
    score: float
    scores: Mapping[str, float]
    matched: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question in a run.

    ``confidence`` is the score of "the papers answer this", higher is surer.
    ``metrics`` is empty where the question is not answerable.
    """

    id: str
    confidence: float
    metrics: Mapping[str, float]
    ranking: tuple[RankedPassage, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over ``n`` questions and its 95% bootstrap interval ``[low, high]``."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """Answering only where the confidence is at least ``threshold``.

    ``coverage`` is the share of all questions then answered, ``risk`` the share
    of these that the papers do not answer.
    """

    threshold: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Refusal:
    """How well the confidence tells answerable questions from others.

    ``auroc`` is the chance that an answerable question has the higher one.
    """

    auroc: Estimate
    curve: tuple[RiskPoint, ...]


@dataclass(frozen=True, slots=True)
class EvaluationRun:
    """What asking all golden questions of one library in one configuration came to.

    Holds no time and no path: two runs of the same thing are identical. ``by``
    maps ``"type"``, ``"language"`` and ``"paper"`` to a value's estimates by
    metric. ``refusal`` is None where all questions are answerable, or none.
    """

    commit: str
    fingerprint: str
    embedder: str
    settings: Mapping[str, Any]
    papers: int
    passages: int
    depth: int
    questions: tuple[GoldenQuestion, ...]
    results: tuple[QuestionResult, ...]
    overall: Mapping[str, Estimate]
    by: Mapping[str, Mapping[str, Mapping[str, Estimate]]]
    refusal: Refusal | None

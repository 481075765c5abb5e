"""Small golden questions, rankings and runs, written down by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.evaluation.metrics import ranking_metrics
from assistant.evaluation.summary import summarise
from assistant.evaluation.types import (
    EvaluationRun,
    GoldenQuestion,
    GoldenSpan,
    QuestionResult,
    RankedPassage,
)
from ingest.types import Passage, Span

PAPER = "a" * 64
OTHER = "b" * 64


def golden(*grades: int, identity: str = "q", papers: str = "") -> GoldenQuestion:
    """A question with a span of each grade; ``papers`` has a letter for each span."""
    return GoldenQuestion(
        id=identity,
        question=f"What is {identity}?",
        type="definition",
        relevant=tuple(
            GoldenSpan((papers or "a" * len(grades))[i] * 64, 100 * i, 100 * i + 50, grade)
            for i, grade in enumerate(grades)
        ),
    )


def ranking(*matched: Iterable[int]) -> tuple[RankedPassage, ...]:
    """A passage for each, which matches the spans at these positions."""
    return tuple(
        RankedPassage(
            passage_id=f"passage{rank}",
            paper_id=PAPER,
            spans=(Span(10 * rank, 10 * rank + 10),),
            score=1 / rank,
            scores={"lexical": 2.5},
            matched=tuple(sorted(positions)),
        )
        for rank, positions in enumerate(matched, 1)
    )


def metrics(question: GoldenQuestion, *matched: Iterable[int]) -> dict[str, float]:
    """The metrics of one ranking."""
    return ranking_metrics([question], {question.id: ranking(*matched)})[question.id]


def passage(*spans: tuple[int, int], text: str = "", paper: str = PAPER) -> Passage:
    """A passage of these places."""
    return Passage("p", paper, text, (), tuple(Span(*span) for span in spans))


def run_of(
    rankings: Mapping[str, Sequence[Iterable[int]]],
    questions: Sequence[GoldenQuestion],
    confidences: Mapping[str, float] | None = None,
) -> EvaluationRun:
    """A run in which each question found passages that match these spans."""
    ranked = {q.id: ranking(*rankings.get(q.id, [])) for q in questions}
    found = ranking_metrics([q for q in questions if q.answerable], ranked)
    results = tuple(
        QuestionResult(q.id, (confidences or {}).get(q.id, 0.5), found.get(q.id, {}), ranked[q.id])
        for q in questions
    )
    summary = summarise(questions, results)
    return EvaluationRun(
        commit="c0ffee",
        fingerprint="f00d",
        embedder="tiny",
        settings={"depth": 100},
        papers=2,
        passages=9,
        depth=20,
        questions=tuple(questions),
        results=results,
        overall=summary.overall,
        by=summary.by,
        refusal=summary.refusal,
    )

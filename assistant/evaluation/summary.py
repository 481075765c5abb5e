"""From the figures of single questions to those of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assistant.evaluation.statistics import auroc, estimates, risk_coverage
from assistant.evaluation.types import Estimate, GoldenQuestion, QuestionResult, Refusal


class Summary(NamedTuple):
    """What the questions of a run come to together; see `EvaluationRun`."""

    overall: Mapping[str, Estimate]
    by: Mapping[str, Mapping[str, Mapping[str, Estimate]]]
    refusal: Refusal | None


def summarise(questions: Sequence[GoldenQuestion], results: Sequence[QuestionResult]) -> Summary:
    """Sum up the results of questions.

    Args:
        questions: The questions.
        results: Their results, in the same order.

    Returns:
        Estimates over all answerable questions, and over those of each type,
        each language, and each paper that holds a relevant span.
    """
    pairs = list(zip(questions, results, strict=True))
    answerable = [(question, result) for question, result in pairs if question.answerable]
    by: dict[str, dict[str, list[Mapping[str, float]]]] = {"type": {}, "language": {}, "paper": {}}
    for question, result in answerable:
        for group, values in _groups(question):
            for value in values:
                by[group].setdefault(value, []).append(result.metrics)
    return Summary(
        overall=estimates([result.metrics for _, result in answerable]),
        by={
            group: {value: estimates(rows) for value, rows in sorted(values.items())}
            for group, values in by.items()
        },
        refusal=_refusal(
            [result.confidence for _, result in answerable],
            [result.confidence for question, result in pairs if not question.answerable],
        ),
    )


def _groups(question: GoldenQuestion) -> Iterable[tuple[str, Iterable[str]]]:
    yield "type", (question.type,)
    yield "language", (question.language,)
    yield "paper", {span.paper for span in question.relevant}


def _refusal(answerable: Sequence[float], others: Sequence[float]) -> Refusal | None:
    if not answerable or not others:
        return None
    return Refusal(auroc(answerable, others), risk_coverage(answerable, others))

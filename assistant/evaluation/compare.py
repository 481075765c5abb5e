"""A run against a baseline: what changed, and whether by more than chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.evaluation.statistics import estimate, sign_flip_test
from assistant.evaluation.types import Estimate, EvaluationRun, GoldenQuestion, QuestionResult
from ingest.errors import BadGolden

GATE = ("hit@5", "nDCG@10", "best_span_coverage@4000")
"""The metrics by which a run is worse than its baseline."""

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """One metric of a run and a baseline, on the questions that both have.

    ``difference`` is run minus baseline, with the bootstrap interval of the paired
    differences; ``p`` is that of the two-sided sign-flip test. ``won`` and ``lost``
    are the ids of the questions that are better and worse than in the baseline.
    """

    metric: str
    baseline: float
    run: float
    difference: Estimate
    p: float
    won: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def worse(self) -> bool:
        """Whether it is worse beyond chance."""
        return self.difference.high < 0 and self.p < SIGNIFICANT

    @property
    def better(self) -> bool:
        """Whether it is better beyond chance."""
        return self.difference.low > 0 and self.p < SIGNIFICANT


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run against a baseline, over the answerable questions that both have.

    ``notes`` say, in sentences, what could not be compared.
    """

    baseline_commit: str
    questions: int
    differences: Mapping[str, Difference]
    notes: tuple[str, ...]

    @property
    def worse(self) -> tuple[str, ...]:
        """The metrics of the gate that are worse beyond chance."""
        return tuple(m for m in GATE if m in self.differences and self.differences[m].worse)


def compare(run: EvaluationRun, baseline: EvaluationRun) -> Comparison:
    """Compare a run with a baseline, question by question.

    Questions are the same where id, wording, history and relevant spans are.

    Args:
        run: What is to be judged.
        baseline: What it is judged by.

    Returns:
        The differences of every metric that both have of some common question.

    Raises:
        BadGolden: They have no answerable question in common.
    """
    before = {question.id: (question, result) for question, result in _pairs(baseline)}
    pairs = [
        (result, before[question.id][1])
        for question, result in _pairs(run)
        if question.id in before and same_question(question, before[question.id][0])
    ]
    answerable = [(new, old) for new, old in pairs if _both_have(new, old)]
    if not answerable:
        raise BadGolden(
            "The baseline and this run have no answerable question in common (the same id, "
            "wording and spans). Compare runs of the same golden questions on the same papers."
        )
    shared = {name for pair in answerable for name in _both_have(*pair)}
    metrics = [name for name in run.overall if name in shared]
    differences = {name: _difference(name, answerable) for name in metrics}
    notes = tuple(_notes(run, baseline, len(pairs)))
    return Comparison(baseline.commit, len(answerable), differences, notes)


def same_question(one: GoldenQuestion, other: GoldenQuestion) -> bool:
    """Whether wording, history and relevant spans are the same."""
    return (one.question, one.history, set(one.relevant)) == (
        other.question,
        other.history,
        set(other.relevant),
    )


def _pairs(run: EvaluationRun) -> Iterator[tuple[GoldenQuestion, QuestionResult]]:
    return zip(run.questions, run.results, strict=True)


def _both_have(new: QuestionResult, old: QuestionResult) -> set[str]:
    return set(new.metrics) & set(old.metrics)


def _difference(metric: str, pairs: list[tuple[QuestionResult, QuestionResult]]) -> Difference:
    both = [(n, o) for n, o in pairs if metric in n.metrics and metric in o.metrics]
    new, old = ([result.metrics[metric] for result in side] for side in zip(*both, strict=True))
    gains = {n.id: n.metrics[metric] - o.metrics[metric] for n, o in both}
    return Difference(
        metric=metric,
        baseline=estimate(old).mean,
        run=estimate(new).mean,
        difference=estimate(list(gains.values())),
        p=sign_flip_test(list(gains.values())),
        won=tuple(identity for identity, gain in gains.items() if gain > 0),
        lost=tuple(identity for identity, gain in gains.items() if gain < 0),
    )


def _notes(run: EvaluationRun, baseline: EvaluationRun, compared: int) -> Iterator[str]:
    if compared < len(run.questions):
        yield f"{len(run.questions) - compared} questions of this run are not in the baseline."
    if compared < len(baseline.questions):
        yield f"{len(baseline.questions) - compared} questions of the baseline are not in this run."
    if run.depth != baseline.depth:
        yield f"This run ranked {run.depth} passages a question, the baseline {baseline.depth}."

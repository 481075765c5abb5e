"""What the tests of the report share: questions, and a run that is worse."""

from __future__ import annotations

from dataclasses import replace

from assistant.evaluation.golden import read_golden
from assistant.evaluation.metrics import ranking_metrics
from assistant.evaluation.summary import summarise
from assistant.evaluation.types import EvaluationRun, QuestionResult
from tests.conftest import ROOT

QUESTIONS = read_golden(ROOT / "tests" / "retrieval" / "golden" / "samples.jsonl")


def by_words_alone(run: EvaluationRun) -> EvaluationRun:
    """What a run would be, had BM25 alone put the passages it found in order."""
    rankings = {
        result.id: tuple(
            sorted(result.ranking, key=lambda p: p.scores.get("lexical", 0.0), reverse=True)
        )
        for result in run.results
    }
    metrics = ranking_metrics([q for q in run.questions if q.answerable], rankings)
    results = tuple(
        QuestionResult(
            id=result.id,
            confidence=result.confidence,
            metrics={**result.metrics, **metrics.get(result.id, {})},
            ranking=rankings[result.id],
        )
        for result in run.results
    )
    summary = summarise(run.questions, results)
    return replace(
        run,
        commit="0" * 40,
        settings={**run.settings, "only": "lexical"},
        results=results,
        overall=summary.overall,
        by=summary.by,
        refusal=summary.refusal,
    )

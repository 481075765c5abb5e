"""What the tests of the report share: questions, and a run to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant import Assistant, SearchSettings
from assistant.evaluation.golden import read_golden
from assistant.evaluation.types import EvaluationRun, GoldenQuestion
from tests.conftest import ROOT

QUESTIONS = read_golden(ROOT / "tests" / "retrieval" / "golden" / "samples.jsonl")
OTHER_COMMIT = "0" * 40


def by_words_alone(library: Path, questions: Sequence[GoldenQuestion]) -> EvaluationRun:
    """What is found where only BM25 looks for candidates, as if at another commit."""
    settings = SearchSettings(dense=False)
    with Assistant.open(library, settings=settings) as assistant:
        return replace(assistant.evaluate(questions), commit=OTHER_COMMIT)

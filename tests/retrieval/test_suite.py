"""Retrieval is what it was: measured on golden questions, the same twice, not worse, over the bars.

That the questions fit the library is checked first, by every run. See conftest.py
for the options, docs/evaluation.md for the metrics.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation.compare import compare
from assistant.evaluation.files import read_run, write_run
from assistant.evaluation.types import EvaluationRun
from tests.retrieval.conftest import BASELINES, Suite


def test_every_question_is_asked(suite: Suite, run: EvaluationRun) -> None:
    assert [result.id for result in run.results] == [question.id for question in run.questions]
    pairs = list(zip(run.questions, run.results, strict=True))
    # by words alone, nothing is found for what the papers have no word of
    by_vectors = suite.settings is None or suite.settings.dense
    assert all(result.ranking for q, result in pairs if q.answerable or by_vectors)
    assert all(result.metrics for q, result in pairs if q.relevant)


def test_a_second_run_is_the_same(suite: Suite, run: EvaluationRun, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    write_run(first, run)
    write_run(second, suite.run())
    assert first.read_bytes() == second.read_bytes()


def test_it_is_not_worse_than_the_baseline(suite: Suite, run: EvaluationRun) -> None:
    if suite.baseline is None:
        pytest.skip("no --against: not compared with a baseline")
    comparison = compare(run, read_run(suite.baseline))
    if suite.baseline.parent == BASELINES:
        assert not comparison.notes, f"{comparison.notes}: renew it with `make baseline`"
    worse = {name: comparison.differences[name] for name in comparison.worse}
    assert not worse, f"worse than {suite.baseline} beyond chance: {worse}"


def test_the_bars_are_reached(suite: Suite, run: EvaluationRun, bars: dict[str, float]) -> None:
    if not bars:
        pytest.skip("no --bar: no least values to reach")
    unknown = [name for name in bars if name not in run.overall]
    assert not unknown, f"no metric is called {unknown}; there are {', '.join(run.overall)}"
    missed = {name: run.overall[name] for name, bar in bars.items() if run.overall[name].mean < bar}
    assert not missed, f"below the bars {bars}: {missed}"

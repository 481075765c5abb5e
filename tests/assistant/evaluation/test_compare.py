"""A run against a baseline: what is better, what is worse, and what cannot be compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import BadGolden
from assistant.evaluation.compare import compare
from assistant.evaluation.types import GoldenSpan
from tests.assistant.evaluation.helpers import PAPER, golden, run_of

QUESTIONS = [golden(3, identity=f"q{i}") for i in range(20)]
FOUND = {q.id: [[0]] for q in QUESTIONS}
MISSED: dict[str, list[list[int]]] = {q.id: [[]] for q in QUESTIONS}


def test_a_run_against_itself() -> None:
    run = run_of(FOUND, QUESTIONS)
    comparison = compare(run, run)
    assert comparison.worse == ()
    assert comparison.notes == ()
    assert comparison.questions == 20
    difference = comparison.differences["nDCG@10"]
    assert (difference.difference.low, difference.difference.high, difference.p) == (0, 0, 1)
    assert not difference.won + difference.lost


def test_everything_lost() -> None:
    comparison = compare(run_of(MISSED, QUESTIONS), run_of(FOUND, QUESTIONS))
    assert comparison.worse == ("hit@5", "nDCG@10")
    difference = comparison.differences["hit@5"]
    assert (difference.baseline, difference.run) == (1, 0)
    assert difference.lost == tuple(q.id for q in QUESTIONS)
    assert difference.worse


def test_everything_won() -> None:
    comparison = compare(run_of(FOUND, QUESTIONS), run_of(MISSED, QUESTIONS))
    assert comparison.worse == ()
    assert comparison.differences["hit@5"].better
    assert len(comparison.differences["hit@5"].won) == 20


def test_a_few_lost_questions_are_chance() -> None:
    run = run_of({**FOUND, "q0": [[]], "q1": [[]]}, QUESTIONS)
    comparison = compare(run, run_of(FOUND, QUESTIONS))
    assert comparison.differences["hit@5"].lost == ("q0", "q1")
    assert comparison.differences["hit@5"].difference.mean == pytest.approx(-2 / 20)
    assert comparison.worse == ()


def test_questions_are_matched_by_id_wording_and_spans() -> None:
    moved = replace(QUESTIONS[0], relevant=(GoldenSpan(PAPER, 7, 9, 3),))
    reworded = replace(QUESTIONS[1], question="And why?")
    run = run_of(FOUND, [moved, reworded, *QUESTIONS[2:]])
    comparison = compare(run, run_of(FOUND, QUESTIONS[:18]))
    assert comparison.questions == 16
    assert comparison.notes == (
        "4 questions of this run are not in the baseline.",
        "2 questions of the baseline are not in this run.",
    )


def test_the_order_of_questions_and_spans_does_not_matter() -> None:
    question = golden(3, 2)
    turned = replace(question, relevant=question.relevant[::-1])
    run = run_of({"q": [[0]], "q3": [[0]]}, [question, QUESTIONS[3]])
    baseline = run_of({"q": [[1]], "q3": [[0]]}, [QUESTIONS[3], turned])
    assert compare(run, baseline).questions == 2
    assert compare(run, baseline).differences["nDCG@10"].difference.mean == 0


def test_an_unequal_depth_is_noted() -> None:
    run = run_of(FOUND, QUESTIONS)
    [note] = compare(replace(run, depth=5), run).notes
    assert note == "This run ranked 5 passages a question, the baseline 20."


def test_a_metric_that_no_common_question_has_is_left_out() -> None:
    common, full = golden(2, identity="common"), golden(3, identity="full")
    newer, older = golden(3, identity="newer"), golden(3, identity="older")
    run, baseline = run_of({}, [common, newer]), run_of({}, [common, older])
    assert "papers@10" in run.overall
    assert "papers@10" in baseline.overall
    differences = compare(run, baseline).differences
    assert set(run.overall) - set(differences) == {"papers@10"}
    assert "papers@10" in compare(run_of({}, [common, full]), run_of({}, [full])).differences


def test_no_metric_in_common() -> None:
    run = run_of(FOUND, QUESTIONS)
    renamed = tuple(replace(result, metrics={"another": 1.0}) for result in run.results)
    with pytest.raises(BadGolden, match="no answerable question in common"):
        compare(run, replace(run, results=renamed))


def test_nothing_in_common() -> None:
    others = [golden(3, identity="other")]
    with pytest.raises(BadGolden, match="no answerable question in common"):
        compare(run_of({}, others), run_of(FOUND, QUESTIONS))
    unanswerable = [golden(identity="none")]
    with pytest.raises(BadGolden, match="no answerable question in common"):
        compare(run_of({}, unanswerable), run_of({}, unanswerable))

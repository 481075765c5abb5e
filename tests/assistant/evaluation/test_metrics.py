"""The metrics of rankings, against sums done by hand and against their definitions."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evaluation.metrics import ranking_metrics
from tests.assistant.evaluation.helpers import golden, metrics, ranking

MILLIONTH = 1e-6


def about(value: float) -> object:
    return pytest.approx(value, abs=MILLIONTH)


def test_everything_right_is_one() -> None:
    found = metrics(golden(3, 2), [0], [1])
    for name in ("hit@1", "MRR@10", "nDCG@10", "recall@10", "recall@20", "papers@10"):
        assert found[name] == 1
    assert found["precision@10"] == about(2 / 10)


def test_nothing_found_is_zero() -> None:
    assert set(metrics(golden(3, 2), [], []).values()) == {0}
    assert set(metrics(golden(3, 2)).values()) == {0}


def test_hit_and_reciprocal_rank() -> None:
    found = metrics(golden(3), [], [], [0])
    assert (found["hit@1"], found["hit@3"], found["hit@5"]) == (0, 1, 1)
    assert found["MRR@10"] == about(1 / 3)


def test_reciprocal_rank_looks_at_ten() -> None:
    assert metrics(golden(3), *[[]] * 9, [0])["MRR@10"] == about(1 / 10)
    eleventh = metrics(golden(3), *[[]] * 10, [0])
    assert (eleventh["MRR@10"], eleventh["nDCG@10"], eleventh["hit@10"]) == (0, 0, 0)
    assert (eleventh["recall@10"], eleventh["recall@20"], eleventh["papers@10"]) == (0, 1, 0)


def test_precision_counts_every_passage_that_answers() -> None:
    found = metrics(golden(3, 1), [0], [1], [0], [])
    assert found["precision@1"] == 1
    assert found["precision@3"] == about(2 / 3)
    assert found["precision@5"] == about(2 / 5)


def test_recall_counts_spans_whichever_passage_reaches_them() -> None:
    found = metrics(golden(3, 2, 2, 1), [0, 1], [0], [2])
    assert found["recall@1"] == about(2 / 3)
    assert found["recall@3"] == 1


def test_grade_one_is_no_answer_but_gains() -> None:
    found = metrics(golden(2, 1), [1], [0])
    assert (found["hit@1"], found["MRR@10"], found["recall@1"]) == (0, about(1 / 2), 0)
    assert found["nDCG@10"] == about((1 + 2 / log2(3)) / (2 + 1 / log2(3)))


def test_ndcg_counts_a_span_once() -> None:
    found = metrics(golden(3, 2), [0], [0], [1])
    assert found["nDCG@10"] == about((3 + 2 / log2(4)) / (3 + 2 / log2(3)))


def test_ndcg_credits_a_passage_with_its_best_span_only() -> None:
    ideal = 3 + 2 / log2(3)
    assert metrics(golden(2, 3), [0, 1])["nDCG@10"] == about(3 / ideal)
    assert metrics(golden(2, 3), [0, 1], [0, 1])["nDCG@10"] == 1
    assert metrics(golden(2, 3), [0, 1])["nDCG@1"] == 1


def test_papers_with_a_full_answer() -> None:
    question = golden(3, 2, 3, 2, papers="aabc")
    assert metrics(question, [0], [1])["papers@10"] == about(1 / 2)
    assert metrics(question, [1], [3])["papers@10"] == 0
    assert metrics(question, [0], [2])["papers@10"] == 1
    assert "papers@10" not in metrics(golden(2), [0])


def test_questions_are_measured_apart() -> None:
    one, two, three = golden(3, identity="one"), golden(3, identity="two"), golden(1, identity="3")
    found = ranking_metrics(
        [one, two, three], {"one": ranking([0]), "two": ranking([], [0]), "3": ranking()}
    )
    assert [found[q]["MRR@10"] for q in ("one", "two", "3")] == [1, about(1 / 2), 0]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(1, 3), min_size=1, max_size=6).flatmap(
        lambda grades: st.tuples(
            st.just(grades),
            st.lists(st.sets(st.integers(0, len(grades) - 1), max_size=3), max_size=15),
        )
    )
)
def test_they_agree_with_their_definitions(case: tuple[list[int], list[set[int]]]) -> None:
    grades, matched = case
    first = matched[:10]
    answers = {i for i, grade in enumerate(grades) if grade >= 2}
    ranks = [rank for rank, spans in enumerate(first, 1) if spans & answers]
    reached = set().union(*first) & answers
    found = metrics(golden(*grades), *matched)
    assert found["hit@5"] == (min(ranks, default=9) <= 5)
    assert found["MRR@10"] == about(1 / ranks[0] if ranks else 0)
    assert found["recall@10"] == about(len(reached) / len(answers) if answers else 0)
    assert found["nDCG@10"] == about(gain(gains(first, grades)) / gain(sorted(grades)[::-1][:10]))


def gains(matched: list[set[int]], grades: list[int]) -> list[int]:
    """The grade of the best span that each passage is the first to match, each span once."""
    left = dict(enumerate(grades))
    earned = []
    for spans in matched:
        best = max(sorted(spans & left.keys()), key=lambda i: grades[i], default=None)
        earned.append(0 if best is None else left.pop(best))
    return earned


def gain(earned: list[int]) -> float:
    return sum(grade / log2(rank + 1) for rank, grade in enumerate(earned, 1))

"""Score fusion, by hand-computed fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest

from vectorstore.fusion import fuse, min_max


def test_min_max_scales_what_is_kept() -> None:
    ranking = [("a", 9.0), ("b", 6.0), ("c", 3.0), ("d", 1.0)]
    assert min_max(ranking) == {
        "a": 1.0,
        "b": pytest.approx(float(Fraction(5, 8))),
        "c": 0.25,
        "d": 0.0,
    }
    assert min_max(ranking, depth=3) == {"a": 1.0, "b": 0.5, "c": 0.0}


def test_min_max_of_equal_scores_and_of_nothing() -> None:
    assert min_max([("a", 2.0), ("b", 2.0)]) == {"a": 1.0, "b": 1.0}
    assert min_max([("a", -1.0)]) == {"a": 1.0}
    assert min_max([]) == {}


def test_fusion_is_the_mean_and_a_missing_score_is_zero() -> None:
    fused = fuse([{"a": 1.0, "b": 0.5}, {"b": 1.0}, {"c": 0.25}])
    assert [key for key, _ in fused] == ["b", "a", "c"]
    assert [score for _, score in fused] == pytest.approx(
        [float(Fraction(3, 2) / 3), float(Fraction(1, 3)), float(Fraction(1, 12))]
    )


def test_ties_are_broken_by_id() -> None:
    assert [key for key, _ in fuse([{"z": 0.5, "a": 0.5, "m": 0.5}])] == ["a", "m", "z"]


def test_fusing_nothing() -> None:
    assert fuse([{}, {}]) == []

"""Intervals, the randomisation test, AUROC and risk-coverage, against known values."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from assistant.evaluation.statistics import (
    auroc,
    estimate,
    estimates,
    risk_coverage,
    sign_flip_test,
)
from assistant.evaluation.types import Estimate


class TestEstimate:
    def test_of_one_question(self) -> None:
        assert estimate([0.25]) == Estimate(0.25, 0.25, 0.25, 1)

    def test_of_a_constant(self) -> None:
        assert estimate([0.1] * 20) == Estimate(0.1, 0.1, 0.1, 20)

    def test_near_the_normal_approximation(self) -> None:
        found = estimate([0.0, 1.0] * 200)  # .5 and 1.96 times .025 to either side
        assert found.mean == 0.5
        assert found.low == pytest.approx(0.451, abs=0.004)
        assert found.high == pytest.approx(0.549, abs=0.004)

    def test_near_scipys_percentile_interval(self) -> None:
        sample = np.random.default_rng(5).beta(2, 5, 60)
        theirs = stats.bootstrap(
            (sample,), np.mean, n_resamples=10_000, method="percentile", rng=9
        ).confidence_interval
        found = estimate(list(sample))
        assert found.low == pytest.approx(theirs.low, abs=0.003)
        assert found.high == pytest.approx(theirs.high, abs=0.003)

    def test_the_same_every_time(self) -> None:
        values = [0.2, 0.4, 0.9, 0.0]
        assert estimate(values) == estimate(values)

    def test_each_metric_over_the_questions_that_have_it(self) -> None:
        found = estimates([{"a": 1.0, "b": 0.0}, {"a": 0.0}])
        assert (found["a"].mean, found["a"].n) == (0.5, 2)
        assert (found["b"].mean, found["b"].n) == (0, 1)
        assert estimates([]) == {}


class TestSignFlips:
    def test_all_questions_one_way(self) -> None:
        # 2 of 2 ** 10 ways to give the signs are as extreme
        assert sign_flip_test([0.1] * 10) == pytest.approx(2 / 2**10, abs=1e-6)

    def test_counted_by_hand(self) -> None:
        # the signs of 1, 2 and 3 give the sums 6, 4, 2, 0, 0, -2, -4 and -6
        assert sign_flip_test([1, 2, -3]) == 1
        assert sign_flip_test([-1, 2, 3]) == pytest.approx(4 / 8)
        assert sign_flip_test([1, 2, 3]) == pytest.approx(2 / 8)

    def test_no_difference(self) -> None:
        assert sign_flip_test([0.0] * 12) == 1
        assert sign_flip_test([0.3]) == 1

    def test_the_direction_does_not_matter_nor_the_time(self) -> None:
        values = list(np.random.default_rng(3).normal(0.1, 0.3, 40))
        assert sign_flip_test(values) == sign_flip_test([-value for value in values])

    def test_near_the_t_test(self) -> None:
        values = np.random.default_rng(4).normal(0.08, 0.3, 80)
        theirs = stats.ttest_1samp(values, 0).pvalue
        assert sign_flip_test(list(values)) == pytest.approx(theirs, abs=0.01)


class TestRefusal:
    def test_perfect_and_inverted_separation(self) -> None:
        assert auroc([0.8, 0.9], [0.1, 0.2, 0.3]) == Estimate(1, 1, 1, 5)
        assert auroc([0.1], [0.9]) == Estimate(0, 0, 0, 2)

    def test_pairs_counted_by_hand(self) -> None:
        # .9 beats both, .5 beats .3 and ties with .5: 3.5 of 4
        assert auroc([0.9, 0.5], [0.5, 0.3]).mean == pytest.approx(3.5 / 4)

    def test_the_interval_is_that_of_both_groups_resampled(self) -> None:
        generator = np.random.default_rng(6)
        found = auroc(list(generator.normal(1, 1, 80)), list(generator.normal(0, 1, 60)))
        area, n, m = found.mean, 80, 60
        q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)  # Hanley and McNeil 1982
        variance = area * (1 - area) + (n - 1) * (q1 - area**2) + (m - 1) * (q2 - area**2)
        error = (variance / (n * m)) ** 0.5
        assert (found.high - found.low) / 2 == pytest.approx(1.96 * error, rel=0.15)
        assert found.low < area < found.high

    def test_risk_and_coverage(self) -> None:
        curve = risk_coverage([0.9, 0.5, 0.4], [0.5, 0.1])
        assert [point.threshold for point in curve] == [0.9, 0.5, 0.4, 0.1]
        assert [point.coverage for point in curve] == [1 / 5, 3 / 5, 4 / 5, 1]
        assert [point.risk for point in curve] == pytest.approx([0, 1 / 3, 1 / 4, 2 / 5], abs=1e-6)

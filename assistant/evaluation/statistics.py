"""Intervals, tests and curves; every seed is fixed, so the same data gives the same figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.types import DIGITS, Estimate, RiskPoint

RESAMPLES = 10_000
_SEED = 20261124
_CENTRAL = (2.5, 97.5)

Floats = NDArray[np.float64]


def estimate(values: Sequence[float]) -> Estimate:
    """A mean and its 95% bootstrap interval.

    The percentile interval of Efron and Tibshirani, "An Introduction to the
    Bootstrap" (1993), chapter 13. Equally long samples are resampled alike.

    Args:
        values: One value a question; at least one.

    Returns:
        The mean and the 2.5th and 97.5th percentile of the means of `RESAMPLES`
        samples drawn with replacement.
    """
    sample = np.asarray(values, np.float64)
    means = _resamples(len(sample)) @ sample / len(sample)
    return _estimate(float(sample.mean()), means, len(sample))


def estimates(rows: Sequence[Mapping[str, float]]) -> dict[str, Estimate]:
    """An estimate of every metric, over the rows that have it."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: estimate([row[name] for row in rows if name in row]) for name in names}


def auroc(answerable: Sequence[float], others: Sequence[float]) -> Estimate:
    """How well a confidence tells answerable questions from others.

    The area under the ROC curve is the chance that an answerable question has the
    higher confidence, ties counting half (Hanley and McNeil 1982). The interval
    resamples both groups, each in its size.

    Args:
        answerable: Confidences of questions that have an answer; at least one.
        others: Confidences of those that have none; at least one.

    Returns:
        The area, 0.5 for a guess and 1 for a perfect separation.
    """
    from sklearn.metrics import roc_auc_score

    labels = [1] * len(answerable) + [0] * len(others)
    area = float(roc_auc_score(labels, [*answerable, *others]))
    above = np.subtract.outer(np.asarray(answerable), np.asarray(others))
    wins = (above > 0) + 0.5 * (above == 0)  # shape (answerable, others)
    drawn, against = _resamples(len(answerable)), _resamples(len(others), seed=_SEED + 1)
    areas = np.einsum("rn,rn->r", drawn @ wins, against) / wins.size
    return _estimate(area, areas, len(labels))


def risk_coverage(answerable: Sequence[float], others: Sequence[float]) -> tuple[RiskPoint, ...]:
    """The risk of answering, for every share of questions that is answered.

    The risk-coverage curve of selective classification (El-Yaniv and Wiener 2010;
    Geifman and El-Yaniv 2017), where answering a question that the papers do not
    answer is the error.

    Args:
        answerable: Confidences of questions that have an answer.
        others: Confidences of those that have none.

    Returns:
        A point for each confidence there is, from the highest, with the least
        coverage, to the lowest, where all questions are answered.
    """
    thresholds = sorted({*answerable, *others}, reverse=True)
    total = len(answerable) + len(others)
    points = []
    for threshold in thresholds:
        wrong = sum(value >= threshold for value in others)
        answered = wrong + sum(value >= threshold for value in answerable)
        coverage, risk = answered / total, wrong / answered
        points.append(RiskPoint(threshold, round(coverage, DIGITS), round(risk, DIGITS)))
    return tuple(points)


def sign_flip_test(differences: Sequence[float]) -> float:
    """How often chance alone gives a mean difference as large as this one.

    The two-sided paired randomisation test that Smucker, Allan and Carterette, "A
    Comparison of Statistical Significance Tests for Information Retrieval
    Evaluation" (2007), recommend: each difference may as well have had the other
    sign.

    Args:
        differences: One a question; at least one.

    Returns:
        The p-value: exact for at most 13 questions, else of `RESAMPLES` flips.
    """
    from scipy.stats import permutation_test

    if len(differences) == 1:  # scipy wants two; either sign is as extreme
        return 1.0
    sample = np.asarray(differences, np.float64)
    result = permutation_test(
        (sample, np.zeros_like(sample)),
        lambda x, y, axis: np.mean(x - y, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        rng=np.random.default_rng(_SEED),
    )
    return round(float(result.pvalue), DIGITS)


def _estimate(mean: float, resampled: Floats, n: int) -> Estimate:
    low, high = (float(bound) for bound in np.percentile(resampled, _CENTRAL))
    return Estimate(round(mean, DIGITS), round(low, DIGITS), round(high, DIGITS), n)


@lru_cache(maxsize=4)
def _resamples(n: int, seed: int = _SEED) -> Floats:
    """How often each of ``n`` questions is drawn; shape ``(RESAMPLES, n)``."""
    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=RESAMPLES)
    return drawn.astype(np.float64)

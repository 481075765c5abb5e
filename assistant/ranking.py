"""From candidates to scores: features of each passage, and their weighted sum.

Free functions of their inputs; nothing here knows a library.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.protocols import Late, Ranking

Feature = NDArray[np.float64]
"""One value for each candidate, shape ``(n,)``; higher is better."""

Rows = NDArray[np.int64]

WEIGHTS: Mapping[str, float] = {
    "late": 0.76,
    "late_rank": 0.17,
    "late_around": 0.15,
    "dense": 0.1,
    "lexical": 0.47,
    "dense_around": 0.31,
    "lexical_around": 0.19,
    "named": 0.8,
}
"""Weights of the standardised features, fitted by ``training/ranker.py``, but for ``named``,
which is set: public questions name no authors."""

AROUND = ("late_around", "dense_around", "lexical_around")
"""Features that look at a passage's neighbours."""

_NO_CANDIDATE, _NO_PASSAGE = -2, -1
"""Where `_around` finds, behind the scores, the floor and what counts nothing."""


def features(
    ids: Sequence[str],
    dense: Ranking,
    lexical: Ranking,
    late: Mapping[str, Late],
    named: Collection[str] = (),
) -> dict[str, Feature]:
    """Describe the candidates of one query.

    Args:
        ids: The candidates; each has an entry in ``late``.
        dense: Passages by the cosine of their vectors.
        lexical: Passages by BM25.
        late: Passages by late interaction, with their places.
        named: Papers whose authors the question names; see `assistant.naming`.

    Returns:
        ``late``, ``dense`` and ``lexical``: a candidate's scores; one that a ranking
        does not reach has the least score of that ranking, or 0 in ``lexical``.
        ``late_rank``: the reciprocal of its rank by ``late``. ``late_around``: the better
        of the scores of the passages before and behind it, the mean of the others' for the
        only passage of a paper. ``dense_around`` and ``lexical_around``: the means of their
        scores, as far as the paper has them; the least score for one that is no
        candidate, its own for the only passage of a paper.
        ``named``: 1 for the passages of a named paper, else 0.
    """
    before, behind = _neighbours([late[key] for key in ids])
    by_late = np.array([late[key].score for key in ids])
    found: dict[str, Feature] = {
        "late": by_late,
        "late_rank": _reciprocal_ranks(by_late),
        "late_around": _better_around(by_late, before, behind),
    }
    floors = {"dense": min((s for _, s in dense), default=0.0), "lexical": 0.0}
    for name, ranking in (("dense", dense), ("lexical", lexical)):
        scores, floor = dict(ranking), floors[name]
        found[name] = np.array([scores.get(key, floor) for key in ids])
        found[f"{name}_around"] = _around(found[name], floor, before, behind)
    found["named"] = np.array([float(late[key].paper_id in named) for key in ids])
    return found


def _neighbours(places: Sequence[Late]) -> tuple[Rows, Rows]:
    """For each place the numbers of the places before and behind it.

    Args:
        places: Where the candidates stand.

    Returns:
        Two arrays, shape ``(n,)``: `_NO_CANDIDATE` for a passage that is none of the
        places, `_NO_PASSAGE` beyond an edge of the paper.
    """
    numbers = {(place.paper_id, place.position): i for i, place in enumerate(places)}
    before = [
        numbers.get((place.paper_id, place.position - 1), _NO_CANDIDATE)
        if place.position
        else _NO_PASSAGE
        for place in places
    ]
    behind = [
        _NO_PASSAGE
        if place.is_last
        else numbers.get((place.paper_id, place.position + 1), _NO_CANDIDATE)
        for place in places
    ]
    return np.array(before), np.array(behind)


def _reciprocal_ranks(scores: Feature) -> Feature:
    """1 for the highest score, 1/2 for the next, and so on; of equal ones the first is higher."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    reciprocal: Feature = 1 / ranks
    return reciprocal


def _better_around(own: Feature, before: Rows, behind: Rows) -> Feature:
    """The better of the scores before and behind; where a paper has neither, the others' mean."""
    looked_up = np.append(own, (own.min(), -np.inf))
    better = np.maximum(looked_up[before], looked_up[behind])
    there = np.isfinite(better)
    return np.where(there, better, better[there].mean() if there.any() else 0.0)


def _around(own: Feature, floor: float, before: Rows, behind: Rows) -> Feature:
    """The mean of the scores before and behind; ``own`` where a paper has neither."""
    looked_up = np.append(own, (floor, 0.0))
    there = np.stack([before, behind]) != _NO_PASSAGE
    sums = looked_up[before] + looked_up[behind]
    count = there.sum(axis=0)
    means: Feature = np.where(count, sums / np.maximum(count, 1), own)
    return means


def standardised(values: Feature) -> Feature:
    """Values less their mean, in standard deviations; all 0 where they are equal.

    Args:
        values: Shape ``(n,)``, or ``(features, n)`` for several at once.

    Returns:
        The same shape.
    """
    centred = values - values.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.mean(centred**2, axis=-1, keepdims=True))
    scaled: Feature = np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 0)
    return scaled


def weighted(found: Mapping[str, Feature], weights: Mapping[str, float] = WEIGHTS) -> Feature:
    """Score candidates by a linear model of standardised features.

    ``sum over features f of weight_f · (x_f - mean_f) / deviation_f``, mean and
    deviation over the candidates of the query (a linear ranking function fitted
    listwise: Cao et al. 2007, Learning to rank, ICML).

    Args:
        found: See `features`.
        weights: Weights by feature; what they do not name counts nothing.

    Returns:
        A score for each candidate, higher is better, comparable within one query.
    """
    used = [name for name in found if name in weights]
    total: Feature = standardised(np.stack([found[name] for name in used])).T @ [
        weights[name] for name in used
    ]
    return total

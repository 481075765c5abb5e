"""From candidates to scores: features of each passage, and their weighted sum.

Free functions of their inputs; nothing here knows a library.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from vectorstore.protocols import Late, Ranking

Feature = NDArray[np.float64]
"""One value for each candidate, shape ``(n,)``; higher is better."""

WEIGHTS: Mapping[str, float] = {
    "late": 1.09,
    "dense": 0.1,
    "lexical": 0.49,
    "dense_around": 0.37,
    "lexical_around": 0.22,
    "named": 0.8,
}
"""Weights of the standardised features, fitted by ``training/ranker.py``, but for ``named``,
which is set: public questions name no authors."""

AROUND = ("dense_around", "lexical_around")
"""Features that look at a passage's neighbours."""

_WORD = re.compile(r"\w{2,}")
_LONG_NAME = 5
"""Names so long are known in small letters, too."""


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
        named: Papers whose authors the question names; see `named_papers`.

    Returns:
        ``late``, ``dense`` and ``lexical``: a candidate's scores; one that a ranking
        does not reach has the least score of that ranking, or 0 in ``lexical``.
        ``dense_around`` and ``lexical_around``: the means of the scores of the
        passages before and behind it, as far as the paper has them; the least score
        for one that is no candidate, its own for the only passage of a paper.
        ``named``: 1 for the passages of a named paper, else 0.
    """
    places = {(late[key].paper_id, late[key].position): key for key in ids}
    found: dict[str, Feature] = {"late": np.array([late[key].score for key in ids])}
    beside = {key: _beside(late[key], places) or [key] for key in ids}
    floors = {"dense": min((s for _, s in dense), default=0.0), "lexical": 0.0}
    for name, ranking in (("dense", dense), ("lexical", lexical)):
        scores = dict(ranking)
        floor = floors[name]
        found[name] = np.array([scores.get(key, floor) for key in ids])
        found[f"{name}_around"] = np.array(
            [fmean([scores.get(near, floor) for near in beside[key]]) for key in ids]
        )
    found["named"] = np.array([float(late[key].paper_id in named) for key in ids])
    return found


def named_papers(question: str, authors: Mapping[str, Sequence[str]]) -> set[str]:
    """The papers of which a question names an author.

    Args:
        question: The question, with what was said before it.
        authors: The authors of each paper.

    Returns:
        The papers one of whose authors' names has a word in common with the
        question: a capitalised one, or of five letters or more in any spelling.
    """
    words = _WORD.findall(question)
    spoken = {w.lower() for w in words if w[0].isupper() or len(w) >= _LONG_NAME}
    return {
        paper
        for paper, names in authors.items()
        if spoken.intersection(w.lower() for name in names for w in _WORD.findall(name))
    }


def _beside(place: Late, places: Mapping[tuple[str, int], str]) -> list[str]:
    """The passages before and behind one, as far as its paper has them; "" for no candidate."""
    before = [place.position - 1] if place.position else []
    behind = [] if place.is_last else [place.position + 1]
    return [places.get((place.paper_id, position), "") for position in (*before, *behind)]


def standardised(values: Feature) -> Feature:
    """Values less their mean, in standard deviations; all 0 where they are equal."""
    spread = values.std()
    return (values - values.mean()) / spread if spread else np.zeros_like(values)


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
    parts = [weights[name] * standardised(x) for name, x in found.items() if name in weights]
    total: Feature = np.sum(parts, axis=0)
    return total

"""Rankings to one ranking: free functions of their inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vectorstore.protocols import Ranking


def min_max(ranking: Ranking, depth: int = 100) -> dict[str, float]:
    """Scale the first ``depth`` scores of a ranking to [0, 1]; the rest get nothing.

    ``(s - min) / (max - min)`` over the scores kept, 1 for each where all are
    equal (Fox and Shaw 1994, Combination of Multiple Searches, TREC-2).

    Args:
        ranking: Best first.
        depth: How many entries count.

    Returns:
        A score in [0, 1] for each id kept; higher is better.
    """
    kept = ranking[:depth]
    if not kept:
        return {}
    low, high = kept[-1][1], kept[0][1]
    if high == low:
        return {key: 1.0 for key, _ in kept}
    return {key: (score - low) / (high - low) for key, score in kept}


def reciprocal_ranks(ranking: Ranking, k: int = 60) -> dict[str, float]:
    """Score by rank alone: ``1 / (k + rank)``, rank from 1.

    The score of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009, SIGIR),
    whose sum over rankings `fuse` takes, but for a constant factor.

    Args:
        ranking: Best first.
        k: Damps the first ranks; 60 in the paper.

    Returns:
        A score above 0 for each id; higher is better.
    """
    return {key: 1 / (k + rank) for rank, (key, _) in enumerate(ranking, 1)}


def fuse(rankings: Sequence[Mapping[str, float]]) -> Ranking:
    """Fuse scaled rankings by the mean of their scores (CombSUM, Fox and Shaw 1994).

    Args:
        rankings: Scores in [0, 1] by id; an id missing from one scores 0 there.

    Returns:
        Best first, ties by id so that the order is always the same; scores in [0, 1].
    """
    sums: dict[str, float] = {}
    for ranking in rankings:
        for key, score in ranking.items():
            sums[key] = sums.get(key, 0.0) + score
    scores = [(key, total / len(rankings)) for key, total in sums.items()]
    return sorted(scores, key=lambda item: (-item[1], item[0]))

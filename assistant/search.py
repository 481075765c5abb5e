"""Queries to hits: three rankings a query, fused by passage id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.types import Hit
from vectorstore.fusion import fuse, min_max

if TYPE_CHECKING:
    from vectorstore.library import Library

DEPTH = 100
"""How many passages of each ranking are fused."""


def search(
    library: Library, queries: Sequence[str], k: int, papers: Sequence[str] | None = None
) -> list[Hit]:
    """Find passages.

    For each query the rankings by passage vector, best sentence vector and BM25
    are scaled to [0, 1] over their first `DEPTH` entries; the score of a
    passage is the mean over rankings and queries.

    Args:
        library: Where to look.
        queries: Queries that count equally.
        k: How many hits at most.
        papers: Ids of the papers to look in; all where None.

    Returns:
        Hits, best first; their component scores are those of the first query.
    """
    found = [library.rankings(query, DEPTH, papers) for query in queries]
    scaled = [min_max(ranking, DEPTH) for one in found for ranking in one.values()]
    best = fuse(scaled)[:k]
    passages = library.passages_by_id([key for key, _ in best])
    components = {name: dict(ranking) for name, ranking in found[0].items()}
    return [
        Hit(
            passages[key],
            score,
            {name: scores[key] for name, scores in components.items() if key in scores},
        )
        for key, score in best
        if key in passages
    ]

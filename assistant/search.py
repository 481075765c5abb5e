"""Queries to hits: three rankings a query, fused by passage id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.types import Hit
from vectorstore.fusion import fuse, min_max

if TYPE_CHECKING:
    from vectorstore.library import Library
    from vectorstore.protocols import Ranking

DEPTH = 100
"""How many passages of each ranking are fused."""


def search(
    library: Library, queries: Sequence[str], k: int, papers: Sequence[str] | None = None
) -> list[Hit]:
    """Find passages.

    For each query the rankings by passage vector, best sentence vector (of what the
    other two found) and BM25 are scaled to [0, 1] over their first `DEPTH` entries; the score of a
    passage is the mean over rankings and queries.

    Args:
        library: Where to look.
        queries: Queries that count equally.
        k: How many hits at most.
        papers: Ids of the papers to look in; all where None.

    Returns:
        Hits, best first; a component score is the best of any query.
    """
    if papers is not None and not papers:
        return []
    found = [_rankings(library, query, papers) for query in queries]
    scaled = [min_max(ranking, DEPTH) for one in found for ranking in one.values()]
    best = fuse(scaled)[:k]
    passages = library.passages_by_id([key for key, _ in best])
    return [
        Hit(passages[key], score, _components(found, key)) for key, score in best if key in passages
    ]


def _rankings(library: Library, query: str, papers: Sequence[str] | None) -> dict[str, Ranking]:
    found = library.candidates(query, DEPTH, papers)
    sentence = library.sentence_scores(found.vector, found.ids)
    ranked = sorted(sentence.items(), key=lambda item: (-item[1], item[0]))
    return {"passage": found.passage, "sentence": ranked[:DEPTH], "lexical": found.lexical}


def _components(found: Sequence[Mapping[str, Ranking]], passage_id: str) -> dict[str, float]:
    best: dict[str, float] = {}
    for rankings in found:
        for name, ranking in rankings.items():
            for key, score in ranking:
                if key == passage_id:
                    best[name] = max(score, best.get(name, score))
    return best

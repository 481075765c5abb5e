"""Queries to hits: find candidates, fuse them, rerank the best, join the queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.ranking import features, weighted
from assistant.settings import SearchSettings
from assistant.types import Hit
from vectorstore.fusion import fuse, min_max, reciprocal_ranks

if TYPE_CHECKING:
    from vectorstore.library import Library
    from vectorstore.protocols import Candidates, Ranking


@dataclass(frozen=True, slots=True)
class _Found:
    """What one query found: the order, scaled to [0, 1], and the component scores."""

    ranking: Mapping[str, float]
    scores: Mapping[str, Mapping[str, float]]


def search(
    library: Library,
    queries: Sequence[str],
    k: int,
    papers: Sequence[str] | None = None,
    settings: SearchSettings | None = None,
) -> list[Hit]:
    """Find passages.

    For each query the rankings by passage vector and by BM25 are fused, and the
    best of the fused list are put in order by `assistant.ranking`. The score of a
    passage is the mean of its scores over the queries, each scaled to [0, 1].

    Args:
        library: Where to look.
        queries: Queries that count equally.
        k: How many hits at most.
        papers: Ids of the papers to look in; all where None.
        settings: How to search; the defaults where None.

    Returns:
        Hits, best first; a component score is the best of any query.
    """
    if papers is not None and not papers:
        return []
    settings = settings or SearchSettings()
    found = [_find(library, query, k, papers, settings) for query in queries]
    best = fuse([one.ranking for one in found])[:k]
    passages = library.passages_by_id([key for key, _ in best])
    return [
        Hit(passages[key], score, _components(found, key)) for key, score in best if key in passages
    ]


def _find(
    library: Library,
    query: str,
    k: int,
    papers: Sequence[str] | None,
    settings: SearchSettings,
) -> _Found:
    candidates = library.candidates(query, max(settings.depth, k), papers)
    fused = _fused(candidates, settings)
    late = library.late(candidates.query, [key for key, _ in fused[: max(settings.reranked, k)]])
    ids = [key for key, _ in fused if key in late]
    order: Ranking = [(key, score) for key, score in fused if key in late]
    if settings.late and ids:
        scores = weighted(features(ids, candidates.passage, candidates.lexical, late))
        order = sorted(zip(ids, scores.tolist(), strict=True), key=lambda item: -item[1])
    components = {
        "passage": dict(candidates.passage),
        "lexical": dict(candidates.lexical),
        "late": {key: place.score for key, place in late.items()},
    }
    return _Found(min_max(order, len(order)), components)


def _fused(candidates: Candidates, settings: SearchSettings) -> Ranking:
    rankings = [
        ranking
        for used, ranking in (
            (settings.dense, candidates.passage),
            (settings.lexical, candidates.lexical),
        )
        if used
    ]
    if settings.fusion == "rank":
        return fuse([reciprocal_ranks(ranking) for ranking in rankings])
    return fuse([min_max(ranking, settings.depth) for ranking in rankings])


def _components(found: Sequence[_Found], passage_id: str) -> dict[str, float]:
    best: dict[str, float] = {}
    for one in found:
        for name, scores in one.scores.items():
            if passage_id in scores:
                best[name] = max(scores[passage_id], best.get(name, scores[passage_id]))
    return best

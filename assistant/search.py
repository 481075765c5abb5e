"""Queries to hits: find candidates, fuse them, rerank the best, join the queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.ranking import AROUND, WEIGHTS, features, named_papers, weighted
from assistant.settings import SearchSettings
from assistant.types import Hit
from vectorstore.fusion import fuse, min_max, reciprocal_ranks

if TYPE_CHECKING:
    from assistant.condense import Query
    from vectorstore.library import Library
    from vectorstore.protocols import Candidates, Late, Ranking


def search(
    library: Library,
    queries: Sequence[Query],
    k: int,
    papers: Sequence[str] | None = None,
    settings: SearchSettings | None = None,
) -> list[Hit]:
    """Find passages.

    For each query the rankings by passage vector and by BM25 are fused. The best of
    the fused lists of all queries are put in order by `assistant.ranking`, the
    weighted mean over the queries of a passage's scores; the others follow as they
    were fused, with score 0.

    Args:
        library: Where to look.
        queries: The queries of one question.
        k: How many hits at most.
        papers: Ids of the papers to look in; all where None.
        settings: How to search; the defaults where None.

    Returns:
        Hits, best first; a component score is the best of any query.
    """
    if papers is not None and not papers:
        return []
    settings = settings or SearchSettings()
    found = [library.candidates(query.text, max(settings.depth, k), papers) for query in queries]
    fused = fused_candidates(found, settings)
    window = [key for key, _ in fused[: settings.reranked]]
    late = [library.late(candidates.query, window) for candidates in found]
    ids = [key for key in window if all(key in places for places in late)]
    best = fused[: settings.reranked]
    if settings.late and ids:
        named = _named(library, queries, late[0].values()) if settings.named else set()
        left_out = () if settings.around else AROUND
        best = _reranked(ids, found, late, queries, named, left_out)
    rest = [(key, 0.0) for key, _ in fused[settings.reranked :]]
    order = [*min_max(best, len(best)).items(), *rest][:k]
    passages = library.passages_by_id([key for key, _ in order])
    rankings = _rankings(found, late)
    return [
        Hit(passages[key], score, _components(key, rankings))
        for key, score in order
        if key in passages
    ]


def _reranked(
    ids: Sequence[str],
    found: Sequence[Candidates],
    late: Sequence[Mapping[str, Late]],
    queries: Sequence[Query],
    named: Collection[str],
    left_out: Collection[str],
) -> Ranking:
    weights = {name: weight for name, weight in WEIGHTS.items() if name not in left_out}
    each = [
        weighted(features(ids, candidates.passage, candidates.lexical, places, named), weights)
        for candidates, places in zip(found, late, strict=True)
    ]
    scores = np.average(each, axis=0, weights=[query.weight for query in queries])
    return sorted(zip(ids, scores.tolist(), strict=True), key=lambda item: (-item[1], item[0]))


def _named(library: Library, queries: Sequence[Query], places: Iterable[Late]) -> set[str]:
    authors = library.authors({place.paper_id for place in places})
    return named_papers(" ".join(query.text for query in queries), authors)


def fused_candidates(found: Sequence[Candidates], settings: SearchSettings) -> Ranking:
    """Fuse what the queries of one question found, before anything is reranked.

    Args:
        found: The candidates of each query.
        settings: Which rankings count, and how.

    Returns:
        Every passage found, best first.
    """
    rankings = [
        ranking
        for one in found
        for used, ranking in ((settings.dense, one.passage), (settings.lexical, one.lexical))
        if used
    ]
    if settings.fusion == "rank":
        return fuse([reciprocal_ranks(ranking) for ranking in rankings])
    return fuse([min_max(ranking, settings.depth) for ranking in rankings])


def _components(key: str, rankings: Sequence[tuple[str, Mapping[str, float]]]) -> dict[str, float]:
    """The best score of any query in each ranking that reaches a passage."""
    best: dict[str, float] = {}
    for name, scores in rankings:
        if key in scores:
            best[name] = max(scores[key], best.get(name, scores[key]))
    return best


def _rankings(
    found: Sequence[Candidates], late: Sequence[Mapping[str, Late]]
) -> list[tuple[str, Mapping[str, float]]]:
    """Scores by passage of each ranking of each query, with the ranking's name."""
    return [
        *(("passage", dict(candidates.passage)) for candidates in found),
        *(("lexical", dict(candidates.lexical)) for candidates in found),
        *(("late", {key: place.score for key, place in places.items()}) for places in late),
    ]

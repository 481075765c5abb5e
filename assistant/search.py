"""Queries to hits: find candidates, fuse them, rerank the best, join the queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.naming import named_papers
from assistant.ranking import AROUND, WEIGHTS, Feature, features, weighted
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
    the fused lists of all queries are put in order by `assistant.ranking`, or by a
    cross-encoder, the weighted mean over the queries of a passage's scores; the others
    follow as they were fused, with score 0.

    Args:
        library: Where to look.
        queries: The queries of one question.
        k: How many hits at most.
        papers: Ids of the papers to look in; all where None.
        settings: How to search; the defaults where None.

    Returns:
        Hits, best first; a component score is the best of any query.

    Raises:
        BadSettings: The cross-encoder cannot be loaded.
    """
    if papers is not None and not papers:
        return []
    settings = settings or SearchSettings()
    found = [library.candidates(query.text, max(settings.depth, k), papers) for query in queries]
    fused = fused_candidates(found, settings)
    window = fused[: settings.reranked]
    late = [library.late(candidates.query, [key for key, _ in window]) for candidates in found]
    best = _in_order(library, queries, found, late, window, settings)
    rest = [(key, 0.0) for key, _ in fused[settings.reranked :]]
    order = [*min_max(best, len(best)).items(), *rest][:k]
    passages = library.passages_by_id([key for key, _ in order])
    rankings = _rankings(found, late)
    return [
        Hit(passages[key], score, _components(key, rankings))
        for key, score in order
        if key in passages
    ]


def _in_order(
    library: Library,
    queries: Sequence[Query],
    found: Sequence[Candidates],
    late: Sequence[Mapping[str, Late]],
    window: Ranking,
    settings: SearchSettings,
) -> Ranking:
    """The window by a cross-encoder or by features, else as it was fused."""
    ids = [key for key, _ in window if all(key in places for places in late)]
    if settings.cross_encoder and ids:
        each = _cross_encoded(library, queries, ids, settings.cross_encoder)
    elif settings.late and ids:
        each = _by_features(library, queries, found, late, ids, settings)
    else:
        return window
    scores = np.average(each, axis=0, weights=[query.weight for query in queries])
    return sorted(zip(ids, scores.tolist(), strict=True), key=lambda item: (-item[1], item[0]))


def _by_features(
    library: Library,
    queries: Sequence[Query],
    found: Sequence[Candidates],
    late: Sequence[Mapping[str, Late]],
    ids: Sequence[str],
    settings: SearchSettings,
) -> list[Feature]:
    """For each query a score of each candidate."""
    named = _named(library, queries, late[0].values()) if settings.named else set()
    left_out = () if settings.around else AROUND
    weights = {name: weight for name, weight in WEIGHTS.items() if name not in left_out}
    return [
        weighted(features(ids, candidates.passage, candidates.lexical, places, named), weights)
        for candidates, places in zip(found, late, strict=True)
    ]


def _cross_encoded(
    library: Library, queries: Sequence[Query], ids: Sequence[str], name: str
) -> list[Feature]:
    """For each query a score of each candidate."""
    from vectorstore.sentence_transformers import cross_encoder

    passages = library.passages_by_id(ids)
    texts = [passages[key].searchable if key in passages else "" for key in ids]
    return [cross_encoder(name)(query.text, texts) for query in queries]


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

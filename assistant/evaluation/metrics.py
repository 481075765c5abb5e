"""The metrics of rankings, computed by ir_measures (pytrec_eval inside).

A passage may match several golden spans, and a span several passages, so each
metric is given the documents with which it counts what it should:

- hit@k, precision@k, MRR@10: passages, graded by the best span that each matches.
- nDCG@k: golden spans, each found where a passage is credited with it, so that
  each counts once.
- recall@k: golden spans, found where any of k passages matches them.
- papers@10: papers that hold a full answer, found where a passage matches it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from assistant.evaluation.types import (
    ANSWERS,
    DIGITS,
    FULL,
    GoldenQuestion,
    GoldenSpan,
    RankedPassage,
)

CUTOFFS = (1, 3, 5, 10)
RECALL_CUTOFFS = (*CUTOFFS, 20)
DEPTH = 10
"""How far MRR@10 and papers@10 look."""

Ranking = Sequence[RankedPassage]


class Documents(NamedTuple):
    """What trec_eval wants of a question: grades by document, and documents, best first."""

    judged: dict[str, int]
    ranked: list[str]


def ranking_metrics(
    questions: Sequence[GoldenQuestion], rankings: Mapping[str, Ranking]
) -> dict[str, dict[str, float]]:
    """Compute the metrics of every question.

    Args:
        questions: Answerable questions.
        rankings: By the questions' ids.

    Returns:
        By id, the metrics by name, each in [0, 1]. papers@10 is missing where no
        span answers fully.
    """
    from ir_measures import RR, P, SetR, Success, nDCG

    passages: dict[str, Any] = {f"hit@{k}": Success(rel=ANSWERS) @ k for k in CUTOFFS}
    passages |= {f"precision@{k}": P(rel=ANSWERS) @ k for k in CUTOFFS}
    passages |= {f"MRR@{DEPTH}": RR(rel=ANSWERS) @ DEPTH}
    found: dict[str, dict[str, float]] = {question.id: {} for question in questions}
    pairs = [(question, rankings[question.id]) for question in questions]
    _measure(found, passages, {q.id: as_passages(q, ranking) for q, ranking in pairs})
    _measure(
        found,
        {f"nDCG@{k}": nDCG @ k for k in CUTOFFS},
        {q.id: as_credited_spans(q, ranking) for q, ranking in pairs},
    )
    for k in RECALL_CUTOFFS:
        reached = {q.id: _as_reached_spans(q, ranking[:k]) for q, ranking in pairs}
        _measure(found, {f"recall@{k}": SetR(rel=ANSWERS)}, reached)
    papers = {q.id: _as_papers(q, ranking[:DEPTH]) for q, ranking in pairs}
    with_full_answer = {identity: paper for identity, paper in papers.items() if paper.judged}
    _measure(found, {f"papers@{DEPTH}": SetR}, with_full_answer)
    return found


def as_passages(question: GoldenQuestion, ranking: Ranking) -> Documents:
    """Documents are passages, graded by the best span that each matches."""
    grades = {
        passage.passage_id: max(question.relevant[i].grade for i in passage.matched)
        for passage in ranking
        if passage.matched
    }
    return Documents(grades, [passage.passage_id for passage in ranking])


def as_credited_spans(question: GoldenQuestion, ranking: Ranking) -> Documents:
    """Documents are golden spans.

    A passage stands for the span of the highest grade among those it matches that
    no better passage is credited with, and for itself, which is not relevant,
    where there is none.
    """
    counted: set[int] = set()
    ranked: list[str] = []
    for passage in ranking:
        fresh = [i for i in passage.matched if i not in counted]
        if fresh:
            best = min(fresh, key=lambda i: (-question.relevant[i].grade, i))
            counted.add(best)
            ranked.append(span_name(question.relevant[best]))
        else:
            ranked.append(passage.passage_id)
    return Documents(_span_grades(question), ranked)


def span_name(span: GoldenSpan) -> str:
    """A golden span as the name of a document."""
    return f"{span.paper[:16]}:{span.start}-{span.end}"


def _as_reached_spans(question: GoldenQuestion, ranking: Ranking) -> Documents:
    reached = _unique(i for passage in ranking for i in passage.matched)
    return Documents(_span_grades(question), [span_name(question.relevant[i]) for i in reached])


def _as_papers(question: GoldenQuestion, ranking: Ranking) -> Documents:
    full = [span.paper if span.grade == FULL else None for span in question.relevant]
    reached = _unique(full[i] for passage in ranking for i in passage.matched)
    return Documents({paper: 1 for paper in full if paper}, [paper for paper in reached if paper])


def _span_grades(question: GoldenQuestion) -> dict[str, int]:
    return {span_name(span): span.grade for span in question.relevant}


def _measure(
    found: dict[str, dict[str, float]],
    metrics: Mapping[str, Any],
    documents: Mapping[str, Documents],
) -> None:
    """Add metrics to ``found``; 0 where a question has nothing to measure."""
    import ir_measures

    names = {measure: name for name, measure in metrics.items()}
    for identity in documents:
        found[identity].update(dict.fromkeys(metrics, 0.0))
    qrels = {identity: given.judged for identity, given in documents.items() if given.judged}
    run = {
        identity: {document: float(-rank) for rank, document in enumerate(given.ranked)}
        for identity, given in documents.items()
        if given.judged and given.ranked
    }
    for value in ir_measures.iter_calc(list(names), qrels, run):
        found[value.query_id][names[value.measure]] = round(float(value.value), DIGITS)


def _unique(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))

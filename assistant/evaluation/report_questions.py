"""The questions of a run as a report shows them, alone or beside a baseline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from assistant.evaluation.compare import same_question
from assistant.evaluation.marking import Piece, Texts
from assistant.evaluation.types import (
    ANSWERS,
    EvaluationRun,
    GoldenQuestion,
    GoldenSpan,
    QuestionResult,
    RankedPassage,
)
from ingest.types import Passage, Span

if TYPE_CHECKING:
    from assistant.api import Assistant

FIRST = 5
"""A question counts as found where an answering passage is among so many."""

DECISIVE = "nDCG@10"
"""The metric by which a question is won or lost."""

OUTCOMES = {
    "found": f"Answer in the first {FIRST}",
    "late": "Answer further down",
    "missed": "Answer not found",
    "none": "Not in the papers",
}
CHANGES = {"won": "Won", "lost": "Lost", "same": "No change"}


@dataclass(frozen=True, slots=True)
class Golden:
    """A golden span; ``ranks`` are those at which it was first found, by this run and the baseline.

    ``refutes`` is true where it puts a false premise right.
    """

    span: GoldenSpan
    refutes: bool
    paper: str
    text: str
    ranks: tuple[int | None, int | None]

    @property
    def label(self) -> str:
        """Its judgement, in words."""
        return "puts right" if self.refutes else f"grade {self.span.grade}"

    @property
    def style(self) -> str:
        """The name of its look."""
        return "refutes" if self.refutes else f"grade-{self.span.grade}"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage in a ranking; ``elsewhere`` is its rank in the other run, or None."""

    passage: RankedPassage
    paper: str
    section: tuple[str, ...]
    pieces: tuple[Piece, ...]
    grade: int | None
    elsewhere: int | None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """All that is shown of a question.

    ``before`` is the baseline's result, None where it does not have the question;
    ``ranking_before`` is None where it keeps no rankings, too.
    """

    question: GoldenQuestion
    result: QuestionResult
    before: QuestionResult | None
    outcome: str
    first: int | None
    change: str
    golden: tuple[Golden, ...]
    ranking: tuple[Ranked, ...]
    ranking_before: tuple[Ranked, ...] | None


class _Shown(NamedTuple):
    texts: Texts
    names: Mapping[str, str]
    passages: Mapping[str, Passage]


def question_views(
    assistant: Assistant,
    names: Mapping[str, str],
    run: EvaluationRun,
    baseline: EvaluationRun | None,
) -> Iterator[QuestionView]:
    """The questions of a run, in their order.

    Args:
        assistant: An assistant on the library that was asked.
        names: The papers' names by id.
        run: The run.
        baseline: What it is compared with, or None.

    Yields:
        A view of each.
    """
    shown = _Shown(Texts(assistant), names, {p.id: p for p in assistant.passages()})
    old = (
        {q.id: (q, r) for q, r in zip(baseline.questions, baseline.results, strict=True)}
        if baseline
        else {}
    )
    ranked = any(before.ranking for _, before in old.values())
    for question, result in zip(run.questions, run.results, strict=True):
        asked, before = old.get(question.id, (None, None))
        comparable = asked is not None and same_question(question, asked)
        view = _view(question, result, before if comparable else None, shown)
        yield view if ranked else replace(view, ranking_before=None)


def _view(
    question: GoldenQuestion, result: QuestionResult, before: QuestionResult | None, shown: _Shown
) -> QuestionView:
    first = _first_answer(question, result)
    return QuestionView(
        question=question,
        result=result,
        before=before,
        outcome=_outcome(question, first),
        first=first,
        change=_change(result, before),
        golden=tuple(_golden(question, result, before, shown)),
        ranking=tuple(_ranked(question, result, before, shown)),
        ranking_before=tuple(_ranked(question, before, result, shown)) if before else None,
    )


def _first_answer(question: GoldenQuestion, result: QuestionResult) -> int | None:
    """The first rank of a passage that answers, or None."""
    for rank, passage in enumerate(result.ranking, 1):
        if (_grade(question, passage) or 0) >= ANSWERS:
            return rank
    return None


def _grade(question: GoldenQuestion, passage: RankedPassage) -> int | None:
    return max((question.relevant[i].grade for i in passage.matched), default=None)


def _outcome(question: GoldenQuestion, first: int | None) -> str:
    if not question.answerable:
        return "none"
    if first is None:
        return "missed"
    return "found" if first <= FIRST else "late"


def _change(result: QuestionResult, before: QuestionResult | None) -> str:
    if before is None or DECISIVE not in result.metrics or DECISIVE not in before.metrics:
        return ""
    gain = result.metrics[DECISIVE] - before.metrics[DECISIVE]
    return "won" if gain > 0 else "lost" if gain < 0 else "same"


def _golden(
    question: GoldenQuestion, result: QuestionResult, before: QuestionResult | None, shown: _Shown
) -> Iterator[Golden]:
    for i, span in enumerate((*question.relevant, *question.contradicted_by)):
        refutes = i >= len(question.relevant)
        rankings = (result.ranking, before.ranking if before else ())
        ranks = [_rank_of(None if refutes else i, span, ranking) for ranking in rankings]
        yield Golden(
            span=span,
            refutes=refutes,
            paper=shown.names.get(span.paper, span.paper[:8]),
            text=shown.texts.text(span.paper, (Span(span.start, span.end),)),
            ranks=(ranks[0], ranks[1]),
        )


def _rank_of(
    position: int | None, span: GoldenSpan, ranking: Sequence[RankedPassage]
) -> int | None:
    """Where a span is first matched; of those that are not judged, where it is first touched."""
    for rank, passage in enumerate(ranking, 1):
        if position in passage.matched or (position is None and _touches(passage, span)):
            return rank
    return None


def _touches(passage: RankedPassage, span: GoldenSpan) -> bool:
    return passage.paper_id == span.paper and any(
        start < span.end and span.start < end for start, end in passage.spans
    )


def _ranked(
    question: GoldenQuestion, result: QuestionResult, other: QuestionResult | None, shown: _Shown
) -> Iterator[Ranked]:
    elsewhere = {p.passage_id: rank for rank, p in enumerate(other.ranking if other else (), 1)}
    golden = (*question.relevant, *question.contradicted_by)
    for ranked in result.ranking:
        passage = shown.passages.get(ranked.passage_id)
        yield Ranked(
            passage=ranked,
            paper=shown.names.get(ranked.paper_id, ranked.paper_id[:8]),
            section=passage.section if passage else (),
            pieces=tuple(shown.texts.marked(ranked.paper_id, ranked.spans, golden)),
            grade=_grade(question, ranked),
            elsewhere=elsewhere.get(ranked.passage_id),
        )

"""Asking a library every golden question, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.confidence import confidence
from assistant.evaluation.commit import commit
from assistant.evaluation.coverage import coverage
from assistant.evaluation.golden import check_against
from assistant.evaluation.golden_json import question_from_json, question_to_json
from assistant.evaluation.matching import PaperText, match, paper_text
from assistant.evaluation.metrics import ranking_metrics
from assistant.evaluation.summary import summarise
from assistant.evaluation.types import (
    DIGITS,
    EvaluationRun,
    GoldenQuestion,
    QuestionResult,
    RankedPassage,
)
from assistant.types import Hit
from ingest.errors import BadGolden

if TYPE_CHECKING:
    from assistant.searching import Searcher
    from vectorstore.protocols import Progress

DEPTH = 20
"""How many passages of each question a run keeps."""

_READ = 100
"""How many passages are found at least: coverage reads 8,000 characters, however short they are."""


def evaluate(
    assistant: Searcher,
    questions: Iterable[GoldenQuestion],
    depth: int = DEPTH,
    progress: Progress | None = None,
) -> EvaluationRun:
    """Ask a library all questions.

    Args:
        assistant: An assistant on the library, in the configuration to measure.
        questions: Golden questions, each with an id of its own; at least one.
        depth: How many passages of each question are ranked; the coverage of
            characters reads on, as many as it takes.
        progress: Told about every question.

    Returns:
        The run; the same library, settings and questions give the same one.

    Raises:
        BadGolden: A question is not in the form of one, has the id of another, or
            points to what the library does not hold; there are no questions, or
            ``depth`` is below 1.
    """
    if depth < 1:
        raise BadGolden(f"depth is {depth}; rank at least 1 passage of each question.")
    questions = tuple(questions)
    _check(questions)
    check_against(questions, assistant)
    found = _found(assistant, questions, max(_READ, depth), progress)
    texts = {
        paper: paper_text(assistant.source(paper))
        for paper in {span.paper for question in questions for span in question.relevant}
    }
    rankings = {
        question.id: tuple(_ranked(hit, question, texts) for hit in found[question.id][:depth])
        for question in questions
    }
    metrics = _metrics(questions, found, rankings, texts)
    results = tuple(
        QuestionResult(
            id=question.id,
            confidence=round(confidence(found[question.id]), DIGITS),
            metrics=metrics.get(question.id, {}),
            ranking=rankings[question.id],
        )
        for question in questions
    )
    summary = summarise(questions, results)
    return EvaluationRun(
        commit=commit(),
        fingerprint=assistant.fingerprint,
        embedder=str(assistant.embedder),
        settings=assistant.settings.as_dict(),
        papers=len(assistant.papers()),
        passages=assistant.count_passages(),
        depth=depth,
        questions=questions,
        results=results,
        overall=summary.overall,
        by=summary.by,
        refusal=summary.refusal,
    )


def _check(questions: Sequence[GoldenQuestion]) -> None:
    if not questions:
        raise BadGolden("There are no questions to evaluate with. Give at least one.")
    for question in questions:
        question_from_json(question_to_json(question), f"question {question.id!r}")
    [(identity, times)] = Counter(question.id for question in questions).most_common(1)
    if times > 1:
        raise BadGolden(
            f"The id {identity!r} is that of {times} questions. "
            "Give every question an id of its own."
        )


def _found(
    assistant: Searcher, questions: Sequence[GoldenQuestion], k: int, progress: Progress | None
) -> dict[str, list[Hit]]:
    follow = progress or (lambda *_: None)
    found: dict[str, list[Hit]] = {}
    for done, question in enumerate(questions, 1):
        found[question.id] = assistant.search(question.question, k, question.history)
        follow("asking", done, len(questions))
    return found


def _ranked(hit: Hit, question: GoldenQuestion, texts: Mapping[str, PaperText]) -> RankedPassage:
    return RankedPassage(
        passage_id=hit.passage.id,
        paper_id=hit.paper_id,
        spans=hit.spans,
        score=round(hit.score, DIGITS),
        scores={name: round(score, DIGITS) for name, score in sorted(hit.scores.items())},
        matched=match(hit.passage, question.relevant, texts),
    )


def _metrics(
    questions: Sequence[GoldenQuestion],
    found: Mapping[str, Sequence[Hit]],
    rankings: Mapping[str, Sequence[RankedPassage]],
    texts: Mapping[str, PaperText],
) -> dict[str, dict[str, float]]:
    answerable = [question for question in questions if question.answerable]
    metrics = ranking_metrics(answerable, rankings)
    for question in answerable:
        passages = [hit.passage for hit in found[question.id]]
        metrics[question.id] |= coverage(passages, question.relevant, texts)
    return metrics

"""Asking a library every golden question, and what the answers are worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.matching import PaperText, paper_text
from assistant.evaluation.statistics import auroc, estimates
from assistant.evaluation.types import DIGITS, Estimate, GoldenQuestion, GoldenSpan
from assistant.types import Answer, Citation
from ingest.cleaning import clean
from ingest.types import Span

if TYPE_CHECKING:
    from assistant.api import Assistant
    from vectorstore.protocols import Progress

READ = 900
"""Characters of an answer that are read."""

HALF = 0.5
"""The share of a golden span from which on an answer gives it."""


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """One answer. ``score`` is the gate's probability that the papers answer.

    ``metrics`` are those of docs/evaluation.md, each in [0, 1] but ``citations`` and
    ``characters``, which count.
    """

    id: str
    answered: bool
    score: float
    metrics: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class AnswersRun:
    """What the answers to all golden questions came to.

    ``answerable`` has estimates over the questions that the papers answer, ``others``
    over those that they do not, ``by_type`` over those of each type. ``auroc`` is that of
    the gate's score; None where all questions are answerable, or none.
    """

    questions: int
    results: tuple[AnswerResult, ...]
    answerable: Mapping[str, Estimate]
    others: Mapping[str, Estimate]
    by_type: Mapping[str, Mapping[str, Estimate]]
    auroc: Estimate | None


def evaluate_answers(
    assistant: Assistant, questions: Sequence[GoldenQuestion], progress: Progress | None = None
) -> AnswersRun:
    """Ask all questions, and measure the answers.

    Args:
        assistant: An assistant on a library that holds what the questions point to; see
            `assistant.evaluation.golden.check_against`.
        questions: Golden questions; at least one.
        progress: Told about every question.

    Returns:
        The run; the same library, settings and questions give the same one.
    """
    follow = progress or (lambda *_: None)
    texts = {paper.id: paper_text(assistant.source(paper.id)) for paper in assistant.papers()}
    results = []
    for done, question in enumerate(questions, 1):
        results.append(_asked(assistant, question, texts))
        follow("answering", done, len(questions))
    return _summed_up(questions, results)


def _asked(
    assistant: Assistant, question: GoldenQuestion, texts: Mapping[str, PaperText]
) -> AnswerResult:
    answer = assistant._answer(question.question, question.history, None, keep=None)
    score = round(answer.confidence, DIGITS)
    return AnswerResult(
        question.id, answer.answered, score, answer_metrics(question, answer, texts)
    )


def answer_metrics(
    question: GoldenQuestion, answer: Answer, texts: Mapping[str, PaperText]
) -> dict[str, float]:
    """The metrics of one answer.

    Args:
        question: The question.
        answer: The answer to it.
        texts: The library's papers, by id.

    Returns:
        Of every answer ``refused``; of one with quotes ``verbatim``, ``citations`` and
        ``characters``; of an answerable question ``answer_coverage`` and ``answer_half``;
        of another ``put_right``, where spans contradict it, and ``handled``. A question
        that is wrongly refused has coverage 0.
    """
    metrics = {"refused": float(not answer.answered)}
    if answer.answered:
        verbatim = [_is_verbatim(citation, texts) for citation in answer.citations]
        metrics["verbatim"] = sum(verbatim) / len(verbatim) if verbatim else 0.0
        metrics["citations"] = float(len(answer.citations))
        metrics["characters"] = float(len(answer.text))
    shown = _shown(answer, texts)
    if question.answerable:
        highest = max(span.grade for span in question.relevant)
        best = [span for span in question.relevant if span.grade == highest]
        metrics["answer_coverage"] = _best_share(best, shown, texts)
        metrics["answer_half"] = float(metrics["answer_coverage"] >= HALF)
    else:
        right = _best_share(question.contradicted_by, shown, texts) >= HALF
        if question.contradicted_by:
            metrics["put_right"] = float(answer.answered and right)
        metrics["handled"] = float(not answer.answered or right)
    return metrics


def _shown(answer: Answer, texts: Mapping[str, PaperText]) -> dict[str, NDArray[np.bool_]]:
    """Those characters of the papers that the first `READ` of an answer quote."""
    marks = {paper: np.zeros_like(text.counts) for paper, text in texts.items()}
    read = 0
    for citation in answer.citations:
        place = answer.text.find(citation.quote, read)
        if place < 0 or citation.paper.id not in marks:
            continue
        for start, end in _beginning(citation, READ - place, texts[citation.paper.id].source):
            marks[citation.paper.id][start:end] = True
        read = place + len(citation.quote)
    return marks


def _beginning(citation: Citation, length: int, source: str) -> Sequence[Span]:
    """Where the first characters of a quote stand."""
    if length >= len(citation.quote):
        return citation.spans
    start = citation.passage.text.find(citation.quote)
    if length <= 0 or start < 0:
        return ()
    cleaned = clean(source, citation.passage.spans)
    return cleaned.verbatim_spans(start, start + length)


def _best_share(
    spans: Sequence[GoldenSpan],
    shown: Mapping[str, NDArray[np.bool_]],
    texts: Mapping[str, PaperText],
) -> float:
    """The share of the one span that is shown most; 0 where there is none."""
    shares = []
    for span in spans:
        counts = texts[span.paper].counts[span.start : span.end]
        found = int(np.count_nonzero(shown[span.paper][span.start : span.end] & counts))
        shares.append(found / max(int(np.count_nonzero(counts)), 1))
    return round(max(shares, default=0.0), DIGITS)


def _is_verbatim(citation: Citation, texts: Mapping[str, PaperText]) -> bool:
    """Whether a quote stands letter for letter at its places."""
    text = texts.get(citation.paper.id)
    if text is None or not citation.spans:
        return False
    found = "".join(text.source[start:end] for start, end in citation.spans)
    return "".join(found.split()) == "".join(citation.quote.split())


def _summed_up(questions: Sequence[GoldenQuestion], results: Sequence[AnswerResult]) -> AnswersRun:
    pairs = list(zip(questions, results, strict=True))
    answerable = [result for question, result in pairs if question.answerable]
    others = [result for question, result in pairs if not question.answerable]
    ordered = sorted(pairs, key=lambda pair: pair[0].type)
    by_type = {
        kind: estimates([result.metrics for _, result in own])
        for kind, own in groupby(ordered, key=lambda pair: pair[0].type)
    }
    return AnswersRun(
        questions=len(questions),
        results=tuple(results),
        answerable=estimates([result.metrics for result in answerable]),
        others=estimates([result.metrics for result in others]),
        by_type=by_type,
        auroc=auroc([r.score for r in answerable], [r.score for r in others])
        if answerable and others
        else None,
    )

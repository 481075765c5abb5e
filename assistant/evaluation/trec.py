"""A run as TREC files, for trec_eval and everything that reads its formats.

Two pairs of files, as passages and spans are many to many: ``run.trec`` and
``qrels.trec`` have passages as documents, of which those that were found are
judged; ``spans.run.trec`` and ``spans.qrels.trec`` have golden spans, so that
each counts once (see `metrics.as_credited_spans`), and all of them are judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.evaluation.metrics import (
    Documents,
    Ranking,
    as_credited_spans,
    as_passages,
)
from assistant.evaluation.types import EvaluationRun, GoldenQuestion
from ingest.errors import BadGolden

TAG = "govassist"

_View = Callable[[GoldenQuestion, Ranking], Documents]


def write_trec(folder: Path, run: EvaluationRun) -> None:
    """Write a run and its relevance judgements as TREC files.

    Args:
        folder: Where to; made where there is none.
        run: The run.

    Raises:
        BadGolden: The files cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for prefix, view in (("", _judged_passages), ("spans.", as_credited_spans)):
            (folder / f"{prefix}run.trec").write_text("".join(_run_lines(run, view)), "utf-8")
            (folder / f"{prefix}qrels.trec").write_text("".join(_qrels_lines(run, view)), "utf-8")
    except OSError as error:
        raise BadGolden(f"{folder}: TREC files cannot be written ({error.strerror}).") from error


def _judged_passages(question: GoldenQuestion, ranking: Ranking) -> Documents:
    """Passages; those that match nothing are judged 0, so that no question is left out."""
    grades, ranked = as_passages(question, ranking)
    return Documents(dict.fromkeys(ranked, 0) | grades, ranked)


def _run_lines(run: EvaluationRun, view: _View) -> Iterator[str]:
    """``query Q0 document rank score tag``; trec_eval orders by score, so no two are alike."""
    for question, result in zip(run.questions, run.results, strict=True):
        ranked = view(question, result.ranking).ranked
        for rank, document in enumerate(ranked, 1):
            yield f"{question.id} Q0 {document} {rank} {len(ranked) - rank + 1} {TAG}\n"


def _qrels_lines(run: EvaluationRun, view: _View) -> Iterator[str]:
    """``query 0 document grade``, of the questions that the papers answer."""
    for question, result in zip(run.questions, run.results, strict=True):
        if question.answerable:
            for document, grade in view(question, result.ranking).judged.items():
                yield f"{question.id} 0 {document} {grade}\n"

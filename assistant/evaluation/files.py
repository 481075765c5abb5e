"""Runs as JSON files: a line for each question, so that their differences can be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.evaluation.golden_json import question_from_json
from assistant.evaluation.summary import summarise
from assistant.evaluation.types import EvaluationRun, QuestionResult, RankedPassage
from assistant.serialize import to_json
from ingest.errors import BadGolden
from ingest.types import Span

VERSION = 1
_ANEW = "Write it anew with `govassist evaluate … --out`."


def write_run(path: Path, run: EvaluationRun) -> None:
    """Write a run, whole or not at all; the same run gives the same bytes.

    Args:
        path: A JSON file; folders on the way are made.
        run: The run.

    Raises:
        BadGolden: The file cannot be written.
    """
    data = {"version": VERSION, **to_json(run)}
    entries = ",\n".join(f"{_json(key)}: {_lines(value)}" for key, value in data.items())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, f"{{\n{entries}\n}}\n")
    except OSError as error:
        raise BadGolden(f"{path}: the run cannot be written ({error.strerror}).") from error


def read_run(path: Path) -> EvaluationRun:
    """Read a run; estimates are computed anew from the results of the questions.

    Args:
        path: A file by `write_run`.

    Returns:
        The run.

    Raises:
        BadGolden: It cannot be read, is none, or is of another version.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadGolden(f"{path}: no readable run ({error}). {_ANEW}") from error
    version = data.get("version") if isinstance(data, dict) else None
    if version is None:
        raise BadGolden(f"{path}: not a run of `govassist evaluate`. {_ANEW}")
    if version != VERSION:
        raise BadGolden(
            f"{path}: a run of version {version}, and this program reads {VERSION}. {_ANEW}"
        )
    try:
        return _run(data, path)
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise BadGolden(f"{path}: a damaged run ({error!r}). {_ANEW}") from error


def compact(run: EvaluationRun) -> EvaluationRun:
    """What comparing with a run needs: little enough to keep under version control.

    Args:
        run: A run.

    Returns:
        The same without rankings, reference answers and estimates by group.
    """
    questions = tuple(replace(q, answer="", key_facts=()) for q in run.questions)
    results = tuple(replace(result, ranking=()) for result in run.results)
    return replace(run, questions=questions, results=results, by={})


def _write(path: Path, text: str) -> None:
    if path.exists() and not path.is_file():  # a device or a pipe, which must not be replaced
        path.write_text(text, "utf-8", newline="\n")
        return
    whole = path.resolve()
    new = whole.with_name(f"{whole.name}.new")
    try:
        new.write_text(text, "utf-8", newline="\n")
        new.replace(whole)
    finally:
        new.unlink(missing_ok=True)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _lines(value: Any) -> str:
    if not isinstance(value, list):
        return _json(value)
    return "[\n" + ",\n".join(map(_json, value)) + "\n]"


def _run(data: Mapping[str, Any], path: Path) -> EvaluationRun:
    questions = tuple(
        question_from_json(row, f"{path}, questions[{i}]")
        for i, row in enumerate(data["questions"])
    )
    results = tuple(map(_result, data["results"]))
    if [question.id for question in questions] != [result.id for result in results]:
        raise BadGolden(f"{path}: a damaged run (results of other questions). {_ANEW}")
    summary = summarise(questions, results)
    return EvaluationRun(
        commit=str(data["commit"]),
        fingerprint=str(data["fingerprint"]),
        embedder=str(data["embedder"]),
        settings=dict(data["settings"]),
        papers=int(data["papers"]),
        passages=int(data["passages"]),
        depth=int(data["depth"]),
        questions=questions,
        results=results,
        overall=summary.overall,
        by=summary.by,
        refusal=summary.refusal,
    )


def _result(row: Mapping[str, Any]) -> QuestionResult:
    return QuestionResult(
        id=row["id"],
        confidence=float(row["confidence"]),
        metrics=_floats(row["metrics"]),
        ranking=tuple(map(_ranked, row["ranking"])),
    )


def _ranked(row: Mapping[str, Any]) -> RankedPassage:
    return RankedPassage(
        passage_id=row["passage_id"],
        paper_id=row["paper_id"],
        spans=tuple(Span(start, end) for start, end in row["spans"]),
        score=float(row["score"]),
        scores=_floats(row["scores"]),
        matched=tuple(row["matched"]),
    )


def _floats(row: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in row.items()}

"""Golden questions from JSON Lines, and whether a library can be asked them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.evaluation.golden_json import question_from_json
from assistant.evaluation.types import GoldenQuestion, GoldenSpan
from ingest.cleaning import clean_text
from ingest.errors import BadGolden

if TYPE_CHECKING:
    from assistant.searching import Searcher

_SHOWN = 5
"""Of the papers that a message names."""


def read_golden(path: Path) -> tuple[GoldenQuestion, ...]:
    """Read golden questions.

    Args:
        path: JSON Lines, UTF-8, one question a line; docs/evaluation.md shows
            the form. Blank lines and unknown keys are passed over.

    Returns:
        The questions, in their order; at least one.

    Raises:
        BadGolden: A line is not in that form; the message names file, line and
            what to do.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadGolden(f"{path}: golden questions cannot be read ({error}).") from error
    return golden_from_bytes(data, str(path))


def golden_from_bytes(data: bytes, name: str) -> tuple[GoldenQuestion, ...]:
    """Read golden questions out of a file's bytes.

    Args:
        data: What the file holds; see `read_golden`.
        name: What to call the file in a message.

    Returns:
        The questions, in their order; at least one.

    Raises:
        BadGolden: A line is not in that form; the message names file, line and
            what to do.
    """
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise BadGolden(f"{name}: golden questions cannot be read ({error}).") from error
    questions: dict[str, GoldenQuestion] = {}
    numbers: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        question = _question_of_line(line, where)
        if question.id in questions:
            raise BadGolden(
                f"{where}: the id {question.id!r} is that of line {numbers[question.id]}, too. "
                "Give every question an id of its own."
            )
        questions[question.id], numbers[question.id] = question, number
    if not questions:
        raise BadGolden(f"{name}: no questions in it. Write one JSON object a line.")
    return tuple(questions.values())


def check_against(questions: Sequence[GoldenQuestion], assistant: Searcher) -> None:
    """Check that a library holds the papers, and the text, that questions point to.

    Args:
        questions: The questions.
        assistant: An assistant on the library that is to be asked.

    Raises:
        BadGolden: A span is of a paper that the library does not hold, reaches
            past the end of its file, or holds nothing to read.
    """
    for _, fault in _faults(questions, assistant):
        raise BadGolden(fault)


def faults(questions: Sequence[GoldenQuestion], assistant: Searcher) -> dict[str, list[str]]:
    """All that keeps questions from being asked of a library.

    Args:
        questions: The questions.
        assistant: An assistant on the library.

    Returns:
        Of each question with faults, by its id, what is wrong and what to do, in sentences;
        see `check_against`.
    """
    found: dict[str, list[str]] = {}
    for question, fault in _faults(questions, assistant):
        found.setdefault(question.id, []).append(fault)
    return found


def _faults(
    questions: Sequence[GoldenQuestion], assistant: Searcher
) -> Iterator[tuple[GoldenQuestion, str]]:
    titles = {paper.id: paper.title for paper in assistant.papers()}
    sources: dict[str, str] = {}
    for question in questions:
        for name, i, span in _numbered_spans(question):
            where = f"question {question.id!r}, {name}[{i}]"
            if span.paper not in titles:
                yield question, _unknown_paper(where, span.paper, titles)
                continue
            if span.paper not in sources:
                sources[span.paper] = assistant.source(span.paper)
            fault = _fault(where, span, sources[span.paper], titles[span.paper])
            if fault:
                yield question, fault


def _question_of_line(line: str, where: str) -> GoldenQuestion:
    try:
        return question_from_json(json.loads(line), where)
    except (ValueError, RecursionError) as error:
        raise BadGolden(f"{where}: not JSON ({error}). Write one object a line.") from error


def _numbered_spans(question: GoldenQuestion) -> list[tuple[str, int, GoldenSpan]]:
    return [
        (name, i, span)
        for name in ("relevant", "contradicted_by")
        for i, span in enumerate(getattr(question, name))
    ]


def _fault(where: str, span: GoldenSpan, source: str, title: str) -> str:
    """What is wrong with a span of a paper that is there; empty where nothing is."""
    place = f"the span [{span.start}, {span.end}) of {title!r} ({span.paper[:8]})"
    if span.end > len(source):
        return (
            f"{where}: {place} ends outside the file, which has {len(source)} characters. "
            "Count characters of the decoded text, not bytes."
        )
    if not clean_text(source[span.start : span.end]):
        return f"{where}: {place} holds nothing to read. Correct its offsets."
    return ""


def _unknown_paper(where: str, paper: str, titles: Mapping[str, str]) -> str:
    held = "; ".join(f"{identity[:8]} {title}" for identity, title in list(titles.items())[:_SHOWN])
    if len(titles) > _SHOWN:
        held += f"; and {len(titles) - _SHOWN} more"
    return (
        f"{where}: the library does not hold the paper {paper[:8]}… "
        f"It holds {held or 'no papers'}. Add the paper's file, byte for byte as it was judged."
    )

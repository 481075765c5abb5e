"""One golden question as JSON, and what can be wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from unicodedata import category

from assistant.condense import MAX_QUESTION
from assistant.evaluation.types import FULL, GoldenQuestion, GoldenSpan
from assistant.serialize import to_json
from assistant.types import Turn
from ingest.errors import BadGolden

_KINDS = {str: "a string", int: "a whole number", list: "a list", dict: "an object"}
_HEXADECIMAL = frozenset("0123456789abcdef")
_REQUIRED = object()
_OPTIONAL = ("history", "contradicted_by", "answer", "key_facts")


def question_from_json(row: Any, where: str) -> GoldenQuestion:
    """Make a golden question of a JSON value.

    Args:
        row: What a line of the file holds.
        where: What to name in a message.

    Returns:
        The question.

    Raises:
        BadGolden: It is not in the form of a golden question.
    """
    _check_encodes(row, where)
    if not isinstance(row, dict):
        raise BadGolden(f"{where}: {_shown(row)} is not a JSON object. Write {{…}} with the keys.")
    return GoldenQuestion(
        id=_id(row, where),
        question=_question(row, where),
        type=_text(row, "type", where),
        language=_text(row, "language", where, "en"),
        history=tuple(
            _turn(turn, f"{where}, history") for turn in _value(row, "history", where, [])
        ),
        relevant=_spans(row, "relevant", where, _REQUIRED),
        contradicted_by=_spans(row, "contradicted_by", where, []),
        answer=_value(row, "answer", where, ""),
        key_facts=_key_facts(row, where),
    )


def question_to_json(question: GoldenQuestion) -> dict[str, Any]:
    """A golden question as `question_from_json` takes it; what may be missing is, where empty."""
    row: dict[str, Any] = to_json(question)
    return {key: value for key, value in row.items() if value or key not in _OPTIONAL}


def _value(row: Mapping[str, Any], key: str, where: str, default: Any = _REQUIRED) -> Any:
    """The value of a key, of the type that the key is to have."""
    if key not in row:
        if default is _REQUIRED:
            raise BadGolden(f"{where}: {key!r} is missing. Add it.")
        return default
    kind = _TYPES[key]
    value = row[key]
    if type(value) is not kind:
        raise BadGolden(f"{where}: {key!r} is {_shown(value)}; it has to be {_KINDS[kind]}.")
    return value


_TYPES: dict[str, type] = {
    **dict.fromkeys(("id", "question", "type", "language", "answer", "paper", "content"), str),
    **dict.fromkeys(("start", "end", "grade"), int),
    **dict.fromkeys(("history", "relevant", "contradicted_by", "key_facts"), list),
}


def _text(row: Mapping[str, Any], key: str, where: str, default: Any = _REQUIRED) -> str:
    value = str(_value(row, key, where, default))
    if not value.strip():
        raise BadGolden(f"{where}: {key!r} is empty. Fill it in.")
    return value


def _check_encodes(row: Any, where: str) -> None:
    """Refuse half of a surrogate pair, which JSON can escape and no file can hold."""
    try:
        json.dumps(row, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        half = ascii(error.object[error.start])
        raise BadGolden(
            f"{where}: {half} is half of a character, which UTF-8 cannot hold. "
            "Write the whole character, or leave it out."
        ) from error


def _id(row: Mapping[str, Any], where: str) -> str:
    identity = _text(row, "id", where)
    for character in identity:
        if character.isspace() or category(character) == "Cc":
            kind = "space" if character.isspace() else "control character"
            raise BadGolden(
                f"{where}: the id {identity!r} has a {kind} in it, which TREC files cannot hold. "
                "Use a hyphen."
            )
    return identity


def _question(row: Mapping[str, Any], where: str) -> str:
    question = _text(row, "question", where)
    if len(question) > MAX_QUESTION:
        raise BadGolden(
            f"{where}: 'question' has {len(question):,} characters; "
            f"at most {MAX_QUESTION:,} are read. Shorten it."
        )
    return question


def _turn(turn: Any, where: str) -> Turn:
    role = turn.get("role") if isinstance(turn, dict) else None
    if role not in {"user", "assistant"}:
        raise BadGolden(
            f"{where}: {_shown(turn)} is not a turn; each is "
            '{"role": "user" or "assistant", "content": "…"}.'
        )
    return Turn(role=role, content=_value(turn, "content", where))


def _key_facts(row: Mapping[str, Any], where: str) -> tuple[str, ...]:
    facts = _value(row, "key_facts", where, [])
    for fact in facts:
        if not isinstance(fact, str):
            raise BadGolden(f"{where}: {_shown(fact)} in 'key_facts' has to be a string.")
    return tuple(facts)


def _spans(row: Mapping[str, Any], key: str, where: str, default: Any) -> tuple[GoldenSpan, ...]:
    spans: list[GoldenSpan] = []
    for i, value in enumerate(_value(row, key, where, default)):
        span = _span(value, f"{where}, {key}[{i}]")
        if any((span.paper, *_ends(span)) == (other.paper, *_ends(other)) for other in spans):
            raise BadGolden(f"{where}, {key}[{i}]: this span is listed twice. Take one out.")
        spans.append(span)
    return tuple(spans)


def _span(value: Any, where: str) -> GoldenSpan:
    if not isinstance(value, dict):
        raise BadGolden(
            f"{where}: {_shown(value)} is not a span; "
            'each is {"paper": …, "start": …, "end": …, "grade": …}.'
        )
    paper = _value(value, "paper", where)
    start, end, grade = (_value(value, key, where) for key in ("start", "end", "grade"))
    if len(paper) != 64 or not _HEXADECIMAL.issuperset(paper):
        raise BadGolden(
            f"{where}: 'paper' is {_shown(paper)}; it has to be the SHA-256 of the paper's file, "
            "64 hexadecimal digits. `govassist papers --json` lists them as id."
        )
    if not 0 <= start < end:
        raise BadGolden(
            f"{where}: the span [{start}, {end}) is empty; "
            "'start' and 'end' count characters from 0, and 'end' is one past the last."
        )
    if not 1 <= grade <= FULL:
        raise BadGolden(
            f"{where}: the grade is {grade}; it has to be 3 (answers fully), 2 (partly) or "
            "1 (touches the matter)."
        )
    return GoldenSpan(paper, start, end, grade)


def _ends(span: GoldenSpan) -> tuple[int, int]:
    return span.start, span.end


def _shown(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"

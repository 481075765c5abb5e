"""What is kept of every answer, so that it can be given again and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from assistant.types import Answer, Hit

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_DEPTH_BEFORE = 10
"""Of the records that were made when it could not be chosen."""


@dataclass(frozen=True, slots=True)
class RecordedPassage:
    """A passage that was found for an answer: its id, the SHA-256 of its text, its score."""

    id: str
    sha256: str
    score: float


@dataclass(frozen=True, slots=True)
class Record:
    """How an answer came about.

    ``created`` is in ISO 8601, UTC. ``papers`` are the ids of the scope, None for all.
    ``fingerprint`` identifies the index (`Assistant.fingerprint`). ``model`` is as it was
    named, or ``"quoting"``. ``passages`` were found, best first, at most ``depth`` of them.
    ``timings`` are seconds, of the steps of `assistant.answering.Timings` that happened.
    """

    id: str
    created: str
    question: str
    history: tuple[dict[str, str], ...]
    papers: tuple[str, ...] | None
    fingerprint: str
    embedder: str
    model: str
    settings: Mapping[str, Any]
    passages: tuple[RecordedPassage, ...]
    timings: Mapping[str, float]
    answer: Answer
    depth: int = _DEPTH_BEFORE

    def to_json(self) -> str:
        """The record as JSON."""
        text: str = _adapter().dump_json(self).decode()
        return text

    @staticmethod
    def from_json(text: str) -> Record:
        """A record from what `to_json` made of it."""
        record: Record = _adapter().validate_json(text)
        return record


def recorded(hit: Hit) -> RecordedPassage:
    """What a record keeps of a hit."""
    text = hit.passage.text.encode()
    return RecordedPassage(hit.passage.id, hashlib.sha256(text).hexdigest(), round(hit.score, 6))


@cache
def _adapter() -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(Record)

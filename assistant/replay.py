"""A recorded answer given again, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.records import Record


@dataclass(frozen=True, slots=True)
class Replay:
    """Two records of one question, and what differs, in sentences; empty where nothing does."""

    before: Record
    after: Record
    changes: tuple[str, ...]


def compared(before: Record, after: Record) -> Replay:
    """Compare a record with that of the same question asked again.

    Args:
        before: The record.
        after: The new one.

    Returns:
        Both, and what differs.
    """
    return Replay(before, after, tuple(_changes(before, after)))


def _changes(before: Record, after: Record) -> Iterator[str]:
    if before.fingerprint != after.fingerprint:
        yield "The library has changed since: its index is another one."
    if before.embedder != after.embedder:
        yield f"The embedder was {before.embedder}, now it is {after.embedder}."
    if before.model != after.model:
        yield f"The answer was by {before.model}, now it is by {after.model}."
    for name in sorted({*before.settings, *after.settings}):
        old, new = before.settings.get(name), after.settings.get(name)
        if old != new:
            yield f"The setting {name} was {old!r}, now it is {new!r}."
    if before.answer.standalone != after.answer.standalone:
        yield (
            f"The question was understood as {before.answer.standalone!r}, now as "
            f"{after.answer.standalone!r}."
        )
    yield from _passages(before, after)
    if before.answer.answered != after.answer.answered:
        yield (
            "It was answered, now it is not."
            if before.answer.answered
            else ("It was not answered, now it is.")
        )
    if before.answer.text != after.answer.text:
        yield "The answer reads differently."


def _passages(before: Record, after: Record) -> Iterator[str]:
    old, new = ({p.id for p in record.passages} for record in (before, after))
    for what, ids in (("gone", old - new), ("new", new - old)):
        if ids:
            yield f"Passages {what} among those found: {len(ids)} of {len(old)}."
    if old == new and [p.id for p in before.passages] != [p.id for p in after.passages]:
        yield "The same passages were found in another order."

"""What one paper's quotes on a concept speak of and another's do not."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.concepts.types import ConceptEntry
from assistant.concepts.words import key_of, spaced


def said_only_by(entry: ConceptEntry, other: ConceptEntry, names: Iterable[str]) -> tuple[str, ...]:
    """The concepts that the quotes of one paper speak of, and no quote of another.

    Args:
        entry: What the one paper says.
        other: What the other says.
        names: Names of concepts.

    Returns:
        Some of the names, in their order.
    """
    own, others = (_spaced(one) for one in (entry, other))
    return tuple(name for name in names if _has(own, name) and not _has(others, name))


def _spaced(entry: ConceptEntry) -> str:
    return " | ".join(spaced(citation.quote) for citation in entry.citations)


def _has(text: str, name: str) -> bool:
    return f" {' '.join(key_of(name))} " in text

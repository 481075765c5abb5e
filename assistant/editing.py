"""What is known about a paper as text that somebody edits, and the corrections in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, cast

from assistant.corrections import Fields
from ingest.claims import BY_HAND
from ingest.errors import BadCorrection
from ingest.types import Paper


def as_text(paper: Paper) -> dict[str, str]:
    """The fields that can be corrected, as text; authors and keywords one in a line.

    Args:
        paper: The paper.

    Returns:
        Text by field, empty where the paper has none.
    """
    return {
        "title": paper.title,
        "authors": "\n".join(paper.authors),
        "year": str(paper.year or ""),
        "venue": paper.venue or "",
        "doi": paper.doi or "",
        "language": paper.language or "",
        "keywords": "\n".join(paper.keywords),
        "abstract": paper.abstract or "",
    }


def corrected_by_hand(paper: Paper) -> list[str]:
    """The fields whose values were corrected by hand."""
    return [field for field in as_text(paper) if paper.found.get(field) == BY_HAND]


def changes(paper: Paper, texts: Mapping[str, str], taken_back: Collection[str]) -> Fields:
    """What somebody has changed.

    Args:
        paper: The paper, as it was when editing began.
        texts: Text by field, see `as_text`.
        taken_back: Fields whose corrections are taken back, whatever their text.

    Returns:
        Values for `Assistant.update`; empty where nothing was changed.

    Raises:
        BadCorrection: The year is no number, or was emptied.
    """
    before = as_text(paper)
    fields: dict[str, Any] = dict.fromkeys(taken_back)
    for field, text in texts.items():
        if field not in taken_back and text.strip() != before[field].strip():
            fields[field] = _value(field, text)
    return cast("Fields", fields)


def _value(field: str, text: str) -> Any:
    if field in {"authors", "keywords"}:
        return [line.strip() for line in text.splitlines() if line.strip()]
    if field != "year":
        return text
    if not (text.strip().isascii() and text.strip().isdigit()):
        raise BadCorrection(f"year: {text.strip()!r} is no year. Give a number, such as 2021.")
    return int(text)

"""Which of the values that a file gives for a field of its paper is to be believed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal, TypeAlias

from ingest.document import Claim, Value
from ingest.types import Paper, ParsedPaper

Sureness: TypeAlias = Literal["certain", "likely", "doubtful"]

BY_HAND = "corrected by hand"
BIBLIOGRAPHY = "bibliography file"

SURENESS: dict[str, Sureness] = {
    BY_HAND: "certain",
    BIBLIOGRAPHY: "certain",
    "front matter": "certain",
    "article front": "certain",
    "citation tags": "certain",
    "labelled paragraph": "likely",
    "section of this name": "likely",
    "first heading": "likely",
    "line below the title": "likely",
    "head of the paper": "likely",
    "imprint": "likely",
    "language of the text": "likely",
    "first line": "doubtful",
    "document properties": "doubtful",
    "page title": "doubtful",
    "language of a few words": "doubtful",
    "file name": "doubtful",
}
"""How far a value is to be trusted, by where it was found, the most trusted place first.

``article front`` is the front matter of JATS, ``citation tags`` are the ``citation_…`` and
``DC.…`` tags of HTML, ``document properties`` those of PDF and Word files, ``page title`` the
title of an HTML page, ``imprint`` what is printed about a paper's publication. A ``bibliography
file`` lies beside the paper's file.
"""

_HALVES = re.compile("[\ud800-\udfff]")
"""Surrogates, which no encoding can write."""

_ORDER = {where: position for position, where in enumerate(SURENESS)}


def chosen(claims: Iterable[Claim]) -> tuple[dict[str, Any], dict[str, str]]:
    """The most trusted claim for each field.

    Args:
        claims: Values and where they were found; of two at equal places the first counts.

    Returns:
        The values by field, and by field where they were found. An empty value says that
        the paper has none; it is found, and not among the values.
    """
    best: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda claim: _ORDER[claim.where]):
        best.setdefault(claim.field, claim)
    values = {field: claim.value for field, claim in best.items() if claim.value}
    return values, {field: claim.where for field, claim in best.items()}


def storable(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims as every file can hold them: halves of characters, which escapes give, replaced."""
    return tuple(claim._replace(value=_whole_characters(claim.value)) for claim in claims)


def _whole_characters(value: Value) -> Value:
    if isinstance(value, str):
        return _HALVES.sub("\ufffd", value)
    return tuple(map(_whole_characters, value)) if isinstance(value, tuple) else value  # type: ignore[arg-type]


def described(claims: Iterable[Claim], *, paper_id: str, source_path: str) -> Paper:
    """The paper that claims describe.

    Args:
        claims: What is said of it; a title is among them.
        paper_id: See `ingest.files.file_id`.
        source_path: Where its file lies.

    Returns:
        The paper, each field with its most trusted value.
    """
    values, found = chosen(claims)
    return Paper(id=paper_id, source_path=source_path, found=found, **values)


def with_claims(parsed: ParsedPaper, claims: Iterable[Claim]) -> ParsedPaper:
    """A parsed paper that other claims describe; its text and structure stay.

    Args:
        parsed: A parsed paper.
        claims: All that is said of it.

    Returns:
        The same with these claims, and the values that follow from them.
    """
    kept = storable(claims)
    old = parsed.paper
    paper = described(kept, paper_id=old.id, source_path=old.source_path)
    return replace(parsed, paper=paper, claims=kept)

"""Which of the values that a file gives for a field of its paper is to be believed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, TypeAlias

from ingest.document import Claim

Sureness: TypeAlias = Literal["certain", "likely", "doubtful"]

SURENESS: dict[str, Sureness] = {
    "corrected by hand": "certain",
    "bibliography file": "certain",
    "front matter": "certain",
    "article front": "certain",
    "citation tags": "certain",
    "labelled paragraph": "likely",
    "section of this name": "likely",
    "first heading": "likely",
    "line below the title": "likely",
    "head of the paper": "likely",
    "imprint": "likely",
    "first line": "doubtful",
    "document properties": "doubtful",
    "page title": "doubtful",
    "file name": "doubtful",
}
"""How far a value is to be trusted, by where it was found, the most trusted place first.

``article front`` is the front matter of JATS, ``citation tags`` are the ``citation_…`` and
``DC.…`` tags of HTML, ``document properties`` those of PDF and Word files, ``page title`` the
title of an HTML page, ``imprint`` what is printed about a paper's publication.
"""

_ORDER = {where: position for position, where in enumerate(SURENESS)}


def chosen(claims: Iterable[Claim]) -> tuple[dict[str, Any], dict[str, str]]:
    """The most trusted claim for each field.

    Args:
        claims: Values and where they were found; of two at equal places the first counts.

    Returns:
        The values by field, and by field where they were found.
    """
    best: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda claim: _ORDER[claim.where]):
        best.setdefault(claim.field, claim)
    values = {field: claim.value for field, claim in best.items()}
    return values, {field: claim.where for field, claim in best.items()}

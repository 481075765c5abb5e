"""The papers of a library as somebody wants them listed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.names import parse_name
from assistant.types import PaperHealth
from ingest.types import Paper

Order = Literal["title", "year", "author", "health"]
"""By title, the newest first, by the first author's family name, or the worst read first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which papers are wanted.

    Each of ``words`` stands in the title, an author, a keyword or the venue, whatever its case
    and accents. ``years`` are the first and the last. ``languages`` are codes; all where there
    is none. ``attention`` wants only papers that have problems.
    """

    words: str = ""
    years: tuple[int, int] | None = None
    languages: frozenset[str] = frozenset()
    attention: bool = False


def listed(papers: Sequence[PaperHealth], wanted: Wanted, order: Order) -> list[PaperHealth]:
    """The papers that are wanted, in an order.

    Args:
        papers: All papers.
        wanted: Which of them.
        order: What comes first; papers of which that is not known come last.

    Returns:
        Those papers.
    """
    found = [health for health in papers if _is_wanted(health, wanted)]
    by_title = sorted(found, key=lambda health: _plain(health.paper.title))
    match order:
        case "year":
            return sorted(by_title, key=lambda health: -(health.paper.year or 0))
        case "author":
            return sorted(by_title, key=lambda health: _first_author(health.paper))
        case "health":
            return sorted(by_title, key=lambda health: health.score)
    return by_title


def _is_wanted(health: PaperHealth, wanted: Wanted) -> bool:
    paper = health.paper
    text = _plain(" ".join((paper.title, *paper.authors, *paper.keywords, paper.venue or "")))
    first, last = wanted.years or (0, 0)
    return (
        all(word in text for word in _plain(wanted.words).split())
        and (not wanted.years or first <= (paper.year or -1) <= last)
        and (not wanted.languages or paper.language in wanted.languages)
        and (not wanted.attention or bool(health.problems))
    )


def _first_author(paper: Paper) -> tuple[bool, str]:
    family = parse_name(paper.authors[0]).family if paper.authors else ""
    return not family, _plain(family)


def _plain(text: str) -> str:
    """Without case and accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))

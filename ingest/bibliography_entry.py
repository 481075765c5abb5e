"""An entry of a bibliography file, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.authors import whole
from ingest.claims import BIBLIOGRAPHY, storable
from ingest.document import Claim
from ingest.imprint import bare_doi
from ingest.languages import language_code

Warn = Callable[[str], None]
"""Told what is wrong with a file: where in it, what, and what to do."""

_CITED_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
KEYWORDS = re.compile(r"\s*[,;]\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a bibliography file: what it says of a paper, and which files it names."""

    claims: tuple[Claim, ...]
    files: tuple[str, ...] = ()


def inverted_name(family: str, given: str, suffix: str) -> str:
    """A name as it is sorted: "Roe, Jane, Jr."; a whole where it has one part."""
    return ", ".join(filter(None, (family, given, suffix))) if given or suffix else whole(family)


def first(values: Mapping[str, Any], *names: str) -> Any:
    """The first of some values that is there and not empty."""
    return next((values[name] for name in names if values.get(name)), None)


def entry_claims(
    *, authors: Sequence[str], keywords: Sequence[str], year: Any, doi: Any, **texts: Any
) -> tuple[Claim, ...]:
    """The claims of an entry: what is empty or of no known form is left out.

    Args:
        authors: Names, as they are sorted.
        keywords: Keywords.
        year: A year, or a date.
        doi: A DOI, or an address with one in it.
        **texts: ``title``, ``venue``, ``abstract`` and ``language``.

    Returns:
        Claims of place `ingest.claims.BIBLIOGRAPHY`.
    """
    printed = _CITED_YEAR.search(str(year or ""))
    language = texts.pop("language")
    values = {
        **{name: _line(text) for name, text in texts.items()},
        "authors": tuple(filter(None, map(_line, authors))),
        "keywords": tuple(filter(None, map(_line, keywords))),
        "year": int(printed.group()) if printed else None,
        "doi": bare_doi(str(doi or "")),
        "language": language_code(str(language)) if language else None,
    }
    return storable(Claim(name, value, BIBLIOGRAPHY) for name, value in values.items() if value)


def _line(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""

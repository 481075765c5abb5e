"""Bibliography files in RIS, read by rispy, and in CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from ingest.authors import whole
from ingest.bibliography_entry import (
    KEYWORDS,
    Entry,
    Warn,
    entry_claims,
    first,
    inverted_name,
)
from ingest.document import Claim


def read_ris(text: str, warn: Warn) -> list[Entry]:
    """Read a RIS file; a record without an end is left out.

    Args:
        text: The file.
        warn: Told what is wrong.

    Returns:
        Its entries.
    """
    import rispy

    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    # One at a time: rispy adds a line without a tag to the last tag of the record before.
    parts = _ris_parts(lines)
    records = [found for part in parts for found in rispy.loads(part, skip_unknown_tags=True)]
    for line in _unended(lines):
        warn(f"the record that begins in line {line} has no end (ER). Mend it")
    if not records:
        warn("no record of RIS in it. Mend it")
    return [_ris_entry(record) for record in records]


def _ris_parts(lines: Sequence[str]) -> Iterator[str]:
    """The records of a RIS file."""
    starts = [number for number, line in enumerate(lines) if line.startswith("TY  -")]
    yield from ("\n".join(lines[a:b]) for a, b in pairwise([*starts, len(lines)]))


def _unended(lines: Sequence[str]) -> Iterator[int]:
    """In which lines records begin that do not end."""
    begun = 0
    for number, line in enumerate([*lines, "TY  -"], 1):
        if line.startswith("TY  -"):
            if begun:
                yield begun
            begun = number
        elif line.startswith("ER  -"):
            begun = 0


def _ris_entry(record: Mapping[str, Any]) -> Entry:
    venue = ("secondary_title", "journal_name", "alternate_title3", "alternate_title2")
    claims = entry_claims(
        title=first(record, "title", "primary_title"),
        authors=list(map(_ris_name, record.get("authors") or record.get("first_authors") or ())),
        year=first(record, "year", "publication_year", "date"),
        venue=first(record, *venue, "publisher"),
        doi=first(record, "doi") or " ".join(record.get("urls", ())),
        keywords=record.get("keywords", ()),
        abstract=first(record, "abstract", "notes_abstract"),
        language=first(record, "language"),
    )
    files = [record[name] for name in ("file_attachments1", "file_attachments2") if name in record]
    return Entry(claims, tuple(Path(file).name for file in files))


def _ris_name(name: str) -> str:
    """A name as it is sorted; without a comma it is a whole, as the format has it."""
    sorted_as = name.strip().removesuffix(",")
    return sorted_as if "," in sorted_as else whole(sorted_as)


def read_csl(text: str, warn: Warn) -> list[Entry]:
    """Read a CSL-JSON file.

    Args:
        text: The file.
        warn: Told what is wrong.

    Returns:
        Its entries; none where it is other JSON than a list of items with titles and types.
    """
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        warn(f"not JSON ({error}). Mend it, if it is a bibliography in CSL-JSON")
        return []
    if not isinstance(items, list) or not all(map(_is_item, items)):
        return []
    return [entry for item in items if (entry := _csl_entry(item, warn))]


def _csl_entry(item: Mapping[str, Any], warn: Warn) -> Entry | None:
    try:
        return Entry(_csl_claims(item))
    except (TypeError, ValueError, AttributeError) as error:
        warn(f"the entry {str(item['title'])!r} is no CSL-JSON ({error}). Mend it")
        return None


def _is_item(item: object) -> bool:
    return isinstance(item, dict) and {"title", "type"} <= item.keys()


def _csl_claims(item: Mapping[str, Any]) -> tuple[Claim, ...]:
    people = item.get("author") or item.get("editor")
    return entry_claims(
        title=item.get("title"),
        authors=[_csl_name(name) for name in people] if isinstance(people, list) else (),
        year=_csl_year(item.get("issued")),
        venue=first(item, "container-title", "event-title", "publisher"),
        doi=item.get("DOI"),
        keywords=KEYWORDS.split(str(item.get("keyword", ""))),
        abstract=item.get("abstract"),
        language=item.get("language"),
    )


def _csl_name(name: Any) -> str:
    if not isinstance(name, dict):
        return ""
    particle = name.get("non-dropping-particle") or name.get("dropping-particle") or ""
    family = " ".join(filter(None, (particle, name.get("family", ""))))
    person = inverted_name(family, name.get("given", ""), name.get("suffix", ""))
    return person or whole(str(name.get("literal", "")))


def _csl_year(issued: Any) -> str:
    if not isinstance(issued, dict):
        return ""
    dates = chain.from_iterable(issued.get("date-parts") or [])
    return str(next(dates, "") or issued.get("literal") or issued.get("raw") or "")

"""Papers and passages to rows of the catalog, and back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from ingest.document import Claim, LeftOut
from ingest.layout import Layout, Page
from ingest.types import Element, HealthReport, Paper, Passage, Span

PAPER_COLUMNS = (
    "id, title, source_path, authors, affiliations, year, venue, doi, language, keywords, "
    "abstract, found"
)
PASSAGE_COLUMNS = "id, paper_id, text, section, spans, kind, pages, page_labels, context"


def paper(row: Sequence[str]) -> Paper:
    """A paper from the values of `PAPER_COLUMNS`."""
    (
        identity,
        title,
        path,
        authors,
        affiliations,
        year,
        venue,
        doi,
        language,
        keywords,
        abstract,
        found,
    ) = row
    return Paper(
        id=identity,
        title=title,
        source_path=path,
        authors=tuple(json.loads(authors)),
        affiliations=tuple(json.loads(affiliations)),
        year=int(year) if year is not None else None,
        venue=venue,
        doi=doi,
        language=language,
        keywords=tuple(json.loads(keywords)),
        abstract=abstract,
        found=json.loads(found),
    )


def paper_row(paper: Paper) -> tuple[object, ...]:
    """The values of `PAPER_COLUMNS`."""
    return (
        paper.id,
        paper.title,
        paper.source_path,
        json.dumps(paper.authors, ensure_ascii=False),
        json.dumps(paper.affiliations, ensure_ascii=False),
        paper.year,
        paper.venue,
        paper.doi,
        paper.language,
        json.dumps(paper.keywords, ensure_ascii=False),
        paper.abstract,
        json.dumps(paper.found),
    )


def passage(row: Sequence[str]) -> Passage:
    """A passage from the values of `PASSAGE_COLUMNS`."""
    identity, paper_id, text, section, spans, kind, pages, labels, context = row
    return Passage(
        id=identity,
        paper_id=paper_id,
        text=text,
        section=tuple(json.loads(section)),
        spans=tuple(Span(*span) for span in json.loads(spans)),
        kind=kind,  # type: ignore[arg-type]
        pages=tuple(json.loads(pages)) if pages else None,
        page_labels=tuple(json.loads(labels)) if labels else None,
        context=context,
    )


def passage_row(passage: Passage, position: int) -> tuple[object, ...]:
    """The values of `PASSAGE_COLUMNS`, then ``position``, which counts within the paper."""
    return (
        passage.id,
        passage.paper_id,
        passage.text,
        json.dumps(passage.section, ensure_ascii=False),
        json.dumps(passage.spans),
        passage.kind,
        json.dumps(passage.pages) if passage.pages else None,
        json.dumps(passage.page_labels, ensure_ascii=False) if passage.page_labels else None,
        passage.context,
        position,
    )


def layout(row: tuple[str, bytes]) -> Layout:
    """A layout from the columns ``pages`` and ``words`` of the table ``layouts``."""
    pages, words = row
    return Layout.from_bytes([Page(*page) for page in json.loads(pages)], words)


def layout_row(layout: Layout) -> tuple[str, bytes]:
    """The columns ``pages`` and ``words`` of the table ``layouts``."""
    return json.dumps(layout.pages, ensure_ascii=False), layout.to_bytes()


def element(row: Sequence[str]) -> Element:
    """An element from the columns ``kind``, ``section`` and ``spans`` of ``elements``."""
    kind, section, spans = row
    return Element(
        kind,  # type: ignore[arg-type]
        tuple(json.loads(section)),
        tuple(Span(*span) for span in json.loads(spans)),
    )


def claims(text: str) -> tuple[Claim, ...]:
    """Claims from what `claims_row` made of them."""
    return tuple(
        Claim(field, tuple(value) if isinstance(value, list) else value, where)
        for field, value, where in json.loads(text)
    )


def claims_row(claims: Iterable[Claim]) -> str:
    """Claims as JSON: a list of field, value and place."""
    return json.dumps(list(claims), ensure_ascii=False)


def report(text: str) -> HealthReport:
    """A health report from what `report_row` made of it."""
    values = json.loads(text).items()
    data: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values}
    left_out = tuple(LeftOut(**one) for one in data.pop("left_out"))
    return HealthReport(**data, left_out=left_out)


def report_row(report: HealthReport) -> str:
    """A health report as JSON."""
    return json.dumps(asdict(report), ensure_ascii=False)


def marks(values: Collection[object]) -> str:
    """A placeholder of SQL for each of some values."""
    return ",".join("?" * len(values))

"""What is told of files that were added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.duplicates import similar, warning
from assistant.types import FileReport, Status
from ingest.types import ParsedPaper, Passage

if TYPE_CHECKING:
    from vectorstore.library import Library


def report_of(parsed: ParsedPaper, passages: Sequence[Passage], status: Status) -> FileReport:
    """What became of a file that was read: its paper, with what its reader says of it."""
    paper, read = parsed.paper, parsed.report
    warnings = (*read.notices, *_first(read.planted, paper.id)) if read else ()
    return FileReport(
        paper.source_path, status, paper.id, paper.title, len(passages), warnings=warnings
    )


def _first(sentences: Sequence[str], paper_id: str) -> Iterator[str]:
    """The first of some sentences, and where the others are."""
    yield from sentences[:1]
    if len(sentences) > 1:
        yield f"There is more of this kind: `govassist health {paper_id[:8]}` lists it."


def compared(library: Library, report: FileReport) -> FileReport:
    """A report that names the papers that are much the same as the one that was added."""
    paper = library.paper(report.paper_id) if report.paper_id else None
    if paper is None or report.status not in {"added", "replaced"}:
        return report
    twins = similar(library, paper, library.descriptions.sketch(paper.id, paper.title))
    return replace(report, warnings=(*report.warnings, *map(warning, twins)))

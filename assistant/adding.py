"""Files to papers in a library, in batches, so that a thousand papers are not a thousand writes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from assistant.types import AddReport, FileReport, Status
from ingest.errors import UnreadableFile
from ingest.files import file_id, read_bytes
from ingest.passages import PassageSize, make_passages
from ingest.planted import planted
from ingest.reader import parse
from ingest.reading import read_document
from ingest.types import Paper, Passage

if TYPE_CHECKING:
    from vectorstore.library import Library
    from vectorstore.protocols import EmbeddedPaper

BATCH_PASSAGES = 500
BATCH_SECONDS = 10.0
"""A batch is written when it has so many passages, or took so long to embed."""


def add_files(
    library: Library,
    files: Sequence[Path],
    progress: Callable[[str, int, int], None],
    size: PassageSize | None = None,
) -> AddReport:
    """Add files to a library; one bad file does not stop the others.

    Args:
        library: The library.
        files: Papers.
        progress: Told about the work.
        size: How large passages are; the defaults where None. The embedder's limit
            holds in any case.

    Returns:
        What became of each file, in their order.

    Raises:
        LibraryBusy: Another process is writing.
        LibraryUnwritable: No room or no permission.
    """
    size = size or PassageSize()
    size = replace(size, tokens=min(size.tokens, library.embedder.record.max_tokens))
    reports = []
    with _Batch(library) as batch:
        for done, file in enumerate(files):
            progress("adding papers", done, len(files))
            reports.append(_add_file(library, file.resolve(), batch, size))
    progress("adding papers", len(files), len(files))
    report = AddReport(tuple(reports))
    if report.replaced:
        library.compact()
    return report


class _Batch:
    """Embedded papers on their way into a library; what is left is written at the end."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._papers: dict[str, EmbeddedPaper] = {}
        self._begun = time.monotonic()

    def paper(self, paper_id: str) -> Paper | None:
        """A paper that waits here, or None."""
        waiting = self._papers.get(paper_id)
        return waiting.parsed.paper if waiting else None

    def add(self, paper: EmbeddedPaper) -> None:
        """Take a paper in; write when there is enough to write."""
        self._papers[paper.parsed.paper.id] = paper
        passages = sum(len(waiting.passages) for waiting in self._papers.values())
        if passages >= BATCH_PASSAGES or time.monotonic() - self._begun >= BATCH_SECONDS:
            self.write()

    def write(self) -> None:
        """Put the papers that wait into the library."""
        papers = list(self._papers.values())
        self._papers.clear()
        if papers:
            self._library.put(papers)
        self._begun = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None or issubclass(kind, KeyboardInterrupt):
            self.write()


def _add_file(library: Library, path: Path, batch: _Batch, size: PassageSize) -> FileReport:
    try:
        data = read_bytes(path)
        identity = file_id(data)
        old = library.paper_at(str(path))
        if old and old.id != identity:
            batch.write()  # whatever has these bytes must not be taken for another's
        if known := library.paper(identity) or batch.paper(identity):
            return _known_file(library, path, known, old)
        parsed = parse(read_document(data, path), paper_id=identity, path=path)
    except UnreadableFile as error:
        return FileReport(str(path), "failed", reason=str(error))
    passages = make_passages(parsed, library.embedder.count_tokens, size)
    paper = library.embedded(parsed, passages)
    batch.add(paper)
    if old:
        batch.write()
    status: Status = "replaced" if old else "added"
    return FileReport(
        str(path),
        status,
        identity,
        parsed.paper.title,
        len(paper.passages),
        warnings=tuple(_warnings(passages)),
    )


def _warnings(passages: Sequence[Passage]) -> Iterator[str]:
    """Passages in which something seems to have been planted, by section."""
    for passage in passages:
        for place in planted(passage.text):
            section = " > ".join(passage.section) or "before the first heading"
            yield f"A sentence {place.reason}, as if meant for a machine ({section})."


def _known_file(library: Library, path: Path, known: Paper, old: Paper | None) -> FileReport:
    """A file whose bytes are in the library: what else was read from its path goes."""
    status: Status = "unchanged"
    if old and old.id != known.id:
        library.remove(old.id)
        status = "replaced"
    return FileReport(str(path), status, known.id, known.title)

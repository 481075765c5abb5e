"""Files to papers in a library, in batches, so that a thousand papers are not a thousand writes."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from assistant.added import compared, report_of
from assistant.corrections import Corrections
from assistant.halves import without_halves
from assistant.reading_ahead import Begun, ReadAhead
from assistant.types import AddReport, FileReport
from ingest.errors import LibraryError, UnreadableFile
from ingest.files import is_there
from ingest.passages import PassageSize, make_passages
from ingest.types import Paper

if TYPE_CHECKING:
    from vectorstore.library import Library
    from vectorstore.protocols import EmbeddedPaper, Progress

BATCH_PASSAGES = 500
BATCH_SECONDS = 10.0
"""A batch is written when it has so many passages, or took so long to embed."""


class Stopped(KeyboardInterrupt):
    """Adding was stopped by hand; ``report`` says what became of the files until then."""

    def __init__(self, report: AddReport) -> None:
        super().__init__()
        self.report = report


def add_files(
    library: Library,
    files: Sequence[Path],
    progress: Progress,
    size: PassageSize | None = None,
    *,
    password: str | None = None,
    again: bool = False,
) -> AddReport:
    """Add files to a library; one bad file does not stop the others.

    Processes of their own read the next files (`ingest.workers`) while one is embedded.

    Args:
        library: The library.
        files: Papers.
        progress: Told about the work.
        size: How large passages are; the defaults where None. The embedder's limit
            holds in any case.
        password: What opens the files that are encrypted.
        again: Read unchanged files, too.

    Returns:
        What became of each file, in their order.

    Raises:
        LibraryBusy: Another process is writing.
        LibraryUnwritable: No room or no permission.
        Stopped: By Ctrl-C; the papers that were finished are in, as they are after any other
            error that is none of the library's.
    """
    size = size or PassageSize()
    size = replace(size, tokens=min(size.tokens, library.embedder.record.max_tokens))
    reports: list[FileReport] = []
    corrections = Corrections(library)
    try:
        with _Batch(library) as batch:
            reading = _Reading(corrections, password, again)
            adding = _Adding(library, batch, size, reading)
            progress("adding papers", 0, len(files))
            with closing(adding.reports(files)) as finished:
                for report in finished:
                    reports.append(report)
                    progress("adding papers", len(reports), len(files))
    except KeyboardInterrupt:
        raise Stopped(AddReport(tuple(reports))) from None
    return AddReport(
        tuple(compared(library, report) for report in reports), notices=corrections.warnings
    )


class _Batch:
    """Embedded papers on their way into a library.

    What is left is written at the end, however it comes, and nothing stays on the disk of
    the papers that were replaced.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._papers: dict[str, EmbeddedPaper] = {}
        self._begun = time.monotonic()
        self._replaced = False

    def paper(self, paper_id: str) -> Paper | None:
        """A paper that waits here, or None."""
        waiting = self._papers.get(paper_id)
        return waiting.parsed.paper if waiting else None

    def add(self, paper: EmbeddedPaper, *, replaces: bool) -> None:
        """Take a paper in, maybe in place of an old one; write when there is enough to write."""
        self._replaced = self._replaced or replaces
        self._papers[paper.parsed.paper.id] = paper
        passages = sum(len(waiting.passages) for waiting in self._papers.values())
        if passages >= BATCH_PASSAGES or time.monotonic() - self._begun >= BATCH_SECONDS:
            self.write()

    def write(self) -> None:
        """Put the papers that wait into the library."""
        if self._papers:
            self._library.put(list(self._papers.values()))
            self._papers.clear()
        self._begun = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None or not issubclass(kind, Exception):
            self._finish()
        elif not issubclass(kind, LibraryError):  # which said that nothing can be written
            with suppress(Exception):  # the first error is the one to tell
                self._write_one_by_one()
                self._finish()

    def _finish(self) -> None:
        self.write()
        if self._replaced:
            self._library.compact()

    def _write_one_by_one(self) -> None:
        """Put in the papers that can be put in, where one of them may be to blame."""
        for paper in self._papers.values():
            with suppress(Exception):
                self._library.put([paper])
        self._papers.clear()


@dataclass(frozen=True, slots=True)
class _Reading:
    """How files are read: what is known better of them, and what opens them."""

    corrections: Corrections
    password: str | None
    again: bool


class _Adding:
    """How files become papers of a library."""

    def __init__(
        self, library: Library, batch: _Batch, size: PassageSize, reading: _Reading
    ) -> None:
        self._library = library
        self._batch = batch
        self._size = size
        self._reading = reading
        self._ahead = ReadAhead(self._need_not_be_read, reading.password)

    def reports(self, paths: Sequence[Path]) -> Generator[FileReport]:
        """Put files' papers into the batch; what became of each."""
        with closing(self._ahead.files([path.resolve() for path in paths])) as files:
            for file in files:
                try:
                    yield self._finished(file)
                except UnreadableFile as error:
                    yield FileReport(without_halves(str(file.path)), "failed", reason=str(error))

    def _finished(self, file: Begun) -> FileReport:
        if file.problem:
            raise file.problem
        old = self._library.paper_at(str(file.path))
        is_other = old is not None and old.id != file.identity
        if is_other:
            self._batch.write()  # whatever has these bytes must not be taken for another's
        known = self._known(file.identity)
        if known and self._is_settled(file.path, known):
            return self._settled(file.path, known, old if is_other else None)
        if not file.paper:  # its paper was there, until a file before this one replaced it
            return self._finished(self._ahead.begin(file.path))
        parsed = self._reading.corrections.applied(file.paper.result())
        passages = make_passages(parsed, self._library.embedder.count_tokens, self._size)
        replaces = bool(old or known)
        self._batch.add(self._library.embedded(parsed, passages), replaces=replaces)
        if is_other:
            self._batch.write()
        return report_of(parsed, passages, "replaced" if replaces else "added")

    def _known(self, identity: str) -> Paper | None:
        return self._library.paper(identity) or self._batch.paper(identity)

    def _need_not_be_read(self, path: Path, identity: str) -> bool:
        return self._is_settled(path, self._known(identity))

    def _is_settled(self, path: Path, known: Paper | None) -> bool:
        """Whether a file need not be read, since its bytes are those of a paper."""
        if known is None:
            return False
        if known.source_path != str(path) and _exists(known):
            return True
        return not self._reading.again and not self._reading.corrections.outdated(known)

    def _settled(self, path: Path, known: Paper, old: Paper | None) -> FileReport:
        """A file whose bytes are a paper's: what else was read from its path goes."""
        if old:
            self._library.remove(old.id)
        if old or not _exists(known):
            self._batch.write()
            self._move(known, path)
        return FileReport(str(path), "replaced" if old else "unchanged", known.id, known.title)

    def _move(self, paper: Paper, path: Path) -> None:
        """Note where the file of a paper lies now."""
        if parsed := self._library.parsed(paper.id):
            moved = replace(parsed.paper, source_path=str(path))
            self._library.describe(replace(parsed, paper=moved))


def _exists(paper: Paper) -> bool:
    return is_there(Path(paper.source_path))

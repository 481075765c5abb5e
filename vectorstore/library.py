"""A library on disk: the catalog, and the indexes that follow it.

The order of every change makes the catalog's row the commit point::

    mark unsettled → write indexes → commit row → drop the old version → unmark

Nobody reads during a change: it holds an exclusive lock for the fraction of a
second in which the indexes are written, after everything was embedded; readers
share the lock for one search. The kernel releases the lock of a killed process.
Whoever then comes next finds the mark, and makes the indexes anew from the
catalog, vectors included, before using them.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import filelock
import numpy as np

from ingest.errors import LibraryBusy
from ingest.types import Paper, ParsedPaper, Passage
from vectorstore.catalog import Catalog
from vectorstore.exact import LARGEST, ExactVectors
from vectorstore.folder import (
    CATALOG,
    LOCK,
    check_folder,
    check_model,
    check_room,
    clear_errors,
    locked,
    write_model,
)
from vectorstore.indexes import Damaged, Indexes, checksums
from vectorstore.parts import max_sim
from vectorstore.protocols import (
    Candidates,
    EmbeddedPaper,
    Embedder,
    Late,
    Nearest,
    QueryVectors,
)
from vectorstore.recent import Recent
from vectorstore.scope import Scope
from vectorstore.stored_vectors import StoredParts
from vectorstore.tantivy import TantivyIndex

_ATTEMPTS = 3


class Library:
    """Papers, passages and their indexes under one folder.

    Args:
        path: The library's folder; made where there is none.
        embedder: Makes the vectors, and must be the one that made those on disk.
        lock_timeout: Seconds to wait for another process.

    Raises:
        NotALibrary: The folder is something else.
        EmbedderMismatch: Another embedder made the vectors.
        LibraryBusy: Another process is writing.
        LibraryUnwritable: The folder cannot be made or written.
    """

    def __init__(self, path: Path, embedder: Embedder, *, lock_timeout: float = 10.0) -> None:
        self.path = path
        self.embedder = embedder
        self.notices: list[str] = []
        self._lock_timeout = lock_timeout
        self._threads = threading.RLock()
        self._indexes: Indexes | None = None
        self._seen = -1
        self._parts = Recent[StoredParts]()
        self._passages = Recent[Passage]()
        self._authors = Recent[tuple[str, ...]]()
        self._exact: ExactVectors | None = None
        with clear_errors(path):
            check_folder(path)
            path.mkdir(parents=True, exist_ok=True)
            self._lock = filelock.ReadWriteLock(path / LOCK, is_singleton=False)
            self._catalog = self._opened_catalog()
        try:
            with self._reading():
                pass
        except BaseException:
            self.close()
            raise

    # Reading

    def papers(self) -> list[Paper]:
        """All papers, by title."""
        return self._catalog.papers()

    def paper(self, paper_id: str) -> Paper | None:
        """One paper, or None."""
        return self._catalog.paper(paper_id)

    def paper_at(self, source_path: str) -> Paper | None:
        """The paper read from this path, or None."""
        return self._catalog.paper_at(source_path)

    def known_papers(self, ids: Sequence[str]) -> set[str]:
        """The ids among ``ids`` that papers have."""
        return self._catalog.known_papers(ids)

    def authors(self, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The authors of the papers among ``ids`` that exist."""
        with self._unchanged():
            return self._authors.of(list(ids), self._catalog.authors)

    def passages(self, paper_id: str | None = None) -> list[Passage]:
        """The passages of one paper or of all, in reading order."""
        return list(self._catalog.passages(paper_id))

    def passages_by_id(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages among ``ids`` that are in the library."""
        with self._unchanged():
            return self._passages.of(ids, self._catalog.passages_by_id)

    def count_passages(self, paper_id: str | None = None) -> int:
        """Number of passages of one paper, or of all."""
        return self._catalog.count_passages(paper_id)

    def source(self, paper_id: str) -> str:
        """The decoded text of a paper's file, which spans index."""
        return self._catalog.source(paper_id)

    def mentions(self, word: str) -> bool:
        """Whether a passage, a title, an author or a heading holds a word, inflections apart."""
        with self._reading() as indexes:
            return indexes.mentions(word)

    def frequencies(self, phrases: Iterable[str]) -> dict[str, int]:
        """In how many passages, context included, each phrase stands, inflections apart."""
        with self._reading() as indexes:
            return {phrase: indexes.frequency(phrase) for phrase in phrases}

    def candidates(self, query: str, n: int, papers: Sequence[str] | None = None) -> Candidates:
        """Find passages by their vectors and by their words.

        Args:
            query: A standalone question.
            n: How deep each ranking goes, in passages.
            papers: Only these papers; all where None.

        Returns:
            The query's vectors and two rankings; `late` says which still exist.
        """
        encoded = self.embedder.encode_query(query)
        with self._looking_up() as (everywhere, lexical):
            if papers is None:
                nearest = everywhere.search(encoded.vector, n)
                return Candidates(encoded, nearest, lexical.search(query, n))
            scope = Scope(self._catalog, papers)
            nearest = scope.nearest(everywhere, encoded.vector, n)
            return Candidates(encoded, nearest, scope.lexical(lexical, query, n))

    def late(self, query: QueryVectors, ids: Sequence[str]) -> dict[str, Late]:
        """Score passages by late interaction with a query.

        Args:
            query: The query's vectors; see `Candidates`.
            ids: Passages, such as `Candidates.ids`.

        Returns:
            Score and place of each that is in the library.
        """
        dimension = query.parts.shape[1]
        with self._unchanged():
            found = self._parts.of(ids, partial(self._catalog.vectors.of_parts, dimension))
        own = found.values()
        scores = max_sim(query, [parts.vectors for parts in own], [parts.lengths for parts in own])
        return {
            key: Late(parts.paper_id, parts.position, score, parts.is_last)
            for (key, parts), score in zip(found.items(), scores.tolist(), strict=True)
        }

    def problems(self) -> list[str]:
        """Compare catalog and indexes id by id.

        Returns:
            What is wrong, in sentences; empty where the library is sound.
        """
        with self._reading() as indexes:
            expected = {passage.id for passage in self._catalog.passages()}
            return [
                f"{name}: {len(expected - ids)} passages missing, {len(ids - expected)} too many"
                for name, ids in indexes.passage_ids().items()
                if ids != expected
            ]

    # Writing

    def embedded(self, parsed: ParsedPaper, passages: Sequence[Passage]) -> EmbeddedPaper:
        """Embed a paper for `put`; takes long, and holds nobody up."""
        return EmbeddedPaper(parsed, passages, self.embedder.encode_passages(passages))

    def put(self, papers: Sequence[EmbeddedPaper]) -> None:
        """Put papers in, all or none; each takes the place of what was read from its path.

        Args:
            papers: Made by `embedded`; no two of the same path or the same bytes.

        Raises:
            LibraryBusy: Another process is writing.
            LibraryUnwritable: No room or no permission; the library is as before.
        """
        with self._writing() as indexes:
            check_room(self.path)
            replaced = {paper_id for paper in papers for paper_id in self._replaced(paper)}
            self._catalog.begin_change()
            try:
                for paper_id in replaced:
                    indexes.delete_paper(paper_id)
                indexes.put(
                    [passage for paper in papers for passage in paper.passages],
                    np.concatenate([paper.vectors.passages for paper in papers]),
                )
                self._catalog.commit_papers(papers)
                self._catalog.end_change(checksums(self.path))
            except BaseException:
                with suppress(Exception):  # else the mark stays, and the next to come does it
                    self._rebuild()
                raise

    def remove(self, paper_id: str) -> None:
        """Take a paper out; nothing made of it stays on the disk.

        Args:
            paper_id: A paper of the library.

        Raises:
            LibraryBusy: Another process is writing.
            LibraryUnwritable: No room or no permission.
        """
        with self._writing():
            self._catalog.begin_change()
            self._catalog.remove_paper(paper_id)
            self._rebuild()
            self._catalog.compact()

    def compact(self) -> None:
        """See that nothing of replaced versions stays on the disk.

        Raises:
            LibraryBusy: Another process is writing.
            LibraryUnwritable: No room or no permission.
        """
        with self._writing():
            self._catalog.begin_change()
            self._rebuild()
            self._catalog.compact()

    def close(self) -> None:
        """Let go of the files."""
        with self._threads:
            self._close_indexes()
            self._catalog.close()
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # How it is done

    def _replaced(self, paper: EmbeddedPaper) -> list[str]:
        new = paper.parsed.paper
        found = (self._catalog.paper_at(new.source_path), self._catalog.paper(new.id))
        return [old.id for old in found if old]

    def _opened_catalog(self) -> Catalog:
        with self._locked(write=True):
            catalog = Catalog(self.path / CATALOG)
            try:
                made_by, unsettled = catalog.model(), catalog.is_unsettled()
                check_model(self.path, made_by, self.embedder.record, trust_file=not unsettled)
                if made_by is None:
                    catalog.begin_change()
                    catalog.set_model(self.embedder.record)
                write_model(self.path, self.embedder.record)
            except BaseException:
                catalog.close()
                raise
            return catalog

    @contextmanager
    def _reading(self) -> Iterator[Indexes]:
        """Use the indexes while nobody writes them; repaired first where they are damaged."""
        with self._threads, clear_errors(self.path):
            for _ in range(_ATTEMPTS):
                with self._locked(write=False):
                    with suppress(Damaged):
                        self._current()
                    if self._indexes:
                        yield self._indexes
                        return
                with self._locked(write=True):
                    self._repaired()
            raise LibraryBusy(f"{self.path}: it is being changed all the time. Try again later.")

    @contextmanager
    def _writing(self) -> Iterator[Indexes]:
        """Be the only one who uses the indexes."""
        with self._threads, clear_errors(self.path), self._locked(write=True):
            self._forget()
            yield self._repaired()

    def _current(self) -> Indexes:
        """The indexes as they are on the disk now; Chroma sees no other process's writes."""
        changes = self._catalog.changes()
        if changes != self._seen:  # by re-embedding, too
            made_by = self._catalog.model()
            check_model(self.path, made_by, self.embedder.record, trust_file=False)
        if self._catalog.is_unsettled():
            self._close_indexes()
            raise Damaged("a change was interrupted")
        if self._indexes is None or changes != self._seen:
            self._close_indexes()
            indexes = Indexes(self.path, self._catalog.checksums())
            try:
                indexes.check(self._catalog.count_passages())
            except Damaged:
                indexes.close()
                raise
            self._indexes, self._seen = indexes, changes
        return self._indexes

    def _repaired(self) -> Indexes:
        """The indexes, made anew where they are damaged, and the user told."""
        try:
            return self._current()
        except Damaged as damage:
            if self._catalog.count_passages():
                self.notices.append(
                    f"{self.path}: the search indexes did not match the catalog ({damage}); "
                    "they were rebuilt from it."
                )
            self._catalog.begin_change()
            return self._rebuild()

    def _rebuild(self) -> Indexes:
        """Make the indexes anew from the catalog, and take the mark away."""
        self._close_indexes()
        self._indexes = Indexes.rebuild(
            self.path, self._catalog.stored(self.embedder.record.dimension)
        )
        self._catalog.end_change(checksums(self.path))
        self._seen = self._catalog.changes()
        return self._indexes

    @contextmanager
    def _looking_up(self) -> Iterator[tuple[Nearest, TantivyIndex]]:
        """Use what finds the nearest of all passages, and their words.

        Where all vectors are in memory, no lock is needed until somebody has written: an
        opened Tantivy index is a snapshot, whatever becomes of its files.
        """
        with self._threads:
            if self._exact and self._indexes and self._catalog.changes() == self._seen:
                yield self._exact, self._indexes.lexical
                return
            with self._reading() as indexes:
                if 0 < indexes.lexical.count() <= LARGEST:
                    self._exact = ExactVectors.of(self._catalog, self.embedder.record.dimension)
                yield self._exact or indexes.vectors, indexes.lexical

    @contextmanager
    def _unchanged(self) -> Iterator[None]:
        """Use what was read before, unless another process has written since."""
        with self._threads:
            if self._catalog.changes() != self._seen:
                self._forget()
            yield

    def _forget(self) -> None:
        self._exact = None
        for recent in (self._parts, self._passages, self._authors):
            recent.forget()

    def _close_indexes(self) -> None:
        self._forget()
        if self._indexes:
            self._indexes.close()
        self._indexes = None

    @contextmanager
    def _locked(self, *, write: bool) -> Iterator[None]:
        with locked(self.path, self._lock, self._lock_timeout, write=write):
            yield

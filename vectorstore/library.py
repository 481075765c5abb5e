"""A library on disk: papers and passages, found, put in and taken out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import numpy as np

from ingest.types import ParsedPaper, Passage
from vectorstore.exact import LARGEST, ExactVectors
from vectorstore.folder import check_room
from vectorstore.indexes import checksums
from vectorstore.parts import max_sim
from vectorstore.protocols import (
    Candidates,
    EmbeddedPaper,
    Embedder,
    Late,
    Nearest,
    PartVectors,
    QueryVectors,
    Vectors,
)
from vectorstore.readable import ReadableLibrary
from vectorstore.recent import Recent
from vectorstore.scope import Scope
from vectorstore.stored_vectors import StoredParts
from vectorstore.tantivy import TantivyIndex


class Library(ReadableLibrary):
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
        self._parts = Recent[StoredParts]()
        self._exact: ExactVectors | None = None
        super().__init__(path, embedder, lock_timeout=lock_timeout)

    # Searching

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
            n = min(n, max(1, lexical.count()))  # the engines make room for so many at once
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

    def compared(self, ids: Sequence[str]) -> dict[str, tuple[Vectors, PartVectors]]:
        """The vectors of the passages among ``ids`` that the last searches compared.

        Args:
            ids: Passages.

        Returns:
            A passage's vector, shape ``(dimension,)``, and those of its parts, by id; both
            were made of the text under its heading context.
        """
        dimension = self.embedder.record.dimension
        with self._unchanged():
            parts = self._parts.of(ids, lambda _: {})
            papers = sorted({own.paper_id for own in parts.values()})
            rows = dict(self._catalog.vectors.of_papers(dimension, papers))
        return {
            key: (rows[own.paper_id][own.position], own.vectors)
            for key, own in parts.items()
            if own.paper_id in rows
        }

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

    def describe(self, parsed: ParsedPaper) -> None:
        """Change what is known about a paper, where no passage's context depends on it.

        Args:
            parsed: A paper of the library, with other claims and the same title and authors.

        Raises:
            LibraryBusy: Another process is writing.
            LibraryUnwritable: No room or no permission.
        """
        with self._writing():
            self._catalog.describe(parsed)

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

    # How it is done

    def _replaced(self, paper: EmbeddedPaper) -> list[str]:
        new = paper.parsed.paper
        found = (self._catalog.paper_at(new.source_path), self._catalog.paper(new.id))
        return [old.id for old in found if old]

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

    def _forget(self) -> None:
        super()._forget()
        self._exact = None
        self._parts.forget()

"""A library's indexes, guarded: locked while they are written, repaired where they are damaged.

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
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import filelock

from ingest.errors import LibraryBusy
from vectorstore.catalog import Catalog
from vectorstore.folder import (
    CATALOG,
    LOCK,
    check_folder,
    check_model,
    clear_errors,
    locked,
    write_model,
)
from vectorstore.indexes import Damaged, Indexes, checksums
from vectorstore.protocols import Embedder

_ATTEMPTS = 3


class GuardedIndexes:
    """The catalog and the indexes under one folder, and who may use them when.

    Arguments and errors are those of `vectorstore.library.Library`.
    """

    def __init__(self, path: Path, embedder: Embedder, *, lock_timeout: float = 10.0) -> None:
        self.path = path
        self.embedder = embedder
        self.notices: list[str] = []
        self.closed = False
        self._lock_timeout = lock_timeout
        self._threads = threading.RLock()
        self._indexes: Indexes | None = None
        self._seen = -1
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

    def close(self) -> None:
        """Let go of the files."""
        with self._threads:
            self.closed = True
            self._close_indexes()
            self._catalog.close()
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

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
    def _unchanged(self) -> Iterator[None]:
        """Use what was read before, unless another process has written since."""
        with self._threads:
            if self._catalog.changes() != self._seen:
                self._forget()
            yield

    def _forget(self) -> None:
        """Whatever was read may have changed."""

    def _close_indexes(self) -> None:
        self._forget()
        if self._indexes:
            self._indexes.close()
        self._indexes = None

    @contextmanager
    def _locked(self, *, write: bool) -> Iterator[None]:
        with locked(self.path, self._lock, self._lock_timeout, write=write):
            yield

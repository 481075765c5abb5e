"""The file ``conversations.db`` of a library: opened, read and written by several threads."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import LibraryError, LibraryUnwritable, NotALibrary
from vectorstore.sqlite import is_of_another_kind, transaction

_PATIENCE = 30
"""Seconds to wait for others who write."""

_TABLES = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    created TEXT NOT NULL,
    changed TEXT NOT NULL,
    papers TEXT,
    owner TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS records (
    id TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    record TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS turns (
    conversation_id TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    question TEXT NOT NULL,
    record_id TEXT REFERENCES records(id),
    PRIMARY KEY (conversation_id, position)
);
CREATE TABLE IF NOT EXISTS ratings (
    record_id TEXT PRIMARY KEY REFERENCES records(id) ON DELETE CASCADE,
    good INTEGER NOT NULL,
    reason TEXT NOT NULL,
    created TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS turns_by_record ON turns(record_id);
"""


class ConversationDatabase:
    """The file, made where there is none.

    Args:
        library: The library's folder.

    Raises:
        NotALibrary: The file is something else.
        LibraryUnwritable: It cannot be opened or written.
    """

    def __init__(self, library: Path) -> None:
        from vectorstore.folder import CONVERSATIONS

        self._path = library / CONVERSATIONS
        self._lock = threading.Lock()
        with self._clear_errors():
            self._db = sqlite3.connect(
                self._path, isolation_level=None, check_same_thread=False, timeout=_PATIENCE
            )
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Use the file while no other thread of this process does."""
        with self._lock, self._clear_errors():
            yield self._db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, all or nothing."""
        with self._lock, self._clear_errors(), transaction(self._db):
            yield self._db

    def wipe(self) -> None:
        """Leave nothing of what was deleted in the journal beside the file, either."""
        with self._lock, self._clear_errors():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _prepare(self) -> None:
        with self._clear_errors():
            self._db.execute("PRAGMA foreign_keys = ON")
            self._write_ahead()
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA secure_delete = ON")
            self._db.executescript(_TABLES)
            self._db.create_function("casefold", 1, str.casefold, deterministic=True)
        self._give_owners()

    def _write_ahead(self) -> None:
        """Change the journal; SQLite itself does not wait for others here, whatever its timeout."""
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "database is locked" not in str(error) or time.monotonic() > end:
                    raise
            time.sleep(0.02)

    def _give_owners(self) -> None:
        """Files that were made before conversations had owners get the column."""
        if self._has_owners():
            return
        with self.writing() as database:
            if not self._has_owners():
                database.execute(
                    "ALTER TABLE conversations ADD COLUMN owner TEXT NOT NULL DEFAULT ''"
                )

    def _has_owners(self) -> bool:
        with self._clear_errors():
            columns = self._db.execute("PRAGMA table_info(conversations)").fetchall()
        return any(name == "owner" for _, name, *_ in columns)

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if is_of_another_kind(error):
                raise NotALibrary(
                    f"{self._path}: not a file of conversations ({error}). Move it away; a new "
                    "one is then made."
                ) from error
            if "closed database" in str(error):
                raise LibraryError(
                    f"{self._path}: the assistant of this conversation was closed. Open the "
                    "library again with `Assistant.open`."
                ) from error
            raise LibraryUnwritable(
                f"{self._path}: the conversations cannot be read or written ({error}). Check "
                "that the disk has room and that you may write there."
            ) from error

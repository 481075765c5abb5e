"""The catalog: papers, their source texts, passages and vectors, in SQLite, and their changes.

Its rows are the commit point. A paper is in the library when its row is, whole,
in one transaction; the search indexes only follow, and can be made anew from
what is here. The table ``unsettled`` has a row while a change of the indexes is
under way.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from ingest.errors import LibraryUnwritable, NotALibrary
from ingest.types import ParsedPaper, Passage
from vectorstore import rows
from vectorstore.contents import Contents
from vectorstore.migrations import migrate
from vectorstore.protocols import EmbeddedPaper, ModelRecord, PassageVectors
from vectorstore.sqlite import is_of_another_kind, transaction

_PAGE_BYTES = 16_384
"""A passage's token vectors then take one or two pages; SQLite's 4,096 took half as long again."""


class Catalog(Contents):
    """The catalog of one library.

    Args:
        path: The database file; made where there is none.

    Raises:
        NotALibrary: The file is something else, or of a newer version.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._db = _connected(path)
            self._db.execute(f"PRAGMA page_size = {_PAGE_BYTES}")  # counts before the first write
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.execute("PRAGMA journal_mode = WAL")
            known = migrate(self._db)
        except sqlite3.DatabaseError as error:
            raise _translated(error, path) from error
        if not known:
            raise NotALibrary(
                f"{path}: made by a newer version of Governance Assistant. Update it."
            )
        super().__init__(self._db)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def changes(self) -> int:
        """A number that differs from the last one when another connection has written."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def revision(self) -> tuple[int, int]:
        """Numbers of which one differs from the last ones when anybody has written."""
        return self.changes(), self._db.total_changes

    def begin_change(self) -> None:
        """Note that the indexes are about to change."""
        with self._transaction():
            self._db.execute("INSERT OR IGNORE INTO unsettled VALUES (1)")

    def end_change(self, checksums: Mapping[str, int]) -> None:
        """Note that the indexes, whose files have these checksums, agree with the catalog."""
        with self._transaction():
            self._db.execute("DELETE FROM unsettled")
            self._db.execute("DELETE FROM checksums")
            self._db.executemany("INSERT INTO checksums VALUES (?,?)", checksums.items())

    def set_model(self, record: ModelRecord) -> None:
        """Note which embedder makes the vectors."""
        with self._transaction():
            self._write_model(record)

    def commit_papers(self, papers: Sequence[EmbeddedPaper]) -> None:
        """Put papers in, all or none; whatever was read from their paths goes."""
        with self._transaction():
            for paper in papers:
                self._write_paper(paper.parsed, paper.passages)
                self.vectors.write(paper.passages, paper.vectors)

    def describe(self, parsed: ParsedPaper) -> None:
        """Put a paper's fields, and what is said of it, in place of the old ones."""
        assignments = ", ".join(f"{name} = ?" for name in rows.PAPER_COLUMNS.split(", "))
        with self._transaction():
            self._db.execute(
                f"UPDATE papers SET {assignments} WHERE id = ?",
                (*rows.paper_row(parsed.paper), parsed.paper.id),
            )
            self.descriptions.write_claims(parsed.paper.id, parsed.claims)

    def replace_vectors(
        self,
        record: ModelRecord,
        papers: Iterable[tuple[Sequence[Passage], PassageVectors]],
    ) -> None:
        """Put all vectors, paper by paper, and the embedder's record anew, in one transaction."""
        with self._transaction():
            self.vectors.clear()
            for passages, vectors in papers:
                self.vectors.write(passages, vectors)
            self._write_model(record)

    def remove_paper(self, paper_id: str) -> None:
        """Take a paper out."""
        with self._transaction():
            self._db.execute("DELETE FROM papers WHERE id = ?", (paper_id,))

    def _write_paper(self, parsed: ParsedPaper, passages: Sequence[Passage]) -> None:
        paper = parsed.paper
        self._db.execute(
            "DELETE FROM papers WHERE id = ? OR source_path = ?", (paper.id, paper.source_path)
        )
        row = (*rows.paper_row(paper), parsed.text)
        self._db.execute(
            f"INSERT INTO papers ({rows.PAPER_COLUMNS}, source) VALUES ({rows.marks(row)})", row
        )
        self.descriptions.write(parsed)
        if parsed.layout:
            self._db.execute(
                "INSERT INTO layouts VALUES (?,?,?)", (paper.id, *rows.layout_row(parsed.layout))
            )
        self._db.executemany(
            "INSERT INTO elements VALUES (?,?,?,?,?)",
            [
                (paper.id, i, e.kind, json.dumps(e.section), json.dumps(e.spans))
                for i, e in enumerate(parsed.elements)
            ],
        )
        columns = f"{rows.PASSAGE_COLUMNS}, position"
        self._db.executemany(
            f"INSERT INTO passages ({columns}) VALUES ({rows.marks(columns.split(','))})",
            [rows.passage_row(passage, i) for i, passage in enumerate(passages)],
        )

    def _write_model(self, record: ModelRecord) -> None:
        self._db.execute("DELETE FROM model")
        self._db.execute("INSERT INTO model VALUES (?)", (json.dumps(record.as_dict()),))

    def compact(self) -> None:
        """Give freed space back, so that nothing deleted stays in the files.

        By a connection of its own: no other statement may run on one that compacts, and
        threads read on this one.
        """
        with closing(_connected(self._path)) as database:
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            with transaction(self._db):
                yield
        except sqlite3.DatabaseError as error:
            raise _translated(error, self._path) from error


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    database.execute("PRAGMA secure_delete = ON")
    return database


def _translated(error: sqlite3.DatabaseError, path: Path) -> Exception:
    if is_of_another_kind(error):
        return NotALibrary(
            f"{path}: not a catalog of Governance Assistant ({error}). "
            "Name another folder, or move this one away."
        )
    return LibraryUnwritable(
        f"{path}: the catalog cannot be written or read ({error}). Check that the disk has room "
        "and that you may write there; what was finished is kept."
    )

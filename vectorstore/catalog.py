"""The catalog: papers, their source texts, passages and vectors, in SQLite.

Its rows are the commit point. A paper is in the library when its row is, whole,
in one transaction; the search indexes only follow, and can be made anew from
what is here. The table ``unsettled`` has a row while a change of the indexes is
under way.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import LibraryUnwritable, NotALibrary
from ingest.layout import Layout
from ingest.types import Paper, ParsedPaper, Passage
from vectorstore import rows
from vectorstore.descriptions import Descriptions
from vectorstore.migrations import migrate
from vectorstore.protocols import EmbeddedPaper, ModelRecord, PassageVectors, Vectors
from vectorstore.stored_vectors import StoredVectors

_BATCH = 500
_PAGE_BYTES = 16_384
"""A passage's token vectors then take one or two pages; SQLite's 4,096 took half as long again."""


class Catalog:
    """The catalog of one library.

    Args:
        path: The database file; made where there is none.

    Raises:
        NotALibrary: The file is something else, or of a newer version.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._db = sqlite3.connect(
                path, isolation_level=None, check_same_thread=False, timeout=30
            )
            self._db.execute(f"PRAGMA page_size = {_PAGE_BYTES}")  # counts before the first write
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA secure_delete = ON")
            known = migrate(self._db)
        except sqlite3.DatabaseError as error:
            raise _translated(error, path) from error
        if not known:
            raise NotALibrary(
                f"{path}: made by a newer version of Governance Assistant. Update it."
            )
        self.vectors = StoredVectors(self._db)
        self.descriptions = Descriptions(self._db)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def changes(self) -> int:
        """A number that differs from the last one when another connection has written."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    # What is in the library

    def papers(self) -> list[Paper]:
        """All papers, by title."""
        found = self._db.execute(f"SELECT {rows.PAPER_COLUMNS} FROM papers ORDER BY title, id")
        return [rows.paper(row) for row in found]

    def paper(self, paper_id: str) -> Paper | None:
        """One paper, or None."""
        found = self._db.execute(
            f"SELECT {rows.PAPER_COLUMNS} FROM papers WHERE id = ?", (paper_id,)
        )
        return next((rows.paper(row) for row in found), None)

    def known_papers(self, ids: Sequence[str]) -> set[str]:
        """The ids among ``ids`` that papers have."""
        found = self._db.execute(
            "SELECT id FROM papers WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
        )
        return {key for (key,) in found}

    def authors(self, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The authors of the papers among ``ids`` that exist; a few ids, as a search has."""
        found = self._db.execute(
            f"SELECT id, authors FROM papers WHERE id IN ({','.join('?' * len(ids))})", tuple(ids)
        )
        return {key: tuple(json.loads(authors)) for key, authors in found}

    def paper_at(self, source_path: str) -> Paper | None:
        """The paper read from this path, or None."""
        found = self._db.execute(
            f"SELECT {rows.PAPER_COLUMNS} FROM papers WHERE source_path = ?", (source_path,)
        )
        return next((rows.paper(row) for row in found), None)

    def source(self, paper_id: str) -> str:
        """The decoded text of a paper's file, which spans index."""
        row = self._db.execute("SELECT source FROM papers WHERE id = ?", (paper_id,)).fetchone()
        return str(row[0]) if row else ""

    def layout(self, paper_id: str) -> Layout | None:
        """The pages of a paper's file and the places of its words; None without pages."""
        found = self._db.execute("SELECT pages, words FROM layouts WHERE paper_id = ?", (paper_id,))
        return next((rows.layout(row) for row in found), None)

    def parsed(self, paper_id: str) -> ParsedPaper | None:
        """A paper as it was parsed, or None."""
        paper, known = self.paper(paper_id), self.descriptions
        if paper is None:
            return None
        return ParsedPaper(
            paper,
            self.source(paper_id),
            known.elements(paper_id),
            self.layout(paper_id),
            known.claims(paper_id),
            known.report(paper_id),
            known.sketch(paper_id, paper.title),
        )

    def passages(self, paper_id: str | None = None) -> Iterator[Passage]:
        """The passages of one paper or of all, in reading order."""
        where, values = ("WHERE paper_id = ?", (paper_id,)) if paper_id else ("", ())
        yield from map(
            rows.passage,
            self._db.execute(
                f"SELECT {rows.PASSAGE_COLUMNS} FROM passages {where} ORDER BY paper_id, position",
                values,
            ),
        )

    def passage_ids(self) -> list[str]:
        """The ids of all passages, papers in the order of their ids, each in reading order."""
        found = self._db.execute("SELECT id FROM passages ORDER BY paper_id, position")
        return [key for (key,) in found]

    def digest(self, record: ModelRecord) -> str:
        """SHA-256, in hexadecimal, of an embedder and of every passage's id, kind and context."""
        found = self._db.execute(
            "SELECT id, kind, context FROM passages ORDER BY id, kind, context"
        )
        decisive = [record.as_dict(), found.fetchall()]
        return hashlib.sha256(json.dumps(decisive, sort_keys=True).encode()).hexdigest()

    def passages_by_id(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages among ``ids`` that exist."""
        found: dict[str, Passage] = {}
        for at in range(0, len(ids), _BATCH):
            batch = ids[at : at + _BATCH]
            selected = self._db.execute(
                f"SELECT {rows.PASSAGE_COLUMNS} FROM passages WHERE id IN ({_marks(batch)})", batch
            )
            found.update((passage.id, passage) for passage in map(rows.passage, selected))
        return found

    def count_passages(self, paper_id: str | None = None) -> int:
        """Number of passages of one paper, or of all."""
        where, values = ("WHERE paper_id = ?", (paper_id,)) if paper_id else ("", ())
        row = self._db.execute(f"SELECT count(*) FROM passages {where}", values).fetchone()
        return int(row[0])

    def checksums(self) -> dict[str, int]:
        """The checksums of the indexes' files that agree with the rows."""
        return dict(self._db.execute("SELECT file, crc FROM checksums"))

    def within(self, ids: Sequence[str], papers: Sequence[str]) -> set[str]:
        """The ids among ``ids`` that passages of these papers have."""
        found = self._db.execute(
            "SELECT id FROM passages WHERE id IN (SELECT value FROM json_each(?)) "
            "AND paper_id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids), json.dumps(papers)),
        )
        return {key for (key,) in found}

    def ids_at(self, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str]:
        """The passages' ids at places: paper and position."""
        found = self._db.execute(
            "SELECT paper_id, position, passages.id FROM json_each(?) AS place "
            "CROSS JOIN passages ON paper_id = json_extract(place.value, '$[0]') "
            "AND position = json_extract(place.value, '$[1]')",
            (json.dumps(places),),
        )
        return {(paper, position): key for paper, position, key in found}

    def count_papers(self) -> int:
        """Number of papers."""
        return int(self._db.execute("SELECT count(*) FROM papers").fetchone()[0])

    def stored(self, dimension: int) -> Iterator[tuple[Passage, Vectors]]:
        """Every passage with its vector, shape ``(dimension,)``."""
        for paper, vectors in self.vectors.of_papers(dimension):
            yield from zip(self.passages(paper), vectors, strict=True)

    def model(self) -> ModelRecord | None:
        """Which embedder made the vectors; None in a new catalog."""
        row = self._db.execute("SELECT record FROM model").fetchone()
        return ModelRecord(**json.loads(row[0])) if row else None

    def is_unsettled(self) -> bool:
        """Whether a change of the indexes has begun and not ended."""
        return self._db.execute("SELECT 1 FROM unsettled").fetchone() is not None

    # Changes

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
        self._db.execute(
            f"INSERT INTO papers ({rows.PAPER_COLUMNS}, source) VALUES ({_marks(range(13))})",
            (*rows.paper_row(paper), parsed.text),
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
        self._db.executemany(
            f"INSERT INTO passages ({rows.PASSAGE_COLUMNS}, position) VALUES ({_marks(range(10))})",
            [rows.passage_row(passage, i) for i, passage in enumerate(passages)],
        )

    def _write_model(self, record: ModelRecord) -> None:
        self._db.execute("DELETE FROM model")
        self._db.execute("INSERT INTO model VALUES (?)", (json.dumps(record.as_dict()),))

    def compact(self) -> None:
        """Give freed space back, so that nothing deleted stays in the files."""
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise _translated(error, self._path) from error


def _translated(error: sqlite3.DatabaseError, path: Path) -> Exception:
    if "not a database" in str(error) or "malformed" in str(error):
        return NotALibrary(
            f"{path}: not a catalog of Governance Assistant ({error}). "
            "Name another folder, or move this one away."
        )
    return LibraryUnwritable(
        f"{path}: the catalog cannot be written or read ({error}). Check that the disk has room "
        "and that you may write there; what was finished is kept."
    )


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))

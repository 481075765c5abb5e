"""What is in a catalog: papers, their source texts, passages, and the state of the indexes."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence

from ingest.layout import Layout
from ingest.types import Paper, ParsedPaper, Passage
from vectorstore import rows
from vectorstore.descriptions import Descriptions
from vectorstore.protocols import ModelRecord, Vectors
from vectorstore.stored_vectors import StoredVectors

_BATCH = 500


class Contents:
    """The part of a `vectorstore.catalog.Catalog` that changes nothing.

    Args:
        database: The catalog.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database
        self.vectors = StoredVectors(database)
        self.descriptions = Descriptions(database)

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

    def paper_ids(self) -> frozenset[str]:
        """The ids of all papers."""
        return frozenset(key for (key,) in self._db.execute("SELECT id FROM papers"))

    def authors(self, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The authors of the papers among ``ids`` that exist; a few ids, as a search has."""
        found = self._db.execute(
            f"SELECT id, authors FROM papers WHERE id IN ({rows.marks(ids)})", tuple(ids)
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
                f"SELECT {rows.PASSAGE_COLUMNS} FROM passages WHERE id IN ({rows.marks(batch)})",
                batch,
            )
            found.update((passage.id, passage) for passage in map(rows.passage, selected))
        return found

    def count_passages(self, paper_id: str | None = None) -> int:
        """Number of passages of one paper, or of all."""
        where, values = ("WHERE paper_id = ?", (paper_id,)) if paper_id else ("", ())
        row = self._db.execute(f"SELECT count(*) FROM passages {where}", values).fetchone()
        return int(row[0])

    def passage_counts(self) -> dict[str, int]:
        """Number of passages of each paper, by its id."""
        return dict(self._db.execute("SELECT paper_id, count(*) FROM passages GROUP BY paper_id"))

    def checksums(self) -> dict[str, int]:
        """The checksums of the indexes' files that agree with the rows."""
        return dict(self._db.execute("SELECT file, crc FROM checksums"))

    def papers_of(self, ids: Sequence[str]) -> dict[str, str]:
        """The paper of each passage among ``ids`` that exists."""
        found = self._db.execute(
            f"SELECT id, paper_id FROM passages WHERE id IN ({rows.marks(ids)})", tuple(ids)
        )
        return dict(found.fetchall())

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

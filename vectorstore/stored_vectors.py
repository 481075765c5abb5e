"""The catalog's vectors: of a paper's passages in one row, of a passage's parts in another.

A paper's passages are compared with a query all together, so their vectors lie together:
6,000 of a hundred papers are read and compared in 4 ms, and took 50 ms in rows of their own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ingest.types import Passage
from vectorstore.parts import lengths
from vectorstore.protocols import PartVectors, PassageVectors, Vectors


class StoredParts(NamedTuple):
    """The vectors of a passage's parts, their lengths, and its place in its paper."""

    paper_id: str
    position: int
    is_last: bool
    vectors: PartVectors
    lengths: Vectors


class StoredVectors:
    """The tables ``paper_vectors`` and ``part_vectors`` of a catalog.

    Args:
        database: The catalog.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def write(self, passages: Sequence[Passage], vectors: PassageVectors) -> None:
        """Insert the vectors of all the passages of one paper, in their order."""
        if not passages:
            return
        self._db.execute(
            "INSERT INTO paper_vectors VALUES (?,?)",
            (passages[0].paper_id, vectors.passages.tobytes()),
        )
        self._db.executemany(
            "INSERT INTO part_vectors VALUES (?,?)",
            [(p.id, own.tobytes()) for p, own in zip(passages, vectors.parts, strict=True)],
        )

    def clear(self) -> None:
        """Delete all vectors."""
        self._db.execute("DELETE FROM paper_vectors")
        self._db.execute("DELETE FROM part_vectors")

    def of_papers(
        self, dimension: int, papers: Sequence[str] | None = None
    ) -> Iterator[tuple[str, Vectors]]:
        """The vectors of papers' passages.

        Args:
            dimension: Length of a vector.
            papers: Ids of papers; all where None.

        Yields:
            A paper's id, and the vectors of its passages in their order, shape
            ``(passages, dimension)``; nothing for a paper without passages.
        """
        scope = "" if papers is None else "WHERE paper_id IN (SELECT value FROM json_each(?))"
        found = self._db.execute(
            f"SELECT paper_id, vectors FROM paper_vectors {scope} ORDER BY paper_id",
            () if papers is None else (json.dumps(papers),),
        )
        for paper, vectors in found:
            yield paper, np.frombuffer(vectors, np.float32).reshape(-1, dimension)

    def of_parts(self, dimension: int, ids: Sequence[str]) -> dict[str, StoredParts]:
        """The parts, of so many dimensions, of the passages among ``ids`` that exist."""
        found = self._db.execute(
            "SELECT passage_id, paper_id, position, NOT EXISTS (SELECT 1 FROM passages AS next "
            "WHERE next.paper_id = passages.paper_id AND next.position = passages.position + 1), "
            "vectors FROM json_each(?) AS asked "
            "CROSS JOIN passages ON passages.id = asked.value "
            "CROSS JOIN part_vectors ON passage_id = passages.id",
            (json.dumps(ids),),
        )
        parts = {}
        for key, paper, position, is_last, own in found:
            vectors = np.frombuffer(own, np.int8).reshape(-1, dimension)
            parts[key] = StoredParts(paper, position, bool(is_last), vectors, lengths(vectors))
        return parts

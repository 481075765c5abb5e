"""Vectors in embedded Chroma, telemetry off.

Chroma's files are not safe to read while another process writes them, nor after
a process was killed while it wrote: version 1.5.9 then crashes with a
segmentation fault. So `vectorstore.guarded` lets nobody read during a write, and
makes the files anew after an interrupted one.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings
from chromadb.errors import NotFoundError

from vectorstore.protocols import Ranking, VectorEntry, Vectors

NEIGHBOURS = 400
"""Chroma's ``ef_search``: a search looks at this many vectors, or at ``n`` where that is more."""

_spellings: dict[Path, set[int]] = defaultdict(set)
_spellings_lock = threading.Lock()


class ChromaFolder:
    """A folder of Chroma collections, opened afresh.

    Args:
        path: Where Chroma keeps its files.
        create: Whether missing files are made.

    Raises:
        FileNotFoundError: There are none and ``create`` is false.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        if not create and not (path / "chroma.sqlite3").exists():
            raise FileNotFoundError(f"{path}: no vectors here")
        self._path = path
        self._spelling = _take_spelling(path)
        settings = Settings(anonymized_telemetry=False)
        # Chroma shares one client a path within a process, and a shared one never sees what
        # other processes wrote; a spelling of the path of its own makes this one unshared.
        spelled = f"{path}{'/.' * self._spelling}"
        # One that could not be opened stays broken in Chroma's cache: its spelling stays taken.
        self._client = chromadb.PersistentClient(spelled, settings=settings)

    def collection(self, name: str) -> ChromaVectors:
        """Open a collection.

        Args:
            name: Its name.

        Returns:
            The collection as a `VectorStore`.

        Raises:
            FileNotFoundError: There is none of this name.
        """
        try:
            opened = self._client.get_collection(name, embedding_function=None)
        except NotFoundError:
            raise FileNotFoundError(f"{self._path}: no collection {name}") from None
        return ChromaVectors(opened, self._client.get_max_batch_size())

    def make(self, name: str) -> None:
        """Make an empty collection; cosine space."""
        self._client.create_collection(
            name,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_search": NEIGHBOURS}},
        )

    def close(self) -> None:
        """Let go of the files."""
        closing_client: Any = self._client
        closing_client.close()
        _spellings[self._path].discard(self._spelling)


class ChromaVectors:
    """One Chroma collection as a `VectorStore`; cosine space.

    Args:
        collection: The collection.
        batch: How many vectors Chroma takes at once.
    """

    def __init__(self, collection: chromadb.Collection, batch: int) -> None:
        self._collection = collection
        self._batch = batch

    def put(self, entries: Sequence[VectorEntry], vectors: Vectors) -> None:
        """See `VectorStore.put`."""
        for at in range(0, len(entries), self._batch):
            batch = entries[at : at + self._batch]
            self._collection.upsert(
                ids=[entry.passage_id for entry in batch],
                embeddings=np.ascontiguousarray(vectors[at : at + self._batch]),
                metadatas=[{"paper_id": entry.paper_id} for entry in batch],
                documents=[entry.text for entry in batch],
            )

    def search(self, vector: Vectors, n: int) -> Ranking:
        """See `Nearest.search`."""
        query: Any = [vector]
        found = self._collection.query(query_embeddings=query, n_results=n, include=["distances"])
        [ids], [distances] = found["ids"], found["distances"] or [[]]
        return [(key, 1.0 - distance) for key, distance in zip(ids, distances, strict=True)]

    def delete_paper(self, paper_id: str) -> None:
        """See `VectorStore.delete_paper`."""
        self._collection.delete(where={"paper_id": paper_id})

    def passage_ids(self) -> set[str]:
        """See `VectorStore.passage_ids`."""
        return set(self._collection.get(include=[])["ids"])

    def count(self) -> int:
        """See `VectorStore.count`."""
        return int(self._collection.count())


def is_sound(path: Path) -> bool:
    """Whether the database of a folder of Chroma's can be read from beginning to end."""
    try:
        with closing(sqlite3.connect(path / "chroma.sqlite3", timeout=30)) as database:
            return database.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]
    except sqlite3.DatabaseError:
        return False


def _take_spelling(path: Path) -> int:
    with _spellings_lock:
        taken = _spellings[path]
        spelling = next(i for i in range(len(taken) + 1) if i not in taken)
        taken.add(spelling)
        return spelling

"""Vectors in embedded Chroma, telemetry off."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings

from vectorstore.protocols import Ranking, VectorEntry, Vectors

_NEIGHBOURS = 400


class ChromaVectors:
    """One Chroma collection as a `VectorStore`; cosine space.

    Args:
        folder: Where Chroma keeps its files.
        name: The collection's name.
        create: Whether a missing collection is made.

    Raises:
        FileNotFoundError: There is no such collection and ``create`` is false.
    """

    def __init__(self, folder: Path, name: str, *, create: bool = True) -> None:
        if not create and not (folder / "chroma.sqlite3").exists():
            raise FileNotFoundError(folder)
        settings = Settings(anonymized_telemetry=False)
        self._client = chromadb.PersistentClient(str(folder), settings=settings)
        self._name = name
        try:
            self._collection = self._open(create=create)
        except chromadb.errors.NotFoundError as error:
            self._client.close()
            raise FileNotFoundError(f"{folder}: no collection {name}") from error

    def _open(self, *, create: bool) -> chromadb.Collection:
        if not create:
            return self._client.get_collection(self._name, embedding_function=None)
        return self._client.get_or_create_collection(
            self._name,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_search": _NEIGHBOURS}},
        )

    def put(self, entries: Sequence[VectorEntry], vectors: Vectors) -> None:
        """See `VectorStore.put`."""
        step = self._client.get_max_batch_size()
        for at in range(0, len(entries), step):
            batch = entries[at : at + step]
            texts = [entry.text for entry in batch if entry.text is not None]
            self._collection.upsert(
                ids=[entry.id for entry in batch],
                embeddings=np.ascontiguousarray(vectors[at : at + step]),
                metadatas=[
                    {"paper_id": entry.paper_id, "passage_id": entry.passage_id} for entry in batch
                ],
                documents=texts if len(texts) == len(batch) else None,
            )

    def search(self, vector: Vectors, n: int, papers: Sequence[str] | None = None) -> Ranking:
        """See `VectorStore.search`."""
        n = min(n, self.count())
        if n == 0:
            return []
        found = self._collection.query(
            query_embeddings=[vector],
            n_results=n,
            where=None if papers is None else {"paper_id": {"$in": list(papers)}},
            include=["metadatas", "distances"],
        )
        metadatas, distances = found["metadatas"], found["distances"]
        assert metadatas is not None and distances is not None
        best: dict[str, float] = {}
        for metadata, distance in zip(metadatas[0], distances[0], strict=True):
            best.setdefault(str(metadata["passage_id"]), 1.0 - float(distance))
        return list(best.items())

    def delete_paper(self, paper_id: str) -> None:
        """See `VectorStore.delete_paper`."""
        self._collection.delete(where={"paper_id": paper_id})

    def passage_ids(self) -> set[str]:
        """See `VectorStore.passage_ids`."""
        found: Any = self._collection.get(include=["metadatas"])
        return {str(metadata["passage_id"]) for metadata in found["metadatas"]}

    def count(self) -> int:
        """See `VectorStore.count`."""
        return self._collection.count()

    def clear(self) -> None:
        """See `VectorStore.clear`."""
        self._client.delete_collection(self._name)
        self._collection = self._open(create=True)

    def close(self) -> None:
        """See `VectorStore.close`."""
        self._client.close()

"""The small contracts that engines fulfil."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.types import ParsedPaper, Passage

Vectors = NDArray[np.float32]
"""Shape ``(n, dimension)``, each row of length 1, so that a dot product is a cosine."""

PartVectors = NDArray[np.int8]
"""Shape ``(parts of a passage, part dimension)``; see `vectorstore.parts`."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is."""

Ranking = list[tuple[str, float]]
"""``(passage id, score)`` pairs, best first; a higher score is better."""


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """The vectors of some passages, in their order.

    ``passages`` has a row for each, ``parts`` an array for each.
    """

    passages: Vectors
    parts: Sequence[PartVectors]


@dataclass(frozen=True, slots=True)
class EmbeddedPaper:
    """A paper ready to be put into a library."""

    parsed: ParsedPaper
    passages: Sequence[Passage]
    vectors: PassageVectors


@dataclass(frozen=True, slots=True)
class QueryVectors:
    """The vectors of a query: of the whole, and of its parts.

    ``vector`` has shape ``(dimension,)``, ``parts`` ``(n, part dimension)``, all of
    length 1; ``weights`` has shape ``(n,)`` and sums to 1.
    """

    vector: Vectors
    parts: Vectors
    weights: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the indexes find for a query.

    ``passage`` ranks by the cosine of the passage's vector in [-1, 1], ``lexical``
    by BM25.
    """

    query: QueryVectors
    passage: Ranking
    lexical: Ranking

    @property
    def ids(self) -> list[str]:
        """Every passage found, once."""
        return list(dict.fromkeys(key for key, _ in (*self.passage, *self.lexical)))


@dataclass(frozen=True, slots=True)
class Late:
    """A passage scored by late interaction, and where it stands.

    ``score`` is in [-1, 1]; see `vectorstore.parts.max_sim`. ``position`` counts the
    passages of a paper in reading order, from 0; ``is_last`` says that none follows.
    """

    paper_id: str
    position: int
    score: float
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """Which embedder made a library's vectors; what ``model.json`` holds.

    ``max_tokens`` counts special tokens. The prefixes are what the model wants
    before a query and before a passage; most want nothing. ``projection`` tells
    which one made its token vectors; it is empty where the parts of a passage are
    its sentences.
    """

    name: str
    weights_sha256: str
    dimension: int
    max_tokens: int
    query_prefix: str = ""
    passage_prefix: str = ""
    projection: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The record as JSON-ready values."""
        return asdict(self)

    def __str__(self) -> str:
        parts = f"token vectors {self.projection}" if self.projection else "sentence vectors"
        return (
            f"{self.name} (weights {self.weights_sha256[:8]}, {self.dimension} dimensions, {parts})"
        )


class Embedder(Protocol):
    """Turns texts into vectors; queries and passages apart."""

    @property
    def record(self) -> ModelRecord:
        """Which model this is."""
        ...

    def count_tokens(self, text: str) -> int:
        """How many tokens a passage takes, prefix and special tokens included."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages; shape ``(len(texts), dimension)``."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed queries; shape ``(len(texts), dimension)``."""
        ...

    def encode_passages(self, passages: Sequence[Passage]) -> PassageVectors:
        """Embed passages, each under its heading context, and their parts."""
        ...

    def encode_query(self, text: str) -> QueryVectors:
        """Embed a query and its parts."""
        ...


class Nearest(Protocol):
    """Finds the vectors nearest to one."""

    def search(self, vector: Vectors, n: int) -> Ranking:
        """Find the nearest vectors.

        Args:
            vector: The query, shape ``(dimension,)``.
            n: How many passages at most.

        Returns:
            Passages, best first, by cosine in [-1, 1].
        """
        ...


@dataclass(frozen=True, slots=True)
class VectorEntry:
    """What is kept beside a passage's vector."""

    passage_id: str
    paper_id: str
    text: str


class VectorStore(Nearest, Protocol):
    """Holds a vector for each passage and finds the nearest."""

    def put(self, entries: Sequence[VectorEntry], vectors: Vectors) -> None:
        """Insert or overwrite; ``vectors`` has shape ``(len(entries), dimension)``."""
        ...

    def delete_paper(self, paper_id: str) -> None:
        """Delete every vector of a paper; nothing happens where there is none."""
        ...

    def passage_ids(self) -> set[str]:
        """The passages that have a vector here."""
        ...

    def count(self) -> int:
        """Number of vectors."""
        ...

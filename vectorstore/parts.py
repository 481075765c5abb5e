"""The vectors of a passage's parts, and late interaction with a query's.

Parts are tokens, where the embedder has a `vectorstore.projection` for them, else
sentences. They are kept in 8 bits: a row is stretched so that its largest component
is ±127 and rounded. No scale is kept: the vectors had length 1, so a row is brought
back by dividing by its length.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ingest.sentences import split_sentences
from ingest.types import Passage
from vectorstore.products import pieces
from vectorstore.protocols import PartVectors, PassageVectors, QueryVectors, Vectors

_LARGEST = 127


def quantised(vectors: Vectors) -> PartVectors:
    """Round unit vectors to 8 bits.

    Args:
        vectors: Shape ``(n, dimension)``, rows of length 1.

    Returns:
        The same shape; a row's direction is kept, its length is not.
    """
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=np.finfo(np.float32).tiny)
    rounded: PartVectors = np.rint(vectors * (_LARGEST / largest)).astype(np.int8)
    return rounded


def lengths(parts: PartVectors) -> Vectors:
    """The lengths of rounded rows, shape ``(n,)``, by which they are brought back."""
    rows = parts.astype(np.float32)
    found: Vectors = np.maximum(np.sqrt(np.vecdot(rows, rows)), np.float32(1))
    return found


def max_sim(
    query: QueryVectors, passages: Sequence[PartVectors], norms: Sequence[Vectors]
) -> Vectors:
    """Score passages by late interaction.

    ``sum over query parts i of weight_i · max over passage parts j of cos(i, j)``
    (MaxSim; Khattab and Zaharia 2020, ColBERT, arXiv:2004.12832), with weights that
    sum to 1. A query of one part, against sentences, is scored by the best sentence.

    Args:
        query: The query.
        passages: The parts of each passage, at least one each.
        norms: Their `lengths`.

    Returns:
        A score in [-1, 1] for each passage; higher is better.
    """
    if not passages:
        return np.zeros(0, np.float32)
    parts = np.concatenate(passages)
    columns = np.ascontiguousarray(query.parts.T)
    products = np.empty((len(parts), len(query.parts)), np.float32)
    for piece in pieces(len(parts), columns):  # rows first: half the time of columns first
        np.matmul(parts[piece].astype(np.float32), columns, out=products[piece])
    cosines = np.divide(products.T, np.concatenate(norms), order="C")
    starts = np.cumsum([0, *(len(own) for own in passages[:-1])])
    scores: Vectors = query.weights @ np.maximum.reduceat(cosines, starts, axis=1)
    return scores


def with_sentences(
    passages: Sequence[Passage], embed: Callable[[Sequence[str]], Vectors]
) -> PassageVectors:
    """Embed passages, and each of their sentences alone, for embedders without token vectors.

    Args:
        passages: The passages.
        embed: Embeds texts as `Embedder.embed_passages` does.

    Returns:
        Their vectors, in their order.
    """
    sentences = [[p.text[a:b] for a, b in split_sentences(p.text)] for p in passages]
    texts = [*(p.searchable for p in passages), *(text for own in sentences for text in own)]
    rows = embed(texts)
    ends = np.cumsum([len(own) for own in sentences])
    parts = np.split(quantised(rows[len(passages) :]), ends[:-1]) if passages else []
    return PassageVectors(rows[: len(passages)], parts)


def whole(vector: Vectors) -> QueryVectors:
    """A query of one part, the whole, to be compared with sentences."""
    return QueryVectors(vector, vector[np.newaxis], np.ones(1, np.float32))

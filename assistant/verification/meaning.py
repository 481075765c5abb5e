"""Sentences and their sources as an embedder compares them, read in one batch."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from ingest.types import Passage
from vectorstore.parts import lengths, max_sim
from vectorstore.protocols import Embedder, PartVectors, QueryVectors, Vectors

KEPT = 512
"""How many texts' vectors stay in memory: some 10 MB. What is cited in one answer is mostly
cited in the next."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A text's vector, shape ``(dimension,)``, and those of its parts."""

    vector: Vectors
    parts: PartVectors


class Memory:
    """The vectors of the texts that were read last; may be used by several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Embedded] = OrderedDict()
        self._lock = Lock()

    def remember(self, known: Mapping[str, Embedded], embedder: Embedder) -> None:
        """Keep vectors that were made before, such as a library's, for texts of this embedder."""
        model = str(embedder.record)
        with self._lock:
            for text, vectors in known.items():
                self._kept[model, text] = vectors
                self._kept.move_to_end((model, text))

    def embedded(self, texts: Sequence[str], embedder: Embedder) -> dict[str, Embedded]:
        """Embed texts, in one batch, as far as they are not known.

        Sentences are embedded as passages are, so that both sides go in together and all
        tokens count alike.

        Args:
            texts: Any texts that are not blank.
            embedder: What embeds them.

        Returns:
            The vectors by text.
        """
        model = str(embedder.record)
        wanted = list(dict.fromkeys(texts))
        with self._lock:
            known = {
                text: self._kept[model, text] for text in wanted if (model, text) in self._kept
            }
        missing = [text for text in wanted if text not in known]
        if missing:
            passages = [Passage("", "", text, (), ()) for text in missing]
            found = embedder.encode_passages(passages)
            known |= {
                text: Embedded(vector, parts)
                for text, vector, parts in zip(missing, found.passages, found.parts, strict=True)
            }
        with self._lock:
            for text in wanted:
                self._kept[model, text] = known[text]
                self._kept.move_to_end((model, text))
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return known


def cosine(sentence: Embedded, sources: Sequence[Embedded]) -> float:
    """The cosine of a sentence's vector with the nearest source's, in [-1, 1]."""
    return max(float(sentence.vector @ source.vector) for source in sources)


def late_interaction(sentence: Embedded, sources: Sequence[Embedded]) -> float:
    """How well each part of a sentence is matched somewhere in its sources, on average.

    See `vectorstore.parts.max_sim`; all parts of the sentence weigh the same, and all
    sources count as one text, because a sentence may be put together from several.

    Args:
        sentence: The sentence.
        sources: What it cites, at least one.

    Returns:
        A score in [-1, 1].
    """
    there = [source.parts for source in sources if len(source.parts)]
    if not there or not len(sentence.parts):
        return 0.0
    rows = sentence.parts.astype(np.float32) / lengths(sentence.parts)[:, np.newaxis]
    weights = np.full(len(rows), 1 / len(rows), np.float32)
    parts = np.concatenate(there)
    query = QueryVectors(sentence.vector, rows, weights)
    return float(max_sim(query, [parts], [lengths(parts)])[0])

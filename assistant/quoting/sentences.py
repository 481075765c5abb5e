"""Sentences of the best passages, scored against a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.confidence import shares_of_words
from assistant.ranking import Feature, standardised
from assistant.types import Hit
from ingest.planted import planted
from ingest.sentences import split_sentences
from ingest.types import Passage

if TYPE_CHECKING:
    from assistant.condense import Query
    from vectorstore.library import Library
    from vectorstore.protocols import Vectors

PASSAGES_READ = 8

WEIGHTS: Mapping[str, float] = {
    "passage": 0.95,
    "passage_rank": 0.3,
    "cosine": 0.3,
    "cosine_rank": 0.75,
    "words": 0.1,
}
"""Weights of `features`: a logistic regression on the sentences of chunking_evaluation's
questions (Smith and Troynikov 2024) and of the samples', rounded; docs/answers.md."""

_WORDS = re.compile(r"[\u3400-\u9fff]{2}|[^\W\d_\u3400-\u9fff]+")
"""Words, and pairs of Chinese characters."""

_TORN = re.compile(r"[a-z]")
"""How the end of a sentence begins that was torn from its beginning."""

_FIGURE = r"\b(?:fig(?:ure|s)?|table|chart|diagram)s?\b|[图表]"
_OF_FIGURES = re.compile(rf"(?i){_FIGURE}")
_POINTS_TO_A_FIGURE = re.compile(
    rf"(?i)\b(?:shown|seen|given|presented|illustrated|depicted|summari[sz]ed|listed) in (?:the )?"
    rf"(?:{_FIGURE})\W*\w*\W*$|(?:如|见)[图表]\s*\w*\s*(?:所示)?\W*$"
)

_FEWEST_WORDS = 4
"""What is shorter says nothing by itself: a number, the torn end of a sentence."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted.

    ``number`` counts the sentences of its passage, from 0; ``start`` and ``end`` are
    characters of the passage's text. ``score`` is a logarithm of odds, higher is better.
    ``vector`` has shape ``(dimension,)``.
    """

    passage: Passage
    number: int
    start: int
    end: int
    score: float
    vector: Vectors

    @property
    def text(self) -> str:
        """The sentence."""
        return self.passage.text[self.start : self.end]

    @property
    def size(self) -> int:
        """Its characters."""
        return self.end - self.start

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from others."""
        return self.passage.id, self.number


def candidates(library: Library, queries: Sequence[Query], hits: Sequence[Hit]) -> list[Candidate]:
    """The sentences of the best `PASSAGES_READ` hits.

    Args:
        library: Where the hits come from.
        queries: The queries of the question, at least one.
        hits: Hits, best first.

    Returns:
        The sentences in the order of their passages, with scores; none of an
        acknowledgement, of fewer than `_FEWEST_WORDS` words, torn from its beginning, or
        that seems to give orders to a machine; captions, and what only points to a figure,
        where the question asks of one.
    """
    of_figures = any(_OF_FIGURES.search(query.text) for query in queries)
    rows = [
        (rank, number, start, end)
        for rank, hit in enumerate(hits[:PASSAGES_READ])
        if hit.passage.kind != "acknowledgement" and (of_figures or hit.passage.kind != "caption")
        for number, start, end in _quotable(hit.passage.text, of_figures=of_figures)
    ]
    if not rows:
        return []
    texts, weights = zip(*queries, strict=True)
    asked = np.average(library.embedder.embed_queries(texts), axis=0, weights=weights)
    sentences = [hits[rank].passage.text[start:end] for rank, _, start, end in rows]
    vectors = library.embedder.embed_passages(sentences)
    described = features(
        np.array([rank for rank, *_ in rows]),
        np.array([hits[rank].score for rank, *_ in rows]),
        np.asarray(vectors @ asked, np.float64),
        np.array(shares_of_words(texts, sentences)),
    )
    scores = sum(weight * described[name] for name, weight in WEIGHTS.items())
    return [
        Candidate(hits[rank].passage, number, start, end, score, vector)
        for (rank, number, start, end), score, vector in zip(
            rows, np.asarray(scores).tolist(), vectors, strict=True
        )
    ]


def _quotable(text: str, *, of_figures: bool) -> Iterator[tuple[int, int, int]]:
    """The number, start and end of each sentence of a passage that may be quoted."""
    orders = planted(text)
    for number, (start, end) in enumerate(split_sentences(text)):
        sentence = text[start:end]
        if (
            len(_WORDS.findall(sentence)) >= _FEWEST_WORDS
            and not _TORN.match(sentence)
            and (of_figures or not _POINTS_TO_A_FIGURE.search(sentence))
            and not any(order.start < end and start < order.end for order in orders)
        ):
            yield number, start, end


def features(
    ranks: Feature, passages: Feature, cosines: Feature, words: Feature
) -> dict[str, Feature]:
    """Describe the sentences of one question; each argument has the shape ``(n,)``.

    Args:
        ranks: The rank of each sentence's passage, from 0.
        passages: Its passage's score.
        cosines: Of its vector with the question's.
        words: The share of the question's words that it has.

    Returns:
        By the names of `WEIGHTS`: scores standardised over the sentences, and the
        reciprocals of ranks.
    """
    order = np.empty(len(cosines))
    order[np.argsort(-cosines, kind="stable")] = np.arange(1, len(cosines) + 1)
    return {
        "passage": standardised(passages),
        "passage_rank": 1 / (1 + ranks),
        "cosine": standardised(cosines),
        "cosine_rank": 1 / order,
        "words": standardised(words),
    }

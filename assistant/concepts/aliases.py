"""Other names of a concept in a library, each with the quotes that show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.concepts.corpus import Corpus
from assistant.concepts.finding import wording
from assistant.concepts.quotes import Quoter
from assistant.concepts.types import Alias, AliasKind
from assistant.concepts.words import Key, key_of
from assistant.types import Citation
from ingest.sentences import split_sentences
from ingest.types import Passage

_LEAST_PART = 2
_MANY = ("multi", "poly", "pluri")
_CENTER = ("center", "centered", "centric")
_SHOWN = 3
"""Quotes that are shown of a spelling, each of another paper."""


def aliases(corpus: Corpus, key: Key, quoter: Quoter) -> list[Alias]:
    """The other names of a concept, surest first.

    Args:
        corpus: Where they are looked for.
        key: Of the concept.
        quoter: Makes the quotes.

    Returns:
        Each name once.
    """
    found: dict[Key, Alias] = {}
    for alias in (*_stated(corpus, key, quoter), *_spelt(corpus, key, quoter)):
        found.setdefault(key_of(alias.name), alias)
    for alias in _listed(corpus, key, quoter):
        found.setdefault(key_of(alias.name), alias)
    return [replace(alias, name=wording(corpus, k) or alias.name) for k, alias in found.items()]


def _stated(corpus: Corpus, key: Key, quoter: Quoter) -> Iterator[Alias]:
    names: dict[Key, tuple[str, AliasKind, list[Citation]]] = {}
    for pair in corpus.stated:
        if name := pair.beside(key):
            _, _, evidence = names.setdefault(key_of(name), (name, pair.kind, []))
            evidence.extend(quoter.quoted(pair.passage, *pair.sentence))
    for name, kind, evidence in names.values():
        if evidence:
            yield Alias(name, kind, tuple(evidence), merged=True)


def _spelt(corpus: Corpus, key: Key, quoter: Quoter) -> Iterator[Alias]:
    for variant in _variants(key, corpus):
        evidence: dict[str, Citation] = {}
        for place in corpus.places(variant):
            if place.passage.paper_id not in evidence and len(evidence) < _SHOWN:
                for citation in quoter.quoted(place.passage, *place.sentence):
                    evidence[place.passage.paper_id] = citation
        if evidence:
            yield Alias(" ".join(variant), "spelling", tuple(evidence.values()), merged=True)


def _variants(key: Key, corpus: Corpus) -> Iterator[Key]:
    """A term with a word joined, parted where a hyphen parts it somewhere, or formed otherwise."""
    for start, end in ((i, i + size) for size in (1, 2) for i in range(len(key) - size + 1)):
        word = "".join(key[start:end])
        for other in (word, *_formed(word)):
            for parts in ((other,), *_parted(other, corpus)):
                if parts != key[start:end]:
                    yield (*key[:start], *parts, *key[end:])


def _parted(word: str, corpus: Corpus) -> Iterator[Key]:
    for cut in range(_LEAST_PART, len(word) - _LEAST_PART):
        if (word[:cut], word[cut:]) in corpus.hyphenated:
            yield word[:cut], word[cut:]


def _formed(word: str) -> Iterator[str]:
    """A word with "many" in Latin for Greek, and with other endings of "center"."""
    prefix = next((many for many in _MANY if word.startswith(many)), None)
    if prefix is None:
        return
    root = word.removeprefix(prefix)
    endings = _CENTER if root in _CENTER else (root,)
    for many in _MANY:
        for ending in endings:
            if many + ending != word:
                yield many + ending


def _listed(corpus: Corpus, key: Key, quoter: Quoter) -> Iterator[Alias]:
    for parallel in corpus.formulas.beside(key):
        evidence = [
            citation
            for listed in (parallel.own, parallel.other)
            for start, end in _sentences_of(listed.passage, listed.start, listed.end)
            for citation in quoter.quoted(listed.passage, start, end)
        ]
        if len(evidence) > 1:
            yield Alias(parallel.name, "list", tuple(evidence), merged=False)


def _sentences_of(passage: Passage, start: int, end: int) -> Sequence[tuple[int, int]]:
    return [s for s in split_sentences(passage.text) if s[0] <= start and end <= s[1]][:1]

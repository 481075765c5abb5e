"""Everything that is compared between a sentence and its sources without vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.verification.chinese import are_chinese, asserted_pairs
from assistant.verification.denial import denies_otherwise
from assistant.verification.direction import direction, opposed_words, turns
from assistant.verification.framing import beside_quotes
from assistant.verification.names import missing_names, swapped_names
from assistant.verification.numbers import missing_numbers
from assistant.verification.quotes import locate_quote, quotes_in, terms_in
from assistant.verification.words import (
    ALIKE,
    SAME,
    content_stems,
    same_words,
    share_found,
    words_of,
)
from ingest.sentences import split_sentences

_DENIED = "negated in one and not in the other"

READ = 3
"""Sentences of the sources with which a sentence is compared one by one."""


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence of a source: which source, its characters, and what it says."""

    source: int
    start: int
    end: int
    text: str
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found.

    ``features`` are values by name (see `compare`). ``contradictions`` and ``missing`` say
    in plain English what speaks against the sentence: that the source says the
    opposite, or says nothing of it. ``nearest`` is the sentence most like it.
    """

    features: dict[str, float]
    contradictions: tuple[str, ...]
    missing: tuple[str, ...]
    nearest: SourceSentence


def compare(sentence: str, sources: Sequence[str]) -> Comparison:
    """Compare a sentence with its sources, word by word.

    What stands beside the quotes of a sentence is compared as a sentence of its own, too:
    the words of a quote, which are the source's own, do not speak for it.

    Args:
        sentence: What is checked.
        sources: What it cites; at least one that is not blank.

    Returns:
        The comparison. Its features: ``overlap``, the share of the sentence's content words
        (stemmed) that the sources have, and ``overlap_nearest``, that the nearest sentence
        has; ``numbers`` and ``names``, 1 where one is missing, in the nearest sentence where
        that is the same but for a few words, else in all sources; ``denied`` and ``opposed``,
        the share of the `READ` nearest sentences that deny otherwise or have a word's
        opposite; ``direction``, the mean over them of the product of both sides' directions;
        ``turns``, the share with as many turns, odd or even (see
        `assistant.verification.direction`).
    """
    stems = content_stems(words_of(sentence))
    sentences = [s for i, text in enumerate(sources) for s in _sentences(i, text)]
    nearest = _nearest(stems, sentences)
    there = content_stems(word for text in sources for word in words_of(text))
    is_alike = _alike(sentence, nearest[0])
    is_same = (
        is_alike
        if are_chinese(sentence, nearest[0].text)
        else same_words(words_of(sentence), words_of(nearest[0].text))
    )
    read = [nearest[0].text] if is_same else sources
    numbers, names = missing_numbers(sentence, read), missing_names(sentence, read)
    denied = [denies_otherwise(sentence, s.text) for s in nearest]
    opposed = [opposed_words(sentence, s.text) is not None for s in nearest]
    likeness = share_found(stems, set(nearest[0].stems))
    features = {
        "overlap": share_found(stems, there),
        "overlap_nearest": likeness,
        "numbers": float(bool(numbers)),
        "names": float(bool(names)),
        "denied": float(np.mean(denied)),
        "opposed": float(np.mean(opposed)),
        "direction": float(np.mean([direction(sentence) * direction(s.text) for s in nearest])),
        "turns": float(np.mean([turns(sentence) == turns(s.text) for s in nearest])),
    }
    but_for_names = stems - content_stems(word for name in names for word in words_of(name))
    names_count = share_found(but_for_names, set(nearest[0].stems)) >= SAME
    contradictions = _contradictions(sentence, nearest[0].text) if is_alike else []
    contradictions += _contradictions_beside_quotes(sentence, sentences, nearest[0])
    missing = [f"the number {number.text} is not in the source" for number in numbers]
    missing += [f'the name "{name}" is not in the source' for name in names if names_count]
    missing += [
        f'the term "{term}" is not in the source'
        for term in terms_in(sentence)
        if not content_stems(words_of(term)) <= there
    ]
    if quotes_in(sentence) and not beside_quotes(sentence).is_in(there):
        missing.append("what stands beside the quote is not in the source")
    found = tuple(dict.fromkeys(contradictions))
    return Comparison(features, found, tuple(missing), nearest[0])


def _alike(sentence: str, source: SourceSentence) -> bool:
    """Whether most of a sentence is in one of a source; Chinese but for words of denial."""
    if are_chinese(sentence, source.text):
        return share_found(asserted_pairs(sentence), asserted_pairs(source.text)) >= ALIKE
    return share_found(content_stems(words_of(sentence)), set(source.stems)) >= ALIKE


def _contradictions_beside_quotes(
    sentence: str, sentences: Sequence[SourceSentence], nearest: SourceSentence
) -> list[str]:
    """What contradicts the words beside the quotes, or denies the quotes that it asserts."""
    quotes = quotes_in(sentence)
    if not quotes:
        return []
    beside = beside_quotes(sentence)
    if not beside.stems:
        asserted = any(not denies_otherwise(quote, nearest.text) for quote in quotes)
        return [_DENIED] if beside.denies and asserted else []
    [own, *_] = _nearest(set(beside.stems), sentences)
    rest = own.text
    for place in filter(None, (locate_quote(quote, own.text) for quote in quotes)):
        rest = rest.replace(own.text[slice(*place)], " ")
    return _contradictions(beside.text, rest) if _alike(beside.text, own) else []


def _contradictions(sentence: str, source: str) -> list[str]:
    found = []
    if denies_otherwise(sentence, source):
        found.append(_DENIED)
    if opposed := opposed_words(sentence, source, common=2):
        found.append(f'it says "{opposed[0]}", the source "{opposed[1]}"')
    if swapped := swapped_names(sentence, source):
        found.append(f'"{swapped[0]}" and "{swapped[1]}" have changed places')
    return found


def _nearest(stems: set[str], sentences: Sequence[SourceSentence]) -> list[SourceSentence]:
    return sorted(sentences, key=lambda s: -share_found(stems, set(s.stems)))[:READ]


@lru_cache(maxsize=512)
def _sentences(source: int, text: str) -> tuple[SourceSentence, ...]:
    return tuple(
        SourceSentence(source, a, b, text[a:b], frozenset(content_stems(words_of(text[a:b]))))
        for a, b in split_sentences(text)
    )

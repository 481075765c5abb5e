"""Whether the passages that a sentence cites say it, decided without a language model.

Quotes must stand in a source verbatim. What is verbatim as a whole is supported. The
rest is compared in words and in meaning, a logistic regression makes a probability
of it, and what plainly contradicts keeps the sentence from counting as supported.
docs/verification.md tells what that is worth.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.types import Verdict
from assistant.verification.comparison import Comparison, compare
from assistant.verification.meaning import Embedded, Memory, cosine, late_interaction
from assistant.verification.numbers import numbers_of
from assistant.verification.quotes import locate_quote, quotes_in
from assistant.verification.scoring import ENTAILMENT, WORDS_ALONE, Model, model_for, sigmoid
from assistant.verification.words import content_stems, language_differs, words_of
from vectorstore.protocols import Embedder

_TOO_LITTLE = "little of it is in the source"
_OTHER_LANGUAGE = "it is in another language than its source: only numbers and quotes were compared"
_SHOWN = 60
"""Characters of a quote that a reason shows."""

_FRAME = re.compile(r"^[^“”\"「」]*:\s*(?=[“\"「])")
"""What introduces a quote and names its source; the caller made it."""

_QUOTED = re.compile(r"“[^“”]*”|「[^「」]*」|\"[^\"]*\"")

_memory = Memory()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a sentence: characters of one of the texts it cites.

    ``passage`` is that text's place among the claim's sources, from 0; ``start`` and
    ``end`` are characters of it, ``end`` exclusive.
    """

    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Check:
    """What checking a sentence found.

    ``score`` is the probability of support in [0, 1]; it compares only between sentences
    that were checked with one embedder. ``reasons`` say in plain English what speaks
    against a sentence; a supported one has none. ``evidence`` is the nearest sentence of
    the sources, or the quote; None where there is no source, or none is like it.
    """

    verdict: Verdict
    score: float
    reasons: tuple[str, ...]
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer, without markers like [2], and the texts it cites."""

    text: str
    sources: tuple[str, ...]


def remember(known: Mapping[str, Embedded], embedder: Embedder) -> None:
    """Spare `verify` the embedding of texts that will be cited.

    Args:
        known: The vectors of texts, as a library keeps them for its passages: made of the
            text under its heading context, with the vectors of that context's parts.
        embedder: What made them, and will be given to `verify`.
    """
    _memory.remember(known, embedder)


def verify(claims: Sequence[Claim], embedder: Embedder, *, nli: str = "") -> list[Check]:
    """Check the sentences of an answer against what they cite.

    Args:
        claims: The sentences; all are embedded in one batch, with their sources.
        embedder: For the comparison of meaning.
        nli: A cross-encoder trained for entailment, source first and sentence second, with
            a single score (a folder of sentence-transformers, or a name on the hub), whose
            entailment takes the place of the logistic regression; empty for none.

    Returns:
        A check for each claim, in their order.

    Raises:
        BadSettings: The cross-encoder cannot be loaded, or gives no single score.
    """
    settled = [_settled(claim) for claim in claims]
    open_claims = [claim for claim, check in zip(claims, settled, strict=True) if check is None]
    judged = iter(_by_entailment(open_claims, nli) if nli else _by_words(open_claims, embedder))
    return [check or next(judged) for check in settled]


def _settled(claim: Claim) -> Check | None:
    """The check of a claim that needs no comparison: quotes decide, or nothing is there."""
    if not content_stems(words_of(claim.text)) and not numbers_of(claim.text):
        return Check("supported", 1.0, (), None)
    if not any(source.strip() for source in claim.sources):
        return Check("not supported", 0.0, ("it cites no passage",), None)
    whole = _located(claim.text.strip(), claim.sources)
    if whole:
        return Check("supported", 1.0, (), whole)
    quotes = quotes_in(claim.text)
    places = [_located(quote, claim.sources) for quote in quotes]
    lost = [quote for quote, place in zip(quotes, places, strict=True) if place is None]
    if lost:
        reasons = tuple(f"the quote “{_shown(quote)}” is not in the source" for quote in lost)
        return Check("quote not found", 0.0, reasons, None)
    if quotes and not content_stems(words_of(_beside_quotes(claim.text))):
        return Check("supported", 1.0, (), places[0])
    return None


def features(
    claims: Sequence[Claim], embedder: Embedder
) -> list[tuple[Comparison, dict[str, float]]]:
    """Compare claims that cite something with what they cite, in words and in meaning.

    Args:
        claims: Each with at least one source that is not blank.
        embedder: For the comparison of meaning.

    Returns:
        For each claim what was found in words, and all features of
        `assistant.verification.scoring`: those of `compare`, ``cosine`` and ``late``.
    """
    vectors = _memory.embedded([t for c in claims for t in (c.text, *_cited(c))], embedder)
    found = []
    for claim in claims:
        compared = compare(claim.text, claim.sources)
        sentence, sources = vectors[claim.text], [vectors[text] for text in _cited(claim)]
        meaning = {
            "cosine": cosine(sentence, sources),
            "late": late_interaction(sentence, sources),
        }
        found.append((compared, compared.features | meaning))
    return found


def _by_words(claims: Sequence[Claim], embedder: Embedder) -> list[Check]:
    model = model_for(embedder.record)
    if model is WORDS_ALONE:
        found = [compare(claim.text, claim.sources) for claim in claims]
        values = [compared.features for compared in found]
    else:
        both = features(claims, embedder)
        found, values = [compared for compared, _ in both], [own for _, own in both]
    return [
        _check(claim, compared, model.probability(own), model)
        for claim, compared, own in zip(claims, found, values, strict=True)
    ]


def _by_entailment(claims: Sequence[Claim], name: str) -> list[Check]:
    from vectorstore.sentence_transformers import cross_encoder

    encode, checks = cross_encoder(name), []
    for claim in claims:
        logit = float(encode("\n".join(_cited(claim)), [claim.text])[0])
        compared = compare(claim.text, claim.sources)
        checks.append(_check(claim, compared, sigmoid(logit), ENTAILMENT))
    return checks


def _check(claim: Claim, compared: Comparison, score: float, model: Model) -> Check:
    """A verdict by the score, which what contradicts or is missing keeps low."""
    nearest = compared.nearest
    evidence = Evidence(nearest.source, nearest.start, nearest.end) if nearest.stems else None
    reasons = (*compared.contradictions, *compared.missing)
    if language_differs(claim.text, _cited(claim)):
        reasons, score = (_OTHER_LANGUAGE, *compared.missing), model.halfway
    if compared.contradictions:
        score = min(score, model.partly / 2)
    elif compared.missing:
        score = min(score, model.halfway)
    if score >= model.supported:
        return Check("supported", score, (), evidence)
    verdict: Verdict = "partly" if score >= model.partly else "not supported"
    return Check(verdict, score, reasons or (_TOO_LITTLE,), evidence)


def _cited(claim: Claim) -> list[str]:
    return [source for source in claim.sources if source.strip()]


def _located(text: str, sources: Sequence[str]) -> Evidence | None:
    for number, source in enumerate(sources):
        if place := locate_quote(text, source):
            return Evidence(number, *place)
    return None


def _beside_quotes(text: str) -> str:
    """A sentence without its quotes and without what introduces them."""
    return _QUOTED.sub(" ", _FRAME.sub("", text))


def _shown(quote: str) -> str:
    return quote if len(quote) <= _SHOWN else f"{quote[: _SHOWN - 1]}…"

"""Whether the passages that a sentence cites say it, decided without a language model.

Quotes must stand in a source verbatim. Sentences that stand in it as a whole are supported.
The rest is compared in words and in meaning, a logistic regression makes a probability
of it, and what plainly contradicts keeps the sentence from counting as supported.
docs/verification.md tells what that is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.types import Verdict
from assistant.verification.comparison import Comparison, compare
from assistant.verification.denial import denials_of, denies_otherwise
from assistant.verification.framing import beside_quotes, without_frame
from assistant.verification.meaning import Embedded, Memory, cosine, late_interaction
from assistant.verification.names import missing_names
from assistant.verification.numbers import numbers_of
from assistant.verification.quotes import locate_quote, locate_sentences, quotes_in
from assistant.verification.scoring import ENTAILMENT, WORDS_ALONE, Model, model_for, sigmoid
from assistant.verification.words import content_stems, language_differs, words_of
from ingest.sentences import split_sentences
from vectorstore.protocols import Embedder

_TOO_LITTLE = "little of it is in the source"
_OTHER_LANGUAGE = "it is in another language than its source: only numbers and quotes were compared"
_SHOWN = 60
"""Characters of a quote that a reason shows."""

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
    open_claims = [
        Claim(without_frame(claim.text), claim.sources)
        for claim, check in zip(claims, settled, strict=True)
        if check is None
    ]
    judged = iter(_by_entailment(open_claims, nli) if nli else _by_words(open_claims, embedder))
    return [check or next(judged) for check in settled]


def _settled(claim: Claim) -> Check | None:
    """The check of a claim that needs no comparison: quotes decide, or nothing is there."""
    if not _says_something(claim.text):
        return Check("supported", 1.0, (), None)
    if not any(source.strip() for source in claim.sources):
        return Check("not supported", 0.0, ("it cites no passage",), None)
    if whole := _located(claim.text.strip(), claim.sources, locate_sentences):
        return Check("supported", 1.0, (), whole)
    quotes = quotes_in(claim.text)
    places = [_located(quote, claim.sources, locate_quote) for quote in quotes]
    if lost := [quote for quote, place in zip(quotes, places, strict=True) if place is None]:
        reasons = tuple(f"the quote “{_shown(quote)}” is not in the source" for quote in lost)
        return Check("quote not found", 0.0, reasons, None)
    found = [place for place in places if place]
    if quotes and _only_quotes(claim) and _are_asserted(quotes, found, claim.sources):
        return Check("supported", 1.0, (), found[0])
    return None


def _only_quotes(claim: Claim) -> bool:
    """Whether a claim says nothing beside its quotes but who says them, and nobody unknown."""
    beside = beside_quotes(without_frame(claim.text))
    return beside.says_nothing and not missing_names(beside.text, claim.sources)


def _are_asserted(
    quotes: Sequence[str], places: Sequence[Evidence], sources: Sequence[str]
) -> bool:
    """Whether the sentences from which quotes are cut do not deny them."""
    return not any(
        denies_otherwise(quote, _sentences_around(place, sources[place.passage]))
        for quote, place in zip(quotes, places, strict=True)
    )


def _sentences_around(place: Evidence, source: str) -> str:
    found = [(a, b) for a, b in split_sentences(source) if a < place.end and b > place.start]
    return source[found[0][0] : found[-1][1]]


def _says_something(text: str) -> bool:
    return bool(content_stems(words_of(text)) or numbers_of(text) or denials_of(text).cues)


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


def _located(
    text: str, sources: Sequence[str], locate: Callable[[str, str], tuple[int, int] | None]
) -> Evidence | None:
    for number, source in enumerate(sources):
        if place := locate(text, source):
            return Evidence(number, *place)
    return None


def _shown(quote: str) -> str:
    return quote if len(quote) <= _SHOWN else f"{quote[: _SHOWN - 1]}…"

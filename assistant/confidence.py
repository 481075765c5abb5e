"""How sure it is that the papers answer a question, told from what was found."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.function_words import FUNCTION_WORDS
from assistant.types import Hit
from ingest.sentences import split_sentences

if TYPE_CHECKING:
    from assistant.condense import Query
    from vectorstore.library import Library

HITS_READ = 10
"""How many of the best hits are looked at."""

WEIGHTS: Mapping[str, float] = {
    "late": 1.76,
    "worst_third": 3.65,
    "absent_names": -2.18,
    "number_gap": -1.74,
}
"""Weights of `evidence`, fitted by ``training/gate.py``."""

BIAS = -2.66
"""What is added to the weighted sum; by the same."""

_MEANT = 0.5
"""The least weight of a query that says what is asked."""

_WORD = re.compile(r"\w{2,}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_BEGINNING = re.compile(r"(?:^|[.?!:“\"(])\W*\w+")
_NAME = re.compile(r"\b[A-Z]\w*[a-z]\w*\b")
_TITLE = re.compile(
    r"\b(?:Professor|Prof|Dr|Mrs?|Ms|Sir|President|Minister|Chairman|Premier)\b\.? (?=[A-Z])"
)
_SUFFIXES = ("ations", "ation", "ings", "ions", "ing", "ies", "ied", "ion", "ed", "es", "ly", "s")
_SHORTEST_STEM = 3
_LIKE = 4
"""So many letters of a name are enough to know *Japanese* for *Japan*."""

_SMALL = r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|both|most)\b"
_LARGE = r"\d|%|\b(?:per ?cent|dozen|hundred|thousand|million|billion|half|quarter)"
_DATED = r"\b(?:1\d|20)\d\d\b|\bcentur(?:y|ies)\b|\b(?:{})\b".format(
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_AUXILIARY = "did|does|do|was|were|is|are|has|have|had|will|would|can|could|should"
"""What follows the *when* that asks, not the one that joins (*pays when its lamp is dark*)."""

_KINDS = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(given, re.IGNORECASE))
    for asked, given in (
        (r"\bhow many\b|(?<!\ba )\bnumber of\b|多少|(?<!哪)几[个家年次种项]", _LARGE + _SMALL),
        (
            r"\bhow (?:much|long|large|big|high|old|often|accurate\w*|fast)\b|"
            r"\bwhat (?:do|does|did|would)\b.*\bcost\b|"
            r"\b(?:what|which) (?:share|proportion|percentage|amount|size|rate|price)\b|百分",
            _LARGE,
        ),
        (
            rf"\bwhen (?:{_AUXILIARY})\b|\b(?:what|which) (?:year|date|day|month|century)\b|"
            r"哪[一]?年|何时",
            _DATED,
        ),
    )
)
"""Questions for a number or a date, and what their answers hold (answer typing; Li and Roth
2002, Learning question classifiers, COLING)."""


def confidence(hits: Sequence[Hit]) -> float:
    """The score of "the papers answer this" of a search alone, not calibrated.

    Args:
        hits: What was found, best first.

    Returns:
        The best score by late interaction among the first `HITS_READ` hits, in
        [-1, 1], higher is surer; -1 where no hit has one.
    """
    return max((hit.scores.get("late", -1.0) for hit in hits[:HITS_READ]), default=-1.0)


def probability(found: Mapping[str, float]) -> float:
    """How likely it is that the papers answer, by logistic regression.

    Args:
        found: See `evidence`.

    Returns:
        A probability in [0, 1] where half of all questions can be answered, as in training.
    """
    total = BIAS + sum(weight * found[name] for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-total))


def evidence(
    library: Library, question: str, queries: Sequence[Query], hits: Sequence[Hit]
) -> dict[str, float]:
    """What tells whether the hits answer a question.

    Args:
        library: Where the hits come from.
        question: The question as asked.
        queries: The queries it was searched with; at least one.
        hits: What was found, best first; at least one.

    Returns:
        ``late``: see `confidence`. ``worst_third``: the mean cosine of that third of the
        question's tokens that the best hit matches worst, in [-1, 1]; what is asked beyond
        the subject shows there. ``absent_names``: 1 where the hits mention none of a name's
        kin, else 0; what a passage writes in small letters is no name. ``number_gap``: where a
        number or date is asked for, how much less of the question's words a sentence has that
        holds one, in [0, 1].
    """
    read = hits[:HITS_READ]
    asked = meant(queries)
    best = max(read, key=lambda hit: hit.scores.get("late", -1.0))
    words = _words(read)
    absent = [name for name in names(question) if not _is_kin(name, words)]
    return {
        "late": confidence(hits),
        "worst_third": _worst_third(library, asked, best),
        "absent_names": float(not all(map(library.writes_small, absent))),
        "number_gap": _number_gap(question, asked, read),
    }


def speaks_of(asked: str, hits: Sequence[Hit]) -> bool:
    """Whether what was found has any word of a question that tells of its subject.

    Args:
        asked: A query; one with Chinese characters, whose words are not told apart, or
            without such a word passes.
        hits: What was found, best first.

    Returns:
        False where the first `HITS_READ` hits have none.
    """
    wanted = content_stems(asked)
    if not wanted or _HAN.search(asked):
        return True
    return not wanted.isdisjoint(
        stems(" ".join(hit.passage.searchable for hit in hits[:HITS_READ]))
    )


def meant(queries: Sequence[Query]) -> str:
    """The query that says most fully what is asked."""
    return [query.text for query in queries if query.weight >= _MEANT][-1]


def names(question: str) -> tuple[str, ...]:
    """The names in a question, in its order.

    Args:
        question: The question as asked.

    Returns:
        The capitalised words of the sentences that ask, or of all where none does, that do
        not begin one; without titles, and acronyms, which papers may spell out. None where
        Every Word Is Capitalised.
    """
    spoken = _TITLE.sub("", question)
    sentences = [spoken[start:end] for start, end in split_sentences(spoken)]
    asking = [s for s in sentences if s.endswith(("?", "\uff1f"))] or sentences
    return tuple(dict.fromkeys(name for sentence in asking for name in _names_of(sentence)))


def _names_of(sentence: str) -> list[str]:
    beginnings = {match.end() for match in _BEGINNING.finditer(sentence)}
    later = [match.group() for match in _WORD.finditer(sentence) if match.end() not in beginnings]
    joining = [word for word in later if word.lower() in FUNCTION_WORDS]
    if 2 * sum(word[0].isupper() for word in joining) > len(joining):
        return []
    return [word for word in later if _NAME.fullmatch(word)]


def content_stems(text: str) -> set[str]:
    """The stems of a text's words that tell of its subject."""
    return {stem(w) for w in _WORD.findall(text.lower()) if w not in FUNCTION_WORDS}


def stems(text: str) -> set[str]:
    """The stems of all words of a text."""
    return {stem(word) for word in _WORD.findall(text.lower())}


def stem(word: str) -> str:
    """A word in small letters without its ending."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            return word[: -len(suffix)]
    return word


def _worst_third(library: Library, asked: str, hit: Hit) -> float:
    query = library.embedder.encode_query(asked).parts
    compared = library.compared([hit.passage.id]).get(hit.passage.id)
    own = compared[1] if compared else library.embedder.encode_passages([hit.passage]).parts[0]
    parts = own.astype(np.float32)
    cosines = query @ (parts / np.linalg.norm(parts, axis=1, keepdims=True)).T
    matched = np.sort(cosines.max(axis=1))
    return float(matched[: max(1, len(matched) // 3)].mean())


def _words(hits: Sequence[Hit]) -> set[str]:
    return stems(" ".join(hit.passage.searchable for hit in hits))


def _is_kin(name: str, words: set[str]) -> bool:
    known = stem(name.lower())
    return known in words or (
        len(known) >= _LIKE
        and any(word.startswith(known[: max(_LIKE, len(known) - 1)]) for word in words)
    )


def _number_gap(question: str, asked: str, hits: Sequence[Hit]) -> float:
    given = next((given for kind, given in _KINDS if kind.search(question)), None)
    if given is None:
        return 0.0
    texts = [hit.passage.text[a:b] for hit in hits for a, b in split_sentences(hit.passage.text)]
    shares = shares_of_words([asked], texts)
    return max(shares) - max(
        (s for s, t in zip(shares, texts, strict=True) if given.search(t)), default=0.0
    )


def shares_of_words(asked: Sequence[str], sentences: Sequence[str]) -> list[float]:
    """Which share of the questions' content words each sentence has, by their rarity.

    Args:
        asked: The questions.
        sentences: The sentences; among them a word is as rare as it is in few.

    Returns:
        Shares in [0, 1].
    """
    wanted = {stem for question in asked for stem in content_stems(question)}
    held = [wanted & stems(sentence) for sentence in sentences]
    counts = Counter(stem for own in held for stem in own)
    rarity = {stem: math.log(1 + len(sentences) / (1 + counts[stem])) for stem in wanted}
    whole = sum(rarity.values()) or 1.0
    return [sum(rarity[stem] for stem in own) / whole for own in held]

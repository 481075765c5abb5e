"""Words as they are compared: where they stand, stemmed, function words told apart.

Chinese is cut into pairs of neighbouring characters, which need no dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.verification.irregular import INFINITIVES

_WORD = re.compile(
    r"[^\W\d_\u3400-\u9fff]+(?:['\u2019][^\W\d_]+)?"  # letters, with "n't" or "'s"
    r"|(?=([\u3400-\u9fff]{2}))[\u3400-\u9fff]"
)
_CJK = re.compile(r"[\u3400-\u9fff]")

FUNCTION_WORDS = frozenset(
    "a about above after again all almost along already also although always am among an and "
    "another any are as at away be became because become becomes been before being below between "
    "both but by can could did do does doing done down during each either else even ever every few "
    "for from further get gets given had has have having he hence her here hers him his how "
    "however i if in indeed instead into is it its itself just less let like made make makes many "
    "may me might mine more moreover most much must my neither no nor not of off often on once one "
    "only onto or other others our ours out over own per perhaps quite rather same say says see "
    "seem seems several shall she should since so some such than that the their theirs them "
    "themselves then there therefore these they this those though through thus to together too "
    "toward towards under until up upon us very via was way we well were what when where whereas "
    "whether which while who whom whose why will with within without would yet you your".split()
)

ALIKE = 0.6
"""From this share of common words on, a sentence says what the source's sentence says, but for
what differs; below, a denial or a word that differs may belong to something else. A name counts
from `SAME` on, itself left out, for names are written in many ways."""

SAME = 0.8
"""Where each of two sentences has this share of the other's content words, they are the same
sentence, and what differs is told within it."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as it stands, its stem, and its characters."""

    text: str
    stem: str
    start: int
    end: int

    @property
    def has_content(self) -> bool:
        """Whether it says something by itself, unlike "of" or "the"."""
        return self.text.lower() not in FUNCTION_WORDS and (
            len(self.text) > 1 or bool(_CJK.match(self.text))
        )


@lru_cache(maxsize=1024)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, in order; digits are left to `assistant.verification.numbers`."""
    found = []
    for match in _WORD.finditer(text):
        whole = match[1] or match[0]
        found.append(Word(whole, stem(whole), match.start(), match.start() + len(whole)))
    return tuple(found)


def content_stems(words: Iterable[Word]) -> set[str]:
    """The stems of the words that say something by themselves."""
    return {word.stem for word in words if word.has_content}


def share_found(wanted: set[str], there: set[str]) -> float:
    """The share in [0, 1] of the wanted that is there; 0 where nothing is wanted."""
    return len(wanted & there) / len(wanted) if wanted else 0.0


def same_words(one: Iterable[Word], other: Iterable[Word]) -> bool:
    """Whether two sentences are one and the same, as far as most content words tell."""
    ours, theirs = content_stems(one), content_stems(other)
    return min(share_found(ours, theirs), share_found(theirs, ours)) >= SAME


def is_chinese(text: str) -> bool:
    """Whether a third of a text or more is Chinese characters."""
    return len(_CJK.findall(text)) * 3 > len(text.strip())


def language_differs(text: str, others: Sequence[str]) -> bool:
    """Whether one side is in Chinese and all of the other is not."""
    return bool(others) and all(is_chinese(other) != is_chinese(text) for other in others)


_ENDINGS: Sequence[tuple[str, str]] = (
    ("ization", "ize"),
    ("isation", "ize"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("iveness", "ive"),
    ("ically", "ic"),
    ("ation", "ate"),
    ("ition", "it"),
    ("ising", "ize"),
    ("ised", "ize"),
    ("ises", "ize"),
    ("ise", "ize"),
    ("ility", "le"),
    ("ction", "ct"),
    ("ption", "pt"),
    ("ement", ""),
    ("ment", ""),
    ("ance", ""),
    ("ence", ""),
    ("ness", ""),
    ("ally", "al"),
    ("ity", ""),
    ("ful", ""),
    ("ist", ""),
    ("ism", ""),
    ("ive", ""),
    ("ion", ""),
    ("al", ""),
    ("ly", ""),
    ("er", ""),
    ("or", ""),
)
_SHORTEST = 4
"""Letters that are left of a stem, at least, where an ending is taken off."""


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its endings, in small letters.

    Inflections go first, irregular verbs by a list, then one ending that makes nouns,
    adjectives or adverbs: a light stemmer in the manner of Porter (1980, An algorithm for
    suffix stripping).

    Args:
        word: A word; not English, it mostly stays as it is.

    Returns:
        What words of one family have in common; not always a word.
    """
    lower = word.lower().replace("\u2019", "'").removesuffix("'s")
    base = INFINITIVES.get(lower) or _uninflected(lower)
    for ending, instead in _ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= _SHORTEST:
            base = base.removesuffix(ending) + instead
            break
    if len(base) >= _SHORTEST and base.endswith("y"):
        base = base[:-1] + "i"
    if len(base) > _SHORTEST:
        base = base.removesuffix("e")
    return re.sub("is$", "iz", base) if len(base) > _SHORTEST + 1 else base


def _uninflected(word: str) -> str:
    if len(word) <= 3:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ied"):
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and re.search("[aeiouy]", base):
            return base[:-1] if base[-1] == base[-2] and base[-1] not in "lsz" else base
    return word

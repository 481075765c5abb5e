"""Terms of a library, by C-value: frequent phrases that stand by themselves.

C-value (Frantzi, Ananiadou and Mima 2000, Automatic recognition of multi-word terms: the
C-value/NC-value method, International Journal on Digital Libraries 3(2)) weighs how often a
phrase occurs by its length, and takes off what it owes to longer terms around it. Their filter
of parts of speech needs a tagger; here the texts themselves tell how a word behaves.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.concepts.words import Key, key_of
from assistant.function_words import FUNCTION_WORDS

LONGEST = 4
"""Words of the longest term."""

_TOKEN = re.compile(
    r"[^\W_\u3400-\u9fff]+(?:[-\u2010\u2011][^\W_\u3400-\u9fff]+)*|[^\w\s]|[\u3400-\u9fff]+"
)
_DETERMINERS = frozenset("the a an its their his her our this these those such every each".split())
_BEFORE_VERBS = frozenset(
    "can could will would shall should must may might cannot not they we he she it who which "
    "that to did does do".split()
)
_MORE_FUNCTION_WORDS = frozenset(
    "et al eg ie cf pp vol no within without among toward towards upon via per versus despite "
    "although though whether therefore thus hence moreover furthermore however etc due based "
    "including regarding concerning according become becomes became being having made make makes "
    "various certain different several two three four five six seven eight nine ten zero "
    "whole main important own relevant respective corresponding above following "
    "current previous recent so-called".split()
)
_FUNCTION = FUNCTION_WORDS | _MORE_FUNCTION_WORDS
_LIKE_A_VERB = 0.2
_ENDS = 0.25
_LEAST_SEEN = 3
_CJK = re.compile(r"[\u3400-\u9fff]")
_NEAR = 40
"""Characters that are looked at for the word beside a term."""

_NAMED = 0.6
"""A phrase that is so often written with capitals is a name."""


@dataclass(slots=True)
class Behaviour:
    """How often a word occurs, ends a phrase, and stands where verbs stand."""

    seen: int = 0
    ends: int = 0
    verbal: int = 0

    @property
    def is_verbal(self) -> bool:
        """Whether it behaves like a verb: objects behind it, auxiliaries before it."""
        return self.verbal > 0 and self.verbal >= _LIKE_A_VERB * self.seen

    @property
    def is_noun(self) -> bool:
        """Whether it ends phrases, as nouns do and adjectives do not."""
        return self.ends >= _ENDS * self.seen and not self.is_verbal


@dataclass(frozen=True, slots=True)
class Counted:
    """The phrases of texts: how often each occurs, with capitals alone, and how its words behave.

    A hyphenated word is one word here, its parts with a space between.
    """

    phrases: Counter[Key] = field(default_factory=Counter)
    capitals: Counter[Key] = field(default_factory=Counter)
    behaviour: defaultdict[str, Behaviour] = field(default_factory=lambda: defaultdict(Behaviour))


def counted(texts: Iterable[str]) -> Counted:
    """Count the phrases of texts: words that no function word or punctuation parts.

    Args:
        texts: Passages.

    Returns:
        All phrases, with the shorter ones within them, up to `LONGEST` words.
    """
    found = Counted()
    for text in texts:
        for before, tokens, after in _phrases(text):
            phrase = [_unit(token) for token in tokens]
            _note(found.behaviour, before, phrase, after)
            capitals = [token[0].isupper() for token in tokens]
            for start, end in _stretches(len(phrase)):
                part = tuple(phrase[start:end])
                found.phrases[part] += 1
                if all(capitals[start:end]):
                    found.capitals[part] += 1
    return found


@lru_cache(maxsize=100_000)
def _unit(token: str) -> str:
    """A word's key, the parts of a hyphenated one with a space between."""
    return " ".join(key_of(token))


def _stretches(length: int) -> Iterator[tuple[int, int]]:
    for size in range(1, min(LONGEST, length) + 1):
        for start in range(length - size + 1):
            yield start, start + size


def _phrases(text: str) -> Iterator[tuple[str, list[str], str]]:
    """Runs of content words, each with the token before and the one behind it."""
    before, run = "", list[str]()
    for token in _TOKEN.findall(text):
        if _is_content(token):
            run.append(token)
            continue
        if run:
            yield before, run, token.lower()
            run = []
        before = token.lower()
    if run:
        yield before, run, ""


def _note(
    behaviour: defaultdict[str, Behaviour], before: str, phrase: list[str], after: str
) -> None:
    for word in phrase:
        behaviour[word].seen += 1
    behaviour[phrase[-1]].ends += 1
    if before in _BEFORE_VERBS:
        behaviour[phrase[0]].verbal += 1
    if after in _DETERMINERS:
        behaviour[phrase[-1]].verbal += 1


def c_values(found: Counted) -> dict[Key, float]:
    """The C-values of the phrases that can be terms.

    ``log2(words) · (frequency - mean frequency of the longer terms around it)``.

    Args:
        found: See `counted`.

    Returns:
        Those above zero that occur at least twice, begin with no verb or adverb and end with
        a noun.
    """
    terms = {
        phrase: count
        for phrase, count in found.phrases.items()
        if count > 1
        and found.capitals[phrase] < _NAMED * count
        and can_be_term(phrase, found.behaviour)
    }
    around: dict[Key, list[int]] = defaultdict(list)
    for phrase, count in terms.items():
        for start, end in _stretches(len(phrase)):
            if end - start < len(phrase) and (shorter := phrase[start:end]) in terms:
                around[shorter].append(count)
    values = {
        phrase: math.log2(_length(phrase)) * (count - _mean(around.get(phrase, [])))
        for phrase, count in terms.items()
    }
    return {tuple(" ".join(p).split()): value for p, value in values.items() if value > 0}


def can_be_term(phrase: Key, behaviour: Mapping[str, Behaviour]) -> bool:
    """Whether a phrase can be a term by how its words behave.

    Args:
        phrase: Its words.
        behaviour: Of the library's words.

    Returns:
        Whether it begins with no verb or adverb and ends with a noun.
    """
    first, last = behaviour.get(phrase[0]), behaviour.get(phrase[-1])
    if first is None or last is None or last.seen < _LEAST_SEEN or _length(phrase) < 2:
        return False
    adverb = any(word.endswith("ly") and len(word) > 4 for word in (phrase[0], phrase[-1]))
    return not adverb and not first.is_verbal and last.is_noun and len(set(phrase)) == len(phrase)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a term is no part of a longer phrase: function words or punctuation around it.

    Args:
        text: The text.
        start: The term's first character.
        end: One past its last.

    Returns:
        Whether no content word stands beside it.
    """
    before = _TOKEN.findall(text[max(start - _NEAR, 0) : start])
    after = _TOKEN.findall(text[end : end + _NEAR])
    return not any(_is_content(token) for token in (*before[-1:], *after[:1]))


def _is_content(token: str) -> bool:
    low = token.lower()
    return len(low) > 1 and low[0].isalpha() and low not in _FUNCTION and not _CJK.match(low)


def _length(phrase: Key) -> int:
    """Its words, with the parts of hyphenated ones."""
    return sum(word.count(" ") + 1 for word in phrase)


def _mean(counts: list[int]) -> float:
    return sum(counts) / len(counts) if counts else 0.0

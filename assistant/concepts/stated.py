"""Other names that papers themselves give: "X, also called Y", "X (Y)", "long form (LF)".

Abbreviations are told by the algorithm of Schwartz and Hearst 2003 (A simple algorithm for
identifying abbreviation definitions in biomedical text, PSB): the letters of the short form
stand, in order, in the words before it, the first one at the beginning of a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.concepts.types import AliasKind
from assistant.concepts.words import Key, is_chinese, key_of
from assistant.function_words import FUNCTION_WORDS
from ingest.sentences import split_sentences
from ingest.types import Passage

_CUE = re.compile(
    r"(?ix)[\"'”’]?,?\s\(?(?:"  # noqa: RUF001
    r"(?:which|what)\s(?:\w+\s){1,3}(?:also|sometimes|elsewhere)\s(?:calls?|terms?|names?|writes?)"
    r"|(?:(?:which|or|is|are|was|were|has\sbeen|have\sbeen|can\sbe|sometimes|often)\s){0,3}"
    r"(?:also|otherwise)\s(?:known\sas|called|termed|named|written(?:\sas)?|spelled|"
    r"referred\sto\sas|translated\sas|rendered\s(?:as|in\sEnglish\sas))"
    r"|(?<=\()(?:referred\sto\sas|abbreviated\s(?:as|to)|short\sfor)"
    r"|(?:hereinafter|hereafter)(?:(?:\s\w+ly)?\sreferred\sto\sas)?)\s(?:the\s|as\s)*"
)
_OR = re.compile(r"[\"'”’]?\s\((?:or|i\.\s?e\.,?)\s(?:the\s|an?\s)?(?=[\w\"“])")  # noqa: RUF001
_BRACKET = re.compile(r"\s?[(（]\s?([^()（）]{2,60}?)\s?[)）]")  # noqa: RUF001
_SHORT_FORM = re.compile(r"[\"“]?(?=\S*[A-Z])([A-Za-z0-9][A-Za-z0-9&./-]{1,9})[\"”]?")
_RUN_END = re.compile(r"[\"“”'’]?[.,;:!?()（）]|\s[—–]\s|$")  # noqa: RUF001
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,60})[\"”]")
_QUOTED_BEFORE = re.compile(r"[\"“]([^\"“”]{2,60})[\"”]?$")
_TOKEN = re.compile(r"[^\W_]+(?:[-\u2010\u2011'\u2019][^\W_]+)*")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]{2,20}")
_LONGEST = 5
_STOPS = FUNCTION_WORDS | frozenset("et al eg called named known".split())


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence that gives two names to one thing; characters are of the passage's text."""

    one: str
    other: str
    kind: AliasKind
    passage: Passage
    sentence: tuple[int, int]

    def beside(self, key: Key) -> str | None:
        """The other name of the term with this key, if it is one of both."""
        keys = key_of(self.one), key_of(self.other)
        if key == keys[0] != keys[1]:
            return self.other
        return self.one if key == keys[1] != keys[0] else None


def stated(passage: Passage) -> Iterator[Stated]:
    """The pairs of names that a passage gives.

    Args:
        passage: The passage.

    Yields:
        Each pair with its sentence.
    """
    for start, end in split_sentences(passage.text):
        sentence = passage.text[start:end]
        for find in (_said, _alternatives, _bracketed):
            for one, other, kind in find(sentence):
                yield Stated(one, other, kind, passage, (start, end))


Pairs = Iterator[tuple[str, str, AliasKind]]


def _said(sentence: str) -> Pairs:
    """The pairs around a cue such as "also called"."""
    for cue in _CUE.finditer(sentence):
        yield from _pair(sentence, cue, lambda one, other: one != other)


def _alternatives(sentence: str) -> Pairs:
    """The pairs of "X (or Y)" and "X (i.e. Y)", where both names end in the same word."""
    for cue in _OR.finditer(sentence):
        behind = _RUN_END.search(sentence, cue.end())
        if behind and ")" in behind.group():
            yield from _pair(sentence, cue, lambda one, other: one[-1] == other[-1])


def _pair(sentence: str, cue: re.Match[str], same: Callable[[Key, Key], bool]) -> Pairs:
    one, other = _name_before(sentence[: cue.start()]), _name_behind(sentence[cue.end() :])
    if one and other and same(key_of(one), key_of(other)):
        yield one, other, "stated"


def _bracketed(sentence: str) -> Pairs:
    """A long form with its abbreviation, and a name with what it is in another script."""
    for bracket in _BRACKET.finditer(sentence):
        inner, before = bracket[1], sentence[: bracket.start()]
        short = _SHORT_FORM.fullmatch(inner.strip())
        long = _long_form(short[1], before) if short else None
        if short and long:
            yield long, short[1], "abbreviation"
        elif is_chinese(inner) != is_chinese(before[-2:]):
            name = _name_before(before)
            if name and _TOKEN.search(inner):
                yield name, inner.strip(' "“”'), "translation"


def _long_form(short: str, before: str) -> str | None:
    """The words before an abbreviation that hold its letters (Schwartz and Hearst 2003)."""
    words = list(_TOKEN.finditer(before))[-min(len(short) + 5, len(short) * 2) :]
    if not words:
        return None
    text = before[words[0].start() :].rstrip(' "”')
    at = len(text)
    letters = [letter for letter in short.lower() if letter.isalnum()]
    for number, letter in enumerate(reversed(letters)):
        first = number == len(letters) - 1
        at -= 1
        while at >= 0 and (
            text[at].lower() != letter or (first and at > 0 and text[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
    found = text[at:]
    whole = len(found) > len(short) and short not in found.split() and not {"(", ")"} & set(found)
    return found if whole else None


def _name_before(text: str) -> str | None:
    """The noun phrase that ends a text: what is quoted, else its last words without function."""
    quoted = _QUOTED_BEFORE.search(text)
    if quoted:
        return quoted[1].strip(" ,")
    if han := re.search(r"[\u3400-\u9fff]{2,20}$", text):
        return han.group()
    words: list[re.Match[str]] = []
    for word in reversed(list(_TOKEN.finditer(text))):
        gap = text[word.end() : words[-1].start()] if words else text[word.end() :]
        if gap.strip('"”') not in {"", " "} or not _belongs(word.group(), words):
            break
        words.append(word)
    while words and words[-1].group().lower() in _STOPS:
        words.pop()
    return text[words[-1].start() : words[0].end()] if words else None


def _belongs(word: str, words: list[re.Match[str]]) -> bool:
    """Whether a word goes with the name behind it: "of" and "and" do between capitals.

    "Belt and Road initiative" is one name; "Roe and Doe" may be two.
    """
    if len(words) >= _LONGEST:
        return False
    named = bool(words) and words[-1].group()[0].isupper()
    joins = word.lower() == "of" or (word.lower() == "and" and len(words) > 1)
    return word.lower() not in _STOPS or (named and joins)


def _name_behind(text: str) -> str | None:
    """The noun phrase that begins a text: what is quoted, else its first words."""
    if quoted := _QUOTED.match(text):
        return quoted[1].strip(" ,")
    if han := _HAN_RUN.match(text):
        return han.group()
    words: list[re.Match[str]] = []
    for word in _TOKEN.finditer(text):
        gap = text[words[-1].end() : word.start()] if words else text[: word.start()]
        named = word.group()[0].isupper() and (not words or words[-1].group()[0].isupper())
        if gap not in {"", " "} and not (named and gap == ", "):
            break
        if len(words) >= _LONGEST or (word.group().lower() in _STOPS and not named):
            break
        words.append(word)
    return text[words[0].start() : words[-1].end()] if words else None

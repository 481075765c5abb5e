"""What a sentence says beside its quotes: who said them, and more than that."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from assistant.verification.denial import DISCLAIMERS, OPENERS, denials_of, is_cue
from assistant.verification.names import Name, names_of
from assistant.verification.numbers import numbers_of
from assistant.verification.quotes import without_quotes
from assistant.verification.words import ALIKE, Word, share_found, stem, words_of

_SAYING = frozenset(
    stem(word)
    for word in "write say state note argue explain point hold maintain claim conclude emphasise "
    "stress observe remark add report suggest describe define call put see view read speak "
    "mention consider understand characterise".split()
)
_WORKS = frozenset(
    stem(word)
    for word in "author paper article text passage source study report book chapter section "
    "document scholar researcher".split()
)
_LIGHT = frozenset(
    "a according al also an and as by et follows further he her his how in it its of p pp she that "
    "the their then these they this to words".split()
)
_BEFORE_QUOTE = re.compile(r"[^“”\"「」]*[:\uff1a]\s*(?=[“\"「])")
_YEAR = re.compile(
    r"[(\uff08](?:(?:[A-Z][\w'-]*|and|&|et al\.?),?\s)*\d{4}[a-z]?"
    r"(?:[:,]\s?(?:pp?\.\s?)?\d+(?:[-\u2013]\d+)?)?[)\uff09]"
)
_CONNECTOR = re.compile(r"^\W*[A-Z][a-z]+,\s")
_CHINESE_SAYS = "(?:说|写道|指出|认为|表示|强调|提出|主张|论述)"
_CHINESE_WHO = r"[\u3400-\u9fff·]{2,4}(?:[、和与][\u3400-\u9fff·]{2,4}){0,3}"
_CHINESE_FRAME = re.compile(rf"{_CHINESE_WHO}\s*(?:{_YEAR.pattern}|{_CHINESE_SAYS})+[:\uff1a]\s*")
_CHINESE_CREDIT = re.compile(rf"{_CHINESE_WHO}?{_CHINESE_SAYS}")


@dataclass(frozen=True, slots=True)
class Beside:
    """The words beside the quotes of a sentence.

    ``stems`` are those that say more than who says it and whether it is so, ``names`` the
    stems of names but for who says it. ``denies`` tells whether the words deny.
    """

    text: str
    stems: frozenset[str]
    names: frozenset[str]
    denies: bool

    @property
    def says_nothing(self) -> bool:
        """Whether it only names who says the quotes."""
        return not (self.stems or self.names or self.denies or numbers_of(self.text))

    def is_in(self, stems: Set[str]) -> bool:
        """Whether most of its words are among the stems of a text; names are told elsewhere."""
        return not self.stems or share_found(set(self.stems), set(stems)) >= ALIKE


def without_frame(sentence: str) -> str:
    """A sentence without what names the source of its first quote, as "Holm (2001) writes:".

    Any other words before a colon say something, and stay.
    """
    match = _BEFORE_QUOTE.match(sentence)
    return sentence[match.end() :] if match and _names_who_says(match[0]) else sentence


def beside_quotes(sentence: str) -> Beside:
    """What a sentence says beside the quotes that it has.

    Args:
        sentence: A sentence with quotes.

    Returns:
        The words beside them.
    """
    text = _CONNECTOR.sub(" ", _YEAR.sub(" ", _CHINESE_CREDIT.sub(" ", without_quotes(sentence))))
    words = words_of(text)
    named = [name for name in names_of(text) if text[: name.start].strip() or " " in name.text]
    parts = {own for name in named for own in name.stems}
    who = {own for name in names_of(text) if _is_credited(name, text) for own in name.stems}
    stems = {w.stem for w in words if w.has_content and not _is_light(w)} - parts - who
    doubts = denials_of(text).cues or sum(word.stem in DISCLAIMERS for word in words)
    return Beside(text, frozenset(stems), frozenset(parts - who), denies=doubts % 2 == 1)


def _is_credited(name: Name, text: str) -> bool:
    """Whether a name is who says it: "Holm does not argue", "writes Holm", "as Holm puts it"."""
    behind = words_of(text[name.end :])
    verbs = [w for w in behind if w.stem in _SAYING or (w.has_content and not is_cue(w))]
    says = any(word.stem in _SAYING for word in (*words_of(text[: name.start])[-1:], *verbs[:1]))
    return name.is_credited or says


def _names_who_says(frame: str) -> bool:
    if _CHINESE_FRAME.fullmatch(frame):
        return True
    text = _YEAR.sub(" ", frame)
    return not (numbers_of(text) or denials_of(text).cues) and all(
        _may_name(word) for word in words_of(text)
    )


def _may_name(word: Word) -> bool:
    is_name = word.text[0].isupper() and word.stem not in DISCLAIMERS
    return is_name or word.text.lower() in _LIGHT or word.stem in _SAYING | _WORKS


def _is_light(word: Word) -> bool:
    is_known = is_cue(word) or word.text.lower() in _LIGHT
    return is_known or word.stem in _SAYING | _WORKS | OPENERS

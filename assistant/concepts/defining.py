"""Whether a sentence defines a term or only uses it, told by its construction.

The constructions are those of Hearst 1992 (Automatic acquisition of hyponyms from large text
corpora, COLING) and of Westerhout and Monachesi 2007 (Extraction of Dutch definitory contexts
for eLearning purposes, CLIN): the term with *is a*, a verb of defining, an apposition or a
colon. The term has to be the whole subject: "global governance is a process" defines no
*governance*. What only praises ("is an important part of") defines nothing either.
"""

from __future__ import annotations

import re

from assistant.concepts.words import is_chinese

_OPEN = r"[\"'“‘(*_]*"  # noqa: RUF001
_CLOSE = r"[\"'”’)*_]*"  # noqa: RUF001
_NAMING = r"(?:concept|term|notion|idea|word|expression|phrase|meaning|essence|definition)s?"
_AUXILIARY = r"(?:can|could|may|might|must|should|shall|will|would)"
_BE = r"(?:is|are|was|were|be|been|has been|have been)"
_ADVERB = r"(?:\w+ly|often|here|also|thus|then|in essence|in fact|always)"
_GENUS = (
    r"(?:kind|form|type|sort|process|set|system|mode|model|method|approach|way|mechanism|theory|"
    r"state|series|combination)"
)
_PRAISING = (
    r"(?:(?:first|second|third|last|best|better|good|great\w*|big\w*|common|effective|powerful|"
    r"useful|ideal|urgent|long|new|hot|inherent|same)|(?:\w+\s)?(?:important|key|main|major|"
    r"crucial|vital|essential|significant|necessary|inevitable|basic|fundamental|central|only|"
    r"primary|results?|goals?|needs?|aims?|premise|prerequisite|precondition|part|tasks?|focus|"
    r"questions?|problems?|case|product|outcome|consequence|causes?|basis|foundation|core|heart|"
    r"topic|responsibility|challenges?|trend|direction|reason|symbol|sign|example|cornerstone|"
    r"guarantee|embodiment|continuation|response|place))"
)

_SUBJECT = re.compile(
    rf"(?i)(?:^|[,;:(—–]\s*|\b(?:that|because|since|while|where|whereas)\s|"  # noqa: RUF001
    rf",\s(?:and|but|so)\s)(?:(?:the|a|an)\s)?(?:so-called\s|{_NAMING}\s(?:of\s|that\s)?){{0,2}}"
    rf"(?:(?:the|so-called)\s)*{_OPEN}$"
)
_ASIDE = (
    rf"{_CLOSE}(?:\s(?:itself|here))?(?:\s\([^()]{{1,80}}\))?"
    r"(?:,\s[^,;:.]{1,60}(?:,\s[^,;:.]{1,30})?,|\s[—–]\s[^—–.]{1,60}\s[—–])?\s"  # noqa: RUF001
)
_VERB = re.compile(
    rf"(?i){_ASIDE}(?:{_AUXILIARY}\s)?(?:{_ADVERB}\s)?(?:{_BE}\s)?(?:{_ADVERB}\s)?"
    r"(?:means?\b|refer(?:s|red)? to\b|denotes?\b|designates?\b|signif(?:y|ies)\b|"
    r"is to (?!be\b)\w+|consists? (?:of|in)\b|comprises?\b|stands? for\b|amounts? to\b|"
    r"defined by\b|(?:defined|understood|conceived|described|regarded|characteri[sz]ed|seen|viewed|"
    r"conceptuali[sz]ed|interpreted|known)(?: of)? (?:as|to be)\b)"
)
_IS_A = re.compile(
    rf"(?i){_ASIDE}(?:is|are|was|were)(?:,\s[^,;:.]{{2,40}},)?\s(?:{_ADVERB},?\s)*"
    r"(?P<what>(?:(?:an?|the|any|one|that|those|what|when)\b|[\w-]+\s(?:that|which)\b).*)"
)
_PRAISE = re.compile(
    rf"(?i)(?:an?|the|any|one)(?: of the)?\s(?:(?:very|most|more|\w+ly)\s)*{_PRAISING}\b"
)
_HOLDS = re.compile(
    rf"(?i){_CLOSE}(?:\s(?:theory|approach|concept|doctrine))"
    r"(?:,\s[^,;:.]{1,40},)?\s(?:holds?|advocates?|argues?|maintains?|proposes?|states?|posits?)"
    r"(?:,\s[^,;:.]{1,40},)?\sthat\b"
)
_APPOSITION = re.compile(
    rf"(?i){_CLOSE}(?:,|:|\s[—–]|\s\()\s?"  # noqa: RUF001
    rf"(?:(?:that is(?: to say)?|i\.\s?e\.|in other words)[,:]?\s|an?\s(?:\w+\s)?{_GENUS}\s)"
)
_BEGINS = re.compile(rf"^(?:\(?\d{{1,2}}[.)]\s)?{_OPEN}$")
_COLON = re.compile(rf"{_CLOSE}[:：]\s?\w")  # noqa: RUF001
_OF_TERM = rf"(?:(?:the|an?)\s)?(?:{_NAMING}\sof\s)?(?:the\s)?{_OPEN}$"
_ENDS = r"(?:[,.;:)]|$|\s(?:is|are|was|were|and|or|in|by)\b)"
_NAMED = tuple(
    (re.compile(f"(?i){before}{_OF_TERM}"), re.compile(f"(?i){_CLOSE}{after}"))
    for before, after in (
        (r"\bby\s", r",?\s(?:\w+\s){0,3}(?:mean|means|meant|understand|understood)\b"),
        (r"\b(?:defin|understand|conceiv|describ)(?:e|es|s|ed|ing)?\s", rf"\s(?:{_ADVERB}\s)?as\b"),
        (rf"\b{_BE}\s(?:{_ADVERB}\s)?(?:called|termed|named|referred to as|known as)\s", _ENDS),
        (r"\b(?:which|what|we|i)\s(?:\w+\s){0,2}calls?\s", _ENDS),
        (r"\b(?:definition|meaning) of\s", r"\s(?:is|was|:)"),
    )
)
_ZH_SUBJECT = re.compile(
    r"(?:^|[，。；：、,;:“「『《（(]|所谓|认为|指出|其中|而|但)[“「『《]?$"  # noqa: RUF001
)
_ZH_VERB = re.compile(
    r"[”」』》]?(?:[（(][^（）()]{1,40}[）)])?(?:一词|这一概念|的概念|的含义|的内涵|的本质)?[，,]?"  # noqa: RUF001
    r"(?:就|通常|一般|主要|可以|可|也|便)?"
    r"(?:是指|指的是|意指|意味着|意为|即|被?定义为|被?界定为|被?理解为|泛指|特指|系指|指|"
    r"就?是一[种个套项类]|就是)"
)
_ZH_NAMED = re.compile(r"(?:称为|称之为|叫做|称作|谓之)[“「『《]?$")
_QUESTION = re.compile(r"[?？]\W*$")  # noqa: RUF001


def defines(sentence: str, start: int, end: int) -> bool:
    """Whether a sentence defines the term that stands in it.

    Args:
        sentence: The sentence.
        start: The term's first character.
        end: One past its last.

    Returns:
        Whether its construction is one of a definition.
    """
    before, after = sentence[:start], sentence[end:]
    if _QUESTION.search(sentence):
        return False
    if is_chinese(sentence[start:end]):
        told = _ZH_SUBJECT.search(before) and _ZH_VERB.match(after)
        return bool(told or _ZH_NAMED.search(before))
    return _as_subject(before, after) or _as_name(before, after)


def _as_subject(before: str, after: str) -> bool:
    if _BEGINS.search(before) and _COLON.match(after):
        return True
    if not _SUBJECT.search(before):
        return False
    is_a = _IS_A.match(after)
    told = bool(is_a and not _PRAISE.match(is_a["what"]))
    return told or any(p.match(after) for p in (_VERB, _APPOSITION, _HOLDS))


def _as_name(before: str, after: str) -> bool:
    """The term behind a word that names or defines: "which is called X", "we define X as"."""
    return any(lead.search(before) and follow.match(after) for lead, follow in _NAMED)

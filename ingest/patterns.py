"""What short stretches of academic text look like: local tests, no state.

The word lists name the conventions of publishing (publisher's stamps, words of
a citation, names of sections), not the subject of any paper.
"""

from __future__ import annotations

import re

_TERMINAL = re.compile(r"[.!?。！？…][\"'”’»)\]*_]*$")  # noqa: RUF001
_CONNECTIVE = frozenset(
    "a an and are as at be between both but by can for from had has have how if in into is its "
    "may must not of on or our over should than that the their them these they this those through "
    "to toward towards under until upon was we were what when where whether which while who whose "
    "will with within without would".split()
)

_CITATION_WORDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\[[JMCDRNZ](?:/OL)?\]",
        r"(?i)\b(?:pp?\.? ?\d|pages? \d|\d+ page\b)|第 ?\d+.{0,4}页|\d页",
        r"(?i)\b(?:vol\b\.?|volume) ?\d|\d+\(\d+\) ?:",
        r"(?i)\b(?:no\b\.? ?\d|issue\b|\d+(?:st|nd|rd|th) edition)",
        r"(?i)\bpress\b|\bpublish(?:er|ing house|ers)\b|出版社",
        r"(?i)\bpublished in\b|发表于",
        r"(?i)\b(?:edited|translated|written) by\b|\beditor(?:-in-chief)?\b|\beds?\.\)?,",
        r"(?i)https?://|\bwww\.|\bdoi\b",
        r"\b(?:1[89]|20)\d\d\b|\d{4}年",
        r"«[^»]*»?|《[^》]*》?|»",
        r"(?i)\bjournal of\b|\bin \*[A-Z]|\bibid\b|\bop\. cit|\bet al\b",
        r"(?i)\b(?:beijing|shanghai|london|new york|cambridge|oxford|berlin|paris|tokyo): ",
        r"\[\d{4} ?- ?\d{1,2}? ?",
        r"[\"“”](?=,? in\b|,? [A-Z«]|\s*vol)|: [\"“«]",
    )
)
_STAMP = re.compile(
    r"(?i)^(?:machine translated by|downloaded (?:from|by)|authorized licensed use|"
    r"(?:copyright )?(?:©|\(c\)) ?\d{4}|all rights reserved|e?-?issn\b|doi:|https?://\S+$|"
    r"(?:open access|creative commons|licensed under)\b|"
    r"received|accepted|(?:available|published) online|corresponding author)"
)
_CATALOGUE_LABEL = re.compile(
    r"(?i)\b(?:classification number|document identification code|article number|"
    r"document code|article id)\b"
)
_PAGE_NUMBER = re.compile(r"(?i)^\W*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of)\s*\d+)?\W*$")
_CAPTION = re.compile(
    r"(?i)^[*_]*(?:fig(?:ure|\.)?|table|chart|graph|plate|scheme|box|图|表)\s*\.?\s*"
    r"(?:\d+|[ivx]+)\b[.:]?\s*(?P<rest>.*)",
    re.DOTALL,
)
_CAPTION_VERB = re.compile(
    r"(?i)^(?:\([a-z]\) )?(?:shows?|illustrates?|presents?|gives?|depicts?|is|are|was|were|"
    r"lists?|summari[sz]es|provides?|reports?|compares?|above|below|also|and|demonstrates?)\b"
)
_ALNUM = re.compile(r"[^\W_]")
_WORD = re.compile(r"\w+")


def words(text: str) -> int:
    """Number of words; a CJK run counts its characters."""
    cjk = len(re.findall(r"[\u3400-\u9fff]", text))
    return len(_WORD.findall(re.sub(r"[\u3400-\u9fff]", " ", text))) + cjk


def is_terminated(text: str) -> bool:
    """Whether a clean text ends as a sentence does."""
    return bool(_TERMINAL.search(text.rstrip()))


def begins_lowercase(text: str) -> bool:
    """Whether the first letter of a clean text is lowercase."""
    match = re.search(r"[^\W\d_]", text)
    return bool(match) and match.group().islower() and match.start() <= 2  # type: ignore[union-attr]


def breaks_off(text: str) -> bool:
    """Whether a clean text stops where no sentence can: after a comma or a connective."""
    tail = text.rstrip()
    last = re.search(r"([^\W\d_]+)$", tail)
    return tail.endswith((",", "-", "–", "(")) or bool(last and last.group(1).lower() in _CONNECTIVE)


def is_bibliographic(text: str) -> bool:
    """Whether a clean text reads as a list of references rather than as prose.

    It does with two or more distinct marks of a citation (pages, volume,
    publisher, year, title marks, address, …), one at least in every 14 words.
    """
    counts = [len(pattern.findall(text)) for pattern in _CITATION_WORDS]
    distinct = sum(count > 0 for count in counts)
    return distinct >= 2 and sum(counts) * 14 >= words(text)


def is_caption(text: str) -> bool:
    """Whether a clean text is the caption of a figure or table."""
    match = _CAPTION.match(text)
    if not match or words(text) > 60:
        return False
    return not _CAPTION_VERB.match(match.group("rest"))


def is_furniture(text: str) -> bool:
    """Whether a clean text is page furniture: a page number, a stamp, no words at all."""
    if not _ALNUM.search(text):
        return True
    if _CATALOGUE_LABEL.search(text) and words(text) <= 60:
        return True
    return words(text) <= 30 and bool(_PAGE_NUMBER.match(text) or _STAMP.match(text))

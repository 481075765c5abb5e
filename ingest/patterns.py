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
_FINITE = re.compile(
    r"(?i)\b(?:is|are|was|were|has|have|had|does|did|will|would|can|could|may|might|must|should|"
    r"it|they|we|he|she)\b"
)

_STRONG_CITATION = tuple(
    re.compile(pattern)
    for pattern in (
        r"\[[JMCDRNZ](?:/OL)?\]",
        r"(?i)\b(?:pp?\.? ?\d|pages? \d|\d+ page\b)|第 ?\d+.{0,4}页|\d页",
        r"(?i)\b(?:vol\b\.?|volume) ?\d|\d+\(\d+\) ?:",
        r"(?i)https?://|\bwww\.|\bdoi\b",
        r"«[^»]*»?|《[^》]*》?|»",
        r"(?i)\bibid\b|\bop\. cit",
        r"(?i)\b(?:beijing|shanghai|london|new york|cambridge|oxford|berlin|paris|tokyo): ",
    )
)
_WEAK_CITATION = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?i)\b(?:no\b\.? ?\d|issue\b|\d+(?:st|nd|rd|th) edition)",
        r"(?i)\bpress\b|\bpublish(?:er|ing house|ers)\b|出版社",
        r"(?i)\b(?:edited|translated|written) by\b|\beditor(?:-in-chief)?\b|\beds?\.\)?,",
        r"(?i)\bjournal of\b|\bin \*[A-Z]|\bet al\b",
        r"(?i)\bpublished in\b|发表于",
        r"\b(?:1[89]|20)\d\d\b|\d{4}年",
        r"\[\d{4} ?- ?\d{1,2}? ?",
        r"[\"“”](?=,? in\b|,? [A-Z«]|\s*vol)|: [\"“«]",
    )
)
_STAMP = re.compile(
    r"(?i)^(?:machine translated by|downloaded (?:from|by)|authorized licensed use|"
    r"(?:copyright )?(?:©|\(c\)) ?\d{4}|all rights reserved|e?-?issn\b|doi:|https?://\S+$|"
    r"\[[^\]]+\]: ?\S+$|(?:open access|creative commons|licensed under)\b(?!.*\w\.$)|"
    r"(?:received|accepted|(?:available|published) online)\b.{0,20}\d|corresponding author)"
)
_CATALOGUE_LABEL = re.compile(
    r"(?i)\b(?:classification number|document identification code|article number|"
    r"document code|article id)\b"
)
_PAGE_NUMBER = re.compile(
    r"(?i)^\W*(?:page\s*)?"
    r"(?:\d{1,4}|(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))(?:\s*(?:/|of)\s*\d+)?\W*$"
)
_CONTENTS_LINE = re.compile(r"(?:\.{4,}|(?: \.){4,}|…{2,})\s*\d+$")
_CAPTION = re.compile(
    r"(?i)^[*_]*(?:fig(?:ure|\.)?|table|chart|graph|plate|scheme|box|图|表)\s*\.?\s*"
    r"(?:\d+(?:\.\d+)?|[ivx]+)(?P<part>\s?\([a-z]\))?(?!\w)(?P<mark>\s*[.:|：–—])?\s*(?P<rest>.*)",  # noqa: RUF001
    re.DOTALL,
)
_CAPTION_VERB = re.compile(
    r"(?i)[,)]|(?:shows?|illustrates?|presents?|gives?|depicts?|is|are|was|were|lists?|"
    r"summari[sz]es|provides?|reports?|compares?|above|below|also|and|in|of|demonstrates?)\b"
)
_ACKNOWLEDGEMENT = re.compile(
    r"(?i)^(?:this (?:work|research|study|paper|article) (?:was|is|has been) "
    r"(?:partly |partially |financially )?(?:supported|funded)|"
    r"(?:the|we,? the) authors? (?:would like to |wish(?:es)? to )?(?:thank|acknowledge|(?:is|are) "
    r"grateful)|we (?:thank|gratefully acknowledge|are grateful to) )"
)
_NOTE_MARK = re.compile(r"(?:\\\*|[†‡]|\[\^[^\[\]\s]{1,40}\]:)")
_LIKELY_NOTE_MARK = re.compile(
    r"(?:\d{1,3}[.)]?\s+|[*§¶]+\s*|[¹²³\u2070\u2074-\u2079]+\s*|<sup>[^<>]{1,9}</sup>\s*|"
    r"\[\d{1,3}\]\s*|\(\d{1,3}\)\s+)(?=[\"“‘«(]?[^\W\d_a-z])"  # noqa: RUF001
)
_ITEM = re.compile(r"\s*(?:(?:[-*+•]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s|\|)")
_ALNUM = re.compile(r"[^\W_]")
_WORD = re.compile(r"\w+")
_CJK = re.compile(r"[\u3400-\u9fff]")


def words(text: str) -> int:
    """Number of words; a CJK run counts its characters."""
    return len(_WORD.findall(_CJK.sub(" ", text))) + len(_CJK.findall(text))


def is_terminated(text: str) -> bool:
    """Whether a clean text ends as a sentence does."""
    return bool(_TERMINAL.search(text[-20:].rstrip()))


def is_cut(text: str) -> bool:
    """Whether a clean text stops in mid-sentence, and announces no list."""
    return not is_terminated(text) and not text.rstrip().endswith((":", "："))  # noqa: RUF001


def begins_lowercase(text: str) -> bool:
    """Whether the first letter of a clean text is lowercase."""
    match = re.search(r"[^\W\d_]", text[:3])
    return bool(match and match.group().islower())


def begins_sentence(text: str) -> bool:
    """Whether a text begins with a capital or a Chinese character, quotes aside."""
    first = text.lstrip("\"'“‘«(*_ ")[:1]  # noqa: RUF001
    return first.isupper() or bool(_CJK.match(first))


def is_chinese(text: str) -> bool:
    """Whether a third of a text is Chinese characters."""
    return len(_CJK.findall(text)) * 3 > len(text)


def breaks_off(text: str) -> bool:
    """Whether a clean text stops where no sentence can: after a comma or a connective."""
    tail = text[-40:].rstrip()
    last = re.search(r"([^\W\d_]+)$", tail)
    word = last.group(1) if last else ""
    return tail.endswith((",", "-", "–", "(")) or is_connective(word)  # noqa: RUF001


def is_connective(word: str) -> bool:
    """Whether a word is an article, a preposition or the like: no sentence or name ends in it."""
    return word.lower() in _CONNECTIVE


def is_bibliographic(text: str) -> bool:
    """Whether a clean text reads as a list of references rather than as prose.

    It does with two or more distinct marks of a citation, three in all, one of
    them strong (pages, volume, title marks, address, …, no mere year or
    publisher), one at least in every 14 words, and more than verbs of a statement.
    """
    strong = [len(pattern.findall(text)) for pattern in _STRONG_CITATION]
    weak = [len(pattern.findall(text)) for pattern in _WEAK_CITATION]
    marks = sum(strong) + sum(weak)
    distinct = sum(count > 0 for count in (*strong, *weak))
    if distinct < 2 or marks < 3 or not any(strong) or marks * 14 < words(text):
        return False
    return marks > len(_FINITE.findall(text))


def is_caption(text: str) -> bool:
    """Whether a clean text is the caption of a figure or table, and not a sentence about it."""
    match = _CAPTION.match(text[:2000])
    if not match or words(text) > 120:
        return False
    if match["mark"] or not match["rest"]:
        return True
    named = not is_terminated(text) and not _CAPTION_VERB.match(match["rest"])
    return (begins_sentence(match["rest"]) or named) and words(text) <= 60


def is_furniture(text: str) -> bool:
    """Whether a clean text is page furniture: a page number, a stamp, no words at all."""
    if not _ALNUM.search(text):
        return True
    short = words(text) <= 30
    if _CATALOGUE_LABEL.search(text[:1000]) and words(text) <= 60:
        return True
    if not short or len(text) > 1000:
        return False
    return bool(_PAGE_NUMBER.match(text) or _STAMP.match(text) or _CONTENTS_LINE.search(text))


def is_acknowledgement(text: str) -> bool:
    """Whether a clean text opens with thanks, as acknowledgements without a heading do."""
    return bool(_ACKNOWLEDGEMENT.match(text))


def has_note_mark(raw: str, *, likely: bool = False) -> bool:
    """Whether a source text begins with a mark that only footnotes have.

    Args:
        raw: Source text of a block, marks and all.
        likely: Count numbers and stars too, which other paragraphs may begin with.

    Returns:
        Whether it does.
    """
    return bool(_NOTE_MARK.match(raw) or (likely and _LIKELY_NOTE_MARK.match(raw)))


def is_item(raw: str) -> bool:
    """Whether a source text begins as a list item or the row of a table does."""
    return bool(_ITEM.match(raw))

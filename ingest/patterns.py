"""What short stretches of academic text look like: local tests, no state.

The word lists name the conventions of publishing (publisher's stamps, words of
a citation, names of sections), not the subject of any paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

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

_Mark: TypeAlias = tuple[tuple[str, ...], re.Pattern[str]]
"""A mark of citations: lowercase strings of which one is in all its forms, and its pattern."""

_STRONG_CITATION: tuple[_Mark, ...] = tuple(
    (needed, re.compile(pattern))
    for needed, pattern in (
        (("[",), r"\[[JMCDRNZ](?:/OL)?\]"),
        (
            ("page", "页", "p.", "p ", *(f"p{digit}" for digit in range(10))),
            r"(?i)\b(?:pp?\.? ?\d|pages? \d|\d+ page\b)|第 ?\d+.{0,4}页|\d页",
        ),
        (("vol", "):", ") :"), r"(?i)\b(?:vol\b\.?|volume) ?\d|\d+\(\d+\) ?:"),
        (("http", "www.", "doi"), r"(?i)https?://|\bwww\.|\bdoi\b"),
        (tuple("«»《"), r"«[^»]*»?|《[^》]*》?|»"),
        (("ibid", "op. cit"), r"(?i)\bibid\b|\bop\. cit"),
        (
            (": ",),
            r"(?i)\b(?:beijing|shanghai|london|new york|cambridge|oxford|berlin|paris|tokyo): ",
        ),
    )
)
_WEAK_CITATION: tuple[_Mark, ...] = tuple(
    (needed, re.compile(pattern))
    for needed, pattern in (
        (
            ("no", "issue", "edition"),
            r"(?i)\b(?:no\b\.? ?\d|issue\b|\d+(?:st|nd|rd|th) edition)",
        ),
        (
            ("press", "publish", "出版社"),
            r"(?i)\bpress\b|\bpublish(?:er|ing house|ers)\b|出版社",
        ),
        (
            ("ted by", "written by", "editor", "ed.", "eds."),
            r"(?i)\b(?:edited|translated|written) by\b|\beditor(?:-in-chief)?\b|\beds?\.\)?,",
        ),
        (("journal of", "in *", "et al"), r"(?i)\bjournal of\b|\bin \*[A-Z]|\bet al\b"),
        (("published in", "发表于"), r"(?i)\bpublished in\b|发表于"),
        (("18", "19", "20", "年"), r"\b(?:1[89]|20)\d\d\b|\d{4}年"),
        (("[",), r"\[\d{4} ?- ?\d{1,2}? ?"),
        (tuple('"“”«'), r"[\"“”](?=,? in\b|,? [A-Z«]|\s*vol)|: [\"“«]"),
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
_PAGE_FOOT = re.compile(r"(?i)^(?!.*[.!?] ).*\s\[(?:page|seite|p\.)\s*\d{1,4}\]$")
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
_NOTE_MARK = re.compile(r"(?:\\\*|[†‡]|\[\^[^\[\]\s]{1,40}\]:|\[Footnote [^\[\]\s]{1,5}: )")
_LIKELY_NOTE_MARK = re.compile(
    r"(?:\d{1,3}[.)]?\s+|[*§¶]+\s*|[¹²³\u2070\u2074-\u2079]+\s*|<sup>[^<>]{1,9}</sup>\s*|"
    r"\[\d{1,3}\]\s*|\(\d{1,3}\)\s+)(?=[\"“‘«(]?[^\W\d_a-z])"  # noqa: RUF001
)
_ITEM = re.compile(r"\s*(?:(?:[-*+•]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s|\|)")
_ALNUM = re.compile(r"[^\W_]")
_WORD = re.compile(r"\w+")
_CJK = re.compile(r"[\u3400-\u9fff]")


@lru_cache(maxsize=4096)
def words(text: str) -> int:
    """Number of words; a CJK run counts its characters."""
    others, characters = _CJK.subn(" ", text)
    return len(_WORD.findall(others)) + characters


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
    strong = _counts(_STRONG_CITATION, text)
    if not strong:
        return False
    counts = [*strong, *_counts(_WEAK_CITATION, text)]
    marks = sum(counts)
    if len(counts) < 2 or marks < 3 or marks * 14 < words(text):
        return False
    return marks > len(_FINITE.findall(text))


def _counts(marks: Iterable[_Mark], text: str) -> list[int]:
    """How often each mark of citations that is in a text stands there."""
    low = text.lower()
    there = (pattern for needed, pattern in marks if any(part in low for part in needed))
    return [count for pattern in there if (count := len(pattern.findall(text)))]


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
    if words(text) > 60:
        return False
    if _CATALOGUE_LABEL.search(text[:1000]):
        return True
    if words(text) > 30 or len(text) > 1000:
        return False
    if _PAGE_FOOT.match(text) and words(text) <= 15:
        return True
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

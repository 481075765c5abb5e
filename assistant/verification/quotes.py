"""Quotes of a sentence, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.sentences import split_sentences

_QUOTED = re.compile(r"“([^“”]+)”|「([^「」]+)」|(?<!\w)\"([^\"]+)\"(?!\w)")
_CJK = re.compile(r"[\u3400-\u9fff]")
_LEAST_WORDS = 3
_ELLIPSIS = re.compile(
    r"\s*(?:\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|…|"
    r"\.\s?\.\s?\.)\s*"
)
_AT_END = " \t\n.,;:!?。\uff0c\uff1b\uff1a\uff01\uff1f"
_SAME = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'"),
    **dict.fromkeys("“”„‟″«»「」『』", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013—―\u2212\ufe58﹣-", "-"),
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
}
_LEFT_OUT = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011](?:[ \t]*\n\s*)?(?=[^\W\d_])")
_MARK = (
    r"[\s*•◦▪>(\uff08\u2013\u2014-]|\b(?:\d{1,3}|[A-Za-z]|[ivx]{2,4})[.)\uff09]|"
    r"[一二三四五六七八九十]+[)\uff09\u3001]"
)
"""What may stand before an item of a list: bullets, "1.", "(a)", "ii)", "(一)"."""
_BEFORE_SENTENCE = re.compile(rf"(?:{_MARK}|[\u201c\u2018\"'「『\[])*")
_BEHIND_SENTENCE = re.compile(
    r"(?:[\s.!…。\uff01\u201d\u2019\"'」』)\uff09\]]|\[\d[\d,\s\u2013-]*\])*"
)
_GOES_ON = re.compile(rf"[:;,\uff1a\uff1b\uff0c](?:{_MARK})*\Z")
_HEADING = re.compile(rf"(?:\A|\n)#{{1,6}} [^\n]*\n(?:{_MARK})*\Z")
_SPACED_DASH = re.compile(r"\s*[\u2012\u2013—―]\s*|\s+-\s+")


def quotes_in(sentence: str) -> list[str]:
    """The quotes of a sentence: text in “ ”, " " or 「」.

    Args:
        sentence: A sentence.

    Returns:
        Quotes of at least three words (or three Chinese characters), in order and
        without their quote marks; shorter ones are mostly terms.
    """
    return [quote for quote in _quoted(sentence) if _length(quote) >= _LEAST_WORDS]


def terms_in(sentence: str) -> list[str]:
    """What else a sentence has in quote marks: terms, too short to be called quotes."""
    return [quote for quote in _quoted(sentence) if _length(quote) < _LEAST_WORDS]


def _quoted(sentence: str) -> list[str]:
    return [next(filter(None, match.groups())) for match in _QUOTED.finditer(sentence)]


def locate_quote(quote: str, text: str) -> tuple[int, int] | None:
    """Where a quote stands in a text, verbatim.

    First letter for letter. Else both are compared normalised: runs of whitespace are
    one space, curly quote marks are straight, dashes are one and the same, with or without
    spaces, ligatures are letters, hyphens within a word are left out, with the line break
    behind, as are soft hyphens and characters without width; upper and lower case differ.
    An ellipsis ("…", "...", "[...]") cuts a quote into pieces that must stand in this order.
    Punctuation at the ends of a quote is not looked for where the text goes on otherwise.
    No quote begins or ends within a word of the text.

    Args:
        quote: The quote, without its quote marks.
        text: Where it should stand.

    Returns:
        ``(start, end)`` of the text, from the first piece's start to the last one's end;
        None where the text does not say it, or the quote is blank.
    """
    if not quote.strip():
        return None
    exact = _find_whole(quote, text, 0)
    if exact >= 0:
        return exact, exact + len(quote)
    normal = _normalised(text)
    return _find(_normalised(quote).text, normal) or _find_pieces(quote, normal)


def locate_sentences(text: str, source: str) -> tuple[int, int] | None:
    """Where a text stands in a source verbatim and is one or several sentences of it, whole.

    A part of a sentence may say the contrary of the sentence ("It is not true that …"), so
    what is cut at a comma, colon or semicolon is none, nor what leaves out words by an
    ellipsis. Marks of lists and headings may stand before it, and other punctuation behind.

    Args:
        text: One sentence or several.
        source: Where they should stand.

    Returns:
        ``(start, end)`` of the source, or None.
    """
    at = 0
    while place := locate_quote(text, source[at:]):
        start, end = at + place[0], at + place[1]
        if _letters(source[start:end]) == _letters(text) and _is_whole(source, start, end):
            return start, end
        at = end
    return None


def without_quotes(sentence: str) -> str:
    """A sentence without the quotes that `quotes_in` finds; terms stay."""
    return _QUOTED.sub(
        lambda match: match[0] if _length(match[0]) < _LEAST_WORDS else " ", sentence
    )


def _is_whole(source: str, start: int, end: int) -> bool:
    sentences = split_sentences(source)
    begins = _HEADING.search(source, 0, start) or (
        any(a <= start and _BEFORE_SENTENCE.fullmatch(source, a, start) for a, _ in sentences)
        and not _GOES_ON.search(source, 0, start)
    )
    return bool(begins) and any(
        end <= b and _BEHIND_SENTENCE.fullmatch(source, end, b) for _, b in sentences
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, _normalised(text).text))


@dataclass(frozen=True, slots=True)
class _Normal:
    """A normalised text; ``origins`` has the place of each character in the original."""

    text: str
    origins: tuple[int, ...]


def _find_pieces(quote: str, normal: _Normal) -> tuple[int, int] | None:
    pieces = [p for part in _ELLIPSIS.split(quote) if (p := _normalised(part).text.strip(_AT_END))]
    first, at, last = None, 0, 0
    for piece in pieces:
        start = _find_whole(piece, normal.text, at)
        if start < 0:
            return None
        at = start + len(piece)
        first = normal.origins[start] if first is None else first
        last = normal.origins[at - 1] + 1
    return None if first is None else (first, last)


def _find(wanted: str, normal: _Normal) -> tuple[int, int] | None:
    wanted = wanted.strip()
    start = _find_whole(wanted, normal.text, 0) if wanted else -1
    if start < 0:
        return None
    return normal.origins[start], normal.origins[start + len(wanted) - 1] + 1


def _find_whole(wanted: str, text: str, at: int) -> int:
    """The first place at which no word is cut, else -1."""
    while (at := text.find(wanted, at)) >= 0:
        before, behind = text[at - 1 : at], text[at + len(wanted) :][:1]
        if not (_joins(before, wanted[0]) or _joins(wanted[-1], behind)):
            return at
        at += 1
    return -1


def _joins(left: str, right: str) -> bool:
    return bool(left and right and left.isalnum() and right.isalnum()) and not (
        _CJK.match(left) or _CJK.match(right)
    )


@lru_cache(maxsize=512)
def _normalised(text: str) -> _Normal:
    characters: list[str] = []
    origins: list[int] = []
    for at, character in _characters(text):
        if character != " " or (characters and characters[-1] != " "):
            characters.append(character)
            origins.append(at)
    return _Normal("".join(characters), tuple(origins))


def _characters(text: str) -> Iterator[tuple[int, str]]:
    hyphens = {at for match in _HYPHEN.finditer(text) for at in range(*match.span())}
    dashes = {
        at
        for match in _SPACED_DASH.finditer(text)
        for at in range(*match.span())
        if text[at].isspace()
    }
    for at, character in enumerate(text):
        if at in hyphens or at in dashes or character in _LEFT_OUT:
            continue
        if character.isspace():
            yield at, " "
        else:
            yield from ((at, c) for c in _SAME.get(character, character))


def _length(quote: str) -> int:
    return max(len(quote.split()), len(_CJK.findall(quote)))

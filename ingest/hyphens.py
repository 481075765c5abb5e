"""Hyphens at the ends of lines: which belong to their word, and which only part it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_EDGES = re.compile(r"^\W+|\W+$")
_SHORT = 3
"""Words of so many letters may be the parts of any word."""

_FIRSTS = frozenset({"cross", "self", "well"})
"""What makes a compound with a word that the document has by itself, too."""

_SECONDS = frozenset(
    "based driven level making oriented owned relevant scale specific term wide".split()
)
"""What ends compounds, and no word that is cut before it."""

_GO_ON = frozenset("and or und oder et ou y o e".split())
"""Words behind a hyphen that stands for what follows later, as in "pre- and post-war"."""


class Hyphens:
    """Which hyphens at the end of a line belong to their word.

    Args:
        lines: The words of every line of a document.
    """

    def __init__(self, lines: Iterable[Sequence[str]]) -> None:
        self._words: set[str] = set()
        self._seconds: set[str] = set(_SECONDS)
        count = hyphens = 0
        for line in lines:
            count += 1
            cut = line[-1].endswith("-")
            hyphens += cut
            self._words.update(map(bare, line[:-1] if cut else line))
        compounds = (word.rpartition("-") for word in self._words)
        self._seconds.update(end for _, sign, end in compounds if sign and len(end) > _SHORT)
        self._usual = hyphens > 0.04 * count

    def keeps(self, first: str, second: str) -> bool:
        """Whether two halves of a word, the first with its hyphen, stay parted by it."""
        start, end = bare(first), bare(second)
        if f"{start}-{end}" in self._words:
            return True
        if start + end in self._words:
            return False
        if not second[:1].islower():
            return True
        return self._is_compound(start, end) or not self._usual

    def _is_compound(self, start: str, end: str) -> bool:
        """Whether two words make one with a hyphen, by what stands elsewhere in the document."""
        if min(len(start), len(end)) <= _SHORT:
            return False
        known = end in self._words and (start in _FIRSTS or start in self._words)
        return known or end in self._seconds

    def suspends(self, first: str, second: str) -> bool:
        """Whether a hyphen stands for the rest of its word, so that a space follows it."""
        return bare(second) in _GO_ON and bare(first) + bare(second) not in self._words


_NONE = Hyphens(())
_CUT = re.compile(
    r"(?<=[^\W_]{2})-([ \t]*\r?\n[ \t]*(?:>[ \t]*)*)(?=[^\W_])(?!\d{1,3}[.)]\s)"  # no list
)
"""A hyphen at the end of a line, and the break behind it with what marks a quote."""

_LONGEST_WORD = 60


def partings(text: str, source: str) -> list[tuple[int, int]]:
    """What parts words at the ends of lines: the break, or the hyphen too.

    Args:
        text: A stretch of Markdown.
        source: The whole text it is of, whose words decide; empty where it is not known, and
            every hyphen stays.

    Returns:
        Ranges of ``text``, in order.
    """
    cuts = list(_CUT.finditer(text)) if "-" in text else []
    hyphens = _hyphens_of(source) if cuts and source else _NONE
    found = (_parting(cut, text, hyphens) for cut in cuts)
    return [part for part in found if part]


@lru_cache(maxsize=4)
def _hyphens_of(text: str) -> Hyphens:
    return Hyphens(words for line in text.splitlines() if (words := line.split()))


def _parting(cut: re.Match[str], text: str, hyphens: Hyphens) -> tuple[int, int] | None:
    first = text[max(0, cut.start() - _LONGEST_WORD) : cut.start() + 1].rsplit(maxsplit=1)[-1]
    second = text[cut.end() : cut.end() + _LONGEST_WORD].split(maxsplit=1)[0]
    if hyphens.suspends(first, second):
        return None
    return cut.span(1) if hyphens.keeps(first, second) else cut.span()


def bare(word: str) -> str:
    """A word in lowercase, without the signs around it."""
    return _EDGES.sub("", word).lower()

"""Lists that run over sentences, or within one: all their items, each a quote of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from assistant.quoting.choosing import MARKS, Budget
from assistant.quoting.sentences import Candidate
from ingest.sentences import split_sentences
from ingest.types import Passage

if TYPE_CHECKING:
    from vectorstore.library import Library

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_NUMERALS = {
    numeral: number
    for series in (_ORDINALS, "①②③④⑤⑥⑦⑧⑨", [f"第{sign}" for sign in "一二三四五六七八九"], ["首先"])
    for number, numeral in enumerate(series, 1)
}
_ANY_ORDINAL = "|".join(_ORDINALS)
_ANY_SIGN = r"[①-⑨]|第[一二三四五六七八九](?=[,\uff0c、:\uff1a])"
_NEXT, _LAST = 0, -1
_BEGINS = re.compile(
    rf"(?i)^\W*?(?:(?:the )?(?P<word>{_ANY_ORDINAL})(?:ly)?\b"
    rf"|(?:(?:step|stage|phase) )?\(?(?P<digit>\d{{1,2}})[).:]\s|(?P<sign>{_ANY_SIGN}|首先)"
    r"|(?P<last>(?:finally|lastly|in the end|the last)\b|最后)"
    r"|(?P<next>(?:then|next|the other)\b|其次|再次|然后))"
)
_WITHIN = re.compile(
    rf"(?i)(?<=\s)\((?P<digit>\d)\)(?=\s?\w)|(?<=[;:,]\s)(?:and )?(?P<word>{_ANY_ORDINAL})(?:ly)?,"
    rf"|(?P<sign>{_ANY_SIGN})"
)
_APART = 4
"""How many sentences one item may run on before the next begins."""

_AROUND = 3
"""How many passages before and behind are read for the rest of a list."""

_SURE = 2
"""So many of the best sentences pull the whole of their list in, however long it is."""


class Piece(NamedTuple):
    """A stretch of a passage that is one quote; ``item`` says whether it is one of a list."""

    passage: Passage
    start: int
    end: int
    item: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Quotes of one paper that belong together, in reading order; the best block comes first."""

    pieces: tuple[Piece, ...]
    score: float

    @property
    def paper_id(self) -> str:
        """Their paper."""
        return self.pieces[0].passage.paper_id


Line = tuple[Passage, int, int]
"""A sentence, by its passage and its characters there."""


def with_whole_lists(library: Library, chosen: Sequence[Candidate], budget: Budget) -> list[Block]:
    """Blocks of the sentences that were chosen, with all items of the lists they are of.

    Args:
        library: Where the passages come from.
        chosen: Sentences, the best first.
        budget: How long the answer may be. A list of one of the best sentences is quoted
            whole, and the sentences that were chosen last make room for it.

    Returns:
        The blocks, in no order.
    """
    kept, lists = list(chosen), list[tuple[Block, frozenset[Line]]]()
    for rank, candidate in enumerate(chosen):
        line = (candidate.passage, candidate.start, candidate.end)
        if candidate not in kept or any(line in lines for _, lines in lists):
            continue
        items = _list_of(line, _lines_around(library, candidate.passage))
        lines = frozenset(line for item in items for line in item)
        if not items or any(lines & others for _, others in lists):
            continue
        rest = [c for c in kept if (c.passage, c.start, c.end) not in lines]
        block = Block(tuple(_pieces(items)), candidate.score)
        room = (
            budget.characters - _length(block, budget) - sum(_length(b, budget) for b, _ in lists)
        )
        if rank >= _SURE and budget.length(rest) > room:
            continue
        while rest and budget.length(rest) > room:
            rest.pop()
        kept = rest
        lists.append((block, lines))
    return [*(block for block, _ in lists), *_runs(kept)]


def _length(block: Block, budget: Budget) -> int:
    quotes = sum(piece.end - piece.start + MARKS for piece in block.pieces)
    return quotes + budget.frames.get(block.paper_id, 0)


def _lines_around(library: Library, passage: Passage) -> list[Line]:
    """The sentences of the passages around one, of its section, in reading order."""
    passages = library.passages(passage.paper_id)
    places = [i for i, other in enumerate(passages) if other.id == passage.id]
    if not places:
        return []
    near = passages[max(places[0] - _AROUND, 0) : places[0] + _AROUND + 1]
    return [
        (other, start, end)
        for other in near
        if other.section == passage.section
        for start, end in split_sentences(other.text)
    ]


def _list_of(line: Line, lines: Sequence[Line]) -> list[list[Line]]:
    """The items of the list that a sentence introduces or is of, each its sentences."""
    if line not in lines:
        return []
    at = lines.index(line)
    numbers = [_number(*other) for other in lines]
    first = next(
        (i for i in range(at, max(at - _APART * len(_ORDINALS), -1), -1) if numbers[i] == 1), None
    )
    if numbers[at : at + 2] == [None, 1]:
        first = at + 1
    if first is None:
        return []
    begins = _beginnings(numbers, first)
    introduced = first - 1 == at
    if len(begins) < 2 or not (introduced or first <= at <= begins[-1]):
        return []
    items = [list(lines[a:b]) for a, b in pairwise(begins)]
    items.append([lines[begins[-1]]])
    return [[line], *items] if introduced else items


def _number(passage: Passage, start: int, end: int) -> int | None:
    """Which item of a list a sentence begins: counted from 1, or `_NEXT`, or `_LAST`."""
    found = _BEGINS.match(passage.text[start:end])
    if not found:
        return None
    if found["last"] or found["next"]:
        return _LAST if found["last"] else _NEXT
    return _value(found)


def _value(found: re.Match[str]) -> int:
    numeral = (found["word"] or found["sign"] or found["digit"]).lower()
    return _NUMERALS.get(numeral) or int(numeral)


def _beginnings(numbers: Sequence[int | None], first: int) -> list[int]:
    """Where the items begin of the list whose first begins there."""
    begins, wanted = [first], 2
    while True:
        near = range(begins[-1] + 1, min(begins[-1] + 1 + _APART, len(numbers)))
        following = next((i for i in near if numbers[i] in {wanted, _NEXT, _LAST}), None)
        if following is None:
            return begins
        begins.append(following)
        wanted += 1
        if numbers[following] == _LAST:
            return begins


def _pieces(items: Sequence[Sequence[Line]]) -> Iterator[Piece]:
    """A quote for each item; two, where it goes on in the next passage."""
    for item in items:
        for _, own in groupby(item, key=lambda line: line[0].id):
            lines = list(own)
            yield Piece(lines[0][0], lines[0][1], lines[-1][2], item=True)


def _runs(chosen: Sequence[Candidate]) -> Iterator[Block]:
    """A block for each passage: neighbouring sentences are one quote."""
    in_order = sorted(chosen, key=lambda c: c.key)
    for _, own in groupby(in_order, key=lambda c: c.passage.id):
        sentences = list(own)
        pieces: list[Piece] = []
        for i, sentence in enumerate(sentences):
            if i and sentences[i - 1].number + 1 == sentence.number:
                pieces[-1] = pieces[-1]._replace(end=sentence.end)
            else:
                pieces.append(Piece(sentence.passage, sentence.start, sentence.end))
        split = tuple(part for piece in pieces for part in _split(piece))
        yield Block(split, max(sentence.score for sentence in sentences))


def _split(piece: Piece) -> list[Piece]:
    """The items of a list within a quote, with what introduces it; the quote where it has none."""
    text = piece.passage.text[piece.start : piece.end]
    marks = list(_WITHIN.finditer(text))
    numbers = list(map(_value, marks))
    if len(marks) < 2 or numbers != list(range(1, len(marks) + 1)):
        return [piece]
    edges = [0, *(mark.start() for mark in marks), len(text)]
    parts = []
    for number, (a, b) in enumerate(pairwise(edges)):
        if stretch := text[a:b].strip():
            start = piece.start + a + text[a:b].index(stretch)
            parts.append(Piece(piece.passage, start, start + len(stretch), item=number > 0))
    return parts

"""What the stages of the PDF reader hand on: words, lines, blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, Self

from ingest.layout import Box, PageState

Role = Literal["body", "heading", "note", "caption", "table", "item", "head", "aside"]
"""What a block is: running text, or what stands beside it; ``head`` is around the title."""


class Frame(NamedTuple):
    """A page turned so that text of one direction is upright.

    ``page`` counts from 1. ``width`` and ``height`` are those of the page as it is
    shown, ``turn`` the quarter turns clockwise from the page as shown to the frame.
    """

    page: int
    width: float
    height: float
    turn: int = 0

    @property
    def breadth(self) -> float:
        """The width of the turned page."""
        return self.height if self.turn % 2 else self.width

    @property
    def depth(self) -> float:
        """The height of the turned page."""
        return self.width if self.turn % 2 else self.height

    def shown(self, left: float, top: float, right: float, bottom: float) -> Box:
        """A rectangle of the frame on the page as it is shown."""
        if self.turn == 1:
            return Box(self.page, top, self.height - right, bottom, self.height - left)
        if self.turn == 2:
            x, y = self.width, self.height
            return Box(self.page, x - right, y - bottom, x - left, y - top)
        if self.turn == 3:
            return Box(self.page, self.width - bottom, left, self.width - top, right)
        return Box(self.page, left, top, right, bottom)


class Word(NamedTuple):
    """A word, or a part of one that has a type of its own, in its frame's points.

    ``base`` is the height of the line it stands on; ``glued`` says that no space is
    before it, ``dropped`` that it is a drop cap, which reaches down beside the next lines.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    bold: bool = False
    glued: bool = False
    dropped: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand in one line of one column, from left to right.

    ``cells`` are its words parted by wide gaps. ``size`` and ``base`` are those of the
    longest word in the most used size; ``bold`` says whether most of the line is, ``italic``
    whether all of it is.
    """

    frame: Frame
    cells: tuple[tuple[Word, ...], ...]
    words: tuple[Word, ...]
    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool

    @classmethod
    def of(cls, frame: Frame, cells: Sequence[Sequence[Word]]) -> Self:
        """The line that cells make."""
        words = tuple(word for cell in cells for word in cell)
        texts, lefts, _, rights, _, _, sizes, bolds, glued, _, italics = zip(*words, strict=True)
        main = _main(words) if len(set(sizes)) > 1 else max(words, key=_length)
        return cls(
            frame,
            tuple(map(tuple, cells)),
            words,
            _text(words) if any(glued) else " ".join(texts),
            min(lefts),
            max(rights),
            main.base,
            main.size,
            any(bolds) and _is_bold(words),
            all(italics),
        )


def _length(word: Word) -> int:
    return len(word.text)


def _main(words: Sequence[Word]) -> Word:
    """The word whose type is its line's: the longest of those in the most used size."""
    weights: dict[float, int] = {}
    for word in words:
        weights[word.size] = weights.get(word.size, 0) + len(word.text)
    size = max(weights, key=lambda size: (weights[size], size))
    return max((word for word in words if word.size == size), key=_length)


def _is_bold(words: Sequence[Word]) -> bool:
    """Whether most of the letters are bold."""
    total = sum(len(word.text) for word in words)
    return sum(len(word.text) for word in words if word.bold) * 10 > total * 8


def _text(words: Sequence[Word]) -> str:
    """Words, as they are printed."""
    parts = [word.text if word.glued else f" {word.text}" for word in words[1:]]
    return words[0].text + "".join(parts)


@dataclass(frozen=True)
class Block:
    """Lines that belong together, in a column that reaches from ``left`` to ``right``."""

    lines: tuple[Line, ...]
    left: float
    right: float
    role: Role = "body"
    level: int = 0

    @cached_property
    def text(self) -> str:
        """Its lines, joined by spaces."""
        return " ".join(line.text for line in self.lines)

    @cached_property
    def size(self) -> float:
        """The size of its type: that of its longest line."""
        return max(self.lines, key=lambda line: len(line.words)).size

    @property
    def bold(self) -> bool:
        """Whether all its lines are bold."""
        return all(line.bold for line in self.lines)

    @property
    def italic(self) -> bool:
        """Whether all its lines are italic."""
        return all(line.italic for line in self.lines)

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.lines[0].frame.page


@dataclass(frozen=True)
class Sheet:
    """A page as it was read: its words by direction, the main one first.

    ``label`` is what the file calls the page; ``confidence`` that of OCR; ``slanted`` how
    many words were left out because they are set aslant.
    """

    width: float
    height: float
    state: PageState
    words: tuple[tuple[Frame, Sequence[Word]], ...] = ()
    label: str = ""
    confidence: float | None = None
    slanted: int = 0

"""What the stages of the PDF reader hand on: words, lines, blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from ingest.layout import Box, PageState

Role = Literal["body", "heading", "note", "caption", "table", "item", "head", "aside"]
"""What a block is: running text, or what stands beside it; ``head`` is below the title."""


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
    before it.
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


@dataclass(frozen=True)
class Line:
    """Words that stand in one line of one column; ``cells`` are parted by wide gaps."""

    frame: Frame
    cells: tuple[tuple[Word, ...], ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words, from left to right."""
        return tuple(word for cell in self.cells for word in cell)

    @cached_property
    def main(self) -> Word:
        """The word whose type is the line's: the longest of those in the most used size."""
        weights: dict[float, int] = {}
        for word in self.words:
            weights[word.size] = weights.get(word.size, 0) + len(word.text)
        size = max(weights, key=lambda size: (weights[size], size))
        return max((w for w in self.words if w.size == size), key=lambda word: len(word.text))

    @cached_property
    def size(self) -> float:
        """The size of its type, in points."""
        return self.main.size

    @cached_property
    def base(self) -> float:
        """The height it stands on."""
        return self.main.base

    @cached_property
    def left(self) -> float:
        """Where it begins."""
        return min(word.left for word in self.words)

    @cached_property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @cached_property
    def bold(self) -> bool:
        """Whether most of it is bold."""
        total = sum(len(word.text) for word in self.words)
        return sum(len(word.text) for word in self.words if word.bold) * 10 > total * 8

    @cached_property
    def text(self) -> str:
        """Its words, as they are printed."""
        return "".join(
            ("" if w.glued or i == 0 else " ") + w.text for i, w in enumerate(self.words)
        )


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
    def page(self) -> int:
        """The page it begins on."""
        return self.lines[0].frame.page


@dataclass(frozen=True)
class Sheet:
    """A page as it was read: its words by direction, the main one first.

    ``label`` is what the file calls the page; ``confidence`` that of OCR.
    """

    width: float
    height: float
    state: PageState
    words: tuple[tuple[Frame, Sequence[Word]], ...] = ()
    label: str = ""
    confidence: float | None = None

"""Blocks to Markdown, with the place of every word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.formats.pdf.paragraphs import BULLET, first_width, is_raised
from ingest.formats.pdf.types import Block, Line, Word
from ingest.hyphens import Hyphens, bare
from ingest.layout import Layout, Page
from ingest.markdown import escaped

_CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_SIGN = re.compile(r"[\\*_<>|{]|\]\(")
"""What may be Markdown within a line."""

_SIGNS = r"[*\u2217\u2044\u204e†‡§¶#]{1,3}"
_NOTE_MARK = re.compile(
    rf"\[?(?:\d{{1,3}}|[a-z]|{_SIGNS})(?:[,\u2013-](?:\d{{1,3}}|[a-z])|,?{_SIGNS})*,?\]?[.)]?$"
)
"""Numbers, single letters and signs, as in "2", "a,c" and "a,1,*"."""

_DASH = re.compile(r"[*\u2013\u2014-]$")
_ORDERED = re.compile(r"(\d{1,3})[.)]$")
_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")  # noqa: RUF001


class _Piece(NamedTuple):
    """A word as it is written: what is before it, its text, what is after it."""

    before: str
    text: str
    after: str
    word: Word
    line: Line


class Writer:
    """Writes blocks, one paragraph each.

    Args:
        hyphens: What to do with hyphens at the end of a line.
    """

    def __init__(self, hyphens: Hyphens) -> None:
        self._hyphens = hyphens
        self._parts: list[str] = []
        self._length = 0
        self._ranges: list[int] = []
        self._corners: list[float] = []

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    def layout(self, pages: Sequence[Page]) -> Layout:
        """Where the words of the text stand.

        Args:
            pages: All pages of the file.

        Returns:
            The pages and the places of all words.
        """
        import numpy as np

        ranges = np.array(self._ranges, np.int32).reshape(-1, 3)
        return Layout(tuple(pages), ranges, np.array(self._corners, np.float32).reshape(-1, 4))

    def write(self, block: Block) -> None:
        """Write a block as a paragraph."""
        if self._length:
            self._add("\n\n")
        if block.role == "table":
            self._table(block)
        elif block.role == "head":
            for index, line in enumerate(block.lines):
                self._add(("\n" if _is_short(block, index) else " ") if index else "")
                self._pieces(list(self._line_pieces([line])))
        else:
            self._paragraph(block)

    def _add(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)

    def _paragraph(self, block: Block) -> None:
        pieces = list(self._line_pieces(block.lines))
        if block.role == "heading":
            self._add("#" * block.level + " ")
        elif block.role == "note":
            pieces = self._note_mark(pieces)
        elif block.role == "item" and len(pieces) > 1:
            pieces = self._bullet(pieces)
        self._pieces(pieces)

    def _note_mark(self, pieces: list[_Piece]) -> list[_Piece]:
        mark = pieces[0].word.text.rstrip(".)")
        self._add(f"[^{mark}]: ")
        return [pieces[1]._replace(before=""), *pieces[2:]]

    def _bullet(self, pieces: list[_Piece]) -> list[_Piece]:
        first = pieces[0].text
        if BULLET.match(first) or _DASH.match(first):
            self._add("- ")
            return [pieces[1]._replace(before=""), *pieces[2:]]
        if _ORDERED.match(first):
            self._place(first, pieces[0])
            return pieces[1:]
        return pieces

    def _table(self, block: Block) -> None:
        """Rows of cells; the first is the head."""
        edges = _edges(block)
        for index, line in enumerate(block.lines):
            cells: dict[int, list[tuple[Word, ...]]] = {}
            for cell in line.cells:
                cells.setdefault(_nearest(edges, cell), []).append(cell)
            self._add("\n|" if index else "|")
            for number in range(len(edges)):
                self._add(" ")
                words = [word for cell in cells.get(number, []) for word in cell]
                if words:
                    self._pieces(list(self._line_pieces([Line.of(line.frame, [words])])))
                self._add(" |")
            if index == 0:
                self._add("\n|" + " --- |" * len(edges))

    def _pieces(self, pieces: Sequence[_Piece]) -> None:
        """Write pieces, with a backslash before what would be read as Markdown."""
        for index, piece in enumerate(pieces):
            self._add(piece.before)
            text = piece.text
            if index == 0:
                text = escaped(f"{text} .").removesuffix(" .")
            elif not text.isalnum() and _SIGN.search(text):
                text = escaped(f".{text}")[1:]
            self._place(text, piece)
            self._add(piece.after)

    def _place(self, text: str, piece: _Piece) -> None:
        if not text:
            return
        word, frame = piece.word, piece.line.frame
        self._ranges += (self._length, self._length + len(text), frame.page)
        corners = word[1:5]
        self._corners += frame.shown(*corners)[1:] if frame.turn else corners
        self._add(text)

    def _line_pieces(self, lines: Sequence[Line]) -> Iterator[_Piece]:
        """The words of lines, each with what stands between it and the one before."""
        before: Word | None = None
        for index, line in enumerate(lines):
            for number, word in enumerate(line.words):
                space = self._space(before, word, new_line=number == 0)
                text = word.text
                last = number + 1 == len(line.words) and index + 1 < len(lines)
                if last and _is_cut(text) and not self._kept(text, lines[index + 1]):
                    text = text[:-1]
                yield _piece(space, text, word, line, before)
                before = word

    def _kept(self, text: str, following: Line) -> bool:
        return self._hyphens.keeps(text, following.words[0].text)

    def _space(self, before: Word | None, word: Word, *, new_line: bool) -> str:
        if before is None or word.glued:
            return ""
        chinese = _is_chinese(before.text[-1]) and _is_chinese(word.text[0])
        if new_line:
            return "" if chinese or _is_cut(before.text) else " "
        gap, size = word.left - before.right, max(word.size, before.size)
        if chinese:
            return "" if gap < 0.5 * size else " "
        other = word.size != before.size
        return "" if other and -0.3 * size < gap < 0.13 * size else " "


def _is_chinese(sign: str) -> bool:
    return not sign.isascii() and bool(_CJK.match(sign))


def _is_short(block: Block, index: int) -> bool:
    """Whether the first word of a line would have fitted into the line before it."""
    before, line = block.lines[index - 1 : index + 1]
    room = block.right - block.left - (before.right - before.left)
    return room > first_width(line) + line.size


def _is_cut(text: str) -> bool:
    """Whether a word at the end of a line ends in a hyphen."""
    return len(text) > 2 and text.endswith("-") and text[-2].isalnum()


def _piece(space: str, text: str, word: Word, line: Line, before: Word | None) -> _Piece:
    """A word, raised where it is printed so."""
    if not is_raised(word, line):
        return _Piece(space, text, "", word, line)
    last = before.text if before else ""
    if _NOTE_MARK.match(text) and not (last[-1:].isalnum() and 0 < len(bare(last)) < 3):
        return _Piece("<sup>", text, "</sup>", word, line)
    if set(text) <= set("0123456789+-−()n"):  # noqa: RUF001
        return _Piece("", text.translate(_RAISED), "", word, line)
    return _Piece(space, text, "", word, line)


def _edges(block: Block) -> list[float]:
    """Where the columns of a table are: the middles of the cells of its fullest row."""
    fullest = max(block.lines, key=lambda line: len(line.cells))
    return [(cell[0].left + cell[-1].right) / 2 for cell in fullest.cells]


def _nearest(edges: Sequence[float], cell: Sequence[Word]) -> int:
    middle = (cell[0].left + cell[-1].right) / 2
    return min(range(len(edges)), key=lambda i: abs(edges[i] - middle))

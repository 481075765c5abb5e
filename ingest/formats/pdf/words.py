"""A page's characters to words: their text, their boxes, their type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import atan2, degrees, hypot, inf, pi
from statistics import median
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ingest.formats.pdf.characters import Characters
from ingest.formats.pdf.fonts import Look, look_of
from ingest.formats.pdf.spelling import normal, with_bullet
from ingest.formats.pdf.types import Frame, Word

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_TOKEN = re.compile(r"[^\s\ufffe\x02]*[\ufffe\x02]|[^\s\ufffe\x02]+")
_MARKED = re.compile(r"[^\W\d]\W{0,2}(?:\d{1,3}|[*†‡§¶]+)\W+$")
"""A word with a mark before its last sign: its middle may be raised."""

_UNMAPPED = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")

_LEVEL = 0.3
"""The boxes of a level word's first and last characters differ by less, in points."""

_SLANT = 10.0
"""Text that is turned farther from a quarter turn is set aslant, in degrees."""

_LARGE = 1.3
"""What is set aslant in type so many times as large as most words is a watermark."""

_SLANTED = -4
"""Is added to the turn of words that are set aslant."""


class _Type(NamedTuple):
    """How the characters of a text object are set."""

    size: float
    look: Look
    base: float
    turn: int
    slanted: bool


_Setting: TypeAlias = tuple[_Type | None, list[float]]
"""How a character is set, and its box."""


class PageWords(NamedTuple):
    """The words of a page, apart by direction, and how many were left out as a watermark's."""

    directions: list[tuple[Frame, list[Word]]]
    slanted: int = 0


def page_words(page: pdfium.PdfPage, number: int) -> PageWords:
    """The words of a page's text layer.

    Args:
        page: A page.
        number: Which one it is, from 1.

    Returns:
        The words in the order of the file, apart by the direction in which they are
        read, the most used direction first; nothing where there is no usable text. Large
        words that are set aslant are left out where others are not.
    """
    textpage = page.get_textpage()
    try:
        characters = Characters(textpage)
        if len(_UNMAPPED.findall(characters.text)) * 2 > len(characters.text):
            return PageWords([])
        return _Reader(page, characters, number).words()
    finally:
        textpage.close()


def _visible(frame: Frame, words: Sequence[Word]) -> list[Word]:
    """Words that are not outside of the page."""
    width, depth = frame.breadth, frame.depth
    return [w for w in words if w.left < width and w.right > 0 and 0 < w.base <= depth]


class _Reader:
    """Reads the words of one page."""

    def __init__(self, page: pdfium.PdfPage, characters: Characters, number: int) -> None:
        self._characters = characters
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._quarter = page.get_rotation() // 90
        width, height = page.get_size()
        self._page = (number, width, height)
        self._types: dict[int | None, _Type] = {}
        self._looks: dict[int | None, Look] = {}

    def words(self) -> PageWords:
        """All words, by direction."""
        tokens = [(turn, word) for turn, word in self._tokens() if word.text]
        usual = median([word.size for turn, word in tokens if turn >= 0] or [inf])
        found: dict[int, list[Word]] = {}
        for turn, word in tokens:
            if turn >= 0 or word.size < _LARGE * usual:
                found.setdefault(turn % 4, []).append(word)
        turns = sorted(found, key=lambda turn: -len(found[turn]))
        frames = [Frame(*self._page, (turn - self._quarter) % 4) for turn in turns]
        seen = (_visible(frame, found[turn]) for frame, turn in zip(frames, turns, strict=True))
        words = [(frame, words) for frame, words in zip(frames, seen, strict=True) if words]
        return PageWords(words, len(tokens) - sum(map(len, found.values())))

    def _tokens(self) -> Iterator[tuple[int, Word]]:
        """Words with their turns."""
        text = self._characters.text
        spans = [match.span() for match in _TOKEN.finditer(text)]
        pairs = list(zip(spans, self._plain_words(text, spans), strict=True))
        odd = [place for span, word in pairs if not word for place in range(*span)]
        settings = self._settings(odd)
        for (start, end), word in pairs:
            if word:
                yield 0, word
            else:
                yield from self._parts(with_bullet(text[start:end]), range(start, end), settings)

    def _plain_words(self, text: str, spans: Sequence[tuple[int, int]]) -> list[Word | None]:
        """Tokens as words, for nearly all; None for one that may have parts, or is turned."""
        starts = [start for start, _ in spans]
        boxes = self._boxes(starts, [end - 1 for _, end in spans])
        return [
            _plain_word(text[start:end], kind, box)
            for (start, end), kind, box in zip(spans, self._kinds(starts), boxes, strict=True)
        ]

    def _settings(self, places: Sequence[int]) -> dict[int, _Setting]:
        """The types and the boxes of characters."""
        boxes = self._characters.boxes(places).tolist()
        return dict(zip(places, zip(self._kinds(places), boxes, strict=True), strict=True))

    def _boxes(self, firsts: Sequence[int], lasts: Sequence[int]) -> list[list[float] | None]:
        """The boxes around tokens, if they are upright; none for one that is not level."""
        import numpy as np

        first, last = self._characters.boxes(firsts), self._characters.boxes(lasts)
        level = np.abs(first - last)[:, [1, 3]].max(axis=1, initial=0.0) < _LEVEL
        lefts, rights = first[:, 0] - self._left, last[:, 2] - self._left
        boxes = np.column_stack((lefts, self._top - last[:, 1], rights, self._top - first[:, 3]))
        return [
            box if even else None for box, even in zip(boxes.tolist(), level.tolist(), strict=True)
        ]

    def _parts(
        self, token: str, places: range, settings: Mapping[int, _Setting]
    ) -> Iterator[tuple[int, Word]]:
        """The parts of a token, cut where the type changes."""
        found = [settings[place] for place in places]
        begin = 0
        for at in range(1, len(found) + 1):
            kind, first = found[begin]
            following = found[at][0] if at < len(found) else None
            if at == len(found) or (following and following != kind):
                if kind:
                    box = self._upright(_around(first, found[at - 1][1]), kind.turn)
                    text = normal(token[begin:at])
                    turn = kind.turn + _SLANTED * kind.slanted
                    bold, italic = kind.look
                    glued = begin > 0
                    word = Word(text, *box, kind.base, kind.size, bold, glued, italic=italic)
                    yield turn, word
                begin = at

    def _upright(self, box: tuple[float, ...], turn: int) -> tuple[float, float, float, float]:
        """A rectangle of the file, on the page turned so that the text is upright."""
        left, bottom, right, top = box
        if turn == 0:
            return left - self._left, self._top - top, right - self._left, self._top - bottom
        if turn == 1:
            return bottom - self._bottom, left - self._left, top - self._bottom, right - self._left
        if turn == 2:
            return (
                self._right - right,
                bottom - self._bottom,
                self._right - left,
                top - self._bottom,
            )
        return self._top - top, self._right - right, self._top - bottom, self._right - left

    def _kinds(self, places: Sequence[int]) -> list[_Type | None]:
        """How characters are set; None for those that pdfium made up."""
        drawers = self._characters.drawers(places)
        pairs = zip(drawers, places, strict=True)
        if new := {d: place for d, place in pairs if d and d not in self._types}:
            self._read_types(new)
        return list(map(self._types.get, drawers))

    def _read_types(self, drawers: dict[int, int]) -> None:
        """Find how text objects are set, each by one character that it draws."""
        characters, places = self._characters, list(drawers.values())
        fonts = characters.fonts(list(drawers))
        matrices, origins = characters.matrices(places).tolist(), characters.origins(places)
        for drawer, font, size, matrix, (x, y) in zip(
            drawers, fonts, characters.sizes(places), matrices, origins.tolist(), strict=True
        ):
            a, b, c, d, _, _ = matrix
            turn = round(atan2(c, a) / (pi / 2)) % 4
            base = round(self._upright((x, y, x, y), turn)[1], 2)
            self._types[drawer] = _Type(
                round(size * hypot(c, d), 1), self._look(font), base, turn, _is_slanted(a, b)
            )

    def _look(self, font: int | None) -> Look:
        if font not in self._looks:
            self._looks[font] = look_of(font)
        return self._looks[font]


def _is_slanted(a: float, b: float) -> bool:
    """Whether a line of text rises or falls, by the first numbers of its matrix."""
    off = degrees(atan2(b, a)) % 90
    return min(off, 90 - off) > _SLANT


def _plain_word(token: str, kind: _Type | None, box: Sequence[float] | None) -> Word | None:
    """A word that is level, upright and of one type; None where it may be anything else."""
    if not box or not kind or kind.turn or kind.slanted:
        return None
    if not token[-1].isalnum() and _MARKED.search(token):
        return None
    left, top, right, bottom = box
    text = normal(with_bullet(token))
    bold, italic = kind.look
    return Word(text, left, top, right, bottom, kind.base, kind.size, bold, italic=italic)


def _around(first: Sequence[float], last: Sequence[float]) -> tuple[float, float, float, float]:
    """The rectangle of the file around two boxes of characters: left, bottom, right, top."""
    low = [min(first[i], last[i]) for i in (0, 3)]
    high = [max(first[i], last[i]) for i in (2, 1)]
    return low[0], low[1], high[0], high[1]

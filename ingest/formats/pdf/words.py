"""A page's characters to words: their text, their boxes, their type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from ctypes import cast, create_string_buffer
from math import atan2, hypot, pi
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ingest.formats.pdf.characters import Characters
from ingest.formats.pdf.types import Frame, Word

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_TOKEN = re.compile(r"[^\s\ufffe\x02]*[\ufffe\x02]|[^\s\ufffe\x02]+")
_MARKED = re.compile(r"[^\W\d]\W{0,2}(?:\d{1,3}|[*†‡§¶]+)\W+$")
"""A word with a mark before its last sign: its middle may be raised."""

_BOLD = re.compile(r"(?i)bold|black|heavy|medi(?!um)|cmbx|sfbx|-bd\b|,bold|\bdemi")
_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]")
"""Ligatures and presentation forms, which stand for other letters."""

_HYPHENS = re.compile("[\ufffe\x02\u2010\u2011]|\xad$")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200d\u2060\ufeff]")

_UNMAPPED = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")


_LEVEL = 0.3
"""The boxes of a level word's first and last characters differ by less, in points."""


class _Type(NamedTuple):
    """How the characters of a text object are set."""

    size: float
    bold: bool
    base: float
    turn: int


_Setting: TypeAlias = tuple[_Type | None, list[float]]
"""How a character is set, and its box."""


def page_words(page: pdfium.PdfPage, number: int) -> list[tuple[Frame, list[Word]]]:
    """The words of a page's text layer.

    Args:
        page: A page.
        number: Which one it is, from 1.

    Returns:
        The words in the order of the file, apart by the direction in which they are
        read, the most used direction first; nothing where there is no usable text.
    """
    textpage = page.get_textpage()
    try:
        characters = Characters(textpage)
        if len(_UNMAPPED.findall(characters.text)) * 2 > len(characters.text):
            return []
        return _Reader(page, characters, number).words()
    finally:
        textpage.close()


def normal(token: str) -> str:
    """A word as one would type it: no ligatures, no presentation forms, no invisible signs."""
    if token.isascii() and token.isprintable():
        return token
    text = _INVISIBLE.sub("", _HYPHENS.sub("-", token))
    return _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def _with_bullet(token: str) -> str:
    """A token; a lone sign without a letter's code is a bullet of a font of symbols."""
    return "•" if len(token) == 1 and ord(token) > 0 and not token.isprintable() else token


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
        self._bold: dict[int | None, bool] = {}

    def words(self) -> list[tuple[Frame, list[Word]]]:
        """All words, by direction."""
        found: dict[int, list[Word]] = {}
        for turn, word in self._tokens():
            if word.text:
                found.setdefault(turn, []).append(word)
        turns = sorted(found, key=lambda turn: -len(found[turn]))
        frames = [Frame(*self._page, (turn - self._quarter) % 4) for turn in turns]
        seen = (_visible(frame, found[turn]) for frame, turn in zip(frames, turns, strict=True))
        return [(frame, words) for frame, words in zip(frames, seen, strict=True) if words]

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
                yield from self._parts(_with_bullet(text[start:end]), range(start, end), settings)

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
                    yield kind.turn, Word(text, *box, kind.base, kind.size, kind.bold, begin > 0)
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
            _, _, c, d, _, _ = matrix
            turn = round(atan2(c, matrix[0]) / (pi / 2)) % 4
            base = round(self._upright((x, y, x, y), turn)[1], 2)
            self._types[drawer] = _Type(
                round(size * hypot(c, d), 1), self._is_bold(font), base, turn
            )

    def _is_bold(self, font: int | None) -> bool:
        if font not in self._bold:
            self._bold[font] = font is not None and _is_bold(font)
        return self._bold[font]


def _is_bold(font: int) -> bool:
    """Whether a font is bold by its name or its weight."""
    from pypdfium2 import raw

    handle = cast(font, raw.FPDF_FONT)
    name = create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(handle, name, 200)
    named = _BOLD.search(name.value.decode("utf-8", "replace"))
    return bool(named or raw.FPDFFont_GetWeight(handle) >= 600)


def _plain_word(token: str, kind: _Type | None, box: Sequence[float] | None) -> Word | None:
    """A word that is level, upright and of one type; None where it may be anything else."""
    if not box or not kind or kind.turn:
        return None
    if not token[-1].isalnum() and _MARKED.search(token):
        return None
    left, top, right, bottom = box
    text = normal(_with_bullet(token))
    return Word(text, left, top, right, bottom, kind.base, kind.size, kind.bold)


def _around(first: Sequence[float], last: Sequence[float]) -> tuple[float, float, float, float]:
    """The rectangle of the file around two boxes of characters: left, bottom, right, top."""
    low = [min(first[i], last[i]) for i in (0, 3)]
    high = [max(first[i], last[i]) for i in (2, 1)]
    return low[0], low[1], high[0], high[1]

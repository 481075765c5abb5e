"""A page's characters to words: their text, their boxes, their type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from ctypes import addressof, byref, c_double, create_string_buffer
from typing import TYPE_CHECKING, Any, NamedTuple

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


class _Type(NamedTuple):
    """How the characters of a text object are set."""

    size: float
    bold: bool
    base: float
    turn: int


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
        text = _characters(textpage)
        if len(_UNMAPPED.findall(text)) * 2 > len(text):
            return []
        return _Reader(page, textpage, number).words(text)
    finally:
        textpage.close()


def _characters(textpage: pdfium.PdfTextPage) -> str:
    """The characters of a page, one for each of pdfium's."""
    return _range(textpage, 0, max(textpage.count_chars(), 0))


def _range(textpage: pdfium.PdfTextPage, start: int, count: int) -> str:
    """Some characters; for those that pdfium has no text for, a null."""
    text = textpage.get_text_range(start, count, errors="surrogatepass") if count else ""
    if len(text) == count:
        return str(text)
    if count == 1:
        return "\0"
    half = count // 2
    return _range(textpage, start, half) + _range(textpage, start + half, count - half)


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

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int) -> None:
        from pypdfium2 import raw

        self._raw: Any = raw
        self._handle = textpage.raw
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._quarter = page.get_rotation() // 90
        width, height = page.get_size()
        self._page = (number, width, height)
        self._rect = raw.FS_RECTF()
        self._types: dict[int, _Type] = {}
        self._fonts: dict[int, bool] = {}

    def words(self, text: str) -> list[tuple[Frame, list[Word]]]:
        """All words, by direction."""
        found: dict[int, list[Word]] = {}
        for match in _TOKEN.finditer(text):
            for turn, word in self._token(_with_bullet(match.group()), *match.span()):
                found.setdefault(turn, []).append(word)
        turns = sorted(found, key=lambda turn: -len(found[turn]))
        frames = [Frame(*self._page, (turn - self._quarter) % 4) for turn in turns]
        seen = (_visible(frame, found[turn]) for frame, turn in zip(frames, turns, strict=True))
        return [(frame, words) for frame, words in zip(frames, seen, strict=True) if words]

    def _token(self, token: str, start: int, end: int) -> list[tuple[int, Word]]:
        """The parts of a token that have a type of their own; one, for nearly all."""
        kind = self._type(start)
        if kind and not kind.turn and (token[-1].isalnum() or not _MARKED.search(token)):
            first, last = self._box(start), self._box(end - 1)
            if abs(first[1] - last[1]) < 0.3 and abs(first[3] - last[3]) < 0.3:
                word = self._word(token, (first[0], first[1], last[2], last[3]), kind)
                return [(0, word)] if word.text else []
        return list(self._parts(token, start, end))

    def _parts(self, token: str, start: int, end: int) -> Iterator[tuple[int, Word]]:
        """The parts of a token, cut where the type changes."""
        kind, begin = self._type(start), start
        for at in range(start + 1, end + 1):
            following = self._type(at) if at < end else None
            if at == end or (following and following != kind):
                part = token[begin - start : at - start]
                if kind:
                    word = self._word(part, self._around(begin, at), kind, glued=begin > start)
                    if word.text:
                        yield kind.turn, word
                begin, kind = at, following

    def _word(
        self, token: str, box: tuple[float, ...], kind: _Type, *, glued: bool = False
    ) -> Word:
        text = normal(token)
        left, top, right, bottom = self._upright(box, kind.turn)
        return Word(text, left, top, right, bottom, kind.base, kind.size, kind.bold, glued)

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

    def _box(self, index: int) -> tuple[float, float, float, float]:
        rect = self._rect
        self._raw.FPDFText_GetLooseCharBox(self._handle, index, byref(rect))
        return rect.left, rect.bottom, rect.right, rect.top

    def _around(self, start: int, end: int) -> tuple[float, ...]:
        boxes = [self._box(i) for i in (start, end - 1)]
        low = (min(box[i] for box in boxes) for i in (0, 1))
        high = (max(box[i] for box in boxes) for i in (2, 3))
        return (*low, *high)

    def _type(self, index: int) -> _Type | None:
        """How a character is set; None for one that pdfium made up."""
        handle = self._raw.FPDFText_GetTextObject(self._handle, index)
        if not handle:
            return None
        key = addressof(handle.contents)
        if key not in self._types:
            self._types[key] = self._read_type(index, handle)
        return self._types[key]

    def _read_type(self, index: int, handle: Any) -> _Type:
        raw = self._raw
        matrix, x, y = raw.FS_MATRIX(), c_double(), c_double()
        raw.FPDFText_GetMatrix(self._handle, index, byref(matrix))
        raw.FPDFText_GetCharOrigin(self._handle, index, byref(x), byref(y))
        scale = float((matrix.c**2 + matrix.d**2) ** 0.5)
        size = round(raw.FPDFText_GetFontSize(self._handle, index) * scale, 1)
        angle = raw.FPDFText_GetCharAngle(self._handle, index)
        turn = round(angle / (3.14159265 / 2)) % 4
        base = round(self._upright((x.value, y.value) * 2, turn)[1], 2)
        return _Type(size, self._is_bold(raw.FPDFTextObj_GetFont(handle)), base, turn)

    def _is_bold(self, font: Any) -> bool:
        if not font:
            return False
        key = addressof(font.contents)
        if key not in self._fonts:
            name = create_string_buffer(200)
            self._raw.FPDFFont_GetBaseFontName(font, name, 200)
            weight = self._raw.FPDFFont_GetWeight(font)
            named = _BOLD.search(name.value.decode("utf-8", "replace"))
            self._fonts[key] = bool(named) or weight >= 600
        return self._fonts[key]

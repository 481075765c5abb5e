"""The characters of a page as pdfium has them: their text, their boxes, what draws them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from ctypes import PYFUNCTYPE, addressof, c_double, c_int, c_void_p, cast
from functools import lru_cache
from itertools import count, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2 as pdfium
    from numpy.typing import NDArray


class _Functions(NamedTuple):
    """Functions of pdfium that tell of one character of a text page, or of what draws it."""

    box: Any
    matrix: Any
    origin: Any
    size: Any
    drawer: Any
    font: Any


class Characters:
    """The characters of an open text page, by their places in its text.

    What draws a character is a text object, given as its address.

    Args:
        textpage: The text page.
    """

    def __init__(self, textpage: pdfium.PdfTextPage) -> None:
        self.text = _range(textpage, 0, max(textpage.count_chars(), 0))
        self._page = addressof(textpage.raw.contents)
        self._functions = _functions()

    def boxes(self, places: Sequence[int]) -> NDArray[np.float64]:
        """The boxes of characters, as high as their line: left, top, right, bottom."""
        import numpy as np

        found = np.zeros((len(places), 4), np.float32)
        _each(self._functions.box, repeat(self._page), places, _addresses(found))
        return found.astype(np.float64)

    def matrices(self, places: Sequence[int]) -> NDArray[np.float64]:
        """How characters are scaled and turned: the six numbers of their matrices."""
        import numpy as np

        found = np.zeros((len(places), 6), np.float32)
        _each(self._functions.matrix, repeat(self._page), places, _addresses(found))
        return found.astype(np.float64)

    def origins(self, places: Sequence[int]) -> NDArray[np.float64]:
        """The points that characters stand on: x, y."""
        import numpy as np

        found = np.zeros((len(places), 2))
        pointers = _addresses(found), _addresses(found[:, 1:])
        _each(self._functions.origin, repeat(self._page), places, *pointers)
        return found

    def sizes(self, places: Sequence[int]) -> list[float]:
        """The sizes of type, before scaling."""
        return list(map(self._functions.size, repeat(self._page), places))

    def drawers(self, places: Sequence[int]) -> list[int | None]:
        """What draws characters; None for one that pdfium made up."""
        return list(map(self._functions.drawer, repeat(self._page), places))

    def fonts(self, drawers: Sequence[int]) -> list[int | None]:
        """The addresses of the fonts that are drawn with."""
        return list(map(self._functions.font, drawers))


def _each(function: Any, *arguments: Any) -> None:
    """Call a function for all arguments, without a loop in Python."""
    deque(map(function, *arguments), maxlen=0)


def _addresses(rows: NDArray[Any]) -> Iterator[int]:
    """Where the rows of an array begin in memory, and on; it ends with the other arguments."""
    return count(rows.ctypes.data, rows.strides[0])


def _range(textpage: pdfium.PdfTextPage, start: int, length: int) -> str:
    """Some characters; for those that pdfium has no text for, a null."""
    text = textpage.get_text_range(start, length, errors="surrogatepass") if length else ""
    if len(text) == length:
        return str(text)
    if length == 1:
        return "\0"
    half = length // 2
    return _range(textpage, start, half) + _range(textpage, start + half, length - half)


@lru_cache(maxsize=1)
def _functions() -> _Functions:
    """The functions, taking and giving addresses.

    Those of pypdfium2 take and give pointers, and to make pointers takes longer than the calls.
    """
    from pypdfium2 import raw

    def taking(function: Any, result: Any, *arguments: Any) -> Any:
        return PYFUNCTYPE(result, *arguments)(cast(function, c_void_p).value or 0)

    of_page = (c_void_p, c_int)
    return _Functions(
        box=taking(raw.FPDFText_GetLooseCharBox, c_int, *of_page, c_void_p),
        matrix=taking(raw.FPDFText_GetMatrix, c_int, *of_page, c_void_p),
        origin=taking(raw.FPDFText_GetCharOrigin, c_int, *of_page, c_void_p, c_void_p),
        size=taking(raw.FPDFText_GetFontSize, c_double, *of_page),
        drawer=taking(raw.FPDFText_GetTextObject, c_void_p, *of_page),
        font=taking(raw.FPDFTextObj_GetFont, c_void_p, c_void_p),
    )

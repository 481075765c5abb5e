"""The characters of a page as pdfium has them: their text, their boxes, what draws them."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from ctypes import CFUNCTYPE, addressof, c_int, c_void_p, cast
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2 as pdfium
    from numpy.typing import NDArray


class Characters:
    """The characters of an open text page, by their places in its text.

    Args:
        textpage: The text page.
    """

    def __init__(self, textpage: pdfium.PdfTextPage) -> None:
        self.text = _range(textpage, 0, max(textpage.count_chars(), 0))
        self._address = addressof(textpage.raw.contents)
        self._box, self._object = _functions()

    def boxes(self, places: Sequence[int]) -> NDArray[np.float64]:
        """The boxes of characters, as high as their line.

        Args:
            places: Of which characters.

        Returns:
            Shape ``(places, 4)``: left, top, right, bottom in the file's points.
        """
        import numpy as np

        found = np.zeros((len(places), 4), np.float32)
        first = found.ctypes.data
        addresses = range(first, first + found.nbytes, 16)
        deque(map(self._box, repeat(self._address), places, addresses), maxlen=0)
        return found.astype(np.float64)

    def objects(self, places: Sequence[int]) -> list[int | None]:
        """The addresses of what draws characters; None for one that pdfium made up."""
        return list(map(self._object, repeat(self._address), places))


def _range(textpage: pdfium.PdfTextPage, start: int, count: int) -> str:
    """Some characters; for those that pdfium has no text for, a null."""
    text = textpage.get_text_range(start, count, errors="surrogatepass") if count else ""
    if len(text) == count:
        return str(text)
    if count == 1:
        return "\0"
    half = count // 2
    return _range(textpage, start, half) + _range(textpage, start + half, count - half)


@lru_cache(maxsize=1)
def _functions() -> tuple[Any, Any]:
    """The functions for a character's box and for its object, taking and giving addresses.

    pypdfium2's own take and give pointers, and making those takes longer than the calls.
    """
    from pypdfium2 import raw

    box = CFUNCTYPE(c_int, c_void_p, c_int, c_void_p)
    thing = CFUNCTYPE(c_void_p, c_void_p, c_int)
    return (
        box(cast(raw.FPDFText_GetLooseCharBox, c_void_p).value),
        thing(cast(raw.FPDFText_GetTextObject, c_void_p).value),
    )

"""Where words stand: pages, and the boxes of words on them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from ingest.types import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PageState = Literal["text", "recognised", "picture", "empty"]
"""Whether a page has a text layer, was read by OCR, is a picture nobody read, or is blank."""


class Page(NamedTuple):
    """A page of a file.

    ``label`` is the page number that is printed on it or that the file gives it, or
    empty; ``width`` and ``height`` are in points, as it is shown. ``confidence`` is
    the mean confidence of OCR, from 0 to 1, for a recognised page.
    """

    label: str
    width: float
    height: float
    state: PageState = "text"
    confidence: float | None = None


class Box(NamedTuple):
    """A rectangle on a page: points from the page's left upper corner as it is shown.

    ``page`` counts from 1.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float


class PlacedWord(NamedTuple):
    """A word, or the part of one that stands in one line, and where it is."""

    span: Span
    box: Box


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The pages of a file and the places of its words.

    Args:
        pages: All pages of the file, in order.
        ranges: int32, shape ``(words, 3)``: where each word begins and ends in the
            document's text, and its page, counted from 1. In the order of the text.
        corners: float32, shape ``(words, 4)``: left, top, right, bottom of each word.
    """

    pages: tuple[Page, ...]
    ranges: NDArray[np.int32]
    corners: NDArray[np.float32]

    @classmethod
    def of(cls, pages: Sequence[Page], words: Iterable[PlacedWord]) -> Self:
        """A layout of placed words; they are sorted by where they begin."""
        import numpy as np

        ordered = sorted(words)
        ranges = [(*word.span, word.box.page) for word in ordered]
        corners = [word.box[1:] for word in ordered]
        return cls(
            tuple(pages),
            np.array(ranges, np.int32).reshape(-1, 3),
            np.array(corners, np.float32).reshape(-1, 4),
        )

    def boxes(self, spans: Iterable[Span]) -> list[Box]:
        """Where spans of the text stand: one box for each stretch of a line, in order."""
        boxes: list[Box] = []
        for index in self._touched(spans):
            page = int(self.ranges[index, 2])
            box = Box(page, *(round(float(x), 2) for x in self.corners[index]))
            if boxes and _same_line(boxes[-1], box):
                boxes[-1] = _joined(boxes[-1], box)
            else:
                boxes.append(box)
        return boxes

    def pages_of(self, spans: Iterable[Span]) -> tuple[int, int] | None:
        """The first and the last page, counted from 1, on which spans stand; None for none."""
        touched = self._touched(spans)
        if not touched:
            return None
        pages = self.ranges[touched, 2]
        return int(pages.min()), int(pages.max())

    def label(self, page: int) -> str:
        """The label of a page, counted from 1."""
        return self.pages[page - 1].label

    def to_bytes(self) -> bytes:
        """The words, packed; see `from_bytes`."""
        return zlib.compress(self.ranges.tobytes() + self.corners.tobytes(), 6)

    @classmethod
    def from_bytes(cls, pages: Sequence[Page], packed: bytes) -> Self:
        """A layout from its pages and its packed words."""
        import numpy as np

        raw = zlib.decompress(packed)
        cut = len(raw) // 28 * 12
        ranges = np.frombuffer(raw[:cut], np.int32).reshape(-1, 3)
        return cls(tuple(pages), ranges, np.frombuffer(raw[cut:], np.float32).reshape(-1, 4))

    def _touched(self, spans: Iterable[Span]) -> list[int]:
        """The words that spans touch, in the order of the text."""
        import numpy as np

        touched: set[int] = set()
        for start, end in spans:
            first = int(np.searchsorted(self.ranges[:, 1], start, side="right"))
            last = int(np.searchsorted(self.ranges[:, 0], end, side="left"))
            touched.update(range(first, last))
        return sorted(touched)


def _same_line(one: Box, other: Box) -> bool:
    """Whether a box goes on to the right of another one, in its line."""
    height = min(one.bottom - one.top, other.bottom - other.top)
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    beside = -height <= other.left - one.right <= 3 * height
    return one.page == other.page and overlap * 2 > height and beside


def _joined(one: Box, other: Box) -> Box:
    return Box(
        one.page,
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )

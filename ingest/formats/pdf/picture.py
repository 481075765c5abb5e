"""Pictures of pages, with places marked on them."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import UnreadableFile
from ingest.formats.pdf.opening import opened
from ingest.layout import Box

if TYPE_CHECKING:
    from PIL.Image import Image

SCALE = 1.6
"""Pixels for each point: type of 10 points can be read."""

_MOST_PIXELS = 6_000_000
_MARGIN = 1.5
"""So many points around a box its mark reaches: letters reach out of their boxes."""

_YELLOW, _OUTLINE = "#ffe27a", "#8a4d00"
_QUICK = 3
"""The level of compression: of pages of text, the usual 6 takes longer and saves nothing."""


def render(
    data: bytes, path: Path, page: int, boxes: Iterable[Box] = (), password: str | None = None
) -> bytes:
    """Draw a page.

    Args:
        data: The file's bytes.
        path: Where it lies, for the messages.
        page: Which page, counted from 1.
        boxes: What to mark; boxes of other pages are not.
        password: What opens the file, where it is encrypted.

    Returns:
        A PNG. Marks are translucent yellow with a dark outline, so that not their colour
        alone tells.

    Raises:
        UnreadableFile: The file cannot be opened, has no such page, or the page is damaged.
    """
    import pypdfium2 as pdfium

    with opened(data, path, password) as document:
        if not 1 <= page <= len(document):
            raise UnreadableFile(f"{path}: no page {page}. It has {len(document)}.")
        try:
            sheet = document[page - 1]
            width, height = sheet.get_size()
            scale = min(SCALE, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
            picture = sheet.render(scale=scale).to_pil()
        except pdfium.PdfiumError as error:
            raise UnreadableFile(
                f"{path}: page {page} is damaged and cannot be shown. Open it in a PDF viewer."
            ) from error
    marked = _marked(picture, [box for box in boxes if box.page == page], scale)
    written = BytesIO()
    marked.save(written, format="PNG", compress_level=_QUICK)
    return written.getvalue()


def _marked(picture: Image, boxes: list[Box], scale: float) -> Image:
    from PIL import Image, ImageChops, ImageDraw

    if not boxes:
        return picture
    marks = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(marks)
    for _, left, top, right, bottom in boxes:
        corners = (left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN)
        draw.rectangle([scale * x for x in corners], fill=_YELLOW, outline=_OUTLINE)
    return ImageChops.multiply(picture.convert("RGB"), marks)  # letters stay as dark as they are

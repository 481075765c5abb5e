"""The pages of an open PDF file: their words, from the text layer or by OCR."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from ingest.formats.pdf import ocr
from ingest.formats.pdf.types import Frame, Sheet
from ingest.formats.pdf.words import page_words
from ingest.layout import PageState

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_FEW_WORDS = 25
"""A page with fewer words and a picture over most of it is a scan with a stamp on it."""

_MORE = 3
"""So many times the words of a page's text layer are on its picture, if it is a scan."""

_MOST = 0.5
_MANY_PATHS = 50
"""So many drawn shapes on a page without words may be letters."""

_MAX_OBJECTS = 1000


def read_pages(document: pdfium.PdfDocument) -> list[Sheet]:
    """All pages of a file, with their words.

    Args:
        document: An open file.

    Returns:
        A sheet for each page; pictures of text are read where Tesseract is installed.
    """
    by_picture = ocr.is_available()
    return [_sheet(document, index, by_picture=by_picture) for index in range(len(document))]


def _sheet(document: pdfium.PdfDocument, index: int, *, by_picture: bool) -> Sheet:
    """A page; one that is damaged has neither size nor words."""
    import pypdfium2 as pdfium

    label = document.get_page_label(index)
    try:
        page = document[index]
        try:
            return _read(page, index + 1, label, by_picture=by_picture)
        finally:
            page.close()
    except pdfium.PdfiumError:
        return Sheet(0.0, 0.0, "empty", label=label)


def _read(page: pdfium.PdfPage, number: int, label: str, *, by_picture: bool) -> Sheet:
    width, height = page.get_size()
    directions, slanted = page_words(page, number)
    words = tuple(directions)
    count = sum(len(found) for _, found in words)
    if count >= _FEW_WORDS or not _is_picture(page, bare=not words):
        state: PageState = "text" if words else "empty"
        return Sheet(width, height, state, words, label, slanted=slanted)
    found = ocr.recognised(page) if by_picture else None
    if found is None or len(found.words) < _MORE * count:
        return Sheet(width, height, "text" if words else "picture", words, label)
    frame = Frame(number, width, height)
    return Sheet(width, height, "recognised", ((frame, found.words),), label, found.confidence)


def _is_picture(page: pdfium.PdfPage, *, bare: bool) -> bool:
    """Whether a picture fills most of a page; of a bare page, whether anything is on it."""
    from pypdfium2 import raw

    width, height = page.get_size()
    paths = 0
    for thing in islice(page.get_objects(max_depth=3), _MAX_OBJECTS):
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            if bare or (right - left) * (top - bottom) > _MOST * width * height:
                return True
        paths += thing.type != raw.FPDF_PAGEOBJ_IMAGE
    return bare and paths >= _MANY_PATHS

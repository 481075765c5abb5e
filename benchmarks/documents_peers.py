"""Text of PDFs by bare extractors, as they give it."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path


def pypdfium2_text(file: Path) -> str:
    """The text of all pages by pypdfium2."""
    import pypdfium2

    with pypdfium2.PdfDocument(file) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def pdfminer_text(file: Path) -> str:
    """The text by pdfminer.six, with its layout analysis at its defaults."""
    from pdfminer.high_level import extract_text

    return extract_text(file)


def docling_parse_text(file: Path) -> str:
    """The lines by docling-parse, in its order."""
    from docling_core.types.doc.page import TextCellUnit
    from docling_parse.pdf_parser import DoclingPdfParser

    document = DoclingPdfParser(loglevel="fatal").load(file)
    pages = (page for _, page in document.iterate_pages())
    return "\n".join(cell.text for page in pages for cell in page.iterate_cells(TextCellUnit.LINE))


_PEERS: dict[str, tuple[str, Callable[[Path], str]]] = {
    "pypdfium2": ("pypdfium2", pypdfium2_text),
    "pdfminer.six": ("pdfminer", pdfminer_text),
    "docling-parse": ("docling_parse", docling_parse_text),
}
"""The bare extractors that ours is compared with: what they are called, their package."""


def peers() -> dict[str, Callable[[Path], str]]:
    """The bare extractors that are installed.

    docling-parse is in no extra of this project: it wants an older Typer.
    """
    return {name: read for name, (package, read) in _PEERS.items() if find_spec(package)}

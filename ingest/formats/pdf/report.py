"""What is told about a PDF file: what is not in its text, and what its user has to know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.document import LeftOut
from ingest.formats.pdf import ocr
from ingest.formats.pdf.types import Sheet
from ingest.layout import Page


def left_out(
    pages: Sequence[Page], furniture: int, numbers: int, slanted: int, attached: int
) -> Iterator[LeftOut]:
    """What of a file is not in its text.

    Args:
        pages: All its pages.
        furniture: How many running heads, running feet and page numbers were removed.
        numbers: How many numbers of lines were.
        slanted: How many words set aslant were.
        attached: How many files are embedded in it.

    Yields:
        What, how often, and why.
    """
    if furniture:
        why = "they stand at the same place on many pages"
        yield LeftOut("running heads, running feet and page numbers", furniture, why)
    if numbers:
        yield LeftOut("numbers of lines", numbers, "they stand in a margin")
    if slanted:
        yield LeftOut("words of watermarks", slanted, "they are set aslant")
    if attached:
        yield LeftOut("embedded files", attached, "they are never opened")
    if unread := [page for page in pages if page.state == "picture"]:
        yield LeftOut("pages", len(unread), "pictures that were not read")
    if damaged := [page for page in pages if not page.width]:
        yield LeftOut("pages", len(damaged), "they are damaged")


def notices(pages: Sequence[Page]) -> Iterator[str]:
    """What who adds a file has to know.

    Args:
        pages: All its pages.

    Yields:
        Sentences.
    """
    numbered = list(enumerate(pages, 1))
    if unread := [number for number, page in numbered if page.state == "picture"]:
        advice = "" if ocr.is_available() else f" {ocr.ADVICE}"
        yield f"{_named(unread)} without text, only pictures, and not read.{advice}"
    if damaged := [number for number, page in numbered if not page.width]:
        yield f"{_named(damaged)} damaged and left out."
    if read := [(number, page) for number, page in numbered if page.confidence is not None]:
        sure = sum(page.confidence or 0.0 for _, page in read) / len(read)
        yield (
            f"{_named([number for number, _ in read])} read from pictures by Tesseract, which is "
            f"{sure:.0%} sure of the words. Check quotes against the paper."
        )


def without_text(sheets: Sequence[Sheet]) -> str:
    """Why a file has no text, and what to do."""
    if not any(sheet.state == "picture" for sheet in sheets):
        return "all its pages are empty. Nothing to add."
    if ocr.is_available():
        return "only pictures, and Tesseract finds no text in them. Nothing to add."
    return f"only pictures of text, and no Tesseract to read them. {ocr.ADVICE}"


def _named(numbers: Sequence[int]) -> str:
    """Pages by number, as the subject of a sentence, with its verb."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][-1] == number - 1:
            ranges[-1] = [ranges[-1][0], number]
        else:
            ranges.append([number])
    listed = ", ".join("-".join(map(str, found)) for found in ranges)
    return f"Page {listed} is" if len(numbers) == 1 else f"Pages {listed} are"

"""PDF files: characters to words, lines, columns, paragraphs, and those to Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.formats.pdf.box import Box, box_apart
from ingest.formats.pdf.cells import cells_of
from ingest.formats.pdf.columns import (
    Column,
    cell_column,
    column_of,
    read_columns,
    read_sidebar,
    widened,
)
from ingest.formats.pdf.edges import column_edges, familiar_edges, kept_edges
from ingest.formats.pdf.flow import document_blocks
from ingest.formats.pdf.furniture import Furnished, is_stamp, without_furniture
from ingest.formats.pdf.grid import head_apart, read_head
from ingest.formats.pdf.line_numbers import without_line_numbers
from ingest.formats.pdf.opening import opened, properties
from ingest.formats.pdf.pages import read_pages
from ingest.formats.pdf.report import left_out, notices, without_text
from ingest.formats.pdf.sidebar import sidebar_apart
from ingest.formats.pdf.types import Frame, Line, Sheet
from ingest.formats.pdf.writing import Writer
from ingest.hyphens import Hyphens
from ingest.imprint import printed_claims
from ingest.layout import Page


def read(data: bytes, path: Path, password: str | None = None) -> Document:
    """Read a PDF file.

    Args:
        data: The file's bytes.
        path: Where it lies, for the messages.
        password: What opens the file, where it is encrypted.

    Returns:
        Its text in reading order, and where every word stands.

    Raises:
        UnreadableFile: It is damaged or encrypted, or no page of it can be read.
    """
    with opened(data, path, password) as pdf:
        sheets = read_pages(pdf)
        claims = tuple(properties(pdf, path))
        attached = pdf.count_attachments()
    if not any(sheet.words for sheet in sheets):
        raise UnreadableFile(f"{path}: {without_text(sheets)}")
    columns, furnished, numbers = _columns(sheets)
    writer = Writer(Hyphens([word.text for word in line.words] for line in _lines(columns)))
    title = next((str(claim.value) for claim in claims if claim.field == "title"), "")
    for block in document_blocks(columns, title):
        writer.write(block)
    slanted = sum(sheet.slanted for sheet in sheets)
    pages = [_page(sheet, label) for sheet, label in zip(sheets, furnished.labels, strict=True)]
    return Document(
        "pdf",
        writer.text,
        (*claims, *printed_claims(furnished.first)),
        writer.layout(pages),
        left_out=tuple(left_out(pages, furnished.removed, numbers, slanted, attached)),
        notices=tuple(notices(pages)),
    )


def _lines(columns: Sequence[Column]) -> Iterator[Line]:
    return (line for column in columns for line in column.lines)


def _page(sheet: Sheet, label: str) -> Page:
    return Page(label or sheet.label, sheet.width, sheet.height, sheet.state, sheet.confidence)


def _first_columns(frame: Frame, box: Box, edges: Sequence[float]) -> Iterator[Column]:
    """The columns of the first page: of its head, of the box with its abstract, of its text."""
    head, text = box.above, box.below
    if not box.abstract:
        head, text = head_apart(box.below, edges, frame.depth)
    yield from read_head(frame, head, edges)
    if box.abstract:
        yield cell_column(frame, box.notes, min(cell.left for cell in box.abstract))
        yield column_of(frame, box.abstract, [])
    yield from read_columns(frame, text, edges)


def _columns(sheets: Sequence[Sheet]) -> tuple[list[Column], Furnished, int]:
    """All columns in reading order, without furniture, what that was, and how many line numbers."""
    texts = [sheet.words[0][1] if sheet.words else () for sheet in sheets]
    breadth = median(sheet.words[0][0].breadth for sheet in sheets if sheet.words)
    unnumbered, numbers = without_line_numbers(texts, breadth / 2)
    main = [cells_of(found) for found in unnumbered]
    depths = [sheet.words[0][0].depth if sheet.words else 0.0 for sheet in sheets]
    furnished = without_furniture(main, depths)
    edges = [column_edges(cells) for cells in furnished.cells]
    box = box_apart(furnished.cells[0])
    first, aside = (box.below, []) if box.abstract else sidebar_apart(box.below)
    edges[0] = kept_edges(first, edges[0]) if aside else edges[0]
    pages = [first, *furnished.cells[1:]]
    columns: list[Column] = []
    for sheet, cells, found in zip(sheets, pages, edges, strict=True):
        for frame, _ in sheet.words[:1]:
            usual = found or familiar_edges(cells, edges)
            if cells is first:
                columns += _first_columns(frame, box._replace(below=first), usual)
                columns += read_sidebar(frame, aside)
            else:
                columns += read_columns(frame, cells, usual)
        for frame, words in sheet.words[1:]:
            columns += read_columns(frame, cells_of(words), [])
    kept = [column for column in columns if not is_stamp(column)]
    removed = furnished.removed + len(columns) - len(kept)
    return widened(kept), replace(furnished, removed=removed), numbers

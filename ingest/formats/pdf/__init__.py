"""PDF files: characters to words, lines, columns, paragraphs, and those to Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.formats.pdf.cells import cells_of
from ingest.formats.pdf.columns import Column, read_columns, read_sidebar, widened
from ingest.formats.pdf.edges import column_edges, familiar_edges, kept_edges
from ingest.formats.pdf.flow import document_blocks
from ingest.formats.pdf.furniture import Furnished, is_stamp, without_furniture
from ingest.formats.pdf.opening import opened, properties
from ingest.formats.pdf.pages import read_pages
from ingest.formats.pdf.report import left_out, notices, without_text
from ingest.formats.pdf.sidebar import sidebar_apart
from ingest.formats.pdf.types import Sheet
from ingest.formats.pdf.writing import Hyphens, Writer
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
    columns, furnished = _columns(sheets)
    writer = Writer(Hyphens(line for column in columns for line in column.lines))
    title = next((str(claim.value) for claim in claims if claim.field == "title"), "")
    for block in document_blocks(columns, title):
        writer.write(block)
    pages = [_page(sheet, label) for sheet, label in zip(sheets, furnished.labels, strict=True)]
    return Document(
        "pdf",
        writer.text,
        (*claims, *printed_claims(furnished.first)),
        writer.layout(pages),
        left_out=tuple(left_out(pages, furnished.removed, attached)),
        notices=tuple(notices(pages)),
    )


def _page(sheet: Sheet, label: str) -> Page:
    return Page(label or sheet.label, sheet.width, sheet.height, sheet.state, sheet.confidence)


def _columns(sheets: Sequence[Sheet]) -> tuple[list[Column], Furnished]:
    """All columns in reading order, without furniture, and what that was."""
    main = [cells_of(sheet.words[0][1]) if sheet.words else [] for sheet in sheets]
    depths = [sheet.words[0][0].depth if sheet.words else 0.0 for sheet in sheets]
    furnished = without_furniture(main, depths)
    edges = [column_edges(cells) for cells in furnished.cells]
    first, aside = sidebar_apart(furnished.cells[0])
    edges[0] = kept_edges(first, edges[0]) if aside else edges[0]
    pages = [first, *furnished.cells[1:]]
    columns: list[Column] = []
    for sheet, cells, found in zip(sheets, pages, edges, strict=True):
        for frame, _ in sheet.words[:1]:
            columns += read_columns(frame, cells, found or familiar_edges(cells, edges))
            if cells is first:
                columns += read_sidebar(frame, aside)
        for frame, words in sheet.words[1:]:
            columns += read_columns(frame, cells_of(words), [])
    kept = [column for column in columns if not is_stamp(column)]
    removed = furnished.removed + len(columns) - len(kept)
    return widened(kept), replace(furnished, removed=removed)

"""A file to a parsed paper: metadata, sections, paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.blocks import split_blocks
from ingest.claims import chosen
from ingest.cleaning import clean
from ingest.document import Claim, Document
from ingest.errors import UnreadableFile
from ingest.files import file_id, read_bytes
from ingest.frontmatter import Head, read_head, split_off_labels
from ingest.headings import find_headings
from ingest.metadata import front_matter
from ingest.reading import read_document
from ingest.sections import split_off_headings, split_sections
from ingest.structure import build_elements
from ingest.types import RETRIEVABLE, Paper, ParsedPaper


def parse(document: Document, *, paper_id: str, path: Path) -> ParsedPaper:
    """Find metadata, sections and paragraphs in a document.

    Args:
        document: What a reader made of the file.
        paper_id: See `ingest.files.file_id`.
        path: Where the file lies.

    Returns:
        The paper, its text, and its elements in reading order.

    Raises:
        UnreadableFile: There are no sentences to retrieve.
    """
    text = document.text
    own_text = document.kind in {"text", "markdown"}
    given, start = front_matter(text) if own_text else ({}, 0)
    blocks = split_off_headings(split_off_labels(split_blocks(text, start)))
    headings = find_headings(blocks)
    head = read_head(blocks, headings)
    body = split_sections(blocks[head.length :], headings[head.length :])
    elements = (*head.elements, *build_elements(body))
    if not any(element.kind in RETRIEVABLE for element in elements):
        elements = tuple(build_elements(split_sections(blocks, headings)))
    if not any(element.kind in RETRIEVABLE for element in elements):
        raise UnreadableFile(f"{path}: no paragraphs of text found in it. Nothing to add.")
    claims = (
        *(Claim(field, value, "front matter") for field, value in given.items()),
        *document.claims,
        *_claims(head, text),
        Claim("title", path.stem, "file name"),
    )
    values, found = chosen(claims)
    paper = Paper(id=paper_id, source_path=str(path), found=found, **values)
    return ParsedPaper(paper, text, elements, document.layout)


def read_paper(path: Path) -> ParsedPaper:
    """Read and parse one file.

    Args:
        path: Where it lies.

    Returns:
        The paper, its text, and its elements.

    Raises:
        UnreadableFile: It cannot be read, or there is nothing in it to retrieve.
    """
    data = read_bytes(path)
    document = read_document(data, path)
    return parse(document, paper_id=file_id(data), path=path)


def _claims(head: Head, text: str) -> Iterator[Claim]:
    """What the first page says."""
    abstract = [clean(text, e.spans).text for e in head.elements if e.kind == "abstract"]
    values = {
        "title": head.title,
        "authors": head.authors,
        "affiliations": head.affiliations,
        "year": head.year,
        "keywords": head.keywords,
        "abstract": " ".join(abstract),
    }
    for field, value in values.items():
        if value and field in head.found:
            yield Claim(field, value, head.found[field])

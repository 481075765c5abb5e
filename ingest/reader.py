"""A file to a parsed paper: metadata, sections, paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.blocks import split_blocks
from ingest.claims import described
from ingest.cleaning import clean_spans
from ingest.document import Claim, Document
from ingest.errors import UnreadableFile
from ingest.files import file_id, read_bytes
from ingest.frontmatter import Head, read_head, split_off_labels
from ingest.headings import find_headings
from ingest.health import examined
from ingest.imprint import imprint_claims
from ingest.languages import language_claims
from ingest.metadata import front_matter
from ingest.reading import read_document
from ingest.sections import split_off_headings, split_sections
from ingest.sketch import sketch
from ingest.structure import build_elements
from ingest.types import RETRIEVABLE, Element, ParsedPaper


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
    own_text = document.kind in {"text", "markdown"}
    given, start = front_matter(document.text) if own_text else ({}, 0)
    head, elements = _structure(document.text, start)
    if not any(element.kind in RETRIEVABLE for element in elements):
        raise UnreadableFile(f"{path}: no paragraphs of text found in it. Nothing to add.")
    texts = [clean_spans(document.text, element.spans) for element in elements]
    body = [text for e, text in zip(elements, texts, strict=True) if e.kind in RETRIEVABLE]
    claims = (
        *(Claim(field, value, "front matter") for field, value in given.items()),
        *document.claims,
        *_claims(head, elements, texts),
        *imprint_claims(document.text, elements, document.layout),
        *language_claims("\n".join(body)),
        Claim("title", path.stem, "file name"),
    )
    return ParsedPaper(
        described(claims, paper_id=paper_id, source_path=str(path)),
        document.text,
        elements,
        document.layout,
        claims,
        examined(document, elements, texts),
        sketch(body),
    )


def read_paper(path: Path, password: str | None = None) -> ParsedPaper:
    """Read and parse one file.

    Args:
        path: Where it lies.
        password: What opens the file, where it is encrypted.

    Returns:
        The paper, its text, and its elements.

    Raises:
        UnreadableFile: It cannot be read, or there is nothing in it to retrieve.
    """
    data = read_bytes(path)
    document = read_document(data, path, password)
    return parse(document, paper_id=file_id(data), path=path)


def _structure(text: str, start: int) -> tuple[Head, tuple[Element, ...]]:
    """The head of a text, and its elements; without a head where that would be all."""
    blocks = split_off_headings(split_off_labels(split_blocks(text, start)))
    headings = find_headings(blocks)
    head = read_head(blocks, headings)
    body = split_sections(blocks[head.length :], headings[head.length :])
    elements = (*head.elements, *build_elements(body))
    if any(element.kind in RETRIEVABLE for element in elements):
        return head, elements
    return head, tuple(build_elements(split_sections(blocks, headings)))


def _claims(head: Head, elements: Sequence[Element], texts: Sequence[str]) -> Iterator[Claim]:
    """What the first page says."""
    own = zip(elements[: len(head.elements)], texts, strict=False)
    abstract = [text for element, text in own if element.kind == "abstract"]
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

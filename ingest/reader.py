"""A file to a parsed paper: metadata, sections, paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.blocks import split_blocks
from ingest.claims import described, storable
from ingest.cleaning import clean_spans, clean_text
from ingest.document import Claim, Document, Value
from ingest.errors import UnreadableFile
from ingest.files import file_id, read_bytes
from ingest.frontmatter import Head, read_head, split_off_labels
from ingest.headings import find_headings, strip_number
from ingest.health import examined
from ingest.imprint import imprint_claims
from ingest.languages import language_claims
from ingest.metadata import end_of_text, front_matter, split_list
from ingest.patterns import is_item
from ingest.reading import read_document
from ingest.section_names import known_role
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
    end = end_of_text(document.text) if own_text else None
    head, elements = _structure(document.text[:end], start)
    if not any(element.kind in RETRIEVABLE for element in elements):
        raise UnreadableFile(f"{path}: no paragraphs of text found in it. Nothing to add.")
    texts = [clean_spans(document.text, element.spans) for element in elements]
    body = [text for e, text in zip(elements, texts, strict=True) if e.kind in RETRIEVABLE]
    claims = [
        *(Claim(field, value, "front matter") for field, value in given.items()),
        *document.claims,
        *_claims(head, elements, texts),
        *_claims_of_sections(document.text, elements[len(head.elements) :]),
        *imprint_claims(document.text, elements, document.layout),
        *language_claims("\n".join(body)),
        Claim("title", path.stem, "file name"),
    ]
    known = storable(claims)
    return ParsedPaper(
        described(known, paper_id=paper_id, source_path=str(path)),
        document.text,
        elements,
        document.layout,
        known,
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


def _claims_of_sections(text: str, body: Sequence[Element]) -> Iterator[Claim]:
    """What sections of these names say, where other things stand above them.

    Only the first of each name counts; a second one is in another language.
    """
    abstract = [element for element in body if element.kind == "abstract"]
    keywords = [e for e in body if e.kind == "front" and _holds_keywords(e.section)]
    first = [e for e in abstract if e.section == abstract[0].section]
    listed = [e for e in keywords if e.section == keywords[0].section]
    values: dict[str, Value] = {
        "abstract": " ".join(clean_spans(text, element.spans) for element in first),
        "keywords": tuple(word for element in listed for word in _listed(text, element)),
    }
    yield from (Claim(f, value, "section of this name") for f, value in values.items() if value)


def _holds_keywords(section: Sequence[str]) -> bool:
    return known_role(strip_number(section[-1])) == "keywords"


def _listed(text: str, element: Element) -> Iterator[str]:
    """The keywords of a list, or of a paragraph."""
    for start, end in element.spans:
        lines = text[start:end].splitlines()
        parts = lines if all(map(is_item, lines)) else [text[start:end]]
        for part in parts:
            yield from split_list(clean_text(part).strip(" ."))

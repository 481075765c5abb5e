"""The types that every stage speaks: frozen, and free of any engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from ingest.claims import Sureness
    from ingest.document import Claim, FileKind, LeftOut
    from ingest.layout import Layout

ElementKind = Literal[
    "abstract", "prose", "note", "caption", "acknowledgement", "reference", "front", "furniture"
]
"""What a stretch of a paper is; only the first five are ever retrieved."""

RETRIEVABLE: frozenset[ElementKind] = frozenset(
    {"abstract", "prose", "note", "caption", "acknowledgement"}
)


class Span(NamedTuple):
    """A character range ``[start, end)`` of a source text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper and what is known about it.

    ``id`` is the SHA-256 of the file's bytes in hexadecimal. ``found`` maps a
    field's name to where its value was found (``"front matter"``, ``"first
    heading"``, …, see `ingest.claims.SURENESS`); a field that was not found is empty
    and not in ``found``. ``language`` is a code of ISO 639-1, ``doi`` is bare. Names in
    ``authors`` are as printed, or as sorted ("Roe, Jane"); one in braces is a whole, such as
    an organisation's, see `ingest.authors`.
    """

    id: str
    title: str
    source_path: str
    authors: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    year: int | None = None
    venue: str | None = None
    doi: str | None = None
    language: str | None = None
    keywords: tuple[str, ...] = ()
    abstract: str | None = None
    found: dict[str, str] = field(default_factory=dict)

    def sureness(self, name: str) -> Sureness | None:
        """How sure the value of a field is; None where none was found."""
        from ingest.claims import SURENESS

        return SURENESS[self.found[name]] if name in self.found else None


@dataclass(frozen=True, slots=True)
class Element:
    """A stretch of one kind: a paragraph, a note, a caption, a reference list.

    ``spans`` are its pieces in the source: more than one where a page break,
    a footnote or a figure stood in the middle of a paragraph.
    """

    kind: ElementKind
    section: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class HealthReport:
    """How well a file could be read; `ingest.health` makes and judges it.

    ``garbled`` is the share of words that look garbled, with some of them; ``references`` and
    ``footnotes`` are shares of the characters. ``empty_pages`` are blank, ``unread_pages``
    pictures that nobody read, both counted from 1, ``recognised_pages`` how many were read by
    OCR; ``ocr_confidence`` is their mean, from 0 to 1, and ``worst_page`` the page of the least.
    ``planted`` tells of instructions to a machine, in sentences.
    """

    kind: FileKind
    pages: int
    words: int
    characters: int
    garbled: float = 0.0
    garbled_words: tuple[str, ...] = ()
    references: float = 0.0
    footnotes: float = 0.0
    empty_pages: tuple[int, ...] = ()
    unread_pages: tuple[int, ...] = ()
    recognised_pages: int = 0
    ocr_confidence: float | None = None
    worst_page: int | None = None
    left_out: tuple[LeftOut, ...] = ()
    notices: tuple[str, ...] = ()
    planted: tuple[str, ...] = ()

    @property
    def words_a_page(self) -> float:
        """How many words a page has; all of a file without pages stand on one."""
        return self.words / max(1, self.pages)


@dataclass(frozen=True, slots=True)
class ParsedPaper:
    """A paper as a reader found it: its decoded text and what stands where.

    ``claims`` is all that is said of the paper; ``paper`` has the most trusted of it.
    ``report`` tells how well the file could be read, ``sketch`` stands for the text where
    papers are compared (`ingest.sketch`).
    """

    paper: Paper
    text: str
    elements: tuple[Element, ...]
    layout: Layout | None = None
    claims: tuple[Claim, ...] = ()
    report: HealthReport | None = None
    sketch: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One to four sentences of one section, the unit that is found and cited.

    ``text`` is ``clean(source, spans).text``: see `ingest.cleaning`. ``section``
    is the path of headings from the outermost inwards. ``pages`` are the first
    and last page of the file, counted from 1, or None where the source has no pages;
    ``page_labels`` are the numbers printed on them, empty where there is none. ``context`` says in
    whose paper and under which headings the passage stands; search reads it
    beside the text, quotes never do. ``id`` depends on the paper, the place and
    the text, never on embeddings or order of ingest.
    """

    id: str
    paper_id: str
    text: str
    section: tuple[str, ...]
    spans: tuple[Span, ...]
    kind: ElementKind = "prose"
    pages: tuple[int, int] | None = None
    page_labels: tuple[str, str] | None = None
    context: str = ""

    @property
    def searchable(self) -> str:
        """Context and text, as they are embedded."""
        return f"{self.context}\n{self.text}" if self.context else self.text

    @property
    def cited_pages(self) -> str:
        """The pages as a citation gives them: printed numbers, else the file's; or nothing."""
        if not self.pages:
            return ""
        labels = self.page_labels
        first, last = labels if labels and all(labels) else map(str, self.pages)
        return f"p. {first}" if first == last else f"pp. {first}-{last}"

"""What is known better of papers: bibliography files beside them, and corrections by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from assistant.halves import without_halves
from ingest.bibliography import Bibliography
from ingest.claims import BIBLIOGRAPHY, BY_HAND, with_claims
from ingest.document import Claim, Value
from ingest.errors import BadCorrection
from ingest.imprint import bare_doi
from ingest.languages import language_code
from ingest.passages import with_new_context
from ingest.types import Paper, ParsedPaper

if TYPE_CHECKING:
    from vectorstore.library import Library

_FIRST_YEAR = 1000


class Fields(TypedDict, total=False):
    """What may be corrected by hand; None takes a correction back."""

    title: str | None
    authors: list[str] | tuple[str, ...] | None
    year: int | None
    venue: str | None
    doi: str | None
    keywords: list[str] | tuple[str, ...] | None
    abstract: str | None
    language: str | None


class Corrections:
    """What bibliography files and corrections by hand say of papers that are being added.

    The files of a folder are read once: make a new one for each time that papers are added.

    Args:
        library: Where the corrections by hand are kept.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._bibliographies: dict[Path, Bibliography] = {}

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong with the bibliography files that were looked into, in sentences."""
        return tuple(w for found in self._bibliographies.values() for w in found.warnings)

    def applied(self, parsed: ParsedPaper) -> ParsedPaper:
        """A paper as it is known better.

        Corrections by hand are those of the paper of the same bytes, and of the paper that
        was read from the same path, which this one replaces.

        Args:
            parsed: The paper as its file describes it.

        Returns:
            The same with all that is said of it, and the values that follow from it.
        """
        paper = parsed.paper
        replaced = self._library.paper_at(paper.source_path)
        ids = (paper.id, *([replaced.id] if replaced else []))
        by_hand: dict[str, Claim] = {}
        for paper_id in ids:
            for claim in self._library.descriptions.claims(paper_id):
                if claim.where == BY_HAND:
                    by_hand.setdefault(claim.field, claim)
        read = [c for c in parsed.claims if c.where not in {BY_HAND, BIBLIOGRAPHY}]
        claims = (*read, *by_hand.values())
        return with_claims(parsed, (*claims, *self._listed(paper, claims)))

    def outdated(self, paper: Paper) -> bool:
        """Whether the bibliography files beside a paper say something else than when it was added.

        Args:
            paper: A paper of the library.

        Returns:
            Whether it is to be added again.
        """
        claims = self._library.descriptions.claims(paper.id)
        before = tuple(claim for claim in claims if claim.where == BIBLIOGRAPHY)
        return self._listed(paper, claims) != before

    def _listed(self, paper: Paper, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        """What the bibliography files beside a paper's file say of it."""
        path = Path(paper.source_path)
        if path.parent not in self._bibliographies:
            self._bibliographies[path.parent] = Bibliography(path.parent)
        return self._bibliographies[path.parent].claims(path, claims)


def corrected(library: Library, paper_id: str, fields: Mapping[str, Any]) -> Paper:
    """Correct a paper of a library by hand.

    Where the title or the authors change, its passages are embedded anew, as they are
    searched under them; they stay as they were cut, so that what cited them still does. The
    paper is then replaced whole, or not at all.

    Args:
        library: Where it is.
        paper_id: Which one.
        fields: Values of some fields; None takes a correction back.

    Returns:
        The paper as it is now.

    Raises:
        BadCorrection: There is no such field, or it cannot have such a value.
        LibraryBusy: Another process is writing.
        LibraryUnwritable: No room or no permission; the paper is as before.
    """
    values = {field: _checked(field, value) for field, value in fields.items()}
    old = library.parsed(paper_id)
    if old is None or not values:
        raise BadCorrection(f"{paper_id[:8]}: nothing to correct. Name a field and its value.")
    kept = [c for c in old.claims if not (c.where == BY_HAND and c.field in values)]
    given = [Claim(field, value, BY_HAND) for field, value in values.items() if value is not None]
    new = with_claims(old, (*kept, *given))
    if (new.paper.title, new.paper.authors) == (old.paper.title, old.paper.authors):
        library.describe(new)
    else:
        count, limit = library.embedder.count_tokens, library.embedder.record.max_tokens
        passages = [
            with_new_context(own, new.paper, count, limit) for own in library.passages(paper_id)
        ]
        library.put([library.embedded(new, passages)])
    return new.paper


def _checked(field: str, value: Any) -> Value | None:
    if field not in _CHECKS:
        raise BadCorrection(
            f"{field!r} is no field that can be corrected. There are {', '.join(_CHECKS)}."
        )
    return None if value is None else _CHECKS[field](field, value)


def _text(field: str, value: Any) -> str:
    if not isinstance(value, str):
        raise BadCorrection(f"{field}: {value!r} is no text. Give a string.")
    return " ".join(without_halves(value).split())


def _title(field: str, value: Any) -> str:
    text = _text(field, value)
    if not text:
        raise BadCorrection("title: it is empty. Give one, or None for what the file says.")
    return text


def _texts(field: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, (list, tuple)):
        raise BadCorrection(f"{field}: {value!r} is no list. Give a list of strings.")
    return tuple(filter(None, (_text(field, one) for one in value)))


def _year(field: str, value: Any) -> int:
    latest = datetime.now(UTC).year + 1
    if type(value) is not int or not _FIRST_YEAR <= value <= latest:
        raise BadCorrection(f"{field}: {value!r} is no year from {_FIRST_YEAR} to {latest}.")
    return value


def _doi(field: str, value: Any) -> str:
    text = _text(field, value)
    doi = bare_doi(text)
    if text and (not doi or not text.lower().endswith(doi.lower())):
        raise BadCorrection(
            f"{field}: {text!r} is no DOI. Give it as 10.1000/182 or https://doi.org/10.1000/182."
        )
    return doi or ""


def _language(field: str, value: Any) -> str:
    text = _text(field, value)
    code = language_code(text)
    if text and not code:
        raise BadCorrection(f"{field}: {text!r} is no language. Give its code, such as en or zh.")
    return code or ""


_CHECKS: dict[str, Callable[[str, Any], Value]] = {
    "title": _title,
    "authors": _texts,
    "year": _year,
    "venue": _text,
    "doi": _doi,
    "keywords": _texts,
    "abstract": _text,
    "language": _language,
}

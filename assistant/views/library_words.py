"""The Library view's words for what the library calls by codes and constants."""

from __future__ import annotations

from babel import Locale

from assistant.listing import Order
from assistant.types import PaperHealth, Status
from assistant.views.words import _, language
from ingest.claims import Sureness

_GOOD, _FAIR = 90, 70


def field_name(field: str) -> str:
    """What a field of a paper is called."""
    names = {
        "title": _("Title"),
        "authors": _("Authors"),
        "year": _("Year"),
        "venue": _("Venue"),
        "doi": _("DOI"),
        "language": _("Language"),
        "affiliations": _("Affiliations"),
        "keywords": _("Keywords"),
        "abstract": _("Abstract"),
    }
    return names[field]


FIELDS = (
    "title",
    "authors",
    "year",
    "venue",
    "doi",
    "language",
    "affiliations",
    "keywords",
    "abstract",
)
"""What is known of a paper, in the order of its card."""


def place_name(where: str) -> str:
    """Where the value of a field was found; see `ingest.claims.SURENESS`."""
    names = {
        "corrected by hand": _("corrected by hand"),
        "bibliography file": _("bibliography file"),
        "front matter": _("front matter"),
        "article front": _("article front"),
        "citation tags": _("citation tags"),
        "labelled paragraph": _("labelled paragraph"),
        "section of this name": _("section of this name"),
        "first heading": _("first heading"),
        "line below the title": _("line below the title"),
        "head of the paper": _("head of the paper"),
        "imprint": _("imprint"),
        "language of the text": _("language of the text"),
        "first line": _("first line"),
        "document properties": _("document properties"),
        "page title": _("page title"),
        "language of a few words": _("language of a few words"),
        "file name": _("file name"),
    }
    return names[where]


def sureness_name(sureness: Sureness) -> str:
    """How sure a value is."""
    names: dict[Sureness, str] = {
        "certain": _("certain"),
        "likely": _("likely"),
        "doubtful": _("doubtful"),
    }
    return names[sureness]


def order_name(order: Order) -> str:
    """What papers are sorted by."""
    names: dict[Order, str] = {
        "title": _("Title"),
        "year": _("Year, newest first"),
        "author": _("First author"),
        "health": _("Health, worst first"),
    }
    return names[order]


def status_name(status: Status) -> str:
    """What became of a file, with its sign."""
    names: dict[Status, str] = {
        "added": _("✓ Added"),
        "replaced": _("✓ Replaced its old version"),
        "unchanged": _("✓ Already in the library"),
        "failed": _("✗ Not added"),
    }
    return names[status]


def health_name(health: PaperHealth) -> str:
    """How well a paper's file could be read, with a sign and its points."""
    if health.report is None:
        return _("? Not examined")
    if health.score >= _GOOD:
        return _("✓ Well read: {score} of 100", score=health.score)
    if health.score >= _FAIR:
        return _("△ Fairly read: {score} of 100", score=health.score)
    return _("⚠ Badly read: {score} of 100", score=health.score)


def language_name(code: str | None) -> str:
    """A language by its name in that of the interface; the code where it has none."""
    if not code:
        return ""
    names = Locale(language()).languages
    return str(names.get(code, code))

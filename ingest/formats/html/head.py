"""What the head of a web page says about the paper on it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ingest.document import Claim, Value
from ingest.formats.xml import Node, attribute, descendants, plain
from ingest.metadata import split_list
from ingest.names import people, split_names

_CITATION = {
    "title": ("citation_title", "dc.title", "dcterms.title"),
    "authors": ("citation_author", "citation_authors", "dc.creator", "dcterms.creator"),
    "affiliations": ("citation_author_institution",),
    "year": (
        "citation_publication_date",
        "citation_date",
        "citation_year",
        "citation_online_date",
        "dc.date",
        "dcterms.date",
        "dcterms.issued",
        "dc.date.issued",
    ),
    "venue": (
        "citation_journal_title",
        "citation_conference_title",
        "citation_inbook_title",
        "prism.publicationname",
        "dc.source",
    ),
    "doi": ("citation_doi", "prism.doi", "dc.identifier"),
    "keywords": ("citation_keywords", "dc.subject"),
    "language": ("citation_language", "dc.language"),
    "abstract": ("citation_abstract", "dcterms.abstract"),
}
"""The tags for each field, the most exact first."""

_DATES = ("date", "article:published_time", "datepublished", "publish-date", "pubdate")
_DOI = re.compile(r"\b10\.\d{4,9}/\S+")
_YEAR = re.compile(r"(?:^|\D)((?:1[5-9]|20)\d\d)(?!\d)")
_LISTS = frozenset({"authors", "affiliations", "keywords"})


def claims(page: Node) -> Iterator[Claim]:
    """What the tags of a page, its title and its language say."""
    tags = _tags(page)
    for field, names in _CITATION.items():
        tag = next((name for name in names if tags.get(name)), "")
        value = _read(field, tags.get(tag, []), apart=tag == "citation_author")
        if value:
            yield Claim(field, value, "citation tags")
    yield from _plain_tags(tags)
    title = next(iter(tags.get("og:title", [])), "") or page_title(page)
    if title:
        yield Claim("title", title, "page title")
    language = _language(attribute(page, "lang"))
    if language:
        yield Claim("language", language, "document properties")


def _plain_tags(tags: dict[str, list[str]]) -> Iterator[Claim]:
    """What tags say that any program writes, for the author of a paper or for who keeps a site."""
    authors = tags.get("author", [])
    if len(authors) > 1:
        yield Claim("authors", _read("authors", authors, apart=True), "citation tags")
    named = tuple(map(_forwards, people(authors[0]))) if len(authors) == 1 else ()
    dates = [date for name in _DATES for date in tags.get(name, [])]
    for field, value in (("authors", named), ("year", _read("year", dates))):
        if value:
            yield Claim(field, value, "document properties")


def page_title(page: Node) -> str:
    """The title of a page in its head; empty for none."""
    return next(map(plain, descendants(page, "title")), "")


def _tags(page: Node) -> dict[str, list[str]]:
    """The values of the meta tags by their names."""
    tags: defaultdict[str, list[str]] = defaultdict(list)
    for meta in descendants(page, "meta"):
        content = " ".join(attribute(meta, "content").split())
        called = attribute(meta, "name") or attribute(meta, "property")
        if content and called:
            tags[called.lower()].append(content)
    return tags


def _read(field: str, values: list[str], *, apart: bool = False) -> Value:
    """The value of a field from those of its tags; empty for nothing that it can be.

    ``apart`` says that each tag names one person, as "García Márquez, Gabriel José".
    """
    if field in _LISTS:
        parts = (part for value in values for part in _parts(field, value, apart=apart))
        return tuple(dict.fromkeys(filter(None, parts)))
    first = values[0] if values else ""
    if field == "year":
        year = _YEAR.search(first)
        return int(year[1]) if year else ""
    if field == "doi":
        doi = next(filter(None, map(_DOI.search, values)), None)
        return doi[0].lower() if doi else ""
    return _language(first) if field == "language" else first


def _parts(field: str, value: str, *, apart: bool) -> tuple[str, ...]:
    if field == "keywords":
        return split_list(value)
    if field == "affiliations":
        return (value,)
    return tuple(map(_forwards, value.split(";") if apart else split_names(value)))


def _forwards(person: str) -> str:
    """A name with the given names first."""
    surname, comma, given = person.partition(",")
    inverted = comma and "," not in given
    return f"{given.strip()} {surname.strip()}".strip() if inverted else person.strip()


def _language(code: str) -> str:
    short = code.strip().lower().replace("_", "-").partition("-")[0]
    return short if re.fullmatch("[a-z]{2}", short) else ""

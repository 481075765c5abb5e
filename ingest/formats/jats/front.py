"""The front of a JATS article: title, authors, journal, identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.authors import whole
from ingest.document import Claim, Value
from ingest.formats.jats.inline import unmarked
from ingest.formats.xml import Node, attribute, child, children, descendants, name, plain

_WHERE = "article front"
_DATES = ("collection", "ppub", "epub-ppub", "pub", "epub", "")
"""The kinds of dates of publication; a paper is cited by the year of its issue."""

_BEFORE = re.compile("submitted|received|accepted|rev-re|preprint")
"""What dates are called at which a paper was not out yet."""

_BESIDE = frozenset(
    "contrib-group aff address author-comment bio email ext-link fn on-behalf-of role uri".split()
)
"""What stands in the name of a group and is no part of it."""


def claims(article: Node) -> Iterator[Claim]:
    """What the front of an article says about it, as far as it says it."""
    meta = child(article, "front", "article-meta")
    values: dict[str, Value] = {"language": _language(article)}
    journal = child(article, "front", "journal-meta")
    if journal is not None:
        values["venue"] = next(map(plain, descendants(journal, "journal-title")), "")
    if meta is not None:
        values |= {
            "title": title(meta),
            "authors": tuple(_authors(meta)),
            "affiliations": tuple(_affiliations(meta)),
            "abstract": _abstract(meta),
            "keywords": _keywords(meta),
            "doi": _doi(meta),
            "year": _year(meta),
        }
    return (Claim(field, value, _WHERE) for field, value in values.items() if value)


def title(meta: Node) -> str:
    """The title of an article, with its subtitle; empty where there is none."""
    group = child(meta, "title-group")
    if group is None:
        return ""
    parts = map(unmarked, children(group, "article-title", "subtitle"))
    return ": ".join(filter(None, parts))


def is_main(abstract: Node) -> bool:
    """Whether an abstract is the paper's, neither a summary for others nor a translation."""
    return name(abstract) == "abstract" and not attribute(abstract, "abstract-type")


def paragraphs(abstract: Node) -> Iterator[Node]:
    """The paragraphs of an abstract, not those that stand in others, as in a list."""
    return (node for node in descendants(abstract, "p") if not _within(node, "p"))


def _language(article: Node) -> str:
    code = attribute(article, "lang").lower().partition("-")[0]
    return code if re.fullmatch("[a-z]{2}", code) else ""


def _authors(meta: Node) -> Iterator[str]:
    for contributor in descendants(meta, "contrib"):
        if attribute(contributor, "contrib-type", "author") == "author":
            found = (_name(part) for part in children(contributor, "name", "collab", "string-name"))
            yield from filter(None, [next(found, "") or _alternative(contributor)])


def _alternative(contributor: Node) -> str:
    group = child(contributor, "name-alternatives")
    return "" if group is None else next(map(_name, children(group)), "")


def _name(node: Node) -> str:
    """A person as given name and surname, anybody else as they are written."""
    parts = [child(node, part) for part in ("given-names", "surname", "suffix")]
    person = " ".join(filter(None, map(plain, parts)))
    if person:
        return person
    return whole(unmarked(node, _BESIDE)) if name(node) == "collab" else unmarked(node, _BESIDE)


def _affiliations(meta: Node) -> Iterator[str]:
    """The affiliations of the authors, in order, without their labels."""
    authors = [c for c in descendants(meta, "contrib") if attribute(c, "contrib-type") == "author"]
    wanted = {attribute(x, "rid") for c in authors for x in descendants(c, "xref")}
    for affiliation in descendants(meta, "aff"):
        cited = not wanted or attribute(affiliation, "id") in wanted
        if cited or _within(affiliation, "contrib"):
            label = next(map(plain, children(affiliation, "label")), "")
            text = unmarked(affiliation).removeprefix(label)
            yield re.sub(r"\s+,", ",", text).strip(" ,;")


def _abstract(meta: Node) -> str:
    main = (a for a in children(meta, "abstract") if is_main(a))
    parts = (unmarked(p) for a in main for p in paragraphs(a))
    return " ".join(filter(None, parts))


def _keywords(meta: Node) -> tuple[str, ...]:
    group = child(meta, "kwd-group")
    words = () if group is None else map(unmarked, descendants(group, "kwd"))
    return tuple(dict.fromkeys(filter(None, words)))


def _doi(meta: Node) -> str:
    ids = children(meta, "article-id")
    return next((plain(i).lower() for i in ids if attribute(i, "pub-id-type") == "doi"), "")


def _year(meta: Node) -> int:
    dates: dict[str, str] = {}
    for date in children(meta, "pub-date"):
        kind = attribute(date, "pub-type") or attribute(date, "date-type")
        dates.setdefault(kind, plain(child(date, "year")))
    given = (dates[kind] for kind in sorted(dates, key=_rank))
    return next((int(year) for year in given if re.fullmatch(r"\d{4}", year)), 0)


def _rank(kind: str) -> int:
    """How late a kind of date counts: after those of publication, others, and those before it."""
    known = kind in _DATES
    return _DATES.index(kind) if known else len(_DATES) + bool(_BEFORE.search(kind))


def _within(node: Node, wanted: str) -> bool:
    return any(name(ancestor) == wanted for ancestor in node.iterancestors())

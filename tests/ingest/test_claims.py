"""What is believed of the values that a file gives, and how sure it is."""

from __future__ import annotations

from pathlib import Path

from ingest.claims import BIBLIOGRAPHY, BY_HAND, SURENESS, chosen, with_claims
from ingest.document import Claim, Document
from ingest.reader import parse
from tests.ingest.helpers import read

TEXT = "# Open councils\n\nMira Vale\n\n## 1. Rules\n\nThe council meets in the open every week.\n"


def test_the_most_trusted_place_counts_whatever_the_order() -> None:
    claims = [
        Claim("title", "a name", "file name"),
        Claim("title", "By hand", BY_HAND),
        Claim("title", "Listed", BIBLIOGRAPHY),
        Claim("year", 2019, "imprint"),
        Claim("year", 2020, "imprint"),
    ]
    assert chosen(claims) == (
        {"title": "By hand", "year": 2019},
        {"title": BY_HAND, "year": "imprint"},
    )
    assert chosen(claims[::-1])[0] == {"title": "By hand", "year": 2020}


def test_every_value_of_a_paper_says_how_sure_it_is() -> None:
    paper = read(TEXT).paper
    assert paper.found["title"] == "first heading"
    assert paper.sureness("title") == paper.sureness("authors") == "likely"
    assert paper.sureness("year") is None
    assert {paper.sureness(name) for name in paper.found} <= set(SURENESS.values())


def test_what_a_reader_claims_is_weighed_with_what_the_page_says() -> None:
    claims = (
        Claim("title", "Untitled-1.docx", "document properties"),
        Claim("authors", ("Anna Noll",), "citation tags"),
    )
    document = Document("html", TEXT, claims=claims)
    paper = parse(document, paper_id="0" * 64, path=Path("a.html")).paper
    assert (paper.title, paper.authors) == ("Open councils", ("Anna Noll",))
    assert paper.sureness("authors") == "certain"


def test_an_empty_value_says_that_there_is_none() -> None:
    parsed = read(f"---\nvenue: Towns\n---\n\n{TEXT}")
    assert parsed.paper.venue == "Towns"
    paper = with_claims(parsed, (*parsed.claims, Claim("venue", "", BY_HAND))).paper
    assert (paper.venue, paper.sureness("venue")) == (None, "certain")


def test_other_claims_change_no_text() -> None:
    parsed = read(TEXT)
    changed = with_claims(parsed, (*parsed.claims, Claim("title", "Closed councils", BY_HAND)))
    assert changed.paper.title == "Closed councils"
    assert (changed.text, changed.elements) == (parsed.text, parsed.elements)
    assert with_claims(changed, parsed.claims) == parsed


def test_halves_of_characters_are_replaced() -> None:
    parsed = read(f'---\ntitle: "A \\ud800 title"\nkeywords: ["b \\udfff"]\n---\n\n{TEXT}')
    assert (parsed.paper.title, parsed.paper.keywords) == ("A \ufffd title", ("b \ufffd",))
    changed = with_claims(parsed, (*parsed.claims, Claim("venue", "J \ud800", BY_HAND)))
    assert changed.paper.venue == "J \ufffd"
    for paper in (parsed, changed):
        repr([paper.claims, paper.paper]).encode("utf-8")
        assert all("\ud800" not in str(claim.value) for claim in paper.claims)

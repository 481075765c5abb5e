"""Abstract and keywords of papers above whose text other things stand."""

from __future__ import annotations

import pytest

from tests.ingest.helpers import PROSE, SHORT, read, texts

ABOVE = f"# Open councils\n\n## Highlights\n\n{PROSE}\n\n"


def test_the_abstract_is_found_below_other_sections() -> None:
    parsed = read(f"{ABOVE}## Abstract\n\n{SHORT}\n\n{PROSE}\n\n## Introduction\n\n{PROSE}\n")
    assert parsed.paper.abstract == f"{SHORT} {PROSE}"
    assert parsed.paper.found["abstract"] == "section of this name"
    assert texts(parsed, "abstract") == [SHORT, PROSE]


def test_of_two_abstracts_the_first_is_the_papers() -> None:
    parsed = read(f"{ABOVE}## Abstract\n\n{SHORT}\n\n## 摘要\n\n议会每月开会。它投票两次。\n")
    assert parsed.paper.abstract == SHORT


@pytest.mark.parametrize(
    "listed",
    ["trust; open towns", "- trust\n- open towns", "trust\n\nopen towns", "trust, open\ntowns."],
)
def test_keywords_are_found_below_other_sections(listed: str) -> None:
    parsed = read(
        f"{ABOVE}## Abstract\n\n{SHORT}\n\n## Keywords\n\n{listed}\n\n## 1. Aim\n\n{PROSE}"
    )
    assert parsed.paper.keywords == ("trust", "open towns")


def test_what_the_head_says_counts_first() -> None:
    parsed = read(
        f"# Open councils\n\nAbstract: {SHORT}\n\nKeywords: trust\n\n## Aim\n\n{PROSE}\n\n"
        f"## Abstract\n\n{PROSE}\n\n## Keywords\n\ntowns\n"
    )
    assert (parsed.paper.abstract, parsed.paper.keywords) == (SHORT, ("trust",))

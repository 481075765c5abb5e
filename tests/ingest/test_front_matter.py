"""What text files say of themselves: YAML, TOML, and the title block of pandoc."""

# ruff: noqa: RUF001 - Chinese and printed signs are what is tested

from __future__ import annotations

import pytest

from tests.ingest.helpers import PROSE, read, sections, texts

YAML = """---
title: "Open councils"
authors:
  - Jane Roe
  - name: John Doe
affiliation: University of the North
date: 2019-05-03
journal: Towns
keywords: [trust, towns]
abstract: >
  It asks
  how.
---

"""


def test_front_matter_wins() -> None:
    parsed = read(f"{YAML}# Another title\n\nAnn Poe\n\n{PROSE}")
    paper = parsed.paper
    assert (paper.title, paper.authors, paper.year) == (
        "Open councils",
        ("Jane Roe", "John Doe"),
        2019,
    )
    assert (paper.affiliations, paper.venue) == (("University of the North",), "Towns")
    assert (paper.keywords, paper.abstract) == (("trust", "towns"), "It asks how.")
    assert {paper.found[name] for name in paper.found if name != "language"} == {"front matter"}
    assert texts(parsed) == [PROSE]


def test_titles_and_abstracts_lose_their_markup() -> None:
    yaml = 'title: "On *open* [councils](c.html)"\nabstract: It **asks** how.'
    paper = read(f"---\n{yaml}\n---\n\n{PROSE}").paper
    assert (paper.title, paper.abstract) == ("On open councils", "It asks how.")


@pytest.mark.parametrize(
    ("yaml", "authors"),
    [
        ("author: Jane Roe", ("Jane Roe",)),
        ("author: Jane Roe and John Doe", ("Jane Roe", "John Doe")),
        ("authors: Jane Roe, John Doe", ("Jane Roe", "John Doe")),
        ("authors: Roe, Jane; Doe, John", ("Roe, Jane", "Doe, John")),
        ("authors: {name: Jane Roe}", ("Jane Roe",)),
        (
            "author: [{given: Jane, family: Roe}, {name: John Doe, affiliation: Law}]",
            ("Jane Roe", "John Doe"),
        ),
        (
            "author:\n  - name: {given: Jane, family: Roe}\n  - literal: World Bank",
            ("Jane Roe", "{World Bank}"),
        ),
        ("author: 张三，李四", ("张三", "李四")),
        ("author: 张三 李四", ("张三", "李四")),
        ("authors: [[Jane], null, {age: 3}, Jane Roe]", ("Jane Roe",)),
        ("authors: 42", ("42",)),
        ("authors:", ()),
        ("authors: null", ()),
        ("title: A: B: C\nauthors: Jane Roe", ("Jane Roe",)),
        ("title: [never closed\nauthors: Jane Roe", ("Jane Roe",)),
        ("authors: Jane Roe\n\ttitle: tabs", ("Jane Roe",)),
        ("authors: !!python/object:os.system Jane Roe", ("Jane Roe",)),
        ("date: 2020-99-99\nauthors: Jane Roe", ("Jane Roe",)),
        ("x: " + "[" * 5000 + "\nauthors: Jane Roe", ("Jane Roe",)),
        ("x: &x [*x]\nauthors: Jane Roe", ("Jane Roe",)),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_odd_front_matter(yaml: str, authors: tuple[str, ...], newline: str) -> None:
    parsed = read(f"---\n{yaml}\n---\n\n{PROSE}\n".replace("\n", newline))
    assert parsed.paper.authors == authors
    assert texts(parsed) == [PROSE]


@pytest.mark.parametrize(
    "head",
    [
        '+++\ntitle = "Open councils"\nauthors = ["Jane Roe", "John Doe"]\ndate = 2021-03-04\n+++',
        '+++\ntitle = "Open councils"\nyear = 2021\n[[author]]\nname = "Jane Roe"\n'
        "[[author]]\ngiven = 'John'\nfamily = 'Doe'\n+++",
        "+++\ntitle = Open councils\nauthor = 'Jane Roe and John Doe'\ndate = 2021\n+++",
        "% Open councils\n% Jane Roe; John Doe\n% 4 March 2021",
        "% Open\n  councils\n% Jane Roe\n  John Doe\n% 2021",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_other_front_matter(head: str, newline: str) -> None:
    parsed = read(f"{head}\n\n## 1. Scope\n\n{PROSE}\n".replace("\n", newline))
    paper = parsed.paper
    assert (paper.title, paper.authors, paper.year) == (
        "Open councils",
        ("Jane Roe", "John Doe"),
        2021,
    )
    assert paper.found["title"] == paper.found["authors"] == "front matter"
    assert texts(parsed) == [PROSE]
    assert sections(parsed) == [("1. Scope",)]


@pytest.mark.parametrize(
    "text",
    [f"% of the towns agree.\n{PROSE}", f"+++\n\n{PROSE}\n\n+++\n\nIt is so.", f"%\n{PROSE}"],
)
def test_percent_and_plus_signs_may_open_a_text(text: str) -> None:
    assert PROSE in " ".join(texts(read(text)))


@pytest.mark.parametrize("middle", [PROSE, "Note: this is no front matter.", f"{PROSE}\n\n{PROSE}"])
def test_text_between_rules_is_no_front_matter(middle: str) -> None:
    parsed = read(f"---\n{middle}\n---\n\nThe mayor agreed with all of this.\n")
    assert middle.partition("\n")[0] in texts(parsed)


def test_front_matter_that_never_ends_is_text() -> None:
    assert texts(read(f"---\n\n{PROSE}")) == [PROSE]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("the", ["THE", "THIS"])
def test_what_project_gutenberg_puts_around_a_text_is_none_of_it(the: str, newline: str) -> None:
    text = f"""The Project Gutenberg eBook of Open Councils

This ebook is for the use of anyone anywhere, at no cost.

Title: Open Councils

Author: Jane Roe

Language: English

*** START OF {the} PROJECT GUTENBERG EBOOK OPEN COUNCILS ***

CHAPTER I

{PROSE}

[Footnote 1: The hall was built by the guilds.]

{PROSE}

*** END OF {the} PROJECT GUTENBERG EBOOK OPEN COUNCILS ***

Updated editions will replace this one.
"""
    parsed = read(text.replace("\n", newline))
    paper = parsed.paper
    assert (paper.title, paper.authors, paper.language) == ("Open Councils", ("Jane Roe",), "en")
    assert texts(parsed) == [PROSE, PROSE]
    assert texts(parsed, "note") == ["[Footnote 1: The hall was built by the guilds.]"]


def test_a_line_that_closes_what_no_line_opened_is_text() -> None:
    parsed = read(f"# Open councils\n\n{PROSE}\n\n*** END OF THE BOOK ***\n\n{PROSE}\n")
    assert texts(parsed) == [PROSE, PROSE]

"""Names and institutions below a title, and lines that only look like them."""

# ruff: noqa: RUF001 - Chinese and printed signs are what is tested

from __future__ import annotations

import pytest

from tests.ingest.helpers import PROSE, SHORT, front, read, sections, texts


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Jane Roe", ("Jane Roe",)),
        ("**Jane Roe**", ("Jane Roe",)),
        ("JANE ROE", ("JANE ROE",)),
        ("By Jane Roe and John M. Doe", ("Jane Roe", "John M. Doe")),
        ("Jane Roe, John Doe, and Ann Poe", ("Jane Roe", "John Doe", "Ann Poe")),
        ("Jane Roe<sup>1</sup>, John Doe<sup>2,\\*</sup>", ("Jane Roe", "John Doe")),
        ("Jane Roe1, John Doe2*", ("Jane Roe", "John Doe")),
        ("Jane Roe† & John Doe‡", ("Jane Roe", "John Doe")),
        ("Jane Roe\nJohn Doe", ("Jane Roe", "John Doe")),
        ("Roe, Jane; Doe, John", ("Roe, Jane", "Doe, John")),
        ("María de la Cruz; Øystein Åse; Çelik Ünal",
         ("María de la Cruz", "Øystein Åse", "Çelik Ünal")),
        ("Jean-Luc O’Neil", ("Jean-Luc O’Neil",)),
        ("Jane Roe · John Doe", ("Jane Roe", "John Doe")),
        ("Jane Roe1 · John Doe2 · Ann Poe1", ("Jane Roe", "John Doe", "Ann Poe")),
        ("Jane Roe1·John Doe2", ("Jane Roe", "John Doe")),
        ("Jane Roe<sup>1</sup> • Marcel·la Poe | Ann Poe",
         ("Jane Roe", "Marcel·la Poe", "Ann Poe")),
        ("Jane Roe (jane.roe@law.example)", ("Jane Roe",)),
        ("Jane Roe <jane@law.example>, John Doe (john@law.example)", ("Jane Roe", "John Doe")),
        ("Authors: Jane Roe and John Doe", ("Jane Roe", "John Doe")),
        ("Author(s): Jane Roe and John Doe", ("Jane Roe", "John Doe")),
        ("王小明、李华", ("王小明", "李华")),
        ("王小明，李华", ("王小明", "李华")),
        ("王小明1，李华2", ("王小明", "李华")),
        ("王小明 李华", ("王小明", "李华")),
        ("张　三　李　四", ("张三", "李四")),
        ("张 三 王小明 欧阳修", ("张三", "王小明", "欧阳修")),
        ("作者：王小明", ("王小明",)),
        ("Town hall of the north", ()),
        ("Open Access", ()),
        ("October 14, 1998", ()),
        ("Theory and Practice", ()),
        ("Global Governance", ()),
        ("Councils, Residents and Votes", ()),
        ("国际视角", ()),
        ("——以小城为例", ()),
        ("理论 与 实践", ()),
        ("理论·实践", ()),
        ("Volume 3: Towns", ()),
    ],
)  # fmt: skip
def test_authors(line: str, authors: tuple[str, ...]) -> None:
    assert read(front(f"{line}\n\n## Scope")).paper.authors == authors


@pytest.mark.parametrize(
    "kind", ["Research Article", "Working Paper", "ORIGINAL RESEARCH", "**Policy Brief**"]
)
@pytest.mark.parametrize("above", [True, False])
def test_the_kind_of_paper_is_no_author(kind: str, above: bool) -> None:
    lines = [kind, "# Open councils"] if above else ["# Open councils", kind]
    byline = f"Jane Roe\n\nUniversity of the North\n\nAbstract: {SHORT}"
    paper = read("\n\n".join([*lines, byline, PROSE])).paper
    assert (paper.title, paper.authors) == ("Open councils", ("Jane Roe",))
    assert paper.affiliations == ("University of the North",)
    assert paper.abstract == SHORT


def test_the_kind_of_paper_is_no_title() -> None:
    paper = read(f"Working Paper\n\nOpen councils\n\nJane Roe\n\n{PROSE}", "a.txt").paper
    assert (paper.title, paper.authors) == ("Open councils", ("Jane Roe",))
    assert read(f"Report\n\n{PROSE}").paper.title == "Report"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("ELINOR OSTROM", ("ELINOR OSTROM",)),
        ("**Elinor Ostrom**", ("Elinor Ostrom",)),
        ("**Elinor Ostrom and Roy Gardner**", ("Elinor Ostrom", "Roy Gardner")),
        ("**王小明**", ("王小明",)),
    ],
)
def test_names_that_look_like_a_heading(line: str, authors: tuple[str, ...]) -> None:
    parsed = read(f"# Open councils\n\n{line}\n\n{PROSE}\n\n{PROSE} Again.\n")
    assert parsed.paper.authors == authors
    assert sections(parsed) == [()]


@pytest.mark.parametrize(
    "line",
    [
        "**Introduction**",
        "INTRODUCTION",
        "**Global Governance**",
        "GLOBAL GOVERNANCE",
        "**Council Minutes**",
        "**Theory and Practice**",
        "**China’s Towns**",
        "EUROPEAN INTEGRATION",
        "OSTROM",
        "**全球治理**",
        "**方法**",
        "## Elinor Ostrom",
    ],
)
def test_first_headings_are_no_names(line: str) -> None:
    parsed = read(f"# Open councils\n\n{line}\n\n{PROSE}\n\n{PROSE} Again.\n")
    assert parsed.paper.authors == ()
    assert sections(parsed) == [(line.strip("#* "),)]


def test_below_the_names_a_bold_line_is_a_heading() -> None:
    parsed = read(front("Jane Roe\n\n**Ann Poe**"))
    assert parsed.paper.authors == ("Jane Roe",)
    assert sections(parsed) == [("Ann Poe",)]


def test_many_authors() -> None:
    line = ", ".join(f"Jane {a}{b}roe" for a in "ABCDEFGHIJ" for b in "aeiou")
    paper = read(front(f"{line}\n\n## Scope")).paper
    assert len(paper.authors) == 50


def test_two_names_without_a_comma_are_parted_by_the_note_on_the_authors() -> None:
    parsed = read(
        front(
            f"Roe Jane Doe John\n\nAbstract: {SHORT}\n\n"
            "Keywords: towns, trust About the authors:\n\n"
            "Roe Jane, Professor at the Law School of the North, Doe John, School of Towns, "
            "University of Northern\n\nLaw and Trade"
        )
    )
    assert parsed.paper.authors == ("Roe Jane", "Doe John")
    assert parsed.paper.keywords == ("towns", "trust")
    assert parsed.paper.affiliations[0].endswith("University of Northern Law and Trade")
    assert texts(parsed) == [PROSE]


@pytest.mark.parametrize(
    "lines",
    [
        "Jane Roe\n\nSchool of Law, University of the North, Town, 12345\njane@law.example",
        "Jane Roe\nSchool of Law\nUniversity of the North, Town, 12345\njane@law.example",
        "**Jane Roe**\n\n*School of Law, University of the North, Town, 12345*\n\njane@law.example",
    ],
)
def test_affiliations(lines: str) -> None:
    paper = read(front(f"{lines}\n\n## Scope")).paper
    assert paper.authors == ("Jane Roe",) or "Jane Roe" in paper.affiliations[0]
    assert paper.affiliations[0].endswith("University of the North, Town, 12345")
    assert "@" not in paper.affiliations[0]
    assert paper.found["affiliations"] == "head of the paper"


@pytest.mark.parametrize(
    ("lines", "authors", "affiliations"),
    [
        ("Jane Roe, University of Oxford", ("Jane Roe",), ("University of Oxford",)),
        ("Jane Roe (University of Oxford)", ("Jane Roe",), ("University of Oxford",)),
        ("Jane Roe and John Doe, School of Law", ("Jane Roe", "John Doe"), ("School of Law",)),
        (
            "Jane Roe, University of Oxford\n\nJohn Doe, London School of Economics",
            ("Jane Roe", "John Doe"),
            ("University of Oxford", "London School of Economics"),
        ),
        (
            "Jane Roe\nUniversity of Oxford\n\nJohn Doe\nLondon School of Economics",
            ("Jane Roe", "John Doe"),
            ("University of Oxford", "London School of Economics"),
        ),
        (
            "Jane Roe\n\nUniversity of Oxford\n\n**John Doe**\n\nLondon School of Economics",
            ("Jane Roe", "John Doe"),
            ("University of Oxford", "London School of Economics"),
        ),
        (
            "Jane Roe\nUniversity of Oxford\nroe@law.example\n\n"
            "John Doe\nRIT Belin\nBelin, France\ndoe@rit.example",
            ("Jane Roe", "John Doe"),
            ("University of Oxford",),
        ),
        (
            "Jane Roe and John Doe\n\n1 University of Oxford, UK\n\n<sup>2</sup> School of Law",
            ("Jane Roe", "John Doe"),
            ("University of Oxford, UK", "School of Law"),
        ),
        (
            "Jane Roe, PhD, and John Doe, M.Sc.\nAssociate Professor\nMay 2021\nSchool of Law",
            ("Jane Roe", "John Doe"),
            ("School of Law",),
        ),
        ("王小明，北京大学国际关系学院", ("王小明",), ("北京大学国际关系学院",)),
        ("王小明（北京大学，北京 100871）", ("王小明",), ("北京大学，北京 100871",)),
        ("Jane Roe\n\nNew York, City College", ("Jane Roe",), ("New York, City College",)),
        ("School of Law, University of Oxford", (), ("School of Law, University of Oxford",)),
        ("Jane Roe\n\nSchool of Law, Oxford, UK.", ("Jane Roe",), ("School of Law, Oxford, UK.",)),
        (
            "Jane Roe\n\nJane Roe teaches law at the University of Oxford.",
            ("Jane Roe",),
            ("Jane Roe teaches law at the University of Oxford.",),
        ),
    ],
)
def test_people_and_where_they_work(
    lines: str, authors: tuple[str, ...], affiliations: tuple[str, ...]
) -> None:
    parsed = read(front(f"{lines}\n\nAbstract: {SHORT}"))
    assert (parsed.paper.authors, parsed.paper.affiliations) == (authors, affiliations)
    assert parsed.paper.abstract == SHORT
    assert texts(parsed) == [PROSE]


@pytest.mark.parametrize(
    "first",
    [
        "Town institutions shape how councils vote, and institutions change slowly over time.",
        "The University of the North decides by lot who is heard.",
        "大学治理需要公开的规则。",
    ],
)
def test_a_sentence_about_institutions_is_no_address(first: str) -> None:
    parsed = read(front(f"Jane Roe\n\n{first}"))
    assert texts(parsed) == [first, PROSE]
    assert parsed.paper.affiliations == ()

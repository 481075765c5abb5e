# ruff: noqa: RUF001 - Chinese and printed signs are what is tested

from __future__ import annotations

import pytest

from ingest.errors import UnreadableFile
from tests.ingest.helpers import kinds, passages, read, sections, texts

PROSE = "The council meets every month, and its minutes are open to all residents of the town."
SHORT = "This paper asks how open councils gain trust. It compares two towns."


def front(middle: str, title: str = "# Open councils") -> str:
    return f"{title}\n\n{middle}\n\n{PROSE}\n"


@pytest.mark.parametrize(
    "head",
    [
        "# Open councils and trust",
        "## **Open councils and trust**",
        "### *Open councils and trust\\**",
        "Open councils and trust",
        "OPEN COUNCILS AND TRUST",
        "Open councils and trust\n=======================",
        "Open councils\nand trust",
        "Open councils and\n\ntrust",
        "# Open councils and\n\n# trust",
        "Special issue on towns\n\n## Open councils and trust",
        "7\n\nOpen councils and trust",
        "\ufeff# Open councils and trust",
        "\n\n \n# Open councils and trust #",
        "<h1>Open councils and trust</h1>",
        "# Open councils[^1] and trust<sup>2</sup>",
    ],
)
@pytest.mark.parametrize("section", ["1. Introduction", "## Introduction", "I. INTRODUCTION"])
def test_titles(head: str, section: str) -> None:
    parsed = read(f"{head}\n\nJane Roe\n\nAbstract: {SHORT}\n\n{section}\n\n{PROSE}\n")
    assert parsed.paper.title.lower() == "open councils and trust"
    assert parsed.paper.authors == ("Jane Roe",)
    assert parsed.paper.abstract == SHORT
    assert texts(parsed) == [PROSE]


@pytest.mark.parametrize("title", ["# Who governs towns?", "Who governs towns?", "# 10 years on"])
def test_titles_that_look_like_something_else(title: str) -> None:
    parsed = read(front("Jane Roe", title))
    assert parsed.paper.title in {"Who governs towns?", "10 years on", "years on"}


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


def test_title_and_names_line_under_line() -> None:
    parsed = read(f"Open councils\nand trust\nJane Roe\nUniversity of the North\n\n{PROSE}")
    assert parsed.paper.title == "Open councils and trust"
    assert texts(parsed) == [PROSE]


@pytest.mark.parametrize(
    "title",
    [
        "The Belt and Road Initiative:\nInstitutional Voice and Polycentric Order",
        "Polycentric Governance and\nthe University of the Future",
        "Rules of the Council\nGlobal Governance",
        "开放的议会\n——以大学为例",
    ],
)
def test_titles_of_two_lines(title: str) -> None:
    paper = read(f"{title}\nJane Roe\nUniversity of the North\n\n{PROSE}", "paper.txt").paper
    assert paper.title == title.replace("\n", " ")
    assert paper.authors == ("Jane Roe",)
    assert paper.affiliations == ("University of the North",)


@pytest.mark.parametrize(
    "abstract",
    [
        f"Abstract: {SHORT}",
        f"**Abstract:** *{SHORT}*",
        f"**Abstract** {SHORT}",
        f"Abstract—{SHORT}",
        f"*Abstract.* {SHORT}",
        f"ABSTRACT\n\n{SHORT}",
        f"Abstract\n{SHORT}",
        f"## Abstract\n\n{SHORT}",
        f"**Abstract**\n\n{SHORT}",
        f"Abstract:\n\n{SHORT}",
        f"Summary: {SHORT}",
        "Abstract: This paper asks how open councils gain\n\ntrust. It compares two towns.",
        "## Abstract\n\nThis paper asks how open councils gain trust.\n\nIt compares two towns.",
    ],
)
@pytest.mark.parametrize(
    "keywords", ["Keywords: trust; town councils", "## Keywords\n\ntrust, town councils"]
)
@pytest.mark.parametrize("section", ["## 1. Scope", "1. Scope", "SCOPE", "**Scope**"])
def test_abstract_and_keywords(abstract: str, keywords: str, section: str) -> None:
    parsed = read(front(f"Jane Roe\n\n{abstract}\n\n{keywords}\n\n{section}"))
    assert parsed.paper.abstract == SHORT
    assert parsed.paper.keywords == ("trust", "town councils")
    assert parsed.paper.authors == ("Jane Roe",)
    assert texts(parsed) == [PROSE]
    assert sections(parsed)[-1][0].endswith(("Scope", "SCOPE"))


@pytest.mark.parametrize(
    "line",
    [
        "Keywords: trust, towns",
        "**Key words**: *trust; towns.*",
        "Keywords—trust, towns",
        "Index Terms - trust, towns",
        "Key words and phrases: trust; towns",
    ],
)
def test_keywords(line: str) -> None:
    assert read(front(f"Abstract: {SHORT}\n{line}")).paper.keywords == ("trust", "towns")


def test_keywords_with_commas_in_quotes() -> None:
    line = 'Keywords: "one town, one vote" rule, trust'
    assert read(front(line)).paper.keywords == ('"one town, one vote" rule', "trust")


def test_chinese_head() -> None:
    parsed = read("# 开放的议会\n\n王小明\n\n摘要：议会公开。居民参与。\n\n关键词：议会；信任\n\n"
                  "一、引言\n\n议会每月开会一次，会议记录向所有居民公开。")  # fmt: skip
    paper = parsed.paper
    assert (paper.title, paper.authors) == ("开放的议会", ("王小明",))
    assert (paper.abstract, paper.keywords) == ("议会公开。居民参与。", ("议会", "信任"))
    assert sections(parsed)[-1] == ("一、引言",)


@pytest.mark.parametrize(
    "label", ["【{}】", "〔{}〕", "［{}］", "[{}]", "**【{}】**", "{}：", "{} "]
)
def test_labels_as_chinese_journals_print_them(label: str) -> None:
    parts = [
        label.format("摘　要") + "议会公开。居民参与。",
        label.format("关键词") + "议会；信任",
        label.format("作者简介") + "王小明，北京大学教授，研究议会。",
        label.format("基金项目") + "国家项目“议会”。",
    ]
    prose = "议会每月开会一次，会议记录向所有居民公开。"
    for gap in ("\n\n", "\n"):
        parsed = read(gap.join(["# 开放的议会\n\n王小明", *parts]) + f"\n\n{prose}\n")
        paper = parsed.paper
        assert (paper.abstract, paper.keywords) == ("议会公开。居民参与。", ("议会", "信任"))
        assert paper.authors == ("王小明",)
        assert "北京大学" in paper.affiliations[0]
        assert texts(parsed) == [prose]


def test_chinese_keywords_stand_apart_by_spaces() -> None:
    assert read("# 议会\n\n【关键词】议会　信任 小城\n\n议会每月开会。").paper.keywords == (
        "议会",
        "信任",
        "小城",
    )


@pytest.mark.parametrize(
    ("line", "year"),
    [
        (
            "Received: 3 May 2018 / Accepted: 10 February 2019 / Published online: 20 March 2020",
            2020,
        ),
        ("Received: 3 May 2018 / Accepted: 10 February 2019", 2019),
        ("Received: 3 May 2018\n\nVol. 4, No. 2. Received 2 June 2018", 2018),
        ("Received: 3 May 2018\n\n© 2020 The Authors", 2020),
        ("Policy Sciences (2020) 53:1-20\n\nPublished online: 20 February 2019", 2020),
        ("World Development 127 (2020) 104800", 2020),
        ("收稿日期：2018-05-03", 2018),
        ("《国际政治研究》2020年第3期\n\n收稿日期：2018-05-03", 2020),
        ("Received 3 May 2019; accepted 1 July 2019", 2019),
        ("© 2021 The Authors", 2021),
        ("Journal of Towns, Vol. 4, No. 2, 2017", 2017),
        ("Founded 1999", None),
    ],
)
def test_printed_year(line: str, year: int | None) -> None:
    assert read(front(f"Jane Roe\n\n{line}\n\n## Scope")).paper.year == year


def test_a_note_on_the_title_is_a_note() -> None:
    note = "\\* The work was paid for by the League of Towns (No. 12)."
    parsed = read(front(f"Jane Roe\n\nAbstract: {SHORT}\n\n{note}"))
    assert texts(parsed, "note") == ["The work was paid for by the League of Towns (No. 12)."]
    assert texts(parsed) == [PROSE]


def test_a_journal_with_its_year_in_brackets() -> None:
    paper = read(front("Policy Sciences (2020) 53:1-20\n\nJane Roe\n\n## Scope")).paper
    assert (paper.venue, paper.year, paper.authors) == ("Policy Sciences", 2020, ("Jane Roe",))


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


def test_a_text_without_a_title_is_named_after_its_file() -> None:
    parsed = read(f"{PROSE}\n\n{PROSE} Again.", "minutes.txt")
    assert parsed.paper.title == "minutes"
    assert parsed.paper.found["title"] == "file name"
    assert len(texts(parsed)) == 2


@pytest.mark.parametrize("line", ["The council met.", "The council met", "Who met?", "# Met\nYes"])
def test_a_one_line_text_has_a_passage(line: str) -> None:
    assert [p.text for p in passages(read(line))] == [line.removeprefix("# Met\n")]


def test_two_short_lines_have_passages() -> None:
    assert [p.text for p in passages(read("Land taxes\n\nTrade taxes"))] == [
        "Land taxes",
        "Trade taxes",
    ]


@pytest.mark.parametrize(
    "text", ["# A\n\n## B\n\n### C", "1. Introduction", "7\n\n---\n\n***", "¶"]
)
def test_a_text_with_only_headings_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile, match="no paragraphs of text"):
        read(text)


def test_a_list_below_the_title_is_text() -> None:
    parsed = read(f"# Taxes\n\n- land\n- trade\n\n| a | b |\n|---|---|\n\n{PROSE}")
    assert texts(parsed)[0] == "land trade"
    assert kinds(parsed) == ["prose"] * 3

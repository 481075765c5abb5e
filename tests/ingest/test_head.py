# ruff: noqa: RUF001 - Chinese and printed signs are what is tested

from __future__ import annotations

import pytest

from ingest.errors import UnreadableFile
from tests.ingest.helpers import PROSE, SHORT, front, kinds, passages, read, sections, texts


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
        "Keywords  trust · towns",
        "**Keywords** trust; towns",
        "KEYWORDS trust | towns",
        "Keywords: trust • towns",
    ],
)
def test_keywords(line: str) -> None:
    assert read(front(f"Abstract: {SHORT}\n{line}")).paper.keywords == ("trust", "towns")


@pytest.mark.parametrize(
    "line",
    [
        "Keywords were chosen by the clerk of the town; nobody else was asked about them.",
        "Keywords that name the towns",
    ],
)
def test_sentences_about_keywords_are_no_keywords(line: str) -> None:
    assert read(front(f"Abstract: {SHORT}\n\n{line}")).paper.keywords == ()


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
        ("Towns 2021, 13, 4521. © 2020 The Authors", 2021),
        ("© The Authors 2018\n\n2020, Vol. 35(3) 288–309", 2020),
        ("September 2019", 2019),
        ("February 14, 2022 by Jane Roe", 2022),
        ("Paper for the Meeting on Towns, Milan, 30 August – 1 September 2017", 2017),
        ("Downloaded by a reader on 3 May 2024", None),
        ("Downloaded on May 3, 2024", None),
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


def test_a_heading_above_the_title_is_no_title() -> None:
    found = read(f"#### RESEARCH ARTICLE\n\n# Open councils\n\nJane Roe\n\n## Scope\n\n{PROSE}")
    assert (found.paper.title, found.paper.authors) == ("Open councils", ("Jane Roe",))


def test_what_a_journal_prints_between_names_and_abstract_is_no_section() -> None:
    middle = "Jane Roe\n\nARTICLE INFO\nKeywords:\ntowns\nopen councils\nJEL classification:\nH11"
    found = read(front(f"{middle}\n\nABSTRACT\n\n{SHORT}\n\n## Scope"))
    assert found.paper.keywords == ("towns", "open councils")
    assert found.paper.abstract == SHORT
    assert texts(found) == [PROSE]

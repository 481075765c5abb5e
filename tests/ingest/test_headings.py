# ruff: noqa: RUF001 - Chinese and printed signs are what is tested

from __future__ import annotations

import pytest

from tests.ingest.helpers import read, sections, texts

PROSE = "The council meets every month, and its minutes are open to all residents of the town."
MORE = "Residents may speak before any vote, and the clerk records what they said in the minutes."


def document(*headings: str) -> str:
    """A paper with a paragraph below every heading."""
    parts = [f"{heading}\n\n{PROSE}" for heading in headings]
    return "\n\n".join(["# Open councils", *parts])


STYLES = {
    "Markdown levels": (
        ["## Scope", "### Towns", "### Cities", "## Method"],
        [("Scope",), ("Scope", "Towns"), ("Scope", "Cities"), ("Method",)],
    ),
    "decimals with erratic levels": (
        ["## 1. Scope", "### **2. Powers**", "#### ***2.1 Taxes***", "### 2.2 Fees",
         "## **3. End**"],
        [("1. Scope",), ("2. Powers",), ("2. Powers", "2.1 Taxes"), ("2. Powers", "2.2 Fees"),
         ("3. End",)],
    ),
    "decimals without levels": (
        ["1. Introduction", "2. Powers", "2.1 Taxes", "2.1.1 Land taxes", "2.2 Fees", "3. End"],
        [("1. Introduction",), ("2. Powers",), ("2. Powers", "2.1 Taxes"),
         ("2. Powers", "2.1 Taxes", "2.1.1 Land taxes"), ("2. Powers", "2.2 Fees"), ("3. End",)],
    ),
    "decimals without a dot": (
        ["1 Introduction", "2 Powers of the mayor", "2.1 Taxes", "3 End"],
        [("1 Introduction",), ("2 Powers of the mayor",), ("2 Powers of the mayor", "2.1 Taxes"),
         ("3 End",)],
    ),
    "roman, letter, number": (
        ["I. INTRODUCTION", "II. POWERS", "A. Taxes", "1) Land is taxed by value.",
         "2) Trade is taxed by turnover.", "B. Fees", "III. END"],
        [("I. INTRODUCTION",), ("II. POWERS",), ("II. POWERS", "A. Taxes"),
         ("II. POWERS", "A. Taxes", "1) Land is taxed by value."),
         ("II. POWERS", "A. Taxes", "2) Trade is taxed by turnover."),
         ("II. POWERS", "B. Fees"), ("III. END",)],
    ),
    "letters as far as a roman numeral": (
        ["I. POWERS", *(f"{letter}. Part" for letter in "ABCDEFGHIJ"), "II. END"],
        [("I. POWERS",), *(("I. POWERS", f"{letter}. Part") for letter in "ABCDEFGHIJ"),
         ("II. END",)],
    ),
    "numbers in brackets": (
        ["1. Powers", "(1) Taxes on land", "(2) Taxes on trade", "2. End"],
        [("1. Powers",), ("1. Powers", "(1) Taxes on land"), ("1. Powers", "(2) Taxes on trade"),
         ("2. End",)],
    ),
    "letters in brackets": (
        ["1. Powers", "(a) land", "(b) trade", "a) towns", "b) cities"],
        [("1. Powers",), ("1. Powers", "(a) land"), ("1. Powers", "(b) trade"),
         ("1. Powers", "(b) trade", "a) towns"), ("1. Powers", "(b) trade", "b) cities")],
    ),
    "capitals": (
        ["INTRODUCTION", "POWERS OF THE MAYOR", "CONCLUSION"],
        [("INTRODUCTION",), ("POWERS OF THE MAYOR",), ("CONCLUSION",)],
    ),
    "bold lines": (
        ["**Scope**", "**The powers of the mayor**", "__End__"],
        [("Scope",), ("The powers of the mayor",), ("End",)],
    ),
    "setext": (
        ["Scope\n-----", "Powers\n------", "End\n---"],
        [("Scope",), ("Powers",), ("End",)],
    ),
    "Chinese": (
        ["一、引言", "二、治理", "（一）财政", "（二）土地", "三、结论"],
        [("一、引言",), ("二、治理",), ("二、治理", "（一）财政"), ("二、治理", "（二）土地"),
         ("三、结论",)],
    ),
    "Chinese chapters": (
        ["第一章 引言", "第二章 治理", "2.1 财政"],
        [("第一章 引言",), ("第二章 治理",), ("第二章 治理", "2.1 财政")],
    ),
    "closing marks": (["## Scope ##", "## End ##"], [("Scope",), ("End",)]),
    "a number in words": (
        ["## 1. Powers", "### 1.1 Taxes", "Two Conclusions"],
        [("1. Powers",), ("1. Powers", "1.1 Taxes"), ("Two Conclusions",)],
    ),
    "a part in brief before the first number": (
        ["## In brief", "## 1. Scope", "### 1.1 Towns"],
        [("In brief",), ("1. Scope",), ("1. Scope", "1.1 Towns")],
    ),
    "the same parts in two chapters": (
        ["## Towns", "### Methods", "### Results", "## Cities", "### Methods", "### Strengths"],
        [("Towns",), ("Towns", "Methods"), ("Towns", "Results"), ("Cities",),
         ("Cities", "Methods"), ("Cities", "Strengths")],
    ),
    "well-known names end a numbered part": (
        ["## 1. Powers", "#### 1.1 Taxes", "#### Acknowledgements", "##### Appendix A: The survey"],
        [("1. Powers",), ("1. Powers", "1.1 Taxes"), ("Acknowledgements",),
         ("Appendix A: The survey",)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_sections_nest(style: str) -> None:
    headings, expected = STYLES[style]
    assert sections(read(document(*headings))) == expected


def test_a_heading_broken_over_two_lines() -> None:
    text = document("A. The aims that guide the work: openness", "B. End").replace(
        "openness\n\n", "openness\n\nand value\n\n"
    )
    assert sections(read(text))[0] == ("A. The aims that guide the work: openness and value",)


def test_a_broken_heading_whose_rest_runs_into_the_paragraph() -> None:
    text = document("(1) Land", "(2) Widening the duties of elected").replace(
        f"elected\n\n{PROSE}", f"elected\n\ncouncils. {PROSE}"
    )
    parsed = read(text)
    assert sections(parsed)[1] == ("(2) Widening the duties of elected councils.",)
    assert texts(parsed)[-1] == PROSE


def test_a_list_or_caption_below_a_heading_is_not_its_second_line() -> None:
    for line in ("- land taxes", "Figure 1 Taxes", "1) land taxes"):
        parsed = read(f"# Open councils\n\n## 2. What the towns may tax\n\n{line}\n\n{PROSE}")
        assert {e.section for e in parsed.elements} == {("2. What the towns may tax",)}


def test_a_short_line_below_a_marked_heading_is_not_its_second_line() -> None:
    parsed = read(f"# Open councils\n\n## What the towns may tax\n\nLand\n\n{PROSE}")
    assert texts(parsed) == ["Land", PROSE]


@pytest.mark.parametrize(
    "line",
    [
        f"**Openness.** {PROSE}",
        f"**Openness**: {PROSE}",
        f"***Openness.*** {PROSE}",
        f"**1.1 Openness** {PROSE}",
    ],
)
def test_bold_headings_run_into_the_paragraph(line: str) -> None:
    parsed = read(f"# Open councils\n\n{line}")
    assert [s[-1].removeprefix("1.1 ") for s in sections(parsed)] == ["Openness"]
    assert texts(parsed) == [PROSE]


def test_numbered_headings_run_into_the_paragraph() -> None:
    text = (
        f"# Open councils\n\n1) Taxes on land. {PROSE} {MORE}\n\n2) Taxes on trade. {PROSE} {MORE}"
    )
    parsed = read(text)
    assert sections(parsed) == [("1) Taxes on land.",), ("2) Taxes on trade.",)]
    assert texts(parsed) == [f"{PROSE} {MORE}"] * 2


def test_a_lone_numbered_sentence_is_no_run_in_heading() -> None:
    parsed = read(f"# Open councils\n\n1) Land is taxed. {PROSE} {MORE}\n\n{PROSE}")
    assert sections(parsed) == [()]


def test_headings_directly_above_their_paragraph() -> None:
    text = (
        "Open councils\n\n1 Introduction\n"
        "The council meets every month, and its minutes\nare open to all residents of the town.\n"
        "1.1 Scope\nTowns are counted here, and so are all of the\n"
        "cities in the north of the land.\n"
        "\nREFERENCES\nRoe, J. Open councils. Oxford: Press, 1999.\n"
    )
    parsed = read(text)
    assert sections(parsed) == [
        ("1 Introduction",),
        ("1 Introduction", "1.1 Scope"),
        ("REFERENCES",),
    ]
    assert [t[:18] for t in texts(parsed)] == ["The council meets ", "Towns are counted "]


@pytest.mark.parametrize(
    "line",
    [
        "A. Smith argued that open councils gain the trust of towns.",
        "I. Kant wrote about public reason long before the councils.",
        "1995. The commission then closed its doors to the public.",
        "12 towns joined the league in the first year of its work.",
        "3.5 percent of the towns, it is said, have no council at all.",
        "1. The council votes in the open.",
        "Notes were taken by the clerk, and the minutes are kept.",
        "Figure 1 shows that the towns differ in what they spend.",
        "NATO, EU and UN bodies differ from the councils of a town.",
    ],
)
def test_sentences_that_begin_like_headings(line: str) -> None:
    parsed = read(f"# Open councils\n\n{PROSE}\n\n{line}\n\n{MORE}")
    assert texts(parsed) == [PROSE, line, MORE]
    assert sections(parsed) == [()]


def test_initials_at_the_start_of_a_wrapped_line() -> None:
    text = (
        "Open councils\n\nThe idea of open councils has a long history in the north.\n"
        "A. Smith argued that they gain the trust of the towns, and\n"
        "I. Roe that they lose it. Many towns have tried them since\n"
        "1995. The commission then closed its doors to the public.\n"
    )
    parsed = read(text)
    assert sections(parsed) == [()]
    assert len(texts(parsed)) == 1


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("mark", ["- {}", "* {}", "+ {}", "{}. {}", "{}) {}", "({}) {}"])
def test_lists_are_no_headings(mark: str, gap: str) -> None:
    items = ["Land is taxed by value", "Trade is taxed by turnover", "Inns are taxed by room"]
    lines = [mark.format(*([i] if "{}" in mark[2:] else []), item) if mark.count("{}") == 2
             else mark.format(item) for i, item in enumerate(items, 1)]  # fmt: skip
    parsed = read(f"# Open councils\n\n{PROSE}\n\n{gap.join(lines)}\n\n{MORE}")
    assert sections(parsed) == [()]
    body = " ".join(texts(parsed))
    assert all(item in body for item in items)


def test_a_table_of_contents_is_no_outline() -> None:
    text = (
        "# Open councils\n\n1. Introduction ........ 1\n\n2. Powers ........ 4\n\n"
        f"1. Introduction\n\n{PROSE}\n\n2. Powers\n\n{MORE}"
    )
    parsed = read(text)
    assert [s for s in sections(parsed) if s] == [("1. Introduction",), ("2. Powers",)]
    assert texts(parsed) == [PROSE, MORE]


def test_a_very_long_heading_line_is_text() -> None:
    long = "## " + " ".join(["Taxes on land and trade"] * 20)
    parsed = read(f"# Open councils\n\n{PROSE}\n\n{long}\n\n{MORE}")
    assert sections(parsed) == [()]
    assert any(text.startswith("Taxes on land") for text in texts(parsed))


def test_code_is_no_heading() -> None:
    parsed = read(f"# Open councils\n\n{PROSE}\n\n```sh\n# INSTALL\n\n1. RUN\n```\n\n{MORE}")
    assert sections(parsed) == [()]


@pytest.mark.parametrize("heading", ["## A B S T R A C T", "A B S T R A C T"])
def test_known_names_printed_letter_by_letter(heading: str) -> None:
    parsed = read(f"# Open councils\n\n{heading}\n\n{PROSE}\n\n## R E F E R E N C E S\n\nRoe.")
    assert parsed.paper.abstract == PROSE
    assert sections(parsed) == [("Abstract",), ("REFERENCES",)]


def test_marks_of_pandoc_are_no_part_of_headings() -> None:
    parsed = read(document("## Method {#sec:method .wide}", "# References {-}"))
    assert sections(parsed) == [("Method",), ("References",)]
    assert texts(parsed, "reference") == [PROSE]


def test_institutions_numbered_in_one_line_are_no_heading() -> None:
    lines = "Jane Roe<sup>1</sup>, John Doe<sup>2</sup>\n\n1 University of Vienna; 2 City Hall"
    parsed = read(
        f"# Open councils\n\n{lines}\n\nAbstract: {PROSE}\n\nKeywords: a; b\n\n## Aim\n\n{MORE}"
    )
    assert parsed.paper.keywords == ("a", "b")
    assert sections(parsed) == [("Abstract",), ("Aim",)]

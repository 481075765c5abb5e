# ruff: noqa: RUF001 - Chinese and printed signs are what is tested

from __future__ import annotations

import pytest

from tests.ingest.helpers import kinds, passages, read, sections, texts

FIRST = "The council of the town meets every month in the old hall, and its minutes are sent to"
SECOND = "all residents of the town, who may comment on them before the next meeting is held."
WHOLE = f"{FIRST} {SECOND}"
NEXT = "Votes are taken in the open. Nobody may vote for another member of the council."
REFERENCE = 'Roe, J.: "Open Councils", Oxford: Town Press, 1999, pp. 12-14.'


def paper(*blocks: str) -> str:
    return "\n\n".join(["# Open councils", "## 1. Scope", *blocks])


BETWEEN = {
    "nothing": (),
    "a page number": ("12",),
    "a page number in words": ("Page 3 of 12",),
    "a running head": ("Roe: Open councils 13",),
    "a stamp": ("Downloaded from https://press.example by a reader on 3 May",),
    "a caption": ("Figure 1 The hall of the town",),
    "a caption with a dot": ("**Table 2.** What the towns spend, by year.",),
    "a picture": ("![The hall](hall.png)", "Fig. 3: The hall"),
    "a note after a rule": ("---", "The hall was built by the guilds of the town."),
    "notes after a rule": ("---", "1 The hall was built by the guilds.", "2 They were six."),
    "unmarked notes after a rule": ("---", "The hall was built by the guilds.", "They were six."),
    "a bare note": ("The hall was built by the guilds of the town.",),
    "a bare note with a number": ("7 The hall was built by the guilds of the town.",),
    "a bare note with a star": ("* The hall was built by the guilds of the town.",),
    "a bare note with a raised number": ("<sup>7</sup> The hall is old.", "⁸ It is the third."),
    "a note with a pilcrow": ("¶ The hall was built by the guilds of the town.",),
    "a dagger": ("† The hall was built by the guilds of the town.",),
    "a Markdown note": ("[^7]: The hall was built by the guilds of the town.",),
    "a reference after a rule": ("---", REFERENCE),
    "bare references": (REFERENCE, f"¶ {REFERENCE}"),
    "a note, a page number and a caption": ("---", f"1 {REFERENCE}", "14", "Figure 2 The tower"),
}


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_halves_of_a_paragraph_are_one_again(between: str, newline: str) -> None:
    running = ("Roe: Open councils 11",) if between == "a running head" else ()
    blocks = (NEXT, *running, FIRST, *BETWEEN[between], SECOND, NEXT)
    parsed = read(paper(*blocks).replace("\n", newline))
    assert texts(parsed) == [NEXT, WHOLE, NEXT]
    assert sum(" hall was built" in t or " hall is old" in t for t in texts(parsed)) == 0


@pytest.mark.parametrize(
    "first", ["were sent to", "were sent, too,", "were sent by the northern town"]
)
def test_a_half_that_begins_with_a_name_is_joined_across_a_foot(first: str) -> None:
    first = f"Since that year the minutes of every meeting {first}"
    second = "Northern residents, and they were read by many of them."
    parsed = read(paper(first, "---", f"1 {REFERENCE}", second, NEXT))
    assert texts(parsed) == [f"{first} {second}", NEXT]


def test_three_pieces_are_one_paragraph() -> None:
    parsed = read(paper("The council and", "3", "the mayor and", "4", "the clerk agree."))
    assert texts(parsed) == ["The council and the mayor and the clerk agree."]
    assert kinds(parsed) == ["prose", "furniture", "furniture"]


def test_a_cut_chinese_paragraph_is_one_again() -> None:
    first, second = (
        "议会每月在旧大厅开会一次，会议记录送交全体居民，居民可以在下一次",
        "会议之前提出意见。",
    )
    assert texts(read(f"# 议会\n\n一、引言\n\n{first}\n\n{second}")) == [first + second]


UNRELATED = {
    "a full stop": (NEXT, NEXT[::1].replace("Votes", "Ballots")),
    "a missing full stop": ("The council of the town meets in the old hall every month", NEXT),
    "a lead to a list": ("The council of the town decides each year on the following:", NEXT),
    "a lost page": (f"{FIRST}\n\n\n", NEXT),
    "a lost page after notes": (FIRST, "---", f"{REFERENCE}\n\n\n\n", NEXT),
    "items of a list": ("- Taxes on land", "- Taxes on trade"),
    "an item and a paragraph": ("- Taxes on land and on", NEXT),
    "an item, a caption and a paragraph": ("- Taxes on land", "Figure 1 The hall", NEXT),
    "a table": (FIRST, "| land | trade |\n|------|-------|\n| 1 | 2 |"),
    "code": (FIRST, "```\nmake all\n```"),
}


@pytest.mark.parametrize("name", UNRELATED)
def test_unrelated_paragraphs_stay_apart(name: str) -> None:
    parsed = read(paper(*UNRELATED[name], NEXT))
    assert all(len(e.spans) == 1 for e in parsed.elements)


def test_paragraphs_are_not_joined_across_a_heading() -> None:
    parsed = read(paper(FIRST, "## 2. Method", SECOND))
    assert texts(parsed) == [FIRST, SECOND]


def test_rules_between_paragraphs_make_no_footnotes() -> None:
    parsed = read(paper(NEXT, "---", WHOLE, "* * *", NEXT, "___", "The mayor agrees."))
    assert kinds(parsed) == ["prose"] * 4


def test_a_rule_after_a_lead_makes_no_footnote() -> None:
    assert kinds(read(paper("The council decides:", "---", NEXT))) == ["prose", "prose"]


@pytest.mark.parametrize("bullet", ["-", "*", "+", "•"])
def test_list_items_are_prose(bullet: str) -> None:
    items = [f"{bullet} Land is taxed by value.", f"{bullet} Trade is taxed by turnover."]
    for gap in ("\n", "\n\n"):
        assert set(kinds(read(paper(NEXT, gap.join(items), NEXT)))) == {"prose"}


@pytest.mark.parametrize(
    "caption",
    [
        "Figure 1 The hall of the town",
        "Figure1 The hall of the town",
        "FIG. 2: the hall",
        "**Figure 3.** The hall. It is old.",
        "Table IV. What towns spend",
        "### Table 2: What towns spend",
        "Figure 4(a) The hall",
        "图 1 议会大厅",
        "Chart 3 – Votes",
    ],
)
def test_captions(caption: str) -> None:
    assert kinds(read(paper(NEXT, caption, NEXT))) == ["prose", "caption", "prose"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Figure 1 shows that the towns differ in what they spend.",
        "Table 2 in the annex lists what each of the towns spends.",
        "Figure 3, which the clerk drew, is taken from the minutes.",
        "Figures are hard to come by in the smaller towns of the north.",
        "Table 1 and Figure 2 compare the towns.",
        "Box 3 of the form is for comments.",
        "Fig. 4(b) gives the same for the cities.",
    ],
)
def test_sentences_about_figures_are_prose(sentence: str) -> None:
    assert kinds(read(paper(NEXT, sentence, NEXT))) == ["prose"] * 3


@pytest.mark.parametrize(
    "sentence",
    [
        "The commission was founded in London in 1995. Its report was published in 1997.",
        "In 2004 the Town Press issued a report on councils that many of them welcomed.",
        "Open access to the minutes is a right of every resident.",
        "Accepted practice in councils is to publish the minutes.",
        "Received wisdom holds that open councils are slow.",
        "The report, edited by two members, was published in 1999 and sold out in 2001.",
        "He wrote about this in 1987; she replied in 1988 and was heard in London.",
        "Licensed under the law of 1999, the inns are open to members of the council.",
        "We saw on page 12 that the council meets each month, as it did in 1950.",
        "Issue 4 of the town's own letter was read by all of the residents in 1950.",
    ],
)
def test_sentences_with_years_and_places_are_prose(sentence: str) -> None:
    assert kinds(read(paper(NEXT, sentence, NEXT))) == ["prose"] * 3


@pytest.mark.parametrize(
    "reference",
    [
        REFERENCE,
        "[US] Roe, Jane, translated by Doe: «Open Councils» Oxford: Town Press, 2004, page 22.",
        "Roe J. Open councils[J]. Journal of Towns, 2017, 38(2): 185-192.",
        "Doe: «Towns», https://press.example/a [2023 - 05 - 02]",
        "王小明:《议会》北京:城市出版社,2018,第54页",
    ],
)
def test_bare_references(reference: str) -> None:
    assert kinds(read(paper(NEXT, reference, NEXT))) == ["prose", "reference", "prose"]


def test_a_scrap_between_references_belongs_to_them() -> None:
    parsed = read(paper(NEXT, REFERENCE, "Roe and Doe", REFERENCE.replace("12", "15"), NEXT))
    assert kinds(parsed) == ["prose", "reference", "reference", "reference", "prose"]


@pytest.mark.parametrize(
    "line",
    [
        "17",
        "- 17 -",
        "xiv",
        "Page 17",
        "17 / 20",
        "Machine Translated by Some Service",
        "© 2019 Town Press",
        "Received 3 May 2019; accepted 1 July 2019",
        "ISSN 1234-5678",
        "doi:10.1000/182",
        "https://press.example/paper",
        "[law]: https://law.example",
        "Introduction ............ 12",
        "ÿ",
        "“ ”",
        "<!-- page 3 -->",
        "All rights reserved.",
        "[Page 12]",
        "Roe                 Informational                    [Page 12]",
    ],
)
def test_page_furniture(line: str) -> None:
    assert kinds(read(paper(NEXT, line, NEXT))) == ["prose", "furniture", "prose"]


def test_lines_that_stand_twice_are_furniture() -> None:
    head = "Annals of open towns"
    parsed = read(paper(head, NEXT, head, WHOLE, f"{head} 12", NEXT))
    assert texts(parsed, "furniture") == [head, head, f"{head} 12"]


def test_what_leads_to_two_quotes_in_the_same_words_stays() -> None:
    lead = "As one mayor put it:"
    parsed = read(paper(NEXT, lead, f"> {WHOLE}", NEXT, lead, "> Nobody ever read the minutes."))
    assert kinds(parsed) == ["prose"] * 6
    assert texts(parsed).count(lead) == 2


def test_a_marked_running_head_in_mid_sentence_is_furniture() -> None:
    head = "## Annals of open towns"
    first = "The mayor and the clerk, who were chosen in the same year, went to"
    parsed = read(paper(FIRST, head, SECOND, first, head, "the hall together."))
    assert texts(parsed) == [WHOLE, f"{first} the hall together."]


@pytest.mark.parametrize(
    "name", ["References", "Bibliography", "Works cited", "REFERENCES:", "Notes"]
)
@pytest.mark.parametrize("heading", ["## {}", "**{}**", "{}", "6. {}"])
@pytest.mark.parametrize("entry", ["- [1] {}", "[1] {}", "1. {}", "(1) {}", "{}"])
def test_reference_lists_are_never_retrieved(name: str, heading: str, entry: str) -> None:
    entries = ["Roe, Jane. On towns", "Doe, John. On trust in towns.", "A NOTE ON TOWNS. 1999"]
    listed = "\n\n".join(entry.format(e) for e in entries)
    parsed = read(paper(NEXT, heading.format(name), listed, "### Books", "A. Poe. On law"))
    assert kinds(parsed) == ["prose"] + ["reference"] * 4
    assert [p.text for p in passages(parsed)] == [NEXT]


REMARKS = (
    "The registry, which opened in 2011, covers all towns but excludes contracts entirely.",
    "Interview with a clerk of the town, 3 March 2016.",
    "The towns differ in legal form and statutory powers.",
)


@pytest.mark.parametrize("name", ["Notes", "Endnotes", "NOTES"])
@pytest.mark.parametrize("entry", ["{}. {}", "[{}] {}", "- {}) {}"])
def test_notes_in_a_list_of_their_own_are_read(name: str, entry: str) -> None:
    notes = [entry.format(i, remark) for i, remark in enumerate(REMARKS, 1)]
    parsed = read(paper(NEXT, f"## {name}", *notes, "## References", REFERENCE))
    assert kinds(parsed) == ["prose", "note", "note", "note", "reference"]
    found = [p.text for p in passages(parsed)]
    assert found[0] == NEXT
    assert all(any(remark in text for text in found) for remark in REMARKS)
    assert sections(parsed)[1:] == [(name,), ("References",)]


def test_notes_in_one_list_are_read() -> None:
    listed = "\n".join(f"{i}. {remark}" for i, remark in enumerate(REMARKS, 1))
    assert kinds(read(paper(NEXT, "## Notes", listed))) == ["prose", "note"]


@pytest.mark.parametrize(
    "entry",
    [
        "Roe, Jane, On the trust of open councils in small towns.",
        "Roe, J. (2019). The trust of open councils in small towns.",
        "J. Roe, On the trust of open councils in small towns.",
        "van den Berg, K. On the trust of open councils in towns.",
        "Roe and Doe 2019 on the trust of open councils in towns.",
        "Ibid., where the same is said of councils in small towns.",
        "See above.",
    ],
)
@pytest.mark.parametrize("label", ["", "1. ", "[12] "])
def test_notes_that_only_cite_are_references(label: str, entry: str) -> None:
    assert kinds(read(paper(NEXT, "## Notes", label + entry))) == ["prose", "reference"]


def test_what_follows_the_references_is_read() -> None:
    parsed = read(
        paper(NEXT, "## References", REFERENCE, "Figure 1. The hall", "## Appendix", WHOLE)
    )
    assert kinds(parsed) == ["prose", "reference", "caption", "prose"]


@pytest.mark.parametrize(
    "blocks",
    [
        ("## Acknowledgements", "The author thanks the clerk."),
        ("ACKNOWLEDGMENT", "The author thanks the clerk."),
        ("7. Acknowledgment\nThe author thanks the clerk.",),
        ("Acknowledgements: The author thanks the clerk.",),
        ("**Acknowledgements.** The author thanks the clerk.",),
        ("Funding: The League of Towns paid.",),
        ("This work was supported by the League of Towns.",),
        ("The authors would like to thank the clerk.",),
        ("致谢\n\n感谢所有居民。",),
    ],
)
def test_acknowledgements(blocks: tuple[str, ...]) -> None:
    assert kinds(read(paper(NEXT, *blocks))) == ["prose", "acknowledgement"]


def test_a_wrapped_plain_text_paper() -> None:
    text = """Open councils in small towns
Jane Roe
University of the North

Abstract: This paper asks how open councils gain trust. It compares
two towns.
Keywords: councils, trust

1. Introduction

The council of the town meets every month in the old hall, and its
minutes are sent to

---

1 The hall was built by the guilds of the town, of which there were
six at that time.

                                  12

all residents of the town. Votes are taken in the open.

2. Conclusion
Nobody may vote for another member of the council.

References
[1] Roe, J. Towns. Oxford: Town Press, 1999.
[2] Doe, J. Trust.
""".replace("\n", "\r\n")
    parsed = read(text)
    assert kinds(parsed) == [
        "front", "abstract", "front", "prose", "note", "furniture", "prose", "reference",
    ]  # fmt: skip
    assert parsed.paper.authors or "Jane Roe" in parsed.paper.affiliations[0]
    assert texts(parsed)[0].endswith("minutes are sent to all residents of the town. "
                                     "Votes are taken in the open.")  # fmt: skip

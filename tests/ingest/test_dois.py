"""DOI, venue and year as papers print them: found where they are the paper's own."""

# ruff: noqa: RUF001 - printed signs are what is tested

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.imprint import bare_doi, printed_claims
from ingest.reader import read_paper
from tests.ingest.helpers import read

BODY = "\n\n## 1. Rules\n\nThe council meets in the open. It hears every complaint.\n"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("doi:10.1016/S0140-6736(05)66545-1.", "10.1016/S0140-6736(05)66545-1"),
        ("(see 10.1000/a_b).", "10.1000/a_b"),
        ("10.1000/", None),
        ("10.1/x", None),
        ("version 10.1000", None),
        ("", None),
    ],
)
def test_bare_doi(text: str, doi: str | None) -> None:
    assert bare_doi(text) == doi


@pytest.mark.parametrize(
    ("line", "doi"),
    [
        ("DOI: 10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("Towns 3 (2019) 33-45, doi 10.1000/182, open access", "10.1000/182"),
        ("Digital Object Identifier 10.1000/182", "10.1000/182"),
    ],
)
def test_a_doi_below_the_title(line: str, doi: str) -> None:
    paper = read(f"# Open councils\n\n{line}\n\nMira Vale{BODY}").paper
    assert (paper.doi, paper.found["doi"], paper.sureness("doi")) == (doi, "imprint", "likely")


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}\n## References\n\n- Roe, J. (2019). Towns. https://doi.org/10.1000/182\n",
        f"{BODY}\nVale showed so (https://doi.org/10.1000/182), and nobody doubts it today.\n",
        f"{BODY}{'The council meets again and again in the open. ' * 150}\n\nDOI: 10.1000/182\n",
    ],
)
def test_the_dois_of_others_are_not_its_own(text: str) -> None:
    paper = read(f"# Open councils\n\nMira Vale{text}").paper
    assert paper.doi is None
    assert "doi" not in paper.found


@pytest.mark.parametrize(
    ("line", "venue", "year"),
    [
        ("Journal of Towns, Vol. 3, No. 2 (2019)", "Journal of Towns", 2019),
        ("Towns, Rivers and Harbours, volume 12, 2001", "Towns, Rivers and Harbours", 2001),
        ("Towns ISSN 1234-567X Vol. 4, Issue 5: 67-72", "Towns", None),
        ("Proceedings of TOWN 2018, pages 84-91", "Proceedings of TOWN 2018", 2018),
        (
            "In Proceedings of the 3rd Day of Towns (2020).",
            "Proceedings of the 3rd Day of Towns",
            2020,
        ),
        ("Published in Rivers & Harbours, 2014", "Rivers & Harbours", 2014),
        ("To appear in Towns", "Towns", None),
        ("Received 3 May 2019; accepted 4 June 2020", None, None),
        ("Vol. 3, No. 2", None, None),
        ("We met at the Proceedings of the Society, which were long.", None, None),
        ("Copyright 2019 The Authors", None, None),
        ("Journal of Towns 48 (2019) 101–118", "Journal of Towns", 2019),
        ("World Harbours 140 (2021) 105321", "World Harbours", 2021),
        ("Towns. 2019;32(1):101–118. towns.example © 2018 Town Press", "Towns", 2019),
        ("Journal of Towns (2019), 39:1, 1–25", "Journal of Towns", 2019),
        ("Towns Review (2020) 114, 2, 443–455", "Towns Review", 2020),
        ("Town Sci (2022) 55:1998–2012", "Town Sci", 2022),
        ("Towns and Rivers 2020, Vol. 35(3) 288–309", "Towns and Rivers", 2020),
        ("JTWN 2019 Volume 57. Number 4. pp. 711–729", "JTWN", 2019),
        ("Town. Sci. 2020, 10, 44; doi:10.1000/182", "Town. Sci", 2020),
        ("Chinese Towns 2021(3)", "Chinese Towns", 2021),
        ("Source: The Town Journal , Vol. 27, No. 2 (Spring, 1998)", "The Town Journal", 1998),
        ("Article in Journal of Towns · December 2020", "Journal of Towns", 2020),
        ("2020, Vol. 35(3) 288–309", None, 2020),
        ("2018, VOL. 44, NO. 2, 210–229", None, 2018),
        ("第36卷 第4期 2021年8月", None, 2021),
        ("Article in Press", None, None),
        ("September 2019", None, None),
        ("In May 2019, 12, 34 towns", None, 2019),
        ("Roe J. Open councils. Towns. 2019;32(1):101", None, 2019),
        ("Roe, J. Towns 140 (2021) 105321", None, 2021),
    ],
)
def test_venue_and_year(line: str, venue: str | None, year: int | None) -> None:
    found = {claim.field: claim.value for claim in printed_claims([line])}
    assert (found.get("venue"), found.get("year")) == (venue, year)


def test_the_copyright_of_the_first_page_gives_a_year_where_nothing_else_does() -> None:
    foot = "© 2019 Town Press. All rights reserved."
    assert read(f"# Open councils\n\nMira Vale{BODY}\n{foot}\n").paper.year == 2019
    dated = f"# Open councils\n\nTowns 48 (2020) 1–9\n\nMira Vale{BODY}\n{foot}\n"
    assert read(dated).paper.year == 2020


def test_front_matter_gives_a_doi_and_a_language() -> None:
    paper = read(
        f"---\ntitle: Towns\ndoi: https://doi.org/10.1000/182\nlang: zh-CN\n---{BODY}"
    ).paper
    assert (paper.doi, paper.language) == ("10.1000/182", "zh")
    assert paper.sureness("language") == "certain"


def test_nothing_false_comes_of_the_five_papers(papers_folder: Path) -> None:
    """They print no DOI of their own, and only in one is a year."""
    papers = [read_paper(file).paper for file in sorted(papers_folder.glob("*.md"))]
    assert [paper.year for paper in papers if paper.year] == [2023]
    assert {(paper.doi, paper.venue, paper.language) for paper in papers} == {(None, None, "en")}

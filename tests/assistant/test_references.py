"""Exported references: read back by the libraries of others, and by rule where none reads."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pybtex.richtext import Text

from assistant.bibliography import bibtex, ris
from assistant.names import Name, parse_name, shown
from assistant.references import apa, as_csl, authors_in_short, citation_keys, quoted
from ingest.types import Paper


def paper(title: str = "Dunes and Dikes", *authors: str, **rest: Any) -> Paper:
    identity = hashlib.sha256(f"{title}{authors}{rest}".encode()).hexdigest()
    return Paper(identity, title, "dunes.md", authors, **rest)


DUNES = paper("Dunes and Dikes", "Jane Mary Roe", "Zhang Yi", year=2020, venue="Journal of Coasts")
CHINESE = paper("沙丘治理研究", "张毅", "欧阳修远", year=2019, venue="海岸研究", keywords=("沙丘",))
BARE = paper("Who keeps the dune?")
ALL = [DUNES, CHINESE, BARE]
CORPORATE = ("{International Monetary Fund}", "{Human Rights Watch}", "Nye, Joseph S., Jr.")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Jane Mary Roe", Name("Roe", "Jane Mary")),
        ("Roe, Jane", Name("Roe", "Jane")),
        ("Roe, Jane, Jr.", Name("Roe", "Jane", "Jr.")),
        ("John Roe III", Name("Roe", "John", "III")),
        ("Jan van der Berg", Name("van der Berg", "Jan")),
        ("Zhang Yi", Name("Zhang", "Yi")),
        ("Chen Xiaoming", Name("Chen", "Xiaoming")),
        ("Xiaoming Chen", Name("Chen", "Xiaoming")),
        ("Li Zheng-qing", Name("Li", "Zheng-qing")),
        ("Li Robertson", Name("Robertson", "Li")),
        ("He Xi'an", Name("He", "Xi'an")),
        ("张 毅", Name("张毅")),
        ("World Bank", Name("World Bank")),
        ("Ministry of Dikes", Name("Ministry of Dikes")),
        ("Plato", Name("Plato")),
        ("{Human Rights Watch}", Name("Human Rights Watch")),
        ("{Ministry of Dikes, Dunes and Roads}", Name("Ministry of Dikes, Dunes and Roads")),
        ("Joseph S. Nye, Jr.", Name("Nye", "Joseph S.", "Jr.")),
        ("Nye, Jr., Joseph S.", Name("Nye", "Joseph S.", "Jr.")),
        ("John Roe, III", Name("Roe", "John", "III")),
        ("Roe, Iv.", Name("Roe", "Iv.")),
        ("Wang Yiwei (王义桅)", Name("Wang", "Yiwei")),
        ("Wang, Yiwei （王义桅）", Name("Wang", "Yiwei")),  # noqa: RUF001
        ("王义桅 (Wang Yiwei)", Name("王义桅")),
        ("王, 义桅", Name("王义桅")),
        ("北京 PKU Centre", Name("北京 PKU Centre")),
    ],
)
def test_names(printed: str, name: Name) -> None:
    assert parse_name(printed) == name


@pytest.mark.parametrize(
    ("printed", "family"),
    [
        ("Xi Jinping", "Xi"),
        ("Li Wei", "Li"),
        ("Nie Huihua", "Nie"),
        ("Lü Peng", "Lü"),
        ("Ouyang Li", "Ouyang"),
        ("Yi Ouyang", "Ouyang"),
        ("Lei Wang", "Wang"),
        ("Ann Carson", "Carson"),
        ("Lin Carson", "Carson"),
        ("Ian Manners", "Manners"),
        ("Kim Stanley", "Stanley"),
        ("Lu Ann", "Ann"),
        ("Kai Hansen", "Hansen"),
        ("Dan Lange", "Lange"),
    ],
)
def test_which_of_two_words_is_the_family_name(printed: str, family: str) -> None:
    assert parse_name(printed).family == family


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("Nye, Joseph S., Jr.", "Joseph S. Nye Jr."),
        ("van der Berg, Jan", "Jan van der Berg"),
        ("Wang, Yiwei", "Wang Yiwei"),
        ("王, 义桅", "王义桅"),
        ("Wang Yiwei (王义桅)", "Wang Yiwei (王义桅)"),
        ("{Ministry of Dikes, Dunes and Roads}", "Ministry of Dikes, Dunes and Roads"),
    ],
)
def test_names_are_shown_as_they_are_read(kept: str, read: str) -> None:
    assert shown(kept) == read


def test_authors_in_short() -> None:
    names = ("{Human Rights Watch}", "Nye, Joseph S., Jr.", "Jane Roe")
    assert authors_in_short(paper("Dunes", *names[:2])) == "Human Rights Watch, Joseph S. Nye Jr."
    assert authors_in_short(paper("Dunes", *names)) == (
        "Human Rights Watch, Joseph S. Nye Jr. et al."
    )
    assert authors_in_short(paper("沙丘", "张毅", "李明", "王义桅"), "zh") == "张毅、李明等"
    assert authors_in_short(paper("Dunes.")) == "Dunes"


class TestApa:
    @pytest.mark.parametrize(
        ("of", "reference"),
        [
            (DUNES, "Roe, J. M., & Zhang, Y. (2020). Dunes and Dikes. Journal of Coasts."),
            (CHINESE, "张毅, & 欧阳修远. (2019). 沙丘治理研究. 海岸研究."),
            (BARE, "Who keeps the dune? (n.d.)."),
            (paper("Dunes.", year=2020, venue="Coasts"), "Dunes. (2020). Coasts."),
            (paper("Dunes", "Jean-Paul Élie"), "Élie, J.-P. (n.d.). Dunes."),
            (paper("Dunes", "J.R. Roe", year=1999), "Roe, J. R. (1999). Dunes."),
            (paper("Dunes", "World Bank", year=1999), "World Bank. (1999). Dunes."),
            (paper("Dunes", "John Roe Jr.", year=1999), "Roe, J., Jr. (1999). Dunes."),
            (paper("A", "B Roe", "C Doe", "D Poe"), "Roe, B., Doe, C., & Poe, D. (n.d.). A."),
            (
                paper("Dunes", *CORPORATE, year=1999),
                "International Monetary Fund, Human Rights Watch, & Nye, J. S., Jr. (1999). Dunes.",
            ),
            (
                paper("Dunes", "Jane Roe", venue="Coasts", doi="10.1000/A_b"),
                "Roe, J. (n.d.). Dunes. Coasts. https://doi.org/10.1000/A_b",
            ),
            (paper("Dunes", doi="10.1000/182"), "Dunes. (n.d.). https://doi.org/10.1000/182"),
        ],
    )
    def test_reference(self, of: Paper, reference: str) -> None:
        assert apa([of]) == [reference]

    def test_more_than_twenty_authors(self) -> None:
        names = [f"A Roe{chr(97 + i)}" for i in range(21)]
        (reference,) = apa([paper("Dunes", *names)])
        assert "Roes, A., . . . Roeu, A. (n.d.)" in reference
        assert "Roet" not in reference
        assert ", & " in apa([paper("Dunes", *names[:20])])[0]

    def test_one_author_and_year_are_lettered_by_title(self) -> None:
        later, earlier = (paper(title, "Zhang Yi", year=2020) for title in ("Dunes", "A dike"))
        other = paper("Beaches", "Zhang Yi", year=2021)
        assert [text.split("(")[1][:5] for text in apa([later, earlier, other])] == [
            "2020b",
            "2020a",
            "2021)",
        ]

    def test_undated_ones_too_and_anonymous_ones_never(self) -> None:
        undated = [paper(title, "Zhang Yi") for title in ("Dikes", "Dunes")]
        assert ["n.d.-a" in text or "n.d.-b" in text for text in apa(undated)] == [True, True]
        assert "n.d.)" in apa([paper("Dikes"), paper("Dunes")])[1]

    def test_the_same_paper_twice_is_not_two_works(self) -> None:
        assert apa([DUNES, DUNES]) == apa([DUNES]) * 2


class TestKeys:
    def test_what_they_are_made_of(self) -> None:
        chinese = f"{CHINESE.id[:6]}2019"
        assert citation_keys(ALL) == ["roe2020dunesdikes", chinese, "anonymousndwhokeeps"]

    def test_they_are_stable(self) -> None:
        assert citation_keys(ALL[::-1]) == citation_keys(ALL)[::-1]
        assert citation_keys([DUNES]) == citation_keys(ALL)[:1]

    def test_two_that_would_share_one(self) -> None:
        twin = replace(DUNES, id="b" * 64)
        keys = citation_keys([DUNES, twin])
        assert keys == [f"roe2020dunesdikes-{DUNES.id[:6]}", "roe2020dunesdikes-bbbbbb"]


class TestBibtex:
    def test_read_back(self) -> None:
        entries = parse_string(bibtex(ALL), "bibtex").entries
        assert [entries[key].type for key in citation_keys(ALL)] == ["article", "article", "misc"]
        dunes, chinese, bare = (entries[key] for key in citation_keys(ALL))
        assert [str(person) for person in dunes.persons["author"]] == [
            "Roe, Jane Mary",
            "Zhang, Yi",
        ]
        assert dunes.fields["journal"] == "Journal of Coasts"
        assert dunes.fields["year"] == "2020"
        assert chinese.fields["title"] == "{沙丘治理研究}"
        assert chinese.fields["keywords"] == "沙丘"
        assert set(bare.fields) == {"title"}
        assert not bare.persons

    def test_an_organisation_is_no_person(self) -> None:
        text = bibtex([paper("Dunes", "Bank of Dunes and Dikes")])
        (entry,) = parse_string(text, "bibtex").entries.values()
        (person,) = entry.persons["author"]
        assert str(person) == "{Bank of Dunes and Dikes}"

    def test_a_name_in_braces_is_no_person(self) -> None:
        text = bibtex([paper("Dunes", *CORPORATE)])
        assert (
            'author = "{International Monetary Fund} and {Human Rights Watch} and '
            'Nye, Jr., Joseph S."' in text
        )

    def test_special_characters(self) -> None:
        text = bibtex([paper("5 % of A&B_c cost $1 #2 ~ ^ \\", venue="Proceedings of A&B")])
        escaped = r"5 \% of A\&B\_c cost \$1 \#2"
        assert rf"{escaped} \textasciitilde{{}} \textasciicircum{{}} \textbackslash{{}}}}" in text
        assert text.startswith("@inproceedings{")
        (entry,) = parse_string(text, "bibtex").entries.values()
        assert str(Text.from_latex(entry.fields["booktitle"])) == "Proceedings of A&B"

    def test_braces_that_are_not_paired(self) -> None:
        (entry,) = parse_string(bibtex([paper("a } b")]), "bibtex").entries.values()
        assert entry.fields["title"] == r"{a \textbraceright{} b}"


def test_ris_read_back() -> None:
    dunes, chinese, bare = rispy.loads(ris(ALL))
    assert dunes["type_of_reference"] == "JOUR"
    assert dunes["authors"] == ["Roe, Jane Mary", "Zhang, Yi"]
    assert (dunes["title"], dunes["year"]) == ("Dunes and Dikes", "2020")
    assert dunes["secondary_title"] == "Journal of Coasts"
    assert (chinese["authors"], chinese["keywords"]) == (["张毅", "欧阳修远"], ["沙丘"])
    assert (bare["type_of_reference"], bare["title"]) == ("GEN", "Who keeps the dune?")
    assert [record["id"] for record in (dunes, chinese, bare)] == citation_keys(ALL)


def test_a_name_in_braces_is_one_name_everywhere() -> None:
    of = paper("Dunes", *CORPORATE)
    assert [line for line in ris([of]).splitlines() if line.startswith("AU")] == [
        "AU  - International Monetary Fund",
        "AU  - Human Rights Watch",
        "AU  - Nye, Joseph S., Jr.",
    ]
    assert as_csl([of])[0]["author"] == [
        {"literal": "International Monetary Fund"},
        {"literal": "Human Rights Watch"},
        {"family": "Nye", "given": "Joseph S.", "suffix": "Jr."},
    ]
    assert citation_keys([of]) == ["internationalmonetaryfundnddunes"]
    assert quoted("Dunes move.", of).startswith(
        "“Dunes move.” (International Monetary Fund, Human Rights Watch et al., n.d.)"
    )


def test_csl() -> None:
    dunes, chinese, bare = json.loads(json.dumps(as_csl(ALL)))
    assert dunes == {
        "id": "roe2020dunesdikes",
        "type": "article-journal",
        "title": "Dunes and Dikes",
        "author": [{"family": "Roe", "given": "Jane Mary"}, {"family": "Zhang", "given": "Yi"}],
        "issued": {"date-parts": [[2020]]},
        "container-title": "Journal of Coasts",
    }
    assert chinese["author"][0] == {"literal": "张毅"}
    assert set(bare) == {"id", "type", "title"}


def test_nothing() -> None:
    assert (apa([]), as_csl([]), bibtex([]), ris([])) == ([], [], "", "")


words = st.text(min_size=1, max_size=30).filter(lambda text: bool(text.strip()))


@given(st.lists(st.tuples(words, st.lists(words, max_size=3)), max_size=4))
def test_whatever_papers_say_the_formats_can_be_read(rows: list[tuple[str, list[str]]]) -> None:
    papers = [paper(title, *authors) for title, authors in rows]
    unlike = list({one.id: one for one in papers}.values())
    assert len(apa(unlike)) == len(as_csl(unlike)) == len(unlike)
    assert len(rispy.loads(ris(unlike))) == len(unlike)
    assert len(parse_string(bibtex(unlike), "bibtex").entries) == len(unlike)
    assert len(set(citation_keys(unlike))) == len(unlike)


def test_a_quote_of_somebody_else_says_whose_it_is() -> None:
    copied = quoted("Dunes move.", DUNES, "p. 3", "Ostrom")
    assert copied.startswith(
        "“Dunes move.” (Jane Mary Roe, Zhang Yi, 2020, p. 3, reporting Ostrom)"
    )


@pytest.mark.parametrize(
    ("of", "pages", "place"),
    [
        (DUNES, "p. 3", "Jane Mary Roe, Zhang Yi, 2020, p. 3"),
        (paper("Dikes", "Ann Roe", "Bo Li", "Cy Ng", year=1999), "", "Ann Roe, Bo Li et al., 1999"),
        (BARE, "pp. 3-4", "Who keeps the dune?, n.d., pp. 3-4"),
    ],
)
def test_a_quote_is_copied_with_its_place_and_reference(of: Paper, pages: str, place: str) -> None:
    assert quoted("Dunes *move*.", of, pages) == f"“Dunes *move*.” ({place})\n\n{apa([of])[0]}"

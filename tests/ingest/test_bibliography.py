"""Bibliography files beside papers: what they say, which paper it is about, what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.bibliography import Bibliography
from ingest.bibtex import plain_text
from ingest.claims import BIBLIOGRAPHY
from ingest.document import Claim

BIBTEX = r"""
@string{towns = "Journal of Towns"}
@article{vale,
  title = {The {Open} Councils of {\"U}ber \& Co},
  author = "van der Vale, Mira and {World Bank} and L{\'o}pez, Jr., Jos{\'e} and Wang, Yi",
  year = 2019, journal = towns, doi = {https://doi.org/10.1000/A\_b},
  keywords = {trust, towns; rules}, langid = {english},
  abstract = {It asks 5\% of all.}
}
"""
RIS = """TY  - JOUR
TI  - The Open Councils of Über & Co
AU  - van der Vale, Mira
AU  - World Bank
AU  - López, José, Jr.
AU  - Wang, Yi
PY  - 2019/05//
T2  - Journal of Towns
DO  - 10.1000/A_b
KW  - trust
KW  - towns
KW  - rules
LA  - en
AB  - It asks 5% of all.
ER  -
"""
CSL = [
    {
        "id": "vale",
        "type": "article-journal",
        "title": "The Open Councils of Über & Co",
        "author": [
            {"family": "Vale", "given": "Mira", "non-dropping-particle": "van der"},
            {"literal": "World Bank"},
            {"family": "López", "given": "José", "suffix": "Jr."},
            {"family": "Wang", "given": "Yi"},
        ],
        "issued": {"date-parts": [[2019, 5]]},
        "container-title": "Journal of Towns",
        "DOI": "10.1000/A_b",
        "keyword": "trust, towns, rules",
        "language": "en-GB",
        "abstract": "It asks 5% of all.",
    }
]
SAID: dict[str, Any] = {
    "title": "The Open Councils of Über & Co",
    "year": 2019,
    "venue": "Journal of Towns",
    "doi": "10.1000/A_b",
    "keywords": ("trust", "towns", "rules"),
    "language": "en",
    "abstract": "It asks 5% of all.",
}
TITLE = (Claim("title", "the open councils of UBER and Co", "first heading"),)


def values(claims: tuple[Claim, ...]) -> dict[str, Any]:
    assert {claim.where for claim in claims} <= {BIBLIOGRAPHY}
    return {claim.field: claim.value for claim in claims}


@pytest.mark.parametrize(
    ("name", "text", "third"),
    [
        ("a.bib", BIBTEX, "López, José, Jr."),
        ("a.ris", RIS, "López, José, Jr."),
        ("a.json", json.dumps(CSL), "López, José, Jr."),
    ],
)
def test_each_format_says_the_same(tmp_path: Path, name: str, text: str, third: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    found = values(Bibliography(tmp_path).claims(tmp_path / "a.pdf", ()))
    assert found.pop("authors") == ("van der Vale, Mira", "{World Bank}", third, "Wang, Yi")
    assert found == SAID


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.bib",
            "@misc{a, title={T}, author={{Ministry of Dikes and {EU} Roads} and "
            "de la Cruz and Plato}}",
        ),
        (
            "a.ris",
            "TY  - GEN\nTI  - T\nAU  - {Ministry of Dikes and {EU} Roads}\nAU  - de la Cruz,\n"
            "AU  - Plato\nER  - \n",
        ),
        (
            "a.json",
            json.dumps(
                [
                    {
                        "type": "book",
                        "title": "T",
                        "author": [
                            {"literal": "Ministry of Dikes and EU Roads"},
                            {"family": "de la Cruz"},
                            {"literal": "Plato"},
                        ],
                    }
                ]
            ),
        ),
    ],
)
def test_a_name_of_one_part_is_a_whole(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    found = values(Bibliography(tmp_path).claims(tmp_path / "a.pdf", ()))
    assert found["authors"] == ("{Ministry of Dikes and EU Roads}", "{de la Cruz}", "Plato")


class TestWhichPaper:
    def claims(self, folder: Path, name: str, *own: Claim) -> dict[str, Any]:
        return values(Bibliography(folder).claims(folder / name, own))

    def test_the_only_entry_of_a_file_of_its_name(self, tmp_path: Path) -> None:
        (tmp_path / "paper 1.bib").write_text("@misc{a, title={T}}", "utf-8")
        assert self.claims(tmp_path, "paper 1.pdf") == {"title": "T"}
        assert self.claims(tmp_path, "paper 2.pdf") == {}

    def test_one_of_two_entries_is_not_told_by_the_name(self, tmp_path: Path) -> None:
        (tmp_path / "a.bib").write_text("@misc{a, title={T}} @misc{b, title={U}}", "utf-8")
        assert self.claims(tmp_path, "a.pdf") == {}

    @pytest.mark.parametrize(
        "field",
        [
            "papers/2019/vale.pdf",
            "Full Text:files/12/vale.pdf:application/pdf",
            ":C\\:/Zotero/vale.pdf:PDF;notes.html",
        ],
    )
    def test_the_file_that_an_entry_names(self, tmp_path: Path, field: str) -> None:
        entries = f"@misc{{a, title={{T}}, file={{{field}}}}} @misc{{b, title={{U}}}}"
        (tmp_path / "library.bib").write_text(entries, "utf-8")
        assert self.claims(tmp_path, "vale.pdf") == {"title": "T"}

    def test_the_file_that_a_record_names(self, tmp_path: Path) -> None:
        record = "TY  - JOUR\r\nTI  - T\r\nL1  - file:///home/x/vale.pdf\r\nER  - \r\n"
        (tmp_path / "library.ris").write_bytes(f"{record}{record.replace('vale', 'b')}".encode())
        assert self.claims(tmp_path, "vale.pdf") == {"title": "T"}

    def test_the_doi_before_the_title(self, tmp_path: Path) -> None:
        entries = (
            "@misc{a, title={One}, doi={10.1000/X}, year=1999} @misc{b, title={Two}, year=2000}"
        )
        (tmp_path / "library.bib").write_text(entries, "utf-8")
        doi = Claim("doi", "10.1000/x", "imprint")
        title = Claim("title", "Two", "first heading")
        assert self.claims(tmp_path, "c.pdf", title, doi)["year"] == 1999
        assert self.claims(tmp_path, "c.pdf", title)["year"] == 2000
        assert self.claims(tmp_path, "c.pdf", Claim("title", "Three", "first heading")) == {}

    def test_what_it_said_before_does_not_find_it_again(self, tmp_path: Path) -> None:
        (tmp_path / "library.bib").write_text("@misc{a, title={T}, year=1999}", "utf-8")
        assert self.claims(tmp_path, "c.pdf", Claim("title", "T", BIBLIOGRAPHY)) == {}

    def test_only_of_its_own_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a.bib").write_text(BIBTEX, "utf-8")
        assert Bibliography(tmp_path / "below").claims(tmp_path / "below" / "a.pdf", TITLE) == ()


class TestDamage:
    def warnings(self, folder: Path, name: str, data: bytes) -> list[str]:
        (folder / name).write_bytes(data)
        warnings = Bibliography(folder).warnings
        assert all(text.startswith(f"{folder / name}: ") for text in warnings)
        return [text.removeprefix(f"{folder / name}: ") for text in warnings]

    def test_bibtex(self, tmp_path: Path) -> None:
        data = b"@misc{a, title={One}}\n@misc{b, title={Two, year=1}\n@misc{c, title={Three}}\n"
        (warning,) = self.warnings(tmp_path, "x.bib", data)
        assert warning.startswith("syntax error in line 3: ")
        assert warning.endswith("Mend that entry, then add the papers again.")
        one = (Claim("title", "One", "first heading"),)
        assert values(Bibliography(tmp_path).claims(tmp_path / "c.pdf", one)) == {"title": "One"}

    def test_ris(self, tmp_path: Path) -> None:
        data = b"TY  - JOUR\nTI  - One\nER  - \n\nTY  - JOUR\nTI  - Two\n"
        (warning,) = self.warnings(tmp_path, "x.ris", data)
        assert "the record that begins in line 5 has no end (ER). Mend it" in warning
        (warning,) = self.warnings(tmp_path, "x.ris", b"Hello\n")
        assert "no record of RIS" in warning

    def test_a_stray_line_in_a_record_stops_nothing(self, tmp_path: Path) -> None:
        data = b"TY  - JOUR\nTI  - One\nER  - \n\nTY  - BOOK\nstray\nTI  - Two\nER  - \n"
        assert self.warnings(tmp_path, "x.ris", data) == []
        for title in ("One", "Two"):
            own = (Claim("title", title, "first heading"),)
            found = Bibliography(tmp_path).claims(tmp_path / "c.pdf", own)
            assert values(found) == {"title": title}

    def test_halves_of_characters_are_replaced(self, tmp_path: Path) -> None:
        (tmp_path / "c.json").write_bytes(
            b'[{"type": "book", "title": "One \\ud800", "author": [{"literal": "World \\udfff"}]}]'
        )
        claims = Bibliography(tmp_path).claims(tmp_path / "c.pdf", ())
        assert values(claims) == {"title": "One \ufffd", "authors": ("{World \ufffd}",)}

    def test_json(self, tmp_path: Path) -> None:
        (warning,) = self.warnings(tmp_path, "x.json", b'[{"title": 1,\n}]')
        assert "not JSON" in warning
        assert "line 2" in warning

    @pytest.mark.parametrize(
        "odd",
        [{"issued": {"date-parts": [None]}}, {"author": [{"family": 5}]}],
    )
    def test_an_odd_entry_does_not_stop_the_others(
        self, tmp_path: Path, odd: dict[str, Any]
    ) -> None:
        items = [{"type": "book", "title": "Two", **odd}, {"type": "book", "title": "One"}]
        (warning,) = self.warnings(tmp_path, "x.json", json.dumps(items).encode())
        assert warning.startswith("the entry 'Two' is no CSL-JSON")
        one = (Claim("title", "One", "first heading"),)
        assert values(Bibliography(tmp_path).claims(tmp_path / "c.pdf", one)) == {"title": "One"}

    def test_others_are_nobody(self, tmp_path: Path) -> None:
        (tmp_path / "a.bib").write_text("@misc{a, title={T}, author={Roe, Jane and others}}")
        found = values(Bibliography(tmp_path).claims(tmp_path / "a.pdf", ()))
        assert found["authors"] == ("Roe, Jane",)

    def test_what_is_not_utf_8(self, tmp_path: Path) -> None:
        (warning,) = self.warnings(tmp_path, "x.bib", "@misc{a, title={Ärger}}".encode("latin-1"))
        assert warning == ("not UTF-8 (at byte 16). Save it as UTF-8, then add the papers again.")

    def test_many_faults_are_not_told_one_by_one(self, tmp_path: Path) -> None:
        warnings = self.warnings(tmp_path, "x.bib", b"@misc{a, title={One}}\n" * 30)
        assert len(warnings) == 4
        assert warnings[-1] == "26 more faults of this kind."

    @pytest.mark.parametrize(
        "text", ["{}", "[]", "[1, 2]", '{"title": "T"}', '[{"name": "x"}]', "3"]
    )
    def test_other_json_is_silently_none(self, tmp_path: Path, text: str) -> None:
        assert self.warnings(tmp_path, "data.json", text.encode()) == []

    @pytest.mark.parametrize(
        "item",
        [
            {"author": "Vale"},
            {"author": [1, {"family": "Vale"}]},
            {"issued": "2019"},
            {"issued": {"date-parts": []}},
            {"issued": {"literal": "May 2019"}},
            {"DOI": 3, "keyword": 4, "language": "??", "abstract": ["x"]},
        ],
    )
    def test_odd_items(self, tmp_path: Path, item: dict[str, Any]) -> None:
        items = [{"type": "book", "title": "T", **item}]
        (tmp_path / "a.json").write_text(json.dumps(items), "utf-8")
        found = values(Bibliography(tmp_path).claims(tmp_path / "a.pdf", ()))
        assert found.pop("title") == "T"
        assert found in ({}, {"authors": ("Vale",)}, {"year": 2019}, {"keywords": ("4",)})


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\'{E}t{\'e} {\ss} {\aa} \v{c} {\L}ódź", "Été ß å č Łódź"),
        (r"\$5 \& 6\% \_ \# \{x\}", "$5 & 6% _ # {x}"),
        (r"{\textbackslash} \textasciicircum{} \textasciitilde{} \textbraceleft{}", r"\ ^ ~ {"),
        (r"The {GATT}---\emph{now} {\em then} ``so''", "The GATT—now then “so”"),
        ("a~b\n  c", "a b c"),
        ("a { b", "a { b"),
        ("", ""),
    ],
)
def test_latex(latex: str, text: str) -> None:
    assert plain_text(latex) == text

"""The library as a bibliography: what is written is read back equal, by others and by us."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from typer.testing import CliRunner

from assistant import Assistant, BadSettings, Paper
from assistant.bibliography import BibliographyFormat, bibtex, ris, written
from assistant.cli import cli
from assistant.names import parse_name
from assistant.references import citation_keys
from ingest.authors import whole
from ingest.bibliography_entry import Entry
from ingest.bibliography_formats import read_csl, read_ris
from ingest.bibtex import read_bibtex

FORMS: list[BibliographyFormat] = ["bibtex", "ris", "csl"]
READERS = {"bibtex": read_bibtex, "ris": read_ris, "csl": read_csl}

NAMES = st.one_of(
    st.sampled_from(
        [
            "Zhang Yi", "李明", "欧阳修远", "van der Berg, Jan", "Élise Çelik", "O'Neil, Seán",
            "Roe, Jane, Jr.", "World Bank", "Ministry of Dikes and Canals",
            "{Human Rights Watch}", "{Ministry of Dikes & Ferries}", "{沙丘 研究所}",
            "Müller-Lüdenscheidt, K.",
            "Bank & Sons, A.", "de la Cruz, María José", "Foo_Bar, 50%", "Curly {Brace}, B.",
        ]
    ),
    st.from_regex(r"[A-ZÉÖ][a-zéöß]{1,8}, [A-ZÉÖ][a-zéöß]{1,8}", fullmatch=True),
)  # fmt: skip
TEXT = st.text(
    st.one_of(
        st.characters(min_codepoint=32, max_codepoint=126),
        st.sampled_from("éüßçñłåøÅ治理研究–—“”…"),  # noqa: RUF001
    ),
    max_size=30,
).map(lambda text: " ".join(text.split()))
PAPERS = st.builds(
    Paper,
    id=st.uuids().map(lambda one: one.hex * 2),
    title=TEXT.filter(lambda text: any(c.isalnum() for c in text)),
    source_path=st.just("a.md"),
    authors=st.lists(NAMES, max_size=3).map(tuple),
    year=st.one_of(st.none(), st.integers(1000, 2999)),
    venue=st.one_of(st.none(), TEXT.filter(bool)),
    doi=st.sampled_from(
        [None, "10.1000/182", "10.1000/A_b(c)2-x", "10.1016/S0140-6736(05)66545-1"]
    ),
    language=st.sampled_from([None, "en", "zh", "de"]),
    abstract=st.one_of(st.none(), TEXT.filter(bool)),
)


def no_warning(text: str) -> None:
    raise AssertionError(text)


def read_back(form: BibliographyFormat, text: str) -> list[Entry]:
    return READERS[form](text, no_warning)


def expected(paper: Paper) -> dict[str, Any]:
    """What a paper says, its names as they are sorted, its title without a full stop."""
    names = [parse_name(author) for author in paper.authors]
    values = {
        "title": paper.title.rstrip("."),
        "authors": tuple(
            ", ".join(filter(None, (name.family, name.given, name.suffix)))
            if name.given
            else whole(name.family)
            for name in names
        ),
        "year": paper.year,
        "venue": paper.venue,
        "doi": paper.doi,
        "language": paper.language,
        "abstract": paper.abstract,
    }
    return {name: value for name, value in values.items() if value}


def plain(value: Any) -> Any:
    """With the quotation marks that TeX prints for those of a keyboard."""
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    if not isinstance(value, str):
        return value
    return value.replace("`", "‘").replace("'", "’")  # noqa: RUF001


@pytest.mark.parametrize("form", FORMS)
@given(papers=st.lists(PAPERS, max_size=3, unique_by=lambda paper: paper.id))
def test_what_is_written_is_read_back(form: BibliographyFormat, papers: list[Paper]) -> None:
    entries = read_back(form, written(papers, form)) if papers else []
    assert len(entries) == len([paper for paper in papers if expected(paper)])
    for entry, paper in zip(entries, papers, strict=True):
        found = {claim.field: plain(claim.value) for claim in entry.claims}
        assert found == {name: plain(value) for name, value in expected(paper).items()}


@pytest.mark.parametrize("form", ["bibtex", "csl"])
def test_an_organisation_with_commas_is_read_back(form: BibliographyFormat) -> None:
    """In RIS a comma always parts a name."""
    names = ("{Ministry of Dikes, Dunes and Roads}",)
    (entry,) = read_back(form, written([Paper("a" * 64, "Dunes", "a.md", names)], form))
    assert dict(claim[:2] for claim in entry.claims)["authors"] == names


def test_two_papers_of_the_same_author_year_and_title_have_two_keys() -> None:
    one = Paper("a" * 64, "Open councils", "a.md", ("Roe, Jane",), year=2019)
    two = replace(one, id="b" * 64)
    assert list(parse_string(bibtex([one, two]), "bibtex").entries) == citation_keys([one, two])
    assert [record["id"] for record in rispy.loads(ris([one, two]))] == citation_keys([one, two])


def test_keywords_are_kept() -> None:
    paper = Paper("a" * 64, "Open councils", "a.md", keywords=("trust & rules", "治理"))
    for form in FORMS:
        (entry,) = read_back(form, written([paper], form))
        assert dict(claim[:2] for claim in entry.claims)["keywords"] == paper.keywords


def test_the_library_is_exported_by_title(samples: Assistant) -> None:
    papers = samples.papers()
    for form in FORMS:
        entries = read_back(form, samples.export(form))
        titles = [dict(claim[:2] for claim in entry.claims)["title"] for entry in entries]
        assert titles == [paper.title for paper in papers]
    assert len(samples.export("apa").splitlines()) == len(papers)


def test_an_unknown_format(samples: Assistant) -> None:
    with pytest.raises(BadSettings, match="'word' is no format of bibliographies"):
        samples.export("word")  # type: ignore[arg-type]


def test_an_empty_library_is_an_empty_file() -> None:
    assert [written([], form) for form in FORMS] == ["", "", "[]"]


class TestCommandLine:
    def run(self, library: Path, *arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(cli, ["export", *arguments, "--library", str(library)])
        return result.exit_code, result.stdout

    def test_printed(self, samples_library: Path) -> None:
        code, output = self.run(samples_library, "--as", "csl")
        assert (code, len(json.loads(output))) == (0, 5)

    def test_written_to_a_file_that_is_not_there(
        self, samples_library: Path, tmp_path: Path
    ) -> None:
        file = tmp_path / "library.bib"
        assert self.run(samples_library, "--to", str(file))[0] == 0
        assert len(parse_string(file.read_text("utf-8"), "bibtex").entries) == 5
        assert self.run(samples_library, "--to", str(file))[0] == 2

    def test_a_library_moves_with_its_bibliography(
        self, samples_copy: Path, samples_library: Path, tmp_path: Path
    ) -> None:
        """Exported beside the papers, it gives another library the same metadata."""
        from assistant.corrections import Corrections
        from ingest.reader import read_paper
        from tests.conftest import SAMPLES

        papers = Path(shutil.copytree(SAMPLES, tmp_path / "papers"))
        with Assistant.open(samples_copy, model="none") as assistant:
            paper = next(p for p in assistant.papers() if p.title.startswith("Study on"))
            assistant.update(paper.id, year=2020, venue="Journal of Towns")
            (papers / "all.ris").write_text(assistant.export("ris"), "utf-8")
        with Assistant.open(samples_library) as other:
            read = read_paper(papers / Path(paper.source_path).name)
            found = Corrections(other._library).applied(read).paper
        assert (found.year, found.venue) == (2020, "Journal of Towns")

"""Corrections by hand and bibliography files: they beat the file, stay, and can be taken back."""

from __future__ import annotations

import json
import random
import shutil
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant import Assistant, BadCorrection, Paper, UnknownPaper
from assistant.cli import cli
from assistant.corrections import Corrections
from ingest.passages import PassageSize
from tests.vectorstore.helpers import child, finished, wait_for, write_papers
from vectorstore.catalog import Catalog

UPDATE = """
import sys
from assistant import Assistant
with Assistant.open(sys.argv[1]) as assistant:
    print("go", flush=True)
    for paper in assistant.papers():
        assistant.update(paper.id, title=f"Corrected {paper.title}", authors=["Vale, Mira"])
    print("done", flush=True)
"""


def add(assistant: Assistant, file: Path) -> Paper:
    """Add a file, read anew if it was there, and find its paper."""
    [report] = assistant.add(file, again=True).files
    assert report.paper_id
    return assistant.paper(report.paper_id)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return write_papers(tmp_path / "papers", sections=3)


@pytest.fixture
def library(tmp_path: Path, files: list[Path]) -> Iterator[Assistant]:
    with Assistant.open(tmp_path / "library", model="none") as assistant:
        for file in files[:2]:
            add(assistant, file)
        yield assistant


def canals(assistant: Assistant) -> Paper:
    """The second paper, whatever its title is now."""
    return next(p for p in assistant.papers() if Path(p.source_path).stem == "canals")


class TestByHand:
    def test_every_field(self, library: Assistant) -> None:
        values: dict[str, Any] = {
            "title": "Who keeps the canals",
            "authors": ("Roe, Jane", "李明"),
            "year": 2019,
            "venue": "Journal of Water",
            "doi": "10.1000/182",
            "keywords": ("canals", "rules"),
            "abstract": "It asks who.",
            "language": "en",
        }
        library.update(canals(library).id, **{**values, "doi": "https://doi.org/10.1000/182"})
        paper = canals(library)
        assert {name: getattr(paper, name) for name in values} == values
        assert {paper.found[name] for name in values} == {"corrected by hand"}
        assert {paper.sureness(name) for name in values} == {"certain"}

    def test_taken_back_the_file_counts_again(self, library: Assistant) -> None:
        before = canals(library)
        passages = library.passages(before.id)
        library.update(before.id, title="Other", authors=["Roe, Jane"], year=2019, venue="Towns")
        assert library.passages(before.id) != passages
        after = library.update(before.id, title=None, authors=None, year=None, venue=None)
        assert after == before == canals(library)
        assert library.passages(before.id) == passages

    def test_an_empty_value_says_that_there_is_none(self, library: Assistant) -> None:
        library.update(canals(library).id, authors=[], venue="")
        assert (canals(library).authors, canals(library).venue) == ((), None)

    def test_passages_are_searched_under_the_new_title_and_authors(
        self, library: Assistant
    ) -> None:
        paper = canals(library)
        ids = [passage.id for passage in library.passages(paper.id)]
        library.update(paper.id, title="Ferrymen of Venice", authors=["Roe, Jane"])
        passages = library.passages(paper.id)
        assert [passage.id for passage in passages] == ids
        assert all(p.context.startswith("Ferrymen of Venice by Roe, Jane") for p in passages)
        assert library.search("Ferrymen of Venice")[0].paper_id == paper.id
        assert library._library.frequencies(["Venice", "Ferrymen"]) == {
            "Venice": len(ids),
            "Ferrymen": len(ids),
        }
        assert library.problems() == []

    def test_passages_stay_as_they_were_cut(self, tmp_path: Path, files: list[Path]) -> None:
        path = tmp_path / "small"
        with Assistant.open(path, passage_size=PassageSize(sentences=1), model="none") as assistant:
            assistant.add(files[1])
        with Assistant.open(path, model="none") as assistant:
            before = assistant.passages()
            assistant.update(canals(assistant).id, title="Canals " * 80)
            after = assistant.passages()
            count = assistant._library.embedder.count_tokens
            assert all(count(passage.searchable) <= 256 for passage in after)
            assistant.update(canals(assistant).id, title=None)
            assert assistant.passages() == before
        assert [passage.id for passage in after] == [passage.id for passage in before]

    def test_other_fields_embed_nothing(
        self, library: Assistant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(type(library._library), "embedded", None)
        library.update(canals(library).id, year=2019)
        assert canals(library).year == 2019
        assert library.problems() == []

    def test_they_survive_the_same_and_a_changed_file(
        self, library: Assistant, files: list[Path]
    ) -> None:
        library.update(canals(library).id, title="Who keeps the canals", year=2019)
        add(library, files[1])
        assert canals(library).title == "Who keeps the canals"
        files[1].write_text(
            files[1].read_text("utf-8") + "\nThe canals freeze in winter.\n", "utf-8"
        )
        old = canals(library).id
        add(library, files[1])
        paper = canals(library)
        assert paper.id != old
        assert (paper.title, paper.year) == ("Who keeps the canals", 2019)
        assert library.update(paper.id, title=None).title == "How canals are governed"

    def test_they_survive_another_path(self, library: Assistant, files: list[Path]) -> None:
        library.update(canals(library).id, year=2019)
        moved = files[1].parent / "below" / "canals.md"
        moved.parent.mkdir()
        shutil.move(files[1], moved)
        add(library, moved)
        assert canals(library).source_path == str(moved)
        assert canals(library).year == 2019

    def test_a_removed_paper_takes_them_with_it(
        self, library: Assistant, files: list[Path], tmp_path: Path
    ) -> None:
        library.update(canals(library).id, abstract="Gondoliere", year=2019)
        library.remove(canals(library).id)
        found = [f for f in (tmp_path / "library").rglob("*") if f.is_file()]
        assert not any(b"Gondoliere" in file.read_bytes() for file in found)
        assert add(library, files[1]).year is None

    def test_answers_of_before_still_cite(self, library: Assistant) -> None:
        answer = library.ask("Who hears complaint 2 about the canals?")
        assert answer.citations
        library.update(canals(library).id, title="Ferrymen of Venice")
        replay = library.replay(answer.record)
        cited = {citation.passage.id for citation in answer.citations}
        assert cited <= {passage.id for passage in library.passages()}
        assert replay.before.answer == answer

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"title": " "}, "title: it is empty"),
            ({"title": 3}, "title: 3 is no text"),
            ({"authors": "Roe"}, "authors: 'Roe' is no list"),
            ({"authors": [1]}, "authors: 1 is no text"),
            ({"year": 999}, "year: 999 is no year from 1000 to"),
            ({"year": datetime.now(UTC).year + 2}, "is no year"),
            ({"year": "2019"}, "year: '2019' is no year"),
            ({"doi": "182"}, "doi: '182' is no DOI. Give it as 10.1000/182"),
            ({"doi": "10.1000/182 and more"}, "is no DOI"),
            ({"language": "Klingon"}, "language: 'Klingon' is no language"),
            ({"publisher": "X"}, "'publisher' is no field that can be corrected. There are title"),
            ({}, "nothing to correct"),
        ],
    )
    def test_what_cannot_be(self, library: Assistant, fields: dict[str, Any], message: str) -> None:
        before = canals(library)
        with pytest.raises(BadCorrection, match=message.replace("(", r"\(")):
            library.update(before.id, **fields)
        assert canals(library) == before

    def test_an_unknown_paper(self, library: Assistant) -> None:
        with pytest.raises(UnknownPaper):
            library.update("0123456", year=2019)


class TestInterrupted:
    def test_a_fault_leaves_the_paper_as_it_was(
        self, library: Assistant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before, passages = canals(library), library.passages()

        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(Catalog, "commit_papers", fail)
            with pytest.raises(Exception, match="No space left"):
                library.update(before.id, title="Ferrymen of Venice")
        assert (canals(library), library.passages()) == (before, passages)
        assert library.problems() == []
        assert library._library.frequencies(["Venice"]) == {"Venice": 0}

    def test_killed_at_any_moment_every_paper_is_whole(
        self, tmp_path: Path, library: Assistant
    ) -> None:
        library.close()
        undisturbed = shutil.copytree(tmp_path / "library", tmp_path / "undisturbed")
        process = child(UPDATE, undisturbed)
        wait_for(process.stdout, "go")
        start = time.monotonic()
        wait_for(process.stdout, "done")
        whole = time.monotonic() - start
        finished(process)
        random.seed(7)
        for number in range(4):
            copy = shutil.copytree(tmp_path / "library", tmp_path / f"library{number}")
            process = child(UPDATE, copy)
            wait_for(process.stdout, "go")
            time.sleep(random.uniform(0, whole))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            with Assistant.open(copy) as assistant:
                assert assistant.problems() == []
                assert len(assistant.papers()) == 2
                for paper in assistant.papers():
                    contexts = {p.context.split(" by ")[0] for p in assistant.passages(paper.id)}
                    assert contexts == {paper.title}


class TestBibliographyFiles:
    def test_they_beat_the_file_and_hands_beat_them(
        self, library: Assistant, files: list[Path]
    ) -> None:
        entry = (
            "@article{a, title={Canals, in Full}, author={Roe, Jane}, year=2018, journal={Towns}}"
        )
        files[1].with_suffix(".bib").write_text(entry, "utf-8")
        add(library, files[1])
        paper = canals(library)
        assert (paper.title, paper.authors) == ("Canals, in Full", ("Roe, Jane",))
        assert (paper.year, paper.venue) == (2018, "Towns")
        assert (paper.found["year"], paper.sureness("year")) == ("bibliography file", "certain")
        assert library.passages(paper.id)[0].context.startswith("Canals, in Full by Roe, Jane")
        library.update(paper.id, year=2019)
        assert canals(library).year == 2019
        assert library.update(paper.id, year=None).year == 2018

    def test_organisations_stay_whole_with_them_and_with_corrections(
        self, library: Assistant, files: list[Path]
    ) -> None:
        names = "{International Monetary Fund} and {Human Rights Watch} and Nye, Jr., Joseph S."
        entry = f"@article{{a, title={{Canals}}, author={{{names}}}}}"
        files[1].with_suffix(".bib").write_text(entry, "utf-8")
        add(library, files[1])
        reference = "International Monetary Fund, Human Rights Watch, & Nye, J. S., Jr. (n.d.)."
        assert reference in library.export("apa")
        assert names in library.export("bibtex")
        context = library.passages(canals(library).id)[0].context
        assert "by International Monetary Fund, Human Rights Watch, Nye, Joseph S., Jr." in context
        library.update(canals(library).id, authors=["{Ministry of Dikes, Dunes and Roads}"])
        add(library, files[1])
        assert "Ministry of Dikes, Dunes and Roads. (n.d.). Canals." in library.export("apa")

    def test_adding_again_heeds_one_that_has_changed(
        self, library: Assistant, files: list[Path]
    ) -> None:
        def replaced() -> list[str | None]:
            return [report.title for report in library.add(files[:2]).replaced]

        assert replaced() == []
        bibliography = files[1].parent / "all.ris"
        record = "TY  - JOUR\nTI  - How canals are governed\nPY  - {}\nER  - \n"
        for year in (2018, 2019):
            bibliography.write_text(record.format(year), "utf-8")
            assert replaced() == ["How canals are governed"]
            assert canals(library).year == year
            assert replaced() == []
        bibliography.unlink()
        assert replaced() == ["How canals are governed"]
        assert canals(library).year is None

    def test_what_is_corrected_by_hand_is_not_outdated(
        self, library: Assistant, files: list[Path]
    ) -> None:
        files[1].with_suffix(".bib").write_text("@misc{a, title={T}, year=2018}", "utf-8")
        add(library, files[1])
        library.update(canals(library).id, title="Mine", year=2019)
        assert not Corrections(library._library).outdated(canals(library))

    def test_each_is_read_once(
        self, library: Assistant, files: list[Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        corrections = Corrections(library._library)
        corrections.outdated(canals(library))
        monkeypatch.setattr(Path, "iterdir", None)
        for paper in library.papers():
            assert not corrections.outdated(paper)

    def test_a_damaged_one_is_told_and_the_papers_are_added(
        self, library: Assistant, files: list[Path]
    ) -> None:
        bibliography = files[1].with_suffix(".bib")
        bibliography.write_text("@misc{a, title={T\n", "utf-8")
        report = library.add(files[1:3])
        (warning,) = report.notices
        assert warning.startswith(f"{bibliography}: syntax error in line ")
        assert [file.status for file in report.files] == ["unchanged", "added"]
        assert canals(library).title == "How canals are governed"


class TestCommandLine:
    def run(self, tmp_path: Path, *arguments: str) -> tuple[int, str]:
        options = ["--library", str(tmp_path / "library")]
        result = CliRunner().invoke(cli, [*arguments, *options], env={"COLUMNS": "200"})
        return result.exit_code, result.output

    def test_edit(self, library: Assistant, tmp_path: Path) -> None:
        paper = canals(library).id[:8]
        library.close()
        edit = ("papers", "--edit", paper, "--json")
        code, output = self.run(
            tmp_path, *edit, "--title", "Canals", "--author", "Roe, Jane", "--author", "Li Ming",
            "--year", "2019", "--doi", "10.1000/182", "--keyword", "rules", "--venue", "Towns",
        )  # fmt: skip
        assert code == 0
        shown = json.loads(output)
        assert (shown["title"], shown["authors"]) == ("Canals", ["Roe, Jane", "Li Ming"])
        assert (shown["year"], shown["venue"], shown["keywords"]) == (2019, "Towns", ["rules"])
        code, output = self.run(tmp_path, *edit[:3], "--take-back", "title", "--take-back", "year")
        assert code == 0
        assert "How canals are governed" in output
        assert "10.1000/182  corrected by hand, certain" in output

    def test_an_organisation_is_given_in_braces_and_shown_without(
        self, library: Assistant, tmp_path: Path
    ) -> None:
        paper = canals(library).id[:8]
        library.close()
        edit = ("papers", "--edit", paper, "--author", "{Human Rights Watch}")
        for arguments in (edit, ("papers",)):
            code, output = self.run(tmp_path, *arguments)
            assert code == 0
            assert "Human Rights Watch" in output
            assert "{" not in output
        assert "AU  - Human Rights Watch\n" in self.run(tmp_path, "export", "--as", "ris")[1]

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("--title", "X"), "Say which paper to correct"),
            (("--edit", "0123456", "--title", "X"), "no paper with the id"),
            (("--edit", "{}", "--year", "12"), "year: 12 is no year"),
            (("--edit", "{}"), "nothing to correct"),
        ],
    )
    def test_bad_use(
        self, library: Assistant, tmp_path: Path, arguments: tuple[str, ...], message: str
    ) -> None:
        paper = canals(library).id
        library.close()
        code, output = self.run(tmp_path, "papers", *(a.format(paper) for a in arguments))
        assert code == 2
        assert message in output


def test_importing_corrections_loads_no_engine() -> None:
    code = "import sys, assistant.corrections; print(*sorted(sys.modules))"
    loaded = finished(child(code)).split()
    assert not {"pybtex", "rispy", "py3langid", "chromadb"} & set(loaded)

"""Papers are written in batches: that changes nothing but the time it takes."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from assistant import Assistant, adding
from ingest.workers import Readers
from tests.vectorstore.helpers import TOPICS, assert_whole, write_papers
from vectorstore.library import Library
from vectorstore.protocols import EmbeddedPaper


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    write_papers(tmp_path / "papers", sections=3)
    return tmp_path / "papers"


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many papers each write of a library had, were time of no concern."""
    monkeypatch.setattr(adding, "BATCH_SECONDS", math.inf)
    counts: list[int] = []
    put = Library.put

    def counted(library: Library, waiting: list[EmbeddedPaper]) -> None:
        counts.append(len(waiting))
        put(library, waiting)

    monkeypatch.setattr(Library, "put", counted)
    return counts


def test_many_papers_are_one_write(tmp_path: Path, papers: Path, writes: list[int]) -> None:
    with Assistant.open(tmp_path / "library") as assistant:
        report = assistant.add(papers)
        assert len(report.added) == len(TOPICS)
        assert writes == [len(TOPICS)]
        assert_whole(assistant)


def test_a_batch_is_written_when_it_is_full(
    tmp_path: Path, papers: Path, writes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "BATCH_PASSAGES", 12)
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(papers)
        assert writes == [2, 2, 2]
        assert_whole(assistant)


def test_a_batch_is_written_when_it_took_long(
    tmp_path: Path, papers: Path, writes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "BATCH_SECONDS", 0.0)
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(papers)
    assert writes == [1] * len(TOPICS)


def test_stopped_by_hand_the_finished_papers_are_in(tmp_path: Path, papers: Path) -> None:
    def stop(_: str, done: int, __: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with Assistant.open(tmp_path / "library", progress=stop) as assistant:
        with pytest.raises(KeyboardInterrupt) as stopped:
            assistant.add(papers)
        assert isinstance(stopped.value, adding.Stopped)
        assert len(stopped.value.report.added) == len(assistant.papers()) == 2
        assert_whole(assistant)


def test_stopped_amidst_a_write_the_finished_papers_are_in(
    tmp_path: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "BATCH_PASSAGES", 12)
    put, times = Library.put, iter(range(9))

    def stopped(library: Library, waiting: list[EmbeddedPaper]) -> None:
        if next(times) == 1:
            raise KeyboardInterrupt
        put(library, waiting)

    monkeypatch.setattr(Library, "put", stopped)
    with Assistant.open(tmp_path / "library") as assistant:
        with pytest.raises(adding.Stopped):
            assistant.add(papers)
        assert len(assistant.papers()) == 4
        assert_whole(assistant)


def test_a_copy_beside_its_original_is_one_paper(tmp_path: Path, papers: Path) -> None:
    copy = papers / "zz copy.md"
    copy.write_bytes((papers / "canals.md").read_bytes())
    with Assistant.open(tmp_path / "library") as assistant:
        report = assistant.add(papers)
        assert [Path(file.path).name for file in report.unchanged] == [copy.name]
        assert len(assistant.papers()) == len(TOPICS)
        assert_whole(assistant)


def test_files_that_change_places(tmp_path: Path, papers: Path) -> None:
    """Each file holds what another held: no paper is lost."""
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(papers)
        before = {paper.id for paper in assistant.papers()}
        first, second = papers / "canals.md", papers / "markets.md"
        held = first.read_bytes(), second.read_bytes()
        first.write_bytes(b"# Ferries\n\nThe ferries cross at noon.\n")
        second.write_bytes(held[0])
        assistant.add(papers)
        after = {paper.title for paper in assistant.papers()}
        assert {"Ferries", "How canals are governed"} <= after
        assert "How markets are governed" not in after
        assert len(before & {paper.id for paper in assistant.papers()}) == len(TOPICS) - 1
        assert assistant.problems() == []


def test_two_files_that_change_places(tmp_path: Path, papers: Path) -> None:
    first, second = papers / "canals.md", papers / "markets.md"
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(papers)
        before = {paper.title: paper.id for paper in assistant.papers()}
        held = first.read_bytes(), second.read_bytes()
        first.write_bytes(held[1])
        second.write_bytes(held[0])
        assistant.add(papers)
        assert {paper.title: paper.id for paper in assistant.papers()} == before
        paths = {paper.title: Path(paper.source_path).name for paper in assistant.papers()}
        assert paths["How canals are governed"] == "markets.md"
        assert paths["How markets are governed"] == "canals.md"
        assert_whole(assistant)


def test_a_renamed_file_keeps_its_paper(
    tmp_path: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(papers)
        before = assistant.passages()
        (papers / "canals.md").rename(papers / "waterways.md")
        monkeypatch.setattr(Library, "put", None)  # nothing is embedded again
        report = assistant.add(papers)
        assert len(report.unchanged) == len(TOPICS)
        assert assistant.passages() == before
        paths = {Path(paper.source_path).name for paper in assistant.papers()}
        assert "waterways.md" in paths
        assert "canals.md" not in paths


def test_unchanged_files_are_read_again_when_asked_for(
    tmp_path: Path, papers: Path, writes: list[int]
) -> None:
    (papers / "zz copy.md").write_bytes((papers / "canals.md").read_bytes())
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(papers)
        before = assistant.passages()
        report = assistant.add(papers, again=True)
        assert len(report.replaced) == len(TOPICS)
        assert [Path(file.path).name for file in report.unchanged] == ["zz copy.md"]
        assert writes == [len(TOPICS), len(TOPICS)]
        assert assistant.passages() == before
        assert_whole(assistant)


def test_a_file_that_crashes_its_reader_is_reported_and_the_others_are_in(
    tmp_path: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reports are in the order of the files, however long each takes to read."""
    code = """
import os, time
from ingest.formats import plain
read = plain.read
def obey(data, path, kind):
    if path.name == "commons.md":
        os.abort()
    if path.name == "archives.md":
        time.sleep(1)
    return read(data, path, kind)
plain.read = obey
"""
    (tmp_path / "sitecustomize.py").write_text(code, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    readers = Readers()
    monkeypatch.setattr("assistant.reading_ahead.shared_readers", lambda: readers)
    with Assistant.open(tmp_path / "library") as assistant:
        report = assistant.add(papers)
        assert [Path(file.path).stem for file in report.files] == sorted(TOPICS)
        [failed] = report.failed
        assert "commons.md: the reader crashed on this file" in str(failed.reason)
        assert len(report.added) == len(TOPICS) - 1
        assert_whole(assistant)
    readers.close()


def test_an_encrypted_file_is_opened_by_its_password(tmp_path: Path) -> None:
    file = tmp_path / "ferries.pdf"
    page = Canvas(str(file), encrypt="open sesame")
    page.drawString(72, 720, "The ferry guild sets the fares each spring and keeps them all year.")
    page.save()
    with Assistant.open(tmp_path / "library") as assistant:
        for wrong in (None, "sesame"):
            [failed] = assistant.add(file, password=wrong).failed
            assert "password" in str(failed.reason)
        [added] = assistant.add(file, password="open sesame").added
        assert added.passages == 1
        assert "the fares each spring" in assistant.passages()[0].text

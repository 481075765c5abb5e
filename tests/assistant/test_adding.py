"""Papers are written in batches: that changes nothing but the time it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant, adding
from tests.vectorstore.helpers import TOPICS, assert_whole, write_papers
from vectorstore.library import Library
from vectorstore.protocols import EmbeddedPaper


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    write_papers(tmp_path / "papers", sections=3)
    return tmp_path / "papers"


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many papers each write of a library had."""
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
        with pytest.raises(KeyboardInterrupt):
            assistant.add(papers)
        assert len(assistant.papers()) == 2
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

"""What goes wrong while papers are added leaves the others whole, and nothing of old ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant import Assistant, adding
from tests.vectorstore.helpers import TOPICS, assert_whole, write_papers
from vectorstore.library import Library
from vectorstore.protocols import EmbeddedPaper

OLD = "the brass turnstile of the archives"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    write_papers(tmp_path / "papers", sections=3)
    return tmp_path / "papers"


def titles(assistant: Assistant) -> set[str]:
    return {paper.title for paper in assistant.papers()}


def test_a_name_that_is_not_utf_8_fails_alone(tmp_path: Path, papers: Path) -> None:
    named = os.fsdecode(os.fsencode(papers) + b"/caf\xe9.md")
    try:
        Path(named).write_text("# Cafés\n\nThe café belongs to the street.\n", "utf-8")
    except OSError:
        pytest.skip("this disk takes no such names")
    with Assistant.open(tmp_path / "library") as assistant:
        report = assistant.add(papers)
        assert len(report.added) == len(TOPICS)
        [failed] = report.failed
        assert failed.path.endswith("caf?.md")
        assert failed.reason == (
            f"{failed.path}: the name of the file or of its folder is not UTF-8. Rename it."
        )
        assert_whole(assistant)


def test_after_a_fault_nobody_foresaw_the_finished_papers_are_in(
    tmp_path: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded, times = Library.embedded, iter(range(9))

    def breaks(library: Library, *paper: object) -> EmbeddedPaper:
        if next(times) == 2:
            raise RuntimeError("out of luck")
        return embedded(library, *paper)  # type: ignore[arg-type]

    monkeypatch.setattr(Library, "embedded", breaks)
    with Assistant.open(tmp_path / "library") as assistant:
        with pytest.raises(RuntimeError, match="out of luck"):
            assistant.add(papers)
        assert len(assistant.papers()) == 2
        assert_whole(assistant)


def test_one_paper_that_cannot_be_written_loses_no_other(
    tmp_path: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Library.put

    def breaks(library: Library, waiting: list[EmbeddedPaper]) -> None:
        if any("canals" in paper.parsed.paper.title for paper in waiting):
            raise RuntimeError("canals")
        put(library, waiting)

    monkeypatch.setattr(Library, "put", breaks)
    monkeypatch.setattr(adding, "BATCH_PASSAGES", 12)
    with Assistant.open(tmp_path / "library") as assistant:
        with pytest.raises(RuntimeError, match="canals"):
            assistant.add(papers)
        assert titles(assistant) == {"How archives are governed"}
        assert_whole(assistant)


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_a_replaced_text_is_gone_when_adding_breaks_off(
    tmp_path: Path, papers: Path, error: type[BaseException]
) -> None:
    file = papers / "archives.md"
    text = file.read_text("utf-8")
    file.write_text(f"{text}\nNobody passes {OLD} at night.\n", "utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(papers)
    file.write_text(text, "utf-8")

    def stop(_: str, done: int, __: int) -> None:
        if done == 1:
            raise error

    with Assistant.open(tmp_path / "library", progress=stop) as assistant:
        with pytest.raises(error):
            assistant.add(papers)
        assert_whole(assistant)
    held = [file.read_bytes() for file in (tmp_path / "library").rglob("*") if file.is_file()]
    assert not any(OLD.encode() in data for data in held)

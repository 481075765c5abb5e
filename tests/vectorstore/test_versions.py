"""Invariants 4 and 6: deleted papers leave nothing; files and papers stay one to one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from assistant import Assistant
from tests.vectorstore.helpers import assert_whole, write_papers
from tests.vectorstore.test_derived import plain_client

WORD = "Quaxolotl"
TEXT = f"# The {WORD} charter\n\nThe {WORD} council meets under the bridge. It never votes twice.\n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    write_papers(tmp_path / "papers", sections=3)
    (tmp_path / "papers" / "charter.md").write_text(TEXT, "utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(tmp_path / "papers")
    return tmp_path / "library"


def files_with(library: Path, word: str) -> list[str]:
    files = [file for file in library.rglob("*") if file.is_file()]
    data = word.encode().lower()
    return [file.name for file in files if data in file.read_bytes().lower()]


def charter(assistant: Assistant) -> str:
    return next(paper.id for paper in assistant.papers() if WORD in paper.title)


def test_a_deleted_paper_leaves_nothing_behind(library: Path) -> None:
    assert files_with(library, WORD)
    with Assistant.open(library) as assistant:
        paper_id = charter(assistant)
        assistant.remove(paper_id)
        assert_whole(assistant)
        assert not any(WORD in hit.passage.text for hit in assistant.search(WORD, k=50))
    assert files_with(library, WORD) == []
    assert files_with(library, paper_id) == []
    client = plain_client(library)
    passages = client.get_collection("passages", embedding_function=None)
    assert passages.get(where={"paper_id": paper_id})["ids"] == []
    client.close()  # type: ignore[attr-defined]
    database = sqlite3.connect(library / "catalog.db")
    for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
        for row in database.execute(f"SELECT * FROM {table}"):
            assert paper_id not in row
    database.close()


def test_a_replaced_version_leaves_nothing_behind(library: Path, tmp_path: Path) -> None:
    (tmp_path / "papers" / "charter.md").write_text(TEXT.replace(WORD, "Heron"), "utf-8")
    with Assistant.open(library) as assistant:
        report = assistant.add(tmp_path / "papers")
        assert [Path(file.path).name for file in report.replaced] == ["charter.md"]
        assert len(report.unchanged) == 6
        assert len(assistant.papers()) == 7
        assert_whole(assistant)
    assert files_with(library, WORD) == []


def test_the_same_bytes_are_one_paper(library: Path, tmp_path: Path) -> None:
    copy = tmp_path / "papers" / "copy of the charter.md"
    copy.write_text(TEXT, "utf-8")
    with Assistant.open(library) as assistant:
        [file] = assistant.add(copy).files
        assert file.status == "unchanged"
        assert file.paper_id == charter(assistant)
        assert len(assistant.papers()) == 7


def test_an_unchanged_file_is_not_read_again(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("ingest.workers.Readers.read", fail)
    with Assistant.open(library) as assistant:
        report = assistant.add(tmp_path / "papers")
    assert len(report.unchanged) == len(report.files) == 7


def test_a_file_that_takes_over_anothers_bytes(library: Path, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    (papers / "canals.md").write_text(TEXT, "utf-8")
    with Assistant.open(library) as assistant:
        [file] = assistant.add(papers / "canals.md").files
        assert file.status == "replaced"
        assert not any("canals" in paper.title for paper in assistant.papers())
        assert len(assistant.papers()) == 6
        assert_whole(assistant)


def test_ids_depend_on_content_and_place_alone(library: Path, tmp_path: Path) -> None:
    """Another order of ingest, another library: the same ids."""
    files = sorted((tmp_path / "papers").glob("*.md"), reverse=True)
    with Assistant.open(tmp_path / "other") as other, Assistant.open(library) as assistant:
        for file in files:
            other.add(file)
        ids = {passage.id for passage in other._library.passages()}
        assert ids == {passage.id for passage in assistant._library.passages()}

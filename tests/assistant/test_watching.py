"""A library that keeps in step with a folder."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import Assistant, NothingToRead
from assistant.watching import Change, watch
from ingest.errors import UnreadableFile
from ingest.files import find_papers
from tests.conftest import PATIENCE
from tests.vectorstore.helpers import assert_whole


def paper(word: str) -> str:
    return f"# The {word} charter\n\nThe {word} council meets under the bridge in spring.\n"


class Watched:
    """A folder that is watched, what was told, and the assistant."""

    def __init__(self, assistant: Assistant, folder: Path) -> None:
        self.assistant = assistant
        self.folder = folder
        self.told: list[tuple[str, str]] = []
        self.reasons: list[str] = []
        self._stop = threading.Event()
        arguments = (assistant, folder, self._stop, self._tell)
        self._thread = threading.Thread(target=watch, args=arguments)

    def __enter__(self) -> Watched:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def _tell(self, change: Change) -> None:
        self.told.append((change.what, Path(change.path).name))
        self.reasons.append(change.reason or "")

    def wait_for(self, *expected: tuple[str, str]) -> None:
        """Wait until these changes were told, and no others."""
        end = time.monotonic() + PATIENCE
        while len(self.told) < len(expected) and time.monotonic() < end:
            time.sleep(0.05)
        assert sorted(self.told) == sorted(expected)
        self.told.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "ferry.md").write_text(paper("ferry"), "utf-8")
    return folder


@pytest.fixture
def watched(tmp_path: Path, folder: Path) -> Iterator[Watched]:
    """An assistant whose library is watched, what is in the folder already added."""
    with Assistant.open(tmp_path / "library") as assistant, Watched(assistant, folder) as watched:
        watched.wait_for(("added", "ferry.md"))
        yield watched
        assert_whole(assistant)


def titles(assistant: Assistant) -> list[str]:
    return [paper.title for paper in assistant.papers()]


def test_new_changed_and_deleted_files(watched: Watched) -> None:
    (watched.folder / "deep").mkdir()
    (watched.folder / "deep" / "canal.md").write_text(paper("canal"), "utf-8")
    watched.wait_for(("added", "canal.md"))
    (watched.folder / "ferry.md").write_text(paper("heron"), "utf-8")
    watched.wait_for(("replaced", "ferry.md"))
    assert titles(watched.assistant) == ["The canal charter", "The heron charter"]
    (watched.folder / "ferry.md").unlink()
    watched.wait_for(("removed", "ferry.md"))
    assert titles(watched.assistant) == ["The canal charter"]


def test_a_renamed_file_keeps_its_paper(watched: Watched) -> None:
    [before] = watched.assistant.papers()
    (watched.folder / "ferry.md").rename(watched.folder / "boat.md")
    watched.wait_for(("moved", "boat.md"))
    [after] = watched.assistant.papers()
    assert after.id == before.id
    assert Path(after.source_path).name == "boat.md"


def test_a_renamed_folder_keeps_its_papers(watched: Watched) -> None:
    (watched.folder / "old").mkdir()
    (watched.folder / "old" / "canal.md").write_text(paper("canal"), "utf-8")
    watched.wait_for(("added", "canal.md"))
    (watched.folder / "old").rename(watched.folder / "new")
    watched.wait_for(("moved", "canal.md"))


def test_a_file_that_fails_is_tried_again_when_it_changes(watched: Watched) -> None:
    file = watched.folder / "canal.md"
    file.write_bytes(paper("canal").encode()[:30] + b"\xff")
    watched.wait_for(("failed", "canal.md"))
    assert "canal.md: not UTF-8 text" in watched.reasons[-1]
    file.write_text(paper("canal"), "utf-8")
    watched.wait_for(("added", "canal.md"))


def test_a_file_is_added_when_it_is_whole(watched: Watched) -> None:
    """While it grows, nobody reads it."""
    whole = paper("canal") + "\n".join(f"\nRule {i} is kept by all." for i in range(8))
    with (watched.folder / "canal.md").open("w", encoding="utf-8") as file:
        for start in range(0, len(whole), 60):
            file.write(whole[start : start + 60])
            file.flush()
            time.sleep(0.3)
    watched.wait_for(("added", "canal.md"))
    canal = watched.assistant.papers()[0]
    assert watched.assistant.source(canal.id) == whole


def test_what_happened_while_nobody_watched(tmp_path: Path, folder: Path) -> None:
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_text(paper("market"), "utf-8")
    (folder / "canal.md").write_text(paper("canal"), "utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add([folder, elsewhere])
        elsewhere.unlink()
        (folder / "canal.md").unlink()
        (folder / "ferry.md").rename(folder / "boat.md")
        (folder / "inn.md").write_text(paper("inn"), "utf-8")
        with Watched(assistant, folder) as watched:
            watched.wait_for(("moved", "boat.md"), ("added", "inn.md"), ("removed", "canal.md"))
        assert "The market charter" in titles(assistant)


def test_a_busy_library_is_tried_again(tmp_path: Path, watched: Watched) -> None:
    with Assistant.open(tmp_path / "library") as other:
        watched.assistant._library._lock_timeout = 0.1
        with other._library._locked(write=True):
            (watched.folder / "canal.md").write_text(paper("canal"), "utf-8")
            time.sleep(4)
            assert watched.told == []
        watched.wait_for(("added", "canal.md"))


def test_a_file_that_goes_while_it_is_looked_at(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    fleeting = watched.folder / "canal.md.new.md"

    def find(folder: Path, shut: Callable[[Path, UnreadableFile], None]) -> list[Path]:
        found = find_papers(folder, shut)
        fleeting.unlink(missing_ok=True)
        return found

    monkeypatch.setattr("assistant.watching.find_papers", find)
    fleeting.write_text(paper("draft"), "utf-8")
    (watched.folder / "canal.md").write_text(paper("canal"), "utf-8")
    watched.wait_for(("added", "canal.md"))


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with (
        Assistant.open(tmp_path / "library") as assistant,
        pytest.raises(NothingToRead, match="no such folder"),
    ):
        watch(assistant, tmp_path / "none", threading.Event(), lambda _: None)

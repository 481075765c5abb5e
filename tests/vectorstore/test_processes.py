"""Invariant 5: many may read while one writes; a second writer waits or is told."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from assistant import Assistant, LibraryBusy
from tests.vectorstore.helpers import TOPICS, assert_whole, child, finished, wait_for, write_papers
from vectorstore.library import Library
from vectorstore.protocols import Embedder

READ = """
import json, sys
from pathlib import Path
from assistant import Assistant
stop = Path(sys.argv[2])
seen = []
with Assistant.open(sys.argv[1]) as assistant:
    print("go", flush=True)
    while not stop.exists():
        hits = assistant.search("Who looks after the canals and the orchards?", k=50)
        papers = {paper.id for paper in assistant.papers()}
        assert {hit.paper_id for hit in hits} <= papers
        seen.append(len({hit.paper_id for hit in hits}))
print(json.dumps(seen))
"""
WRITE = """
import sys
from assistant import Assistant
with Assistant.open(sys.argv[1]) as assistant:
    print("go", flush=True)
    for turn in range(3):
        assistant.add(sys.argv[2])
        for paper in assistant.papers():
            if "orchards" not in paper.title:
                assistant.remove(paper.id)
    assistant.add(sys.argv[2])
"""
ADD = """
import sys
from assistant import Assistant
with Assistant.open(sys.argv[1]) as assistant:
    print("go", flush=True)
    report = assistant.add(sys.argv[2])
    assert not report.failed
"""


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    return write_papers(tmp_path / "papers")


def test_two_read_while_one_writes(tmp_path: Path, papers: list[Path]) -> None:
    library, stop = tmp_path / "library", tmp_path / "stop"
    with Assistant.open(library) as assistant:
        assistant.add(papers[0])
    readers = [child(READ, library, stop) for _ in range(2)]
    for reader in readers:
        wait_for(reader.stdout, "go")
    finished(child(WRITE, library, papers[0].parent))
    with Assistant.open(library) as assistant:
        assistant.search("canals")
    stop.touch()
    for reader in readers:
        assert len(finished(reader)) > 0
    with Assistant.open(library) as assistant:
        assert_whole(assistant)
        assert len(assistant.papers()) == len(TOPICS)


def test_an_open_reader_sees_what_another_process_writes(
    tmp_path: Path, papers: list[Path]
) -> None:
    library = tmp_path / "library"
    question = "Who looks after the canals in month 3?"
    with Assistant.open(library) as one, Assistant.open(library) as two:
        assert one.search(question) == two.search(question) == []
        finished(child(ADD, library, papers[0].parent))
        for reader in (one, two):
            assert "canals" in reader.search(question)[0].passage.text
        canals = next(paper for paper in one.papers() if "canals" in paper.title)
        one.remove(canals.id)
        assert "canals" not in two.search(question)[0].passage.text
        two.add(papers)
        assert "canals" in one.search(question)[0].passage.text


def test_two_writers_take_turns(tmp_path: Path, papers: list[Path]) -> None:
    library = tmp_path / "library"
    writers = [child(ADD, library, papers[0].parent) for _ in range(2)]
    for writer in writers:
        finished(writer)
    with Assistant.open(library) as assistant:
        assert len(assistant.papers()) == len(TOPICS)
        assert_whole(assistant)


HOLD = """
import sys, time
from pathlib import Path
from vectorstore.embedders import load_embedder
from vectorstore.library import Library
with Library(Path(sys.argv[1]), load_embedder()) as library, library._writing():
    print("go", flush=True)
    time.sleep(600)
"""


def test_a_writer_that_waits_too_long_is_told(
    samples_library: Path, tmp_path: Path, embedder: Embedder
) -> None:
    path = tmp_path / "library"
    shutil.copytree(samples_library, path)
    with Library(path, embedder, lock_timeout=0.2) as library:
        holder = child(HOLD, path)
        wait_for(holder.stdout, "go")
        with pytest.raises(LibraryBusy, match="another process is writing"):
            library.remove(library.papers()[0].id)
        with pytest.raises(LibraryBusy):
            Library(path, embedder, lock_timeout=0.2)
        holder.kill()
        holder.communicate()
        assert len(library.papers()) == 5
        assert library.problems() == []


def test_what_another_removed_is_not_remembered(
    samples_library: Path, tmp_path: Path, embedder: Embedder
) -> None:
    path = tmp_path / "library"
    shutil.copytree(samples_library, path)
    with Library(path, embedder) as library, Library(path, embedder) as other:
        passages = library.passages()
        ids, paper = [passage.id for passage in passages], passages[0].paper_id
        query = embedder.encode_query("smart governance")
        assert library.late(query, ids).keys() == library.passages_by_id(ids).keys() == set(ids)
        assert paper in library.authors({paper})
        other.remove(paper)
        left = {passage.id for passage in passages if passage.paper_id != paper}
        assert library.late(query, ids).keys() == library.passages_by_id(ids).keys() == left
        assert library.authors({paper}) == {}


def test_threads_of_one_process_share_an_assistant(samples: Assistant) -> None:
    expected = samples.search("smart governance")
    found = []

    def search() -> None:
        found.append(samples.search("smart governance"))

    threads = [threading.Thread(target=search) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8

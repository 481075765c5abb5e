"""Invariant 1: killed at any moment, the library opens whole (kill -9, 31 times)."""

from __future__ import annotations

import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from assistant import Assistant
from tests.vectorstore.helpers import TOPICS, assert_whole, child, finished, wait_for, write_papers
from vectorstore.embedding import reembed
from vectorstore.protocols import Embedder

ADD = """
import sys
from assistant import Assistant, adding
adding.BATCH_PASSAGES = 40
with Assistant.open(sys.argv[1]) as assistant:
    print("go", flush=True)
    assistant.add(sys.argv[2])
    print("done", flush=True)
"""
REMOVE = """
import sys
from assistant import Assistant
with Assistant.open(sys.argv[1]) as assistant:
    print("go", flush=True)
    for paper in assistant.papers()[:3]:
        assistant.remove(paper.id)
    print("done", flush=True)
"""
REEMBED = """
import sys
from pathlib import Path
from vectorstore.embedders import load_embedder
from vectorstore.embedding import reembed
embedder = load_embedder()
print("go", flush=True)
reembed(Path(sys.argv[1]), embedder)
print("done", flush=True)
"""


def duration(code: str, *arguments: object) -> float:
    """Seconds from "go" to "done" when nobody kills."""
    process = child(code, *arguments)
    wait_for(process.stdout, "go")
    start = time.monotonic()
    wait_for(process.stdout, "done")
    finished(process)
    return time.monotonic() - start


def kill_after(seconds: float, code: str, *arguments: object) -> None:
    process = child(code, *arguments)
    wait_for(process.stdout, "go")
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    write_papers(tmp_path / "papers", sections=8)
    return tmp_path / "papers"


@pytest.fixture
def full(tmp_path: Path, papers: Path) -> Path:
    """A library with all the papers."""
    with Assistant.open(tmp_path / "full") as assistant:
        assistant.add(papers)
    return tmp_path / "full"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_while_adding(tmp_path: Path, papers: Path, seed: int) -> None:
    """Seven kills a seed on one library: whatever one left, the next goes on from."""
    random.seed(seed)
    whole = duration(ADD, tmp_path / "undisturbed", papers)
    library = tmp_path / "library"
    for _ in range(7):
        kill_after(random.uniform(0, whole), ADD, library, papers)
        with Assistant.open(library) as assistant:
            assert_whole(assistant)
            known = assistant.papers()
            if known:
                assert assistant.search(f"Who looks after {known[0].title}?")
            if len(known) == len(TOPICS):
                shutil.rmtree(library)
    with Assistant.open(library) as assistant:
        assistant.add(papers)
        assert len(assistant.papers()) == len(TOPICS)
        assert_whole(assistant)


def test_killed_while_removing(tmp_path: Path, full: Path) -> None:
    random.seed(4)
    shutil.copytree(full, tmp_path / "undisturbed")
    whole = duration(REMOVE, tmp_path / "undisturbed")
    for number in range(5):
        library = tmp_path / f"library{number}"
        shutil.copytree(full, library)
        kill_after(random.uniform(0, whole), REMOVE, library)
        with Assistant.open(library) as assistant:
            assert len(TOPICS) - 3 <= len(assistant.papers()) <= len(TOPICS)
            assert_whole(assistant)


def test_killed_while_replacing(tmp_path: Path, full: Path, papers: Path) -> None:
    """Afterwards each paper is whole, in its old version or in its new one."""
    random.seed(5)
    with Assistant.open(full) as assistant:
        old = {paper.id for paper in assistant.papers()}
    changed = write_papers(papers, sections=9)
    shutil.copytree(full, tmp_path / "undisturbed")
    whole = duration(ADD, tmp_path / "undisturbed", papers)
    with Assistant.open(tmp_path / "undisturbed") as assistant:
        new = {paper.id for paper in assistant.papers()}
    for number in range(3):
        library = tmp_path / f"library{number}"
        shutil.copytree(full, library)
        kill_after(random.uniform(0, whole), ADD, library, papers)
        with Assistant.open(library) as assistant:
            known = assistant.papers()
            assert {paper.id for paper in known} <= old | new
            assert sorted(Path(p.source_path).stem for p in known) == sorted(
                file.stem for file in changed
            )
            assert assistant.problems() == []
            assistant.add(papers)
            assert {paper.id for paper in assistant.papers()} == new
            assert_whole(assistant)


def test_killed_while_reembedding(tmp_path: Path, full: Path, embedder: Embedder) -> None:
    random.seed(6)
    shutil.copytree(full, tmp_path / "undisturbed")
    whole = duration(REEMBED, tmp_path / "undisturbed")
    for number in range(2):
        library = tmp_path / f"library{number}"
        shutil.copytree(full, library)
        kill_after(random.uniform(0, whole), REEMBED, library)
        reembed(library, embedder)
        with Assistant.open(library) as assistant:
            assert_whole(assistant)

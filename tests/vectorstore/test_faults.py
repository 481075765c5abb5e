"""Faults that small libraries and one process alone do not show."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import chromadb
import pytest
from chromadb.config import Settings

from assistant import Assistant, EmbedderMismatch, LibraryUnwritable
from ingest.types import Passage
from tests.vectorstore.helpers import assert_whole, write_papers
from vectorstore.embedding import reembed
from vectorstore.protocols import Embedder, ModelRecord, PassageVectors, QueryVectors, Vectors

QUESTION = "Who looks after the canals?"


@dataclass(frozen=True)
class Other:
    """Another embedder, as far as a library can tell."""

    real: Embedder
    started: threading.Event | None = None
    go_on: threading.Event | None = None

    @property
    def record(self) -> ModelRecord:
        return replace(self.real.record, name="another-model", weights_sha256="0" * 64)

    def count_tokens(self, text: str) -> int:
        return self.real.count_tokens(text)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self.real.embed_passages(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self.real.embed_queries(texts)

    def encode_passages(self, passages: Sequence[Passage]) -> PassageVectors:
        if self.started and self.go_on:
            self.started.set()
            assert self.go_on.wait(300)
        return self.real.encode_passages(passages)

    def encode_query(self, text: str) -> QueryVectors:
        return self.real.encode_query(text)


@pytest.fixture(scope="session")
def large_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More than 1,000 passages: Chroma saves its graph then, and loads it when opened."""
    folder = tmp_path_factory.mktemp("large")
    write_papers(folder / "papers", sections=3)
    rules = (f"Lock {number} of the canals opens at dawn." for number in range(1_000))
    (folder / "papers" / "locks.md").write_text("# Locks\n\n" + "\n\n".join(rules), "utf-8")
    with Assistant.open(folder / "library") as assistant:
        assistant.add(folder / "papers")
    assert list((folder / "library").glob("chroma/*/index_metadata.pickle"))
    return folder / "library"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    papers = write_papers(tmp_path / "papers", sections=3)
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(papers[:2])
    return tmp_path / "library"


def garbage(pattern: str) -> Callable[[Path], None]:
    def damage(library: Path) -> None:
        for file in library.glob(pattern):
            file.write_bytes(b"\xff" * file.stat().st_size)

    return damage


def cut(pattern: str) -> Callable[[Path], None]:
    def damage(library: Path) -> None:
        for file in library.glob(pattern):
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])

    return damage


def graphs_gone(library: Path) -> None:
    for folder in (library / "chroma").iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)


def vectors_deleted(library: Path) -> None:
    client = chromadb.PersistentClient(
        str(library / "chroma"), settings=Settings(anonymized_telemetry=False)
    )
    collection = client.get_collection("passages", embedding_function=None)
    collection.delete(ids=collection.get(limit=3)["ids"])
    client.close()  # type: ignore[attr-defined]


def pages_overwritten(library: Path) -> None:
    file = library / "chroma" / "chroma.sqlite3"
    data = bytearray(file.read_bytes())
    middle = len(data) // 2 // 4096 * 4096  # many pages there are free: nothing is lost in those
    data[middle:] = b"\x5a" * (len(data) - middle)
    file.write_bytes(data)


@pytest.mark.parametrize(
    "damage",
    [
        garbage("chroma/*/*.bin"),
        cut("chroma/*/data_level0.bin"),
        cut("chroma/*/index_metadata.pickle"),
        graphs_gone,
        vectors_deleted,
        pages_overwritten,
        garbage("lexical/*.idx"),
        cut("lexical/*.store"),
    ],
    ids=[
        "graph overwritten",
        "graph cut",
        "graph's ids cut",
        "no graph",
        "vectors deleted",
        "database pages overwritten",
        "postings overwritten",
        "stored fields cut",
    ],
)
def test_damage_is_seen_before_an_engine_loads_it(
    large_library: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """Chroma crashes on a damaged graph, and answers wrongly from a missing one."""
    library = tmp_path / "library"
    shutil.copytree(large_library, library)
    with Assistant.open(library) as assistant:
        before = assistant.search(QUESTION, k=20)
        assert assistant.notices == ()
    damage(library)
    with Assistant.open(library) as assistant:
        assert len(assistant.notices) == 1
        assert assistant.problems() == []
        found = assistant.search(QUESTION, k=20)
    assert [hit.passage.id for hit in found] == [hit.passage.id for hit in before]
    with Assistant.open(library) as assistant:
        assert assistant.notices == ()


def test_opening_and_searching_is_no_damage(large_library: Path, library: Path) -> None:
    """Also with a graph that is not saved yet, and in no library at all."""
    for path in (large_library, library, library.parent / "empty"):
        for _ in range(3):
            with Assistant.open(path) as assistant:
                assistant.search(QUESTION)
                assert assistant.notices == ()


def test_a_paper_is_removed_while_another_thread_reads(library: Path) -> None:
    stop, begun = threading.Event(), threading.Event()

    def read(assistant: Assistant) -> None:
        while not stop.is_set():
            assistant.passages()
            begun.set()

    with Assistant.open(library) as assistant:
        paper = assistant.papers()[0]
        said = assistant.passages(paper.id)[0].text.encode()
        reader = threading.Thread(target=read, args=(assistant,))
        reader.start()
        assert begun.wait(60)
        try:
            assistant.remove(paper.id)
        finally:
            stop.set()
            reader.join()
        files = [file for file in library.rglob("*") if file.is_file()]
        assert not [file.name for file in files if said in file.read_bytes()]
        assert_whole(assistant)


@pytest.mark.parametrize("k", [10**6, sys.maxsize, 10**30])
def test_more_hits_than_there_are_may_be_asked_for(large_library: Path, k: int) -> None:
    with Assistant.open(large_library) as assistant:
        assert len(assistant.search(QUESTION, k)) >= len(assistant.search(QUESTION, 100)) == 100


def test_an_open_library_is_never_mixed(library: Path, embedder: Embedder) -> None:
    """Another process re-embeds while it is open."""
    with Assistant.open(library) as assistant:
        assert assistant.search(QUESTION)
        reembed(library, Other(embedder))
        with pytest.raises(EmbedderMismatch, match="another-model"):
            assistant.search(QUESTION)
        with pytest.raises(EmbedderMismatch, match="another-model"):
            assistant.add(library.parent / "papers")
        assert len(assistant.papers()) == 2
    with Assistant.open(library, embedder=Other(embedder)) as assistant:
        assert_whole(assistant)
        assert len(assistant.papers()) == 2


def test_a_library_is_usable_while_it_is_reembedded(library: Path, embedder: Embedder) -> None:
    """Embedding takes minutes, and the lock's patience is ten seconds."""
    slow = Other(embedder, threading.Event(), threading.Event())
    assert slow.started
    assert slow.go_on
    thread = threading.Thread(target=reembed, args=(library, slow))
    thread.start()
    try:
        assert slow.started.wait(300)
        with Assistant.open(library) as assistant:
            assert assistant.search(QUESTION)
            assistant.add(library.parent / "papers" / "commons.md")
            removed = assistant.remove(next(p.id for p in assistant.papers()))
            assert assistant.notices == ()
    finally:
        slow.go_on.set()
        thread.join(300)
    with Assistant.open(library, embedder=Other(embedder)) as assistant:
        assert removed.id not in {paper.id for paper in assistant.papers()}
        assert len(assistant.papers()) == 2
        assert_whole(assistant)


def _size(disk: Path, kilobytes: int, *, new: bool) -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    flags, options = (0 if new else 32), f"size={kilobytes}k".encode()  # 32: remount
    return bool(libc.mount(b"tmpfs", str(disk).encode(), b"tmpfs", flags, options) == 0)


@pytest.fixture
def disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    path = tmp_path / "disk"
    path.mkdir()
    if sys.platform != "linux" or os.getuid() != 0 or not _size(path, request.param, new=True):
        pytest.skip("needs the right to mount a small disk")
    yield path
    ctypes.CDLL(None).umount2(str(path).encode(), 2)


@pytest.mark.parametrize("disk", [50, 150, 300, 450, 600, 750], indirect=True)
def test_a_small_disk(disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Room ends in the catalog, in Chroma, in Tantivy; the same process goes on with more."""
    papers, library = write_papers(tmp_path / "papers", sections=3), disk / "library"
    monkeypatch.setattr("vectorstore.folder._FREE_BYTES", 0)
    with (
        pytest.raises(LibraryUnwritable, match="disk has room"),
        Assistant.open(library) as assistant,
    ):
        assistant.add(papers)
    assert _size(disk, 200_000, new=False)
    with Assistant.open(library) as assistant:
        assert_whole(assistant)
        assert not assistant.add(papers).failed
        assert len(assistant.papers()) == len(papers)
        assert_whole(assistant)

"""Folders that are no library, catalogs that are none, and disks that are full."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from assistant import Assistant, LibraryUnwritable, NotALibrary
from tests.vectorstore.helpers import assert_whole, child, finished, write_papers
from vectorstore.catalog import Catalog
from vectorstore.migrations import MIGRATIONS


def test_a_catalog_is_migrated_once(tmp_path: Path) -> None:
    for _ in range(2):
        Catalog(tmp_path / "catalog.db").close()
    database = sqlite3.connect(tmp_path / "catalog.db")
    assert database.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    database.close()


def test_a_newer_catalog_is_left_alone(tmp_path: Path) -> None:
    Catalog(tmp_path / "catalog.db").close()
    database = sqlite3.connect(tmp_path / "catalog.db")
    database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    database.close()
    with pytest.raises(NotALibrary, match="newer version"):
        Assistant.open(tmp_path)


def test_a_catalog_that_is_something_else(tmp_path: Path) -> None:
    (tmp_path / "catalog.db").write_bytes(b"Dear diary, today the council met. " * 200)
    with pytest.raises(NotALibrary, match=r"catalog\.db.*not a database"):
        Assistant.open(tmp_path)
    assert (tmp_path / "catalog.db").read_bytes().startswith(b"Dear diary")


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
        (tmp_path / name).touch()
    with pytest.raises(NotALibrary, match=r"holds a\.txt, b\.txt, c\.txt, …"):
        Assistant.open(tmp_path)
    assert len(list(tmp_path.iterdir())) == 4


def test_an_empty_folder_becomes_a_library(tmp_path: Path) -> None:
    with Assistant.open(tmp_path) as assistant:
        assert assistant.papers() == []
        assert assistant.notices == ()
    names = {file.name for file in tmp_path.iterdir()}
    assert {"catalog.db", "chroma", "lexical", "model.json"} <= names


UNPRIVILEGED = """
import os, sys
from assistant import Assistant, LibraryUnwritable
from vectorstore.embedders import load_embedder
embedder = load_embedder()
Assistant.open(sys.argv[2], embedder=embedder).close()  # imports all that is needed
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    Assistant.open(sys.argv[1], embedder=embedder)
except LibraryUnwritable as error:
    print(error)
"""


def test_a_folder_without_write_permission(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    for folder in (locked, *locked.parents):
        if folder.owner() == locked.owner() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    locked.chmod(0o555)
    told = finished(child(UNPRIVILEGED, locked / "library", tmp_path / "other"))
    assert "no permission" in told
    assert str(locked) in told
    assert list(locked.iterdir()) == []


FULL = """
import resource, signal, sys
from assistant import Assistant, LibraryUnwritable
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Assistant.open(sys.argv[1]) as assistant:
    limit = max(f.stat().st_size for f in __import__("pathlib").Path(sys.argv[1]).rglob("*.*"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit + int(sys.argv[3]), resource.RLIM_INFINITY))
    try:
        assistant.add(sys.argv[2])
    except LibraryUnwritable as error:
        print(error)
"""


@pytest.mark.parametrize("room", [0, 60_000, 250_000, 600_000])
def test_a_disk_that_fills_up_while_adding(tmp_path: Path, room: int) -> None:
    """A file may not grow: what engines meet is the same as on a full disk."""
    write_papers(tmp_path / "papers")
    told = finished(child(FULL, tmp_path / "library", tmp_path / "papers", room))
    assert "Check that the disk has room" in told
    assert str(tmp_path / "library") in told
    with Assistant.open(tmp_path / "library") as assistant:
        assert len(assistant.papers()) < 6
        assert_whole(assistant)
        assistant.add(tmp_path / "papers")
        assert len(assistant.papers()) == 6
        assert_whole(assistant)


def test_a_disk_that_is_full_already_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_papers(tmp_path / "papers")
    monkeypatch.setattr("vectorstore.folder._FREE_BYTES", 10**18)
    with Assistant.open(tmp_path / "library") as assistant:
        with pytest.raises(LibraryUnwritable, match="MB free on this disk"):
            assistant.add(tmp_path / "papers")
        assert assistant.papers() == []
        assert_whole(assistant)

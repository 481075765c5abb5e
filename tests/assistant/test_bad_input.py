"""Bad input on the command line: what, where, what to do, exit code 2, nothing half-done."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.assistant.test_cli import govassist

GOOD = "# Well rules\n\nThe well belongs to the street. Each house cleans it for a week.\n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def bad_file(folder: Path, name: str, data: bytes) -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a picture (PNG)"),
        ("Règles de gouvernance partagée.".encode("latin-1"), "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, library: Path, data: bytes, told: str) -> None:
    file = bad_file(tmp_path, "bad.md", data)
    result = govassist("add", file, "-l", library)
    assert result.returncode == 2
    assert told in result.stderr
    assert str(file) in result.stderr
    assert "Traceback" not in result.stderr
    assert json.loads(govassist("papers", "-l", library, "--json").stdout) == []


def test_the_good_files_beside_a_bad_one_are_kept(tmp_path: Path, library: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "good.md").write_text(GOOD, "utf-8")
    bad_file(papers, "bad.md", b"\x00\x01")
    result = govassist("add", papers, "-l", library)
    assert result.returncode == 2
    assert "1 added, 1 failed" in result.stdout
    listed = json.loads(govassist("papers", "-l", library, "--json").stdout)
    assert [paper["title"] for paper in listed] == ["Well rules"]


@pytest.mark.parametrize("kind", ["empty folder", "missing"])
def test_nothing_to_add_makes_no_library(tmp_path: Path, library: Path, kind: str) -> None:
    folder = tmp_path / "papers"
    if kind == "empty folder":
        folder.mkdir()
    result = govassist("add", folder, "-l", library)
    assert result.returncode == 2
    assert str(folder) in result.stderr
    assert not library.exists()


def test_a_file_without_read_permission(tmp_path: Path, library: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read every file: the permission test needs an ordinary user")
    file = tmp_path / "secret.md"
    file.write_text(GOOD, "utf-8")
    file.chmod(0)
    result = govassist("add", file, "-l", library)
    assert result.returncode == 2
    assert "permission" in result.stderr


def test_a_library_folder_that_is_something_else(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text(GOOD, "utf-8")
    album = tmp_path / "album"
    album.mkdir()
    (album / "holiday.jpg").write_bytes(b"x")
    result = govassist("add", paper, "-l", album)
    assert result.returncode == 2
    assert "not a library" in result.stderr
    assert "holiday.jpg" in result.stderr
    assert [file.name for file in album.iterdir()] == ["holiday.jpg"]


def test_a_library_that_is_a_file(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text(GOOD, "utf-8")
    result = govassist("add", paper, "-l", paper)
    assert result.returncode == 2
    assert "a file, not a library" in result.stderr
    assert paper.read_text("utf-8") == GOOD

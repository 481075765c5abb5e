"""The command line as a user meets it: its output and its exit codes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = (sys.executable, "-c", "from assistant.cli import main; main()")
PAPER = "# Ferry rules\n\nThe ferry guild sets the fares each spring. Members vote by lot.\n"


def govassist(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1", **environment},
    )


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "papers" / "ferry.md"
    file.parent.mkdir()
    file.write_text(PAPER, "utf-8")
    return file


def test_a_paper_is_added_found_listed_and_removed(tmp_path: Path, paper: Path) -> None:
    library = tmp_path / "library"
    added = govassist("add", paper.parent, "--library", library)
    assert added.returncode == 0, added.stderr
    assert "added" in added.stdout
    assert "Ferry rules" in added.stdout

    again = govassist("add", paper, "-l", library, "--json")
    assert [f["status"] for f in json.loads(again.stdout)["files"]] == ["unchanged"]

    listed = json.loads(govassist("papers", "-l", library, "--json").stdout)
    assert [(p["title"], p["passages"]) for p in listed] == [("Ferry rules", 1)]

    asked = govassist("ask", "Who sets the ferry fares?", "-l", library)
    assert asked.returncode == 0
    assert "The ferry guild sets the fares each spring." in asked.stdout
    assert "[1]" in asked.stdout

    removed = govassist("remove", listed[0]["id"][:8], "-l", library)
    assert removed.returncode == 0
    assert "Removed Ferry rules" in removed.stdout
    assert json.loads(govassist("papers", "-l", library, "--json").stdout) == []


def test_json_of_search_and_ask(samples_library: Path) -> None:
    environment = {"GOVASSIST_LIBRARY": str(samples_library)}
    found = json.loads(
        govassist("search", "smart governance", "-k", "3", "--json", **environment).stdout
    )
    assert len(found["hits"]) == 3
    assert found["hits"][0]["passage"]["spans"][0][0] >= 0
    answer = json.loads(
        govassist("ask", "What is smart governance?", "--json", **environment).stdout
    )
    assert answer["answered"] is True
    assert answer["citations"][0]["number"] == 1
    assert answer["citations"][0]["quote"] in answer["text"]
    assert "Yuqiao Yan" in answer["citations"][0]["reference"]


def test_search_shows_passages_with_their_places(samples_library: Path) -> None:
    shown = govassist("search", "What is non-neutrality?", "-k", "2", "-l", samples_library)
    assert shown.returncode == 0
    assert "1. " in shown.stdout
    assert "2. " in shown.stdout
    assert "digest" in shown.stdout


def test_what_is_not_in_the_papers_exits_with_1(samples_library: Path) -> None:
    asked = govassist("ask", "Which wine goes well with grilled trout?", "-l", samples_library)
    assert asked.returncode == 1
    assert "do not answer" in asked.stdout


def test_the_doctor_finds_a_sound_library(samples_library: Path) -> None:
    examined = govassist("doctor", "-l", samples_library)
    assert examined.returncode == 0
    for word in (
        "all-MiniLM-L6-v2",
        "5 papers",
        "sound",
        "nothing leaves this machine",
        "questions in Chinese",
        "Tesseract",
    ):
        assert word in examined.stdout
    findings = json.loads(govassist("doctor", "-l", samples_library, "--json").stdout)
    assert findings["problems"] == []
    assert findings["packages"]["torch"].startswith("2.13.0")


def test_the_doctor_says_where_there_is_no_library(tmp_path: Path) -> None:
    examined = govassist("doctor", "-l", tmp_path / "none")
    assert examined.returncode == 2
    assert "govassist add" in examined.stdout
    assert not (tmp_path / "none").exists()


def test_the_doctor_finds_a_file_of_conversations_that_is_none(samples_copy: Path) -> None:
    (samples_copy / "conversations.db").write_text("no database, and longer than a header " * 9)
    examined = govassist("doctor", "-l", samples_copy)
    assert examined.returncode == 2
    assert "not a file of conversations" in examined.stdout
    asked = govassist("ask", "What is smart governance?", "-l", samples_copy, "--model", "none")
    assert asked.returncode == 0
    assert "[1]" in asked.stdout
    assert "not recorded" in asked.stderr
    assert "Move it away" in asked.stderr


def test_help_names_every_command() -> None:
    shown = govassist("--help").stdout
    everything = (
        "add watch search ask papers remove export health duplicates app doctor reembed evaluate "
        "conversations replay"
    )
    for command in everything.split():
        assert command in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ask", ""], "empty"),
        (["ask", "x" * 100_000], "100,000 characters"),
        (["search", "governance", "-k", "0"], "k is 0"),
        (["ask", "governance?", "--paper", "abcdef99"], "no paper with the id"),
        (["remove", "abcdef99"], "no paper with the id"),
        (["dance"], "No such command"),
    ],
)
def test_bad_use_exits_with_2_and_says_why(
    samples_library: Path, arguments: list[str], told: str
) -> None:
    result = govassist(*arguments, GOVASSIST_LIBRARY=str(samples_library))
    assert result.returncode == 2
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("localhost", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = govassist("app", "--library", tmp_path, "--port", port)
    assert result.returncode == 2
    assert f"Port {port} cannot be used" in result.stderr
    assert "--port" in result.stderr


def test_asking_a_library_that_is_not_there_makes_none(tmp_path: Path) -> None:
    result = govassist("ask", "What is governance?", "-l", tmp_path / "typo")
    assert result.returncode == 2
    assert "no library here" in result.stderr
    assert "govassist add" in result.stderr
    assert not (tmp_path / "typo").exists()


def test_an_error_in_json_too(tmp_path: Path) -> None:
    result = govassist("ask", "What is governance?", "-l", tmp_path / "typo", "--json")
    assert result.returncode == 2
    assert json.loads(result.stdout)["error"] == "NotALibrary"

"""What the command line prints of papers: every character as it stands, wherever it goes."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.assistant.test_cli import COMMAND, govassist

TITLE = "The :key: of wells 治理"
QUOTE = "The well warden keeps the :key: of the [old] well — 治理."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output")
    paper = folder / "paper.md"
    paper.write_text(f"# {TITLE}\n\n{QUOTE}\n", "utf-8")
    added = govassist("add", paper, "-l", folder / "lib[old]")
    assert TITLE in added.stdout
    return folder / "lib[old]"


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["papers"], TITLE),
        (["health"], TITLE),
        (["ask", "Who keeps the key of the well?", "--model", "none"], QUOTE),
        (["reembed"], "passages in {library} now have vectors"),
    ],
)
def test_words_between_colons_or_brackets_stay_words(
    library: Path, arguments: list[str], shown: str
) -> None:
    result = govassist(*arguments, "-l", library)
    assert result.returncode == 0, result.stderr
    assert shown.format(library=library) in result.stdout


def test_what_goes_to_a_file_is_utf_8(library: Path) -> None:
    listed = govassist("papers", "-l", library, "--json", PYTHONIOENCODING="cp1252")
    assert [paper["title"] for paper in json.loads(listed.stdout)] == [TITLE]
    missing = govassist("papers", "-l", "治理", PYTHONIOENCODING="cp1252")
    assert missing.returncode == 2
    assert "治理: no library here" in missing.stderr


def test_a_terminal_that_lacks_a_character_shows_a_question_mark(library: Path) -> None:
    screen, terminal = os.openpty()
    try:
        finished = subprocess.run(
            [*COMMAND, "papers", "-l", library],
            stdout=terminal,
            stderr=subprocess.PIPE,
            check=False,
            timeout=300,
            env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "PYTHONIOENCODING": "cp1252"},
        )
        assert finished.returncode == 0, finished.stderr
        assert b"The :key: of wells ??" in os.read(screen, 10_000)
    finally:
        os.close(screen)
        os.close(terminal)

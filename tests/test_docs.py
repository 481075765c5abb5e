"""README code runs, in order, in a folder with the samples; its links lead somewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES

DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "benchmarks" / "README.md",
]
README = ROOT / "README.md"
INGEST = ROOT / "docs" / "ingest.md"
CONVERSATIONS = ROOT / "docs" / "conversations.md"


def blocks(language: str, document: Path = README) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", document.read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(SAMPLES, folder / "samples")
    return folder


@pytest.mark.parametrize(("document", "count"), [(README, 2), (CONVERSATIONS, 4), (INGEST, 1)])
def test_the_python_examples_run(folder: Path, document: Path, count: int) -> None:
    assert len(blocks("python", document)) == count
    for code in blocks("python", document):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert done.returncode == 0, done.stderr


def test_the_commands_run_and_print_what_is_shown(folder: Path) -> None:
    commands = [line for block in blocks("bash") for line in block.splitlines()]
    assert len(commands) == 7
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    printed = {}
    for command in commands:
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            env={**os.environ, "PATH": path, "COLUMNS": "100"},
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        printed[command] = " ".join(done.stdout.split())
    [shown] = blocks("text")
    asked = next(text for command, text in printed.items() if command.startswith("govassist ask"))
    assert " ".join(shown.split()) == asked


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "", document.read_text("utf-8"))
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if not target.startswith("http"):
            assert (document.parent / target).exists(), target


def test_the_documented_cleaning_rules_are_all_of_them() -> None:
    from ingest.cleaning import RULES

    documented = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for name, _ in RULES:
        assert name in documented, f"docs/architecture.md does not mention the rule: {name}"

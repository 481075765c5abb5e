"""Health reports of a library, from adding a file to the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import Assistant
from assistant.cli import cli
from assistant.health import paper_health
from ingest.types import Paper

BAD = "The c0uncil of the t0wn meets in the 0pen, and c0unts its m0ney there. " * 5
GOOD = "The council of the town meets in the open, and counts its money there. " * 5


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper that is well read, and one that is not."""
    folder = tmp_path_factory.mktemp("health")
    front = "---\ntitle: {}\nauthor: Mira Vale\nyear: 2019\n---\n\n## 1. Rules\n\n"
    (folder / "good.md").write_text(f"{front.format('Open councils')}{GOOD}\n", "utf-8")
    (folder / "bad.txt").write_text(f"{BAD}\n", "utf-8")
    with Assistant.open(folder / "library") as assistant:
        assistant.add([folder / "good.md", folder / "bad.txt"])
    return folder / "library"


@pytest.fixture
def assistant(library: Path) -> Iterator[Assistant]:
    with Assistant.open(library) as opened:
        yield opened


def test_the_worst_comes_first(assistant: Assistant) -> None:
    bad, good = assistant.health()
    assert (bad.paper.title, good.paper.title) == ("bad", "Open councils")
    assert (good.score, good.problems) == (100, ())
    assert bad.score < 60
    assert "look garbled, such as c0uncil" in bad.problems[0]
    assert bad.report
    assert (bad.report.kind, bad.report.garbled > 0.2) == ("text", True)


def test_of_one_paper(assistant: Assistant) -> None:
    bad, good = assistant.health()
    assert assistant.health(good.paper.id[:8]) == [good]
    assert assistant.health(bad.paper.id) == [bad]


def test_a_paper_of_an_older_version_says_what_to_do() -> None:
    health = paper_health(Paper("a" * 64, "Old", "old.md"), None)
    assert (health.score, health.report) == (0, None)
    assert "`govassist add --again`" in health.problems[0]


class TestCommandLine:
    def run(self, *arguments: str) -> str:
        result = CliRunner().invoke(cli, ["health", *arguments], env={"COLUMNS": "200"})
        assert result.exit_code == 0
        return result.stdout

    def test_all(self, library: Path) -> None:
        shown = self.run("--library", str(library))
        assert shown.index("bad") < shown.index("Open councils")
        assert "look garbled" in shown

    def test_one(self, library: Path, assistant: Assistant) -> None:
        bad = assistant.health()[0]
        shown = self.run(bad.paper.id[:8], "--library", str(library))
        assert f"{bad.score} of 100" in shown
        assert "title        bad  file name, doubtful" in shown
        assert "text, no pages" in shown

    def test_json(self, library: Path, assistant: Assistant) -> None:
        bad, good = json.loads(self.run("--json", "--library", str(library)))
        assert (good["score"], good["problems"]) == (100, [])
        assert bad["report"]["garbled_words"][0] == "c0uncil"
        assert bad["paper"]["found"]["title"] == "file name"

"""Small papers in our own words, and child processes that work on a library."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path
from typing import IO

from assistant import Assistant
from ingest.passages import PassageSize, make_passages
from ingest.reader import read_paper
from tests.conftest import ROOT

TOPICS = ("orchards", "canals", "markets", "lighthouses", "commons", "archives")


def write_papers(folder: Path, *, sections: int = 12) -> list[Path]:
    """A paper a topic, long enough for some dozen passages each."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for topic in TOPICS:
        parts = [f"# How {topic} are governed\n\nMira Vale\n"]
        for number in range(1, sections + 1):
            parts.append(
                f"## {number}. Rule {number} of {topic}\n\n"
                f"Rule {number} says who looks after the {topic} in month {number}. The council of "
                f"{topic} hears complaint {number} in public. Whoever breaks rule {number} works "
                f"{number} days for the {topic}. Nobody serves twice in year {number}.\n"
            )
        file = folder / f"{topic}.md"
        file.write_text("\n".join(parts), "utf-8")
        files.append(file)
    return files


def child(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Start a Python process with this code; its arguments are in ``sys.argv[1:]``."""
    process: subprocess.Popen[str] = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    return process


def wait_for(stream: IO[str] | None, word: str) -> None:
    """Read a child's output up to a line with this word."""
    assert stream is not None
    for line in stream:
        if word in line:
            return
    raise AssertionError(f"the child ended without saying {word!r}")


def finished(process: subprocess.Popen[str]) -> str:
    """Wait for a child that must succeed; its output."""
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return out


def assert_whole(assistant: Assistant) -> None:
    """Every paper has all its passages, and every index agrees with the catalog."""
    assert assistant.problems() == []
    embedder = assistant._library.embedder
    size = PassageSize(tokens=embedder.record.max_tokens)
    for paper in assistant.papers():
        expected = make_passages(read_paper(Path(paper.source_path)), embedder.count_tokens, size)
        assert assistant._library.passages(paper.id) == expected

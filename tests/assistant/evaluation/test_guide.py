"""docs/evaluation.md: its code runs, its example is a golden question, its metrics are all."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.evaluation.files import read_run
from assistant.evaluation.golden_json import question_from_json
from tests.assistant.evaluation.helpers import golden, metrics
from tests.conftest import ROOT, SAMPLES

GUIDE = (ROOT / "docs" / "evaluation.md").read_text("utf-8")
BLOCKS = re.findall(r"```(bash|python)\n(.*?)```", GUIDE, re.DOTALL)


def ran(command: list[str], folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder in which all code was run, in order, and everything it printed."""
    folder = tmp_path_factory.mktemp("guide")
    shutil.copytree(SAMPLES, folder / "samples")
    shutil.copytree(ROOT / "tests" / "retrieval" / "golden", folder / "tests/retrieval/golden")
    output = []
    for language, code in BLOCKS:
        if language == "python":
            output.append(ran([sys.executable, "-W", "error", "-c", code], folder))
        else:
            output += [ran(["/bin/sh", "-c", line], folder) for line in code.splitlines()]
    return folder, "\n".join(output)


def test_the_code_runs_and_agrees(printed: tuple[Path, str]) -> None:
    folder, text = printed
    assert [language for language, _ in BLOCKS] == ["bash", "python", "python", "python", "bash"]
    run = read_run(folder / "run.json")
    assert (folder / "report.html").stat().st_size > 10_000
    assert "Not worse than the baseline beyond chance" in text
    assert f"nDCG@10 {run.overall['nDCG@10'].mean:.3f} [" in text
    for line, name in (("nDCG@10", "nDCG@10"), ("RR(rel=2)@10", "MRR@10")):
        assert f"{line}\t{run.overall[name].mean:.4f}" in text


def test_the_place_it_finds_is_that_of_the_example(printed: tuple[Path, str]) -> None:
    [example] = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    question = question_from_json(json.loads(example), "the guide")
    [span] = question.relevant
    assert (
        str({"paper": span.paper, "start": span.start, "end": span.end, "grade": 3}) in printed[1]
    )


def test_every_metric_is_explained() -> None:
    for name in metrics(golden(3), [0]):
        assert f"| {name.split('@')[0]}@" in GUIDE

"""``govassist evaluate`` as an evaluator meets it: tables, files and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.evaluation.files import read_run, write_run
from tests.assistant.test_cli import govassist
from tests.conftest import ROOT

RETRIEVAL = ROOT / "tests" / "retrieval"
GOLDEN = RETRIEVAL / "golden" / "samples.jsonl"


@pytest.fixture(scope="module")
def evaluated(
    samples_library: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str, Path]:
    """A run's file, what was printed, and the folder of the TREC files."""
    folder = tmp_path_factory.mktemp("evaluated")
    run, trec = folder / "run.json", folder / "trec"
    done = govassist("evaluate", GOLDEN, "-l", samples_library, "--out", run, "--trec", trec)
    assert done.returncode == 0, done.stderr
    return run, done.stdout, trec


def test_the_tables(evaluated: tuple[Path, str, Path]) -> None:
    file, printed, _ = evaluated
    run = read_run(file)
    best = run.overall["best_span_coverage@4000"]
    for shown in (
        f"{len(run.questions)} questions, 5 papers",
        f"best_span_coverage@4000 {best.mean:.3f} [{best.low:.3f}, {best.high:.3f}]",
        "By type, language and paper",
        *run.by["type"],
        "Not in the papers: AUROC",
    ):
        assert shown in " ".join(printed.split())


def test_trec_files(evaluated: tuple[Path, str, Path]) -> None:
    names = sorted(file.name for file in evaluated[2].iterdir())
    assert names == ["qrels.trec", "run.trec", "spans.qrels.trec", "spans.run.trec"]


def test_the_same_run_again_is_the_same_and_not_worse(
    samples_library: Path, evaluated: tuple[Path, str, Path], tmp_path: Path
) -> None:
    run = evaluated[0]
    again = tmp_path / "again.json"
    done = govassist("evaluate", GOLDEN, "-l", samples_library, "--out", again, "--against", run)
    assert done.returncode == 0, done.stderr
    assert again.read_bytes() == run.read_bytes()
    assert "Not worse than the baseline beyond chance" in done.stdout


def test_a_worse_configuration_exits_with_1(
    samples_library: Path, evaluated: tuple[Path, str, Path]
) -> None:
    run = read_run(evaluated[0])
    done = govassist(
        "evaluate", GOLDEN, "-l", samples_library, "--depth", "1", "--against", evaluated[0]
    )
    assert done.returncode == 1
    assert "Worse than the baseline: " in done.stdout
    assert "nDCG@10 lost: " in done.stdout
    assert f"the baseline {run.depth}." in done.stdout


def test_json_and_a_better_baseline(
    samples_library: Path, evaluated: tuple[Path, str, Path], tmp_path: Path
) -> None:
    run = read_run(evaluated[0])
    perfect = tuple(
        replace(result, metrics=dict.fromkeys(result.metrics, 1.0)) for result in run.results
    )
    write_run(tmp_path / "perfect.json", replace(run, results=perfect))
    baseline = tmp_path / "perfect.json"
    done = govassist("evaluate", GOLDEN, "-l", samples_library, "--against", baseline, "--json")
    assert done.returncode == 1
    printed = json.loads(done.stdout)
    assert printed["comparison"]["differences"]["nDCG@10"]["baseline"] == 1
    assert printed["comparison"]["differences"]["nDCG@10"]["lost"]
    assert len(printed["run"]["results"]) == len(run.questions)


def test_a_compact_run_is_small(
    samples_library: Path, evaluated: tuple[Path, str, Path], tmp_path: Path
) -> None:
    file = tmp_path / "compact.json"
    done = govassist("evaluate", GOLDEN, "-l", samples_library, "--out", file, "--compact")
    assert done.returncode == 0
    assert file.stat().st_size < evaluated[0].stat().st_size / 3
    assert read_run(file).overall == read_run(evaluated[0]).overall


def test_settings_of_a_file_are_recorded(samples_library: Path, tmp_path: Path) -> None:
    (tmp_path / "shallow.toml").write_text("depth = 30\n", "utf-8")
    options = ("--config", tmp_path / "shallow.toml", "--json")
    done = govassist("evaluate", GOLDEN, "-l", samples_library, *options)
    assert json.loads(done.stdout)["run"]["settings"]["depth"] == 30


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("QUESTIONS", "{}", "golden, line 1: 'id' is missing"),
        ("--against", "{}", "not a run of `govassist evaluate`"),
        ("--config", "depht = 3", "no setting is called 'depht'"),
        ("--depth", "0", "depth is 0"),
        ("--library", "", "no library here"),
    ],
)
def test_bad_use_exits_with_2_and_says_why(
    samples_library: Path, tmp_path: Path, name: str, content: str, told: str
) -> None:
    given = tmp_path / "golden"
    given.write_text(content, "utf-8")
    options: dict[str, list[str | Path]] = {
        "QUESTIONS": [given],
        "--depth": [GOLDEN, "--depth", content],
        "--library": [GOLDEN, "--library", tmp_path / "none"],
    }
    arguments = options.get(name, [GOLDEN, name, given])
    done = govassist("evaluate", *arguments, GOVASSIST_LIBRARY=str(samples_library))
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def pytest_retrieval(*options: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, RETRIEVAL / "test_suite.py", *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200"},
    )


def test_the_suite_as_tests_on_a_library_of_ones_own(
    samples_library: Path, evaluated: tuple[Path, str, Path]
) -> None:
    given = ("--golden", GOLDEN, "--library", samples_library)
    done = pytest_retrieval(
        *given, "--against", evaluated[0], "--bar", "hit@5=0.1", "--bar", "nDCG@10=1.1"
    )
    assert done.returncode == 1
    assert "3 passed" in done.stdout
    assert "1 failed" in done.stdout
    assert "below the bars {'hit@5': 0.1, 'nDCG@10': 1.1}: {'nDCG@10'" in done.stdout


def test_the_suite_by_words_alone_with_a_question_that_finds_nothing(
    samples_library: Path, tmp_path: Path
) -> None:
    golden, words = tmp_path / "golden.jsonl", tmp_path / "words.toml"
    nothing = {"id": "none", "question": "Xylophone quokkas?", "type": "unanswerable"}
    first = GOLDEN.read_text("utf-8").splitlines()[0]
    golden.write_text(f"{first}\n{json.dumps(nothing | {'relevant': []})}\n", "utf-8")
    words.write_text("dense = false\n", "utf-8")
    done = pytest_retrieval("--golden", golden, "--library", samples_library, "--config", words)
    assert done.returncode == 0, done.stdout
    assert "2 passed, 2 skipped" in done.stdout


@pytest.mark.parametrize("option", ["QUESTIONS", "--against"])
def test_a_file_nested_too_deep_is_told(samples_library: Path, tmp_path: Path, option: str) -> None:
    deep = tmp_path / "deep"
    deep.write_text("[" * 100_000, "utf-8")
    given = [deep] if option == "QUESTIONS" else [GOLDEN, option, deep]
    done = govassist("evaluate", *given, "--library", samples_library)
    assert done.returncode == 2
    assert "maximum recursion depth exceeded" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_half_a_character_leaves_the_run_before(samples_library: Path, tmp_path: Path) -> None:
    golden, run = tmp_path / "golden.jsonl", tmp_path / "run.json"
    row = {"id": "\ud83d", "question": "Why?", "type": "factoid", "relevant": []}
    golden.write_text(json.dumps(row), "utf-8")
    run.write_text("a run", "utf-8")
    done = govassist("evaluate", golden, "--library", samples_library, "--out", run)
    assert done.returncode == 2
    assert "line 1: '\\ud83d' is half of a character" in " ".join(done.stderr.split())
    assert run.read_text("utf-8") == "a run"


def test_the_suite_says_which_options_go_together(samples_library: Path) -> None:
    done = pytest_retrieval("--library", samples_library)
    assert done.returncode != 0
    assert "--golden and --library go together" in done.stdout + done.stderr

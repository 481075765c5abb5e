"""Runs that are kept with the library, and evaluations in the background."""

from __future__ import annotations

import threading
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from assistant import Assistant, BadGolden, LibraryUnwritable, SearchSettings
from assistant.evaluation.background import Evaluation, evaluations_of
from assistant.evaluation.compare import compare
from assistant.evaluation.files import read_run
from assistant.evaluation.judged import golden_of
from assistant.evaluation.runs import Runs, trec_zip
from assistant.evaluation.trec import write_trec
from assistant.evaluation.types import EvaluationRun, GoldenQuestion
from tests.assistant.evaluation.helpers import golden, run_of

QUESTION = "What is polycentric governance?"
USUAL = SearchSettings()


def small_run(*found_at_once: str) -> EvaluationRun:
    """A run of three questions; those named have their passage on top."""
    questions = [golden(3, identity=name) for name in ("a", "b", "c")]
    return run_of(
        {q.id: [[0]] if q.id in found_at_once else [[], [0]] for q in questions}, questions
    )


def test_runs_are_kept_listed_and_deleted(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    assert runs.list() == []
    first, second = small_run("a"), small_run("a", "b", "c")
    one = runs.save("../First: *run*", first)
    two = runs.save("二", second)
    again = runs.save("二", second)
    assert (one.name, two.name) == ("First-run", "二")
    assert len({one.id, two.id, again.id}) == 3
    assert {path.parent for path in tmp_path.rglob("*.json")} == {tmp_path / "runs"}
    assert {run.id for run in runs.list()} == {one.id, two.id, again.id}
    assert runs.list()[-1].created <= runs.list()[0].created
    assert two.questions == 3
    assert two.metrics["nDCG@10"] == second.overall["nDCG@10"].mean
    assert runs.read(one.id) == read_run(runs.path(one.id)) == first
    assert runs.compare(two.id, one.id) == compare(second, first)
    runs.delete(one.id)
    for use in (runs.read, runs.delete, runs.path):
        with pytest.raises(BadGolden, match="may have been deleted meanwhile"):
            use(one.id)


def test_a_run_that_is_damaged_or_from_elsewhere_is_listed(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    kept = runs.path(runs.save("mine", small_run()).id)
    (tmp_path / "runs" / "theirs.json").write_bytes(kept.read_bytes())
    kept.write_text('{"version": 1, "overall": 3')
    listed = {run.name: run for run in runs.list()}
    assert listed["theirs"].questions == 3
    assert "damaged run" in listed["mine"].problem
    assert runs.list()[0].name == "theirs"
    with pytest.raises(BadGolden, match="no readable run"):
        runs.read(listed["mine"].id)
    runs.delete(listed["mine"].id)


def test_a_run_nested_too_deep_is_listed_as_damaged(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    kept = runs.save("mine", small_run())
    runs.path(kept.id).write_text("[" * 100_000)
    [listed] = runs.list()
    assert "damaged run" in listed.problem
    with pytest.raises(BadGolden, match="no readable run"):
        runs.read(kept.id)


def test_a_run_that_another_session_deletes_meanwhile_is_gone(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    kept = runs.save("mine", small_run("a"))
    # It stands in the folder's list of files, but is none any more.
    (tmp_path / "runs" / "gone.json").symlink_to(tmp_path / "nowhere")
    assert [run.id for run in runs.list()] == [kept.id]
    for use in (runs.read, runs.delete, runs.path, lambda run: runs.compare(kept.id, run)):
        with pytest.raises(BadGolden, match="may have been deleted meanwhile"):
            use("gone")


def test_a_run_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "runs").touch()
    with pytest.raises(LibraryUnwritable, match="cannot be kept"):
        Runs(tmp_path).save("x", small_run())


def test_trec_files_come_in_one(tmp_path: Path) -> None:
    run = small_run("a")
    write_trec(tmp_path, run)
    with zipfile.ZipFile(BytesIO(trec_zip(run))) as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == {
            file.name: file.read_bytes() for file in tmp_path.iterdir()
        }


@pytest.fixture
def questions(samples_quoting: Assistant) -> list[GoldenQuestion]:
    passage = samples_quoting.search(QUESTION, 1)[0].passage
    return [
        golden_of(samples_quoting, QUESTION, (), [passage], refuse=False),
        golden_of(samples_quoting, "Who won the championship?", (), (), refuse=True),
    ]


def test_an_evaluation_works_in_the_background_and_keeps_its_run(
    samples_quoting: Assistant, questions: list[GoldenQuestion]
) -> None:
    evaluations = evaluations_of(samples_quoting)
    settings = SearchSettings(late=False)
    evaluation = evaluations.start(samples_quoting, "mine", questions, settings)
    assert samples_quoting.search(QUESTION, 1)
    evaluation.thread.join(60)
    progress = evaluation.progress
    assert (progress.state, progress.asked, progress.questions) == ("done", 2, 2)
    run = evaluations.runs.read(progress.run)
    assert run.settings == settings.as_dict()
    assert run.questions == tuple(questions)
    assert evaluations_of(samples_quoting).last is evaluation
    assert samples_quoting.settings == USUAL


def test_no_question_is_no_evaluation(samples_quoting: Assistant) -> None:
    with pytest.raises(BadGolden, match="no golden question to evaluate with"):
        evaluations_of(samples_quoting).start(samples_quoting, "none", (), USUAL)


def test_one_evaluation_at_a_time_which_can_be_stopped(
    samples_quoting: Assistant, questions: list[GoldenQuestion], monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, real = threading.Event(), Evaluation._follow

    def held(self: Evaluation, what: str, done: int, total: int) -> None:
        real(self, what, done, total)
        go_on.wait(60)

    monkeypatch.setattr(Evaluation, "_follow", held)
    evaluations = evaluations_of(samples_quoting)
    evaluation = evaluations.start(samples_quoting, "first", questions, USUAL)
    with pytest.raises(BadGolden, match="'first' is at work"):
        evaluations.start(samples_quoting, "second", questions, USUAL)
    evaluation.stop()
    go_on.set()
    evaluation.thread.join(60)
    assert evaluation.progress.state == "stopped"
    assert evaluations.runs.list() == []


def test_an_evaluation_that_fails_says_why(
    samples_quoting: Assistant,
    questions: list[GoldenQuestion],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    evaluations = evaluations_of(samples_quoting)
    evaluation = evaluations.start(samples_quoting, "bad", [golden(3)], USUAL)
    evaluation.thread.join(60)
    assert evaluation.progress.state == "failed"
    assert "does not hold the paper" in evaluation.progress.error

    monkeypatch.setattr("assistant.evaluation.background.evaluate", lambda *_, **__: 1 / 0)
    evaluation = evaluations.start(samples_quoting, "worse", questions, USUAL)
    evaluation.thread.join(60)
    assert evaluation.progress.state == "failed"
    assert "broke off (ZeroDivisionError" in evaluation.progress.error
    assert "An evaluation broke off" in caplog.text

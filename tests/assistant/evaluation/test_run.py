"""Asking a real library: what a run records, and that it is the same twice."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant, BadGolden, SearchSettings
from assistant.confidence import confidence
from assistant.evaluation import commit as checkout
from assistant.evaluation.files import write_run
from assistant.evaluation.golden import read_golden
from assistant.evaluation.run import evaluate
from assistant.evaluation.types import GoldenQuestion, GoldenSpan
from assistant.quoting import RELEVANT
from tests.conftest import SAMPLES

GOLDEN = Path(__file__).parents[2] / "retrieval" / "golden" / "samples.jsonl"
QUESTIONS = read_golden(GOLDEN)[:12]


def test_what_a_run_records(samples: Assistant) -> None:
    run = samples.evaluate(QUESTIONS, depth=7)
    assert run.questions == QUESTIONS
    assert (run.papers, run.passages, run.depth) == (5, samples.count_passages(), 7)
    assert run.settings == SearchSettings().as_dict()
    assert "all-MiniLM-L6-v2" in run.embedder
    assert len(run.fingerprint) == 64
    for question, result in zip(run.questions, run.results, strict=True):
        hits = samples.search(question.question, 7, question.history)
        assert [p.passage_id for p in result.ranking] == [hit.passage.id for hit in hits]
        assert [p.spans for p in result.ranking] == [hit.spans for hit in hits]
        assert result.confidence == pytest.approx(confidence(hits), abs=0.1)


def test_matched_spans_are_those_that_the_passages_hold(samples: Assistant) -> None:
    passage = samples.passages()[3]
    spans = tuple(GoldenSpan(passage.paper_id, *span, 3) for span in passage.spans)
    question = GoldenQuestion("q", passage.text[:200], "factoid", relevant=spans)
    [result] = samples.evaluate([question]).results
    assert result.ranking[0].passage_id == passage.id
    assert result.ranking[0].matched == tuple(range(len(spans)))
    assert result.metrics["hit@1"] == result.metrics["nDCG@1"] == 1
    assert result.metrics["best_span_coverage@1000"] == 1


def test_two_runs_are_identical_byte_for_byte(samples_library: Path, tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        with Assistant.open(samples_library) as assistant:
            write_run(tmp_path / name, assistant.evaluate(GOLDEN))
    text = (tmp_path / "one.json").read_text("utf-8")
    assert text == (tmp_path / "two.json").read_text("utf-8")
    assert str(samples_library) not in text


def test_progress_is_told(samples_library: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with Assistant.open(samples_library, progress=lambda *step: told.append(step)) as assistant:
        assistant.evaluate(QUESTIONS[:2])
    assert told == [("asking", 1, 2), ("asking", 2, 2)]


def test_what_cannot_be_evaluated(samples: Assistant) -> None:
    with pytest.raises(BadGolden, match="depth is 0"):
        samples.evaluate(QUESTIONS, depth=0)
    with pytest.raises(BadGolden, match="no questions"):
        samples.evaluate([])
    unknown = GoldenQuestion("q", "Why?", "factoid", relevant=(GoldenSpan("e" * 64, 0, 9, 3),))
    with pytest.raises(BadGolden, match="does not hold the paper eeeeeeee"):
        samples.evaluate([unknown])


def test_questions_with_the_same_id_are_refused(samples: Assistant) -> None:
    again = replace(QUESTIONS[1], id=QUESTIONS[0].id)
    with pytest.raises(BadGolden, match=f"The id '{again.id}' is that of 2 questions"):
        samples.evaluate([*QUESTIONS, again])


@pytest.mark.parametrize("identity", ["\ud83d", "a\0b", "a b"])
def test_an_id_that_trec_eval_does_not_bear_is_refused(samples: Assistant, identity: str) -> None:
    with pytest.raises(BadGolden, match="question '"):
        samples.evaluate([replace(QUESTIONS[0], id=identity)])


def test_questions_may_come_one_by_one(samples: Assistant) -> None:
    run = evaluate(samples, (question for question in QUESTIONS[:2]))
    assert run == samples.evaluate(QUESTIONS[:2])


def test_a_run_is_as_deep_as_it_says(samples: Assistant) -> None:
    deep = samples.count_passages()
    assert deep > 100
    [result] = samples.evaluate(QUESTIONS[:1], depth=deep).results
    assert len(result.ranking) > 100


def test_only_unanswerable_questions(samples: Assistant) -> None:
    run = samples.evaluate([GoldenQuestion("q", "Who won the race?", "unanswerable")])
    assert (run.overall, run.refusal) == ({}, None)
    assert run.results[0].metrics == {}
    assert run.results[0].ranking


def test_the_fingerprint_is_that_of_the_passages(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(SAMPLES / "liu.md")
        alone = assistant.fingerprint
        added = assistant.add(SAMPLES / "yan.md").added[0]
        assert assistant.fingerprint != alone
        assistant.remove(added.paper_id or "")
        assert assistant.fingerprint == alone


def test_the_confidence_is_what_answering_goes_by(samples: Assistant) -> None:
    question = "Which wine goes well with grilled trout?"
    assert confidence(samples.search(question)) < RELEVANT
    assert not samples.ask(question).answered
    assert confidence([]) == -1


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    monkeypatch.setattr(checkout, "_CHECKOUT", tmp_path.resolve())
    return tmp_path


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


class TestCommit:
    def test_of_a_checkout_clean_and_changed(self, repository: Path) -> None:
        git(repository, "init")
        (repository / "code.py").write_text("one")
        git(repository, "add", ".")
        git(repository, "commit", "-m", "first")
        head = git(repository, "rev-parse", "HEAD")
        assert checkout.commit() == head
        (repository / "new.txt").write_text("not tracked")
        assert checkout.commit() == head
        (repository / "code.py").write_text("two")
        assert checkout.commit() == f"{head}+"

    def test_outside_a_checkout_or_before_the_first_commit(self, repository: Path) -> None:
        assert checkout.commit() == "unknown"
        git(repository, "init")
        assert checkout.commit() == "unknown"

    def test_inside_somebody_elses_checkout(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        git(repository, "init")
        (repository / "site-packages").mkdir()
        monkeypatch.setattr(checkout, "_CHECKOUT", repository / "site-packages")
        assert checkout.commit() == "unknown"

    def test_without_git(self, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(repository))
        assert checkout.commit() == "unknown"

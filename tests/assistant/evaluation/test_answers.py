"""What an answer is worth: how much of a golden span its first 900 characters quote."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Answer, Assistant, Citation, Paper, Passage, Span
from assistant.evaluation.answers import READ, answer_metrics, evaluate_answers
from assistant.evaluation.golden import read_golden
from assistant.evaluation.matching import paper_text
from assistant.evaluation.types import GoldenQuestion, GoldenSpan
from tests.assistant.test_cli import govassist
from tests.conftest import ROOT

SOURCE = "Herons nest on the old mill. Each spring they mend the wheel, and nobody pays them.\n"
MILL = Paper(id="mill", title="Mills", source_path="mill.md")
TEXTS = {"mill": paper_text(SOURCE)}
GOLDEN = ROOT / "tests" / "retrieval" / "golden" / "samples.jsonl"
SPAN = GoldenSpan("mill", SOURCE.index("Each"), SOURCE.index(" nobody"), 3)
ASKED = GoldenQuestion("q", "What do herons do?", "factoid", relevant=(SPAN,))


def quoting(start: int, end: int, frame: str = "Mills:") -> Answer:
    passage = Passage("p", "mill", SOURCE.strip(), (), (Span(0, len(SOURCE) - 1),))
    quote = SOURCE[start:end]
    citation = Citation(1, MILL, passage, quote, (Span(start, end),), "supported")
    return Answer("", f"{frame} “{quote}” [1]", answered=True, citations=(citation,))


def test_a_span_is_covered_by_what_is_quoted_of_it() -> None:
    whole = answer_metrics(ASKED, quoting(SPAN.start, SPAN.end), TEXTS)
    assert whole["answer_coverage"] == whole["answer_half"] == whole["verbatim"] == 1
    assert (whole["citations"], whole["refused"]) == (1, 0)
    part = answer_metrics(ASKED, quoting(0, SPAN.start + 11), TEXTS)
    assert 0 < part["answer_coverage"] < 0.5
    assert part["answer_half"] == 0


def test_only_the_beginning_of_an_answer_counts() -> None:
    late = quoting(SPAN.start, SPAN.end, frame="x" * READ)
    assert answer_metrics(ASKED, late, TEXTS)["answer_coverage"] == 0
    cut = quoting(SPAN.start, SPAN.end, frame="x" * (READ - 12))
    assert 0 < answer_metrics(ASKED, cut, TEXTS)["answer_coverage"] < 0.5


def test_a_quote_that_stands_elsewhere_is_told() -> None:
    answer = quoting(SPAN.start, SPAN.end)
    moved = replace(answer.citations[0], spans=(Span(0, 20),))
    assert answer_metrics(ASKED, replace(answer, citations=(moved,)), TEXTS)["verbatim"] == 0


def test_a_refusal_is_right_where_there_is_no_answer() -> None:
    refused = Answer("", "No.", answered=False)
    assert answer_metrics(ASKED, refused, TEXTS) == {
        "refused": 1,
        "answer_coverage": 0,
        "answer_half": 0,
    }
    premise = GoldenQuestion("q", "Why are herons paid?", "false", contradicted_by=(SPAN,))
    assert answer_metrics(premise, refused, TEXTS)["handled"] == 1
    right = answer_metrics(premise, quoting(SPAN.start, SPAN.end), TEXTS)
    assert right["put_right"] == right["handled"] == 1
    wrong = answer_metrics(premise, quoting(0, 20), TEXTS)
    assert wrong["put_right"] == wrong["handled"] == 0


def test_a_run_on_the_samples(samples: Assistant) -> None:
    golden = read_golden(GOLDEN)
    questions = (*golden[:4], golden[53])
    told: list[tuple[str, int, int]] = []
    run = evaluate_answers(samples, questions, lambda *step: told.append(step))
    assert told[-1] == ("answering", 5, 5)
    assert [result.id for result in run.results] == [question.id for question in questions]
    assert run.answerable["verbatim"].mean == 1
    assert run.answerable["answer_half"].n == 4
    assert run.others["handled"].mean == 1
    assert set(run.by_type) == {question.type for question in questions}
    assert run.auroc is not None
    assert run.auroc.mean == 1
    assert evaluate_answers(samples, questions) == run


def test_on_the_command_line(samples_library: Path, tmp_path: Path) -> None:
    lines = GOLDEN.read_text("utf-8").splitlines()
    few = tmp_path / "few.jsonl"
    few.write_text("\n".join([*lines[:2], lines[53]]) + "\n", "utf-8")
    done = govassist("evaluate", few, "-l", samples_library, "--answers")
    assert done.returncode == 0, done.stderr
    printed = " ".join(done.stdout.split())
    for shown in ("Answers, answerable questions", "gate's AUROC", "Answers by type"):
        assert shown in printed
    done = govassist("evaluate", few, "-l", samples_library, "--answers", "--json")
    answers = json.loads(done.stdout)["answers"]
    assert answers["answerable"]["verbatim"]["mean"] == pytest.approx(1)
    assert len(answers["results"]) == 3

"""Golden questions are read whole, and every fault in them is told with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant, BadGolden
from assistant.evaluation.golden import check_against, read_golden
from assistant.evaluation.types import GoldenQuestion, GoldenSpan
from tests.assistant.evaluation.helpers import OTHER, PAPER

SPAN = {"paper": PAPER, "start": 4, "end": 9, "grade": 3}
ROW: dict[str, Any] = {"id": "q1", "question": "Why?", "type": "factoid", "relevant": [SPAN]}


def written(tmp_path: Path, *rows: Any) -> Path:
    file = tmp_path / "golden.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def test_everything_is_read(tmp_path: Path) -> None:
    full = {
        **ROW,
        "language": "zh",
        "history": [{"role": "user", "content": "Tell me."}],
        "contradicted_by": [{**SPAN, "paper": OTHER, "grade": 1}],
        "answer": "Because.",
        "key_facts": ["one", "two"],
        "note": "unknown keys are passed over",
    }
    read = read_golden(written(tmp_path, full, "", {**ROW, "id": "q2", "relevant": []}))
    assert read[0] == GoldenQuestion(
        id="q1",
        question="Why?",
        type="factoid",
        language="zh",
        history=({"role": "user", "content": "Tell me."},),
        relevant=(GoldenSpan(PAPER, 4, 9, 3),),
        contradicted_by=(GoldenSpan(OTHER, 4, 9, 1),),
        answer="Because.",
        key_facts=("one", "two"),
    )
    assert (read[1].id, read[1].language, read[1].answerable) == ("q2", "en", False)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{'id': 1}", "not JSON"),
        (["a list"], "is not a JSON object"),
        ({k: v for k, v in ROW.items() if k != "relevant"}, "'relevant' is missing. Add it."),
        ({k: v for k, v in ROW.items() if k != "id"}, "'id' is missing. Add it."),
        ({**ROW, "question": 7}, "'question' is 7; it has to be a string"),
        ({**ROW, "question": "  "}, "'question' is empty"),
        ({**ROW, "question": "x" * 1001}, "'question' has 1,001 characters"),
        ({**ROW, "id": "q 1"}, "has a space in it"),
        ({**ROW, "id": "a\0b"}, r"the id 'a\x00b' has a control character in it"),
        ({**ROW, "id": "\ud83d"}, r"'\ud83d' is half of a character"),
        ({**ROW, "question": "Why \ud83d?"}, r"'\ud83d' is half of a character"),
        ({**ROW, "relevant": [{**SPAN, "paper": "\ud83d"}]}, "is half of a character"),
        ("[" * 100_000, "not JSON (maximum recursion depth exceeded"),
        ({**ROW, "relevant": {}}, "'relevant' is {}; it has to be a list"),
        ({**ROW, "relevant": [3]}, "relevant[0]: 3 is not a span"),
        ({**ROW, "relevant": [{**SPAN, "start": "4"}]}, "'start' is \"4\"; it has to be a whole"),
        ({**ROW, "relevant": [{**SPAN, "start": True}]}, "'start' is true; it has to be a whole"),
        ({**ROW, "relevant": [SPAN, {**SPAN, "end": 4}]}, "relevant[1]: the span [4, 4) is empty"),
        ({**ROW, "relevant": [{**SPAN, "start": -1}]}, "the span [-1, 9) is empty"),
        ({**ROW, "relevant": [{**SPAN, "grade": 4}]}, "the grade is 4; it has to be 3"),
        ({**ROW, "relevant": [{**SPAN, "grade": 0}]}, "the grade is 0"),
        ({**ROW, "relevant": [{**SPAN, "paper": "zhang"}]}, "64 hexadecimal digits"),
        (
            {**ROW, "relevant": [SPAN, {**SPAN, "grade": 1}]},
            "relevant[1]: this span is listed twice",
        ),
        ({**ROW, "contradicted_by": [{}]}, "contradicted_by[0]: 'paper' is missing"),
        ({**ROW, "history": [{"role": "system", "content": "x"}]}, "is not a turn"),
        ({**ROW, "history": [{"role": "user"}]}, "'content' is missing"),
        ({**ROW, "key_facts": [1]}, "1 in 'key_facts' has to be a string"),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path: Path, row: Any, told: str) -> None:
    file = written(tmp_path, {**ROW, "id": "good"}, row)
    with pytest.raises(BadGolden) as caught:
        read_golden(file)
    assert told in str(caught.value)
    assert f"{file}, line 2" in str(caught.value)


def test_a_whole_character_may_be_escaped_in_halves(tmp_path: Path) -> None:
    [read] = read_golden(written(tmp_path, {**ROW, "id": "\N{GRINNING FACE}"}))
    assert "\\ud83d" in (tmp_path / "golden.jsonl").read_text("utf-8")
    assert read.id == "\N{GRINNING FACE}"


def test_two_questions_of_one_id(tmp_path: Path) -> None:
    file = written(tmp_path, ROW, "", ROW)
    with pytest.raises(BadGolden, match=r"line 3: the id 'q1' is that of line 1, too"):
        read_golden(file)


def test_no_file_no_text_no_questions(tmp_path: Path) -> None:
    with pytest.raises(BadGolden, match="cannot be read"):
        read_golden(tmp_path / "none.jsonl")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadGolden, match="cannot be read"):
        read_golden(tmp_path / "binary")
    with pytest.raises(BadGolden, match="no questions in it"):
        read_golden(written(tmp_path, "", "  "))


class TestAgainstALibrary:
    @staticmethod
    def told(samples: Assistant, span: GoldenSpan, **more: Any) -> str:
        question = GoldenQuestion("q7", "Why?", "factoid", relevant=(span,), **more)
        with pytest.raises(BadGolden) as caught:
            check_against([question], samples)
        return str(caught.value)

    def test_all_is_well(self, samples: Assistant) -> None:
        paper = samples.papers()[0].id
        span = GoldenSpan(paper, 0, len(samples.source(paper)), 3)
        check_against([GoldenQuestion("q", "Why?", "factoid", relevant=(span,))], samples)

    def test_an_unknown_paper_is_named_with_those_that_are_there(self, samples: Assistant) -> None:
        told = self.told(samples, GoldenSpan("c" * 64, 0, 5, 3))
        assert "question 'q7', relevant[0]: the library does not hold the paper cccccccc" in told
        assert all(paper.title in told and paper.id[:8] in told for paper in samples.papers())

    def test_a_span_outside_the_file(self, samples: Assistant) -> None:
        paper = samples.papers()[0].id
        length = len(samples.source(paper))
        told = self.told(samples, GoldenSpan(paper, 0, length + 1, 3))
        assert f"[0, {length + 1})" in told
        assert f"which has {length} characters" in told

    def test_a_span_with_nothing_to_read(self, samples: Assistant) -> None:
        paper = samples.papers()[0].id
        blank = samples.source(paper).index("\n\n")
        told = self.told(samples, GoldenSpan(paper, blank, blank + 2, 3))
        assert "holds nothing to read" in told

    def test_spans_that_contradict_are_checked_too(self, samples: Assistant) -> None:
        paper = samples.papers()[0].id
        wrong = GoldenSpan("d" * 64, 0, 5, 3)
        told = self.told(samples, GoldenSpan(paper, 0, 50, 3), contradicted_by=(wrong,))
        assert "contradicted_by[0]" in told

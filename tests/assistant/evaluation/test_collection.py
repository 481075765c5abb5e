"""Golden questions that are collected: what they are made of, and that none is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant, BadGolden, LibraryUnwritable, Turn
from assistant.evaluation.collection import Collection
from assistant.evaluation.golden import faults, read_golden
from assistant.evaluation.judged import golden_of
from assistant.evaluation.types import FULL, GoldenQuestion, GoldenSpan
from ingest.cleaning import clean
from ingest.types import Passage, Span
from tests.assistant.evaluation.helpers import PAPER, golden
from tests.conftest import ROOT

QUESTION = "What is polycentric governance?"
PAGES = """# Two pages

## 1. Centres

Polycentric governance has many centres that decide by themselves, and that take each other into

account when they do so.
"""


@pytest.fixture
def passages(samples: Assistant) -> list[Passage]:
    return [hit.passage for hit in samples.search(QUESTION, 2)]


def test_a_question_is_made_of_what_was_judged(
    samples: Assistant, passages: list[Passage], tmp_path: Path
) -> None:
    history: list[Turn] = [{"role": "user", "content": "Hello"}]
    made = golden_of(samples, f" {QUESTION} ", history, passages, refuse=False)
    kept = Collection(tmp_path).add(made)
    assert read_golden(tmp_path / "golden.jsonl") == (kept,) == (made,)
    assert kept.question == QUESTION
    assert kept.id.endswith("-what-is-polycentric-governance")
    assert (kept.language, kept.type, kept.history) == ("en", "follow_up", tuple(history))
    assert [span.grade for span in kept.relevant] == [FULL] * len(kept.relevant)
    texts = [
        clean(samples.source(span.paper), (Span(span.start, span.end),)).text
        for span in kept.relevant
    ]
    assert texts == [passage.text for passage in passages]


def test_the_type_and_the_language_are_guessed(samples: Assistant, passages: list[Passage]) -> None:
    def kind(question: str, *chosen: Passage, refuse: bool = False) -> tuple[str, str]:
        made = golden_of(samples, question, (), chosen, refuse)
        return made.type, made.language

    one = passages[0]
    other = next(p for p in samples.passages() if p.paper_id != one.paper_id)
    assert kind(QUESTION, one) == ("definition", "en")
    assert kind("Which three steps are named?", one) == ("enumeration", "en")
    assert kind("Why do states join?", one) == ("explanation", "en")
    assert kind("什么是多中心治理", one, other) == ("multi_paper", "zh")
    refused = golden_of(samples, "Who won?", (), [one], refuse=True)
    assert (refused.type, refused.relevant) == ("unanswerable", ())


def test_the_halves_of_a_passage_are_one_span(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text(PAGES, "utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(tmp_path / "paper.md")
        [passage] = assistant.passages()
        assert len(passage.spans) == 2
        made = golden_of(assistant, QUESTION, (), [passage, passage], refuse=False)
        [span] = made.relevant
        assert (span.start, span.end) == (passage.spans[0].start, passage.spans[1].end)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("???? " * 300, "at most 1,000 are read"),
        ("  ", "'question' is empty"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(
    samples: Assistant, passages: list[Passage], question: str, told: str
) -> None:
    with pytest.raises(BadGolden, match=told):
        golden_of(samples, question, (), passages, refuse=False)


def test_a_question_has_a_passage_or_is_to_be_refused(samples: Assistant) -> None:
    with pytest.raises(BadGolden, match="Choose at least one passage"):
        golden_of(samples, QUESTION, (), (), refuse=False)


def test_a_taken_id_gets_a_number_and_other_lines_stay_as_they_are(tmp_path: Path) -> None:
    by_hand = '{"question":"Why?",  "type": "x","note": "mine", "id": "q", "relevant": []}'
    file = tmp_path / "golden.jsonl"
    file.write_text(f"\n{by_hand}\n", "utf-8")
    collection = Collection(tmp_path)
    ids = [collection.add(golden(3)).id for _ in range(3)]
    assert ids == ["q-2", "q-3", "q-4"]
    collection.replace(replace(golden(2, identity="q-3"), question="Reworded?"))
    collection.remove("q-2")
    assert file.read_text("utf-8").splitlines()[0] == by_hand
    assert [q.question for q in collection.questions()] == ["Why?", "Reworded?", "What is q?"]
    for identity in ("q", "q-3", "q-4"):
        collection.remove(identity)
    assert collection.questions() == ()
    with pytest.raises(BadGolden, match="no question with the id 'q'"):
        collection.remove("q")
    with pytest.raises(BadGolden, match="no question with the id 'q'"):
        collection.replace(golden(3))


def test_what_is_no_golden_question_is_not_written(tmp_path: Path) -> None:
    collection = Collection(tmp_path)
    collection.add(golden(3))
    before = collection.path.read_bytes()
    for wrong in (
        replace(golden(3), id="a b"),
        replace(golden(3), type=""),
        replace(golden(), relevant=(GoldenSpan("short", 0, 1, 3),)),
        replace(golden(), relevant=(GoldenSpan(PAPER, 5, 5, 3),)),
    ):
        with pytest.raises(BadGolden):
            collection.add(wrong)
    assert collection.path.read_bytes() == before


def test_a_file_that_somebody_damaged_is_left_alone(tmp_path: Path) -> None:
    collection = Collection(tmp_path)
    collection.add(golden(3))
    with collection.path.open("a") as file:
        file.write("{broken\n")
    before = collection.path.read_bytes()
    with pytest.raises(BadGolden, match=r"golden\.jsonl, line 2: not JSON"):
        collection.add(golden(3, identity="other"))
    assert collection.path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryUnwritable, match=r"cannot be written .* then save again"):
        Collection(tmp_path / "file").add(golden(3))


ADDER = """
import sys
from pathlib import Path
from assistant.evaluation.collection import Collection
from assistant.evaluation.types import GoldenQuestion
for n in range(10):
    Collection(Path(sys.argv[1])).add(GoldenQuestion("q", f"{sys.argv[2]} {n}?", "x"))
"""


def test_nothing_is_lost_where_threads_and_processes_write_at_once(tmp_path: Path) -> None:
    others = [
        subprocess.Popen([sys.executable, "-c", ADDER, tmp_path, name], cwd=ROOT) for name in "ab"
    ]
    with ThreadPoolExecutor(8) as pool:
        questions = [GoldenQuestion("q", f"thread {n}?", "x") for n in range(40)]
        list(pool.map(lambda question: Collection(tmp_path).add(question), questions))
    assert [process.wait(60) for process in others] == [0, 0]
    kept = Collection(tmp_path).questions()
    assert {question.question for question in kept} == {
        *(question.question for question in questions),
        *(f"{name} {n}?" for name in "ab" for n in range(10)),
    }
    assert len({question.id for question in kept}) == 60
    assert all(json.loads(line) for line in Collection(tmp_path).path.read_text().splitlines())


def test_every_fault_of_every_question_is_told(samples: Assistant, passages: list[Passage]) -> None:
    good = golden_of(samples, QUESTION, (), passages, refuse=False)
    paper = passages[0].paper_id
    bad = replace(
        golden(3, identity="bad"),
        relevant=(GoldenSpan(PAPER, 0, 9, 3), GoldenSpan(paper, 0, 10**7, 3)),
    )
    found = faults([good, bad], samples)
    assert list(found) == ["bad"]
    unknown, outside = found["bad"]
    assert "does not hold the paper aaaaaaaa" in unknown
    assert "ends outside the file" in outside

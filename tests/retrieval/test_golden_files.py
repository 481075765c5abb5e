"""The golden questions that come with the project can be asked, and copy no paper.

``samples.jsonl`` asks of the digests in samples/, so it can be asked anywhere;
``papers.jsonl`` and ``papers-zh.jsonl`` ask of the five papers, which are not
part of the project. Each ``…-zh`` is its English twin in Chinese, same spans.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.evaluation.golden import check_against, read_golden
from assistant.evaluation.types import GoldenQuestion, GoldenSpan
from ingest.files import file_id
from ingest.formats.plain import decode
from tests.conftest import SAMPLES

GOLDEN = Path(__file__).parent / "golden"
OUR_SAMPLES = read_golden(GOLDEN / "samples.jsonl")
PAPERS = read_golden(GOLDEN / "papers.jsonl")
CHINESE = read_golden(GOLDEN / "papers-zh.jsonl")
HAN = re.compile(r"[\u4e00-\u9fff]")
RUN = 10


@pytest.fixture
def evaluation() -> list[dict[str, object]]:
    folder = os.environ.get("GOVASSIST_EVALUATION")
    if not folder:
        pytest.skip("GOVASSIST_EVALUATION is not set: the questions are not compared with it")
    text = (Path(folder) / "questions-dev.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines() if line]


def texts(folder: Path) -> dict[str, str]:
    return {
        file_id(file.read_bytes()): decode(file.read_bytes(), file) for file in folder.glob("*.md")
    }


def spans(question: GoldenQuestion) -> tuple[GoldenSpan, ...]:
    return (*question.relevant, *question.contradicted_by)


def prose(question: GoldenQuestion) -> list[str]:
    said = [turn["content"] for turn in question.history]
    return [question.question, *said, question.answer, *question.key_facts]


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return zip(*(words[i:] for i in range(RUN)), strict=False)


def test_ids_are_unique_across_the_files() -> None:
    ids = Counter(question.id for question in (*OUR_SAMPLES, *PAPERS, *CHINESE))
    assert [identity for identity, n in ids.items() if n > 1] == []


def test_the_samples_are_those_that_were_judged() -> None:
    judged = {span.paper for question in OUR_SAMPLES for span in spans(question)}
    changed = [
        f.name for f in sorted(SAMPLES.glob("*.md")) if file_id(f.read_bytes()) not in judged
    ]
    assert not changed, (
        f"samples/{', '.join(changed)}: changed since tests/retrieval/golden/samples.jsonl was "
        "judged, which names files by hash and places by offset. Find its spans in the new text "
        "and store their new hash, start and end."
    )
    assert judged == set(texts(SAMPLES)), "samples.jsonl names a file that is not in samples/"


def test_the_samples_can_be_asked(samples: Assistant) -> None:
    check_against(OUR_SAMPLES, samples)


def test_spans_of_the_samples_are_whole_sentences() -> None:
    sources = texts(SAMPLES)
    for question in OUR_SAMPLES:
        for span in spans(question):
            source = sources.get(span.paper, "")
            text = source[span.start : span.end]
            assert re.fullmatch(r"[A-Z].*\.", text), f"{question.id}: {text!r}"
            assert re.search(r"(\n|\. )\Z", source[: span.start]), f"{question.id}: {text!r}"
            assert re.match(r"[ \n]", source[span.end :]), f"{question.id}: {text!r}"


def test_no_two_spans_of_a_question_overlap() -> None:
    for question in OUR_SAMPLES:
        for some in (question.relevant, question.contradicted_by):
            ordered = sorted(some, key=lambda span: (span.paper, span.start))
            for one, following in pairwise(ordered):
                apart = one.paper != following.paper or one.end <= following.start
                assert apart, f"{question.id}: {one} and {following}"


def test_the_samples_ask_every_type_of_question_in_both_languages() -> None:
    types = Counter(question.type for question in OUR_SAMPLES)
    assert set(types) == {question.type for question in PAPERS}
    assert min(types.values()) >= 5
    assert sum(question.answerable for question in OUR_SAMPLES) >= 38
    assert Counter(question.language for question in OUR_SAMPLES)["zh"] >= 4


def test_every_question_has_what_a_grader_needs() -> None:
    for question in (*OUR_SAMPLES, *PAPERS, *CHINESE):
        assert question.answer, question.id
        assert question.key_facts, question.id
        assert bool(question.history) == (question.type == "follow_up"), question.id
        assert question.answerable != (question.type in {"unanswerable", "false_premise"})
        assert bool(HAN.search(question.question)) == (question.language == "zh"), question.id
        if question.answerable:
            assert max(span.grade for span in question.relevant) == 3, question.id


def test_each_chinese_question_has_an_english_twin() -> None:
    twins = {question.id: question for question in PAPERS}
    assert len(CHINESE) == 20
    for question in CHINESE:
        twin = twins[question.id.removesuffix("-zh")]
        assert question.id == f"{twin.id}-zh"
        assert (twin.language, question.language) == ("en", "zh")
        assert question.type == twin.type != "follow_up"
        assert question.relevant == twin.relevant != ()
        assert len(question.key_facts) == len(twin.key_facts)


def test_the_papers_can_be_asked(five_papers: Assistant) -> None:
    check_against((*PAPERS, *CHINESE), five_papers)


def test_no_ten_words_of_a_paper_are_in_the_questions(papers_folder: Path) -> None:
    copied = {run for paper in texts(papers_folder).values() for run in runs(paper)}
    for question in (*OUR_SAMPLES, *PAPERS, *CHINESE):
        for text in prose(question):
            shared = [" ".join(run) for run in runs(text) if run in copied]
            assert not shared, f"{question.id}: {shared[0]!r} stands in a paper. Say it otherwise."


def test_the_questions_on_the_papers_are_those_of_the_evaluation(
    evaluation: list[dict[str, object]], papers_folder: Path
) -> None:
    papers = texts(papers_folder)
    names = {file_id(file.read_bytes()): file.name for file in papers_folder.glob("*.md")}

    def placed(question: GoldenQuestion, key: str) -> list[dict[str, object]]:
        return [
            {
                "paper": names[span.paper].removesuffix(".md"),
                "file": f"papers/{names[span.paper]}",
                "start": span.start,
                "end": span.end,
                "grade": span.grade,
                "text": papers[span.paper][span.start : span.end],
            }
            for span in getattr(question, key)
        ]

    for question, row in zip(PAPERS, evaluation, strict=True):
        assert (question.id, question.question) == (row["id"], row["question"])
        assert question.type == row["type"]
        for key in ("relevant", "contradicted_by"):
            assert placed(question, key) == row.get(key, []), f"{question.id}, {key}"

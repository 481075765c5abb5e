"""The harness of the chunking benchmark on texts of a line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from chunking import CORPUS, Question, our_passages, read_questions, score, token_chunks

pytestmark = pytest.mark.filterwarnings("ignore:open_binary is deprecated")  # of bpe-openai's

TEXT = "# Fares\n\nThe guild sets the fares each spring. " + "The ferry runs on Sundays. " * 30


class TestScores:
    def test_by_hand(self) -> None:
        result = score([(0, 10), (20, 40)], [(5, 10), (30, 50)])  # 15 of 25, and of 30
        assert (result.recall, result.precision) == (15 / 25, 15 / 30)
        assert result.iou == 15 / (25 + 30 - 15)
        assert result.characters == 30

    def test_what_two_passages_share_is_found_once(self) -> None:
        result = score([(0, 10), (5, 15)], [(0, 20)])
        assert (result.recall, result.precision) == (15 / 20, 15 / 20)

    def test_nothing_retrieved(self) -> None:
        assert score([], [(0, 4)]).recall == 0


def test_chunks_cut_the_text_without_a_gap() -> None:
    text = "“Quotes” — and dashes, naïve café, 学生 in one line. " * 20
    chunks = token_chunks(text, 7)
    assert "".join(text[start:end] for start, end in chunks) == text
    assert len(chunks) > 20
    assert token_chunks("one two three", 200) == [(0, 13)]


def test_our_passages_stay_within_the_budget() -> None:
    asked = Question("q", "Who sets the fares?", ((9, 45),))
    ((_, wide),) = our_passages(TEXT, [asked], 10_000)
    ((_, narrow),) = our_passages(TEXT, [asked], 250)
    assert score(wide, asked.references).recall == 1
    assert 0 < score(narrow, asked.references).characters <= 250
    assert narrow == wide[: len(narrow)]


def test_the_published_questions(benchmarks: Path) -> None:
    folder = benchmarks / "chunking"
    questions = read_questions(folder / "queries.jsonl")
    text = gzip.decompress((folder / f"corpora/{CORPUS}.md.gz").read_bytes()).decode("utf-8")
    assert len(questions) == 76
    assert all(end <= len(text) for q in questions for _, end in q.references)
    assert len(token_chunks(text, 200)) == pytest.approx(len(text) / 910, rel=0.1)

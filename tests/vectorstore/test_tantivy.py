"""Lexical search as a user of it meets it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import SAMPLES
from vectorstore.tantivy import LexicalEntry, TantivyIndex

ENTRIES = [
    LexicalEntry(
        "p1", "A", "Canals by Vale > 1. Wardens", "The wardens govern the canals at night."
    ),
    LexicalEntry("p2", "A", "Canals by Vale > 2. Fees", "A fee is paid for every barge."),
    LexicalEntry("p3", "B", "Orchards by Muñoz", "Governing an orchard needs patience, not fees."),
]


@pytest.fixture
def index(tmp_path: Path) -> TantivyIndex:
    index = TantivyIndex(tmp_path / "lexical")
    index.put(ENTRIES)
    return index


def ids(index: TantivyIndex, query: str, **scope: list[str]) -> list[str]:
    return [key for key, _ in index.search(query, 10, **scope)]


def test_inflected_words_are_found(index: TantivyIndex) -> None:
    assert set(ids(index, "governs")) == {"p1", "p3"}
    assert set(ids(index, "fees")) == {"p2", "p3"}


def test_authors_titles_and_headings_count_and_count_less(index: TantivyIndex) -> None:
    assert ids(index, "munoz") == ["p3"]
    assert ids(index, "canals")[0] == "p1"


def test_scores_are_positive_and_fall(index: TantivyIndex) -> None:
    scores = [score for _, score in index.search("fees for governing canals", 10)]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


def test_a_scope_keeps_to_its_papers(index: TantivyIndex) -> None:
    assert ids(index, "fees governing", papers=["B"]) == ["p3"]
    scored = dict(index.search("fees governing", 10))
    [(key, score)] = index.search("fees governing", 10, papers=["B"])
    assert score == pytest.approx(scored[key])


@pytest.mark.parametrize(
    "query",
    ['"barge', "barge AND", "text:barge^2", "barge)", "(barge", "-barge", "barge~", "[a TO barge]"],
)
def test_signs_are_no_operators(index: TantivyIndex, query: str) -> None:
    assert "p2" in ids(index, query)


@pytest.mark.parametrize("query", ["", "?!", "治理是什么", "zzzz", "the of and"])
def test_what_nothing_matches_finds_nothing(index: TantivyIndex, query: str) -> None:
    assert ids(index, query) == []


def test_how_many_passages_hold_a_phrase(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path / "lexical")
    index.put(
        [
            LexicalEntry("p1", "A", "The rule of law", "Its decisions were universal."),
            LexicalEntry("p2", "A", "", "A universal decision on the rule of laws; policies, too."),
            LexicalEntry("p3", "B", "", "No rule by law: a law rules."),
        ]
    )
    assert index.frequency("rule of law") == 3, "by and of are both function words"
    assert index.frequency("rule law") == 0
    assert index.frequency("Universal Decision") == 1
    for word in ("decisions", "decision", "universal"):
        assert index.frequency(word) == 2
    assert index.frequency("policy") == 1
    assert index.frequency("orchard") == 0
    for nothing in ("", "?!", "of the", '"'):
        assert index.frequency(nothing) == 0


def test_every_word_of_the_samples_is_counted(tmp_path: Path) -> None:
    texts = [file.read_text("utf-8") for file in sorted(SAMPLES.glob("*.md"))]
    index = TantivyIndex(tmp_path / "lexical")
    index.put(LexicalEntry(str(n), "A", "", text) for n, text in enumerate(texts))
    words = set(re.findall(r"\w{3,}", " ".join(texts)))
    assert len(words) > 1_000
    missing = {word for word in words if index.search(word, 1) and not index.frequency(word)}
    assert missing == set()


def test_deleting_a_paper(index: TantivyIndex) -> None:
    index.delete_paper("A")
    index.delete_paper("A")
    assert ids(index, "canals fee governing") == ["p3"]
    assert index.count() == 1
    assert index.passage_ids() == {"p3"}


def test_it_is_on_the_disk(index: TantivyIndex, tmp_path: Path) -> None:
    again = TantivyIndex(tmp_path / "lexical", create=False)
    assert again.passage_ids() == {"p1", "p2", "p3"}


def test_a_missing_index_is_not_made_by_opening(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        TantivyIndex(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_an_opened_index_is_a_snapshot(tmp_path: Path, index: TantivyIndex) -> None:
    """`vectorstore.library` counts on it: it searches small libraries without a lock."""
    opened = TantivyIndex(tmp_path / "lexical", create=False)
    index.delete_paper("A")
    shutil.rmtree(tmp_path / "lexical")
    assert set(ids(opened, "fees")) == {"p2", "p3"}
    assert ids(opened, "barge", papers=["A"]) == ["p2"]
    assert opened.frequency("barge") == 1

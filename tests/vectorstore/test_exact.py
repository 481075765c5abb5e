"""Small libraries, whose vectors are compared in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from tests.vectorstore.helpers import write_papers
from vectorstore import library
from vectorstore.exact import ExactVectors

QUESTIONS = ["Which tools does smart governance use?", "Who governs?", "platform"]


def test_memory_ranks_as_chroma_does(samples: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    searched = samples._library
    in_memory = [searched.candidates(question, 30).passage for question in QUESTIONS]
    assert in_memory_now(searched)
    searched._forget()
    monkeypatch.setattr(library, "LARGEST", 0)
    by_chroma = [searched.candidates(question, 30).passage for question in QUESTIONS]
    assert not in_memory_now(searched)
    for ours, theirs in zip(in_memory, by_chroma, strict=True):
        assert [key for key, _ in ours] == [key for key, _ in theirs]
        assert [score for _, score in ours] == pytest.approx([s for _, s in theirs], abs=1e-5)


def test_memory_follows_what_is_written(tmp_path: Path) -> None:
    files = write_papers(tmp_path / "papers", sections=2)
    with Assistant.open(tmp_path / "library") as assistant:
        for file in files[:3]:
            assistant.add(file)
            assert found(assistant) == {paper.id for paper in assistant.papers()}
        assistant.remove(assistant.papers()[0].id)
        assert found(assistant) == {paper.id for paper in assistant.papers()}
        for paper in assistant.papers():
            assistant.remove(paper.id)
        assert found(assistant) == set()


def in_memory_now(searched: library.Library) -> bool:
    return isinstance(searched._exact, ExactVectors)


def found(assistant: Assistant) -> set[str]:
    """The papers that have a passage among the nearest of all."""
    candidates = assistant._library.candidates("Who serves twice?", 50)
    passages = assistant._library.passages_by_id([key for key, _ in candidates.passage])
    return {passage.paper_id for passage in passages.values()}

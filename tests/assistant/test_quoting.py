"""Quotes are located, checked, and never said twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Passage, Span
from assistant.condense import Query, leans_on_history, queries
from assistant.quoting import MAX_CHARACTERS, locate

SOURCE = (
    "Tide wardens keep the sluice<sup>[4]</sup>. They meet at\n"
    "the lock house, in the¶\n\n---\n\nstorm months only. Then they rest.\n"
)


def passage(text: str, *spans: Span) -> Passage:
    return Passage("p", "paper", text, (), spans)


def test_a_quote_is_cut_where_cleaning_left_something_out() -> None:
    cut = SOURCE.index("¶") + 1
    rest = SOURCE.index("storm")
    text = (
        "Tide wardens keep the sluice. They meet at the lock house, in the storm months only. "
        "Then they rest."
    )
    spans = (Span(0, cut), Span(rest, len(SOURCE) - 1))
    start, end = text.index("They"), text.index(" Then")
    quote, places = locate(SOURCE, passage(text, *spans), start, end)
    assert quote == "They meet at the lock house, in the storm months only."
    assert [SOURCE[a:b] for a, b in places] == [
        "They meet at",
        "the lock house, in the",
        "storm months only.",
    ]


def test_a_quote_that_the_source_does_not_hold_has_no_place() -> None:
    text = "Tide wardens sell the sluice."
    assert locate(SOURCE, passage(text, Span(0, 44)), 0, len(text)) == (text, ())


def test_a_passage_whose_file_was_swapped_is_not_cited(samples: Assistant) -> None:
    known = samples.search("smart governance", k=1)[0].passage
    assert locate("Another text altogether.", known, 0, 20)[1] == ()


@pytest.fixture
def echoes(tmp_path: Path) -> Iterator[Assistant]:
    same = "Dune associations decide together which paths stay open."
    (tmp_path / "a.md").write_text(f"# Dunes one\n\n{same} They meet in May.\n", "utf-8")
    (tmp_path / "b.md").write_text(f"# Dunes two\n\n{same} They print a map.\n", "utf-8")
    long = " ".join(
        f"Dune association number {i} keeps its own paths and meets." for i in range(80)
    )
    (tmp_path / "c.md").write_text(f"# Dunes three\n\n{long}\n", "utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add([tmp_path / "a.md", tmp_path / "b.md", tmp_path / "c.md"])
        yield assistant


def test_the_same_sentence_of_two_papers_is_two_passages_and_one_quote(echoes: Assistant) -> None:
    question = "Who decides which dune paths stay open?"
    texts = [hit.passage.text for hit in echoes.search(question)]
    assert len([text for text in texts if "decide together" in text]) == 2
    assert echoes.ask(question).text.count("decide together") == 1


def test_an_answer_keeps_its_length(echoes: Assistant) -> None:
    answer = echoes.ask("What do dune associations keep?")
    assert answer.answered
    assert sum(len(citation.quote) for citation in answer.citations) <= MAX_CHARACTERS


def test_markers_and_citations_agree(samples: Assistant) -> None:
    answer = samples.ask("What does participatory governance change?")
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [n for sentence in answer.sentences for n in sentence.citations] == numbers
    for citation in answer.citations:
        assert f"“{citation.quote}” [{citation.number}]" in answer.text


def test_the_queries_of_a_conversation() -> None:
    history = [
        {"role": "user", "content": "What is a dune?"},
        {"role": "assistant", "content": "A hill of sand."},
        {"role": "user", "content": "Who keeps it?"},
        {"role": "assistant", "content": "Its association."},
    ]
    last = Query("Who keeps it? Its association.", 0.25)
    assert queries("Why?", history) == [Query("Why?"), Query("keeps dune Why?"), last]
    assert queries("Why?", history[:3]) == [Query("Why?"), Query("keeps dune Why?")]
    assert queries("Who keeps such a dune?", history) == [Query("Who keeps such a dune?"), last]
    assert queries("Why?", []) == queries("Why?", None) == [Query("Why?")]
    assert queries("Why?", history[1:2]) == [Query("Why?")]
    assert queries("Which bread is baked in Lyon?", history) == [
        Query("Which bread is baked in Lyon?")
    ]


@pytest.mark.parametrize(
    "question",
    ["And in winter?", "Who wrote that?", "The second one?", "Does he agree with them?", "Why not"],
)
def test_a_follow_up_is_told_from_a_question_of_its_own(question: str) -> None:
    assert leans_on_history(question)
    assert not leans_on_history("Which bread do bakers in Lyon bake on Sundays?")


def test_a_change_of_subject_is_not_answered_from_the_old_one(samples: Assistant) -> None:
    history = [
        {"role": "user", "content": "What are the three parts of the concept of governance?"},
        {"role": "assistant", "content": "Object, process and negotiation."},
    ]
    assert not samples.ask("How do I bake sourdough bread?", history=history).answered

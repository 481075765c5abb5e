"""Conversations and their exports: asked, found again, changed."""

from __future__ import annotations

import json

import pytest

from assistant import (
    Assistant,
    BadQuery,
    BadSettings,
    Conversation,
    Done,
    Retrieved,
    UnknownConversation,
    UnknownPaper,
)
from assistant.conversations.export import Format
from tests.assistant.conftest import ASKED, FOLLOW_UP


def test_a_follow_up_is_understood_from_its_conversation(conversation: Conversation) -> None:
    answer = conversation.ask(FOLLOW_UP)
    assert FOLLOW_UP in answer.standalone
    assert "polycentric" in answer.standalone
    assert conversation.turns[0].answer is not None
    assert conversation.turns[0].answer.standalone == ""


def test_what_happens_is_told_and_kept(conversation: Conversation) -> None:
    first, *_, last = conversation.stream(FOLLOW_UP)
    assert isinstance(first, Retrieved)
    assert isinstance(last, Done)
    assert first.standalone == last.answer.standalone
    assert conversation.turns[-1].answer == last.answer


def test_a_question_is_kept_before_it_is_answered(conversation: Conversation) -> None:
    events = conversation.stream(FOLLOW_UP)
    next(events)
    assert [(t.question, t.answer is None) for t in conversation.turns] == [
        (ASKED, False),
        (FOLLOW_UP, True),
    ]
    events.close()  # type: ignore[attr-defined]
    assert len(conversation.history) == 2
    assert conversation.ask("Who governs?").question == "Who governs?"


def test_a_bad_question_leaves_nothing(conversation: Conversation) -> None:
    with pytest.raises(BadQuery):
        conversation.ask("  ")
    assert len(conversation.turns) == 1


def test_conversations_are_renamed_searched_and_deleted(samples_quoting: Assistant) -> None:
    rivers, cities = (samples_quoting.conversations.create(title) for title in ("Rivers", "Cities"))
    cities.ask(ASKED)
    assert [s.title for s in samples_quoting.conversations.list()] == ["Cities", "Rivers"]
    rivers.rename("  Seas and\nrivers ")
    assert [s.title for s in samples_quoting.conversations.list()] == ["Seas and rivers", "Cities"]
    assert [s.title for s in samples_quoting.conversations.list("RIVERS")] == ["Seas and rivers"]
    assert [s.title for s in samples_quoting.conversations.list("polycentric gov")] == ["Cities"]
    answer = cities.turns[0].answer
    assert answer
    words = answer.citations[0].quote[10:40]
    assert [s.title for s in samples_quoting.conversations.list(words)] == ["Cities"]
    assert samples_quoting.conversations.list("nothing of the kind") == []
    cities.delete()
    assert [s.title for s in samples_quoting.conversations.list()] == ["Seas and rivers"]
    with pytest.raises(UnknownConversation, match="not there any more"):
        cities.ask(ASKED)
    with pytest.raises(UnknownConversation):
        samples_quoting.replay(answer.record)
    with pytest.raises(BadQuery, match="title"):
        rivers.rename(" ")


@pytest.mark.parametrize("words", ["übersicht", "ÜBERSICHT", "élites", "ΔΎΝΗ", "δύνη"])
def test_capitals_do_not_matter_in_any_script(samples_quoting: Assistant, words: str) -> None:
    samples_quoting.conversations.create("Übersicht: Élites, δύνη")
    assert len(samples_quoting.conversations.list(words)) == 1


def test_an_id_may_be_shortened(samples_quoting: Assistant, conversation: Conversation) -> None:
    assert samples_quoting.conversations.open(conversation.id[:8]).id == conversation.id
    for wrong in (conversation.id[:3], "", "nobody"):
        with pytest.raises(UnknownConversation, match="govassist conversations list"):
            samples_quoting.conversations.open(wrong)


def test_a_conversation_asks_the_papers_it_is_told_to(samples_quoting: Assistant) -> None:
    paper = samples_quoting.papers()[1]
    conversation = samples_quoting.conversations.create(papers=[paper.id[:8]])
    answer = conversation.ask("What is governance?")
    assert {hit.paper_id for hit in answer.nearest} == {paper.id}
    assert answer.coverage is not None
    assert answer.coverage.searched == 1
    conversation.ask_only(None)
    assert samples_quoting.conversations.open(conversation.id).papers is None
    with pytest.raises(UnknownPaper):
        conversation.ask_only(["nobody"])
    with pytest.raises(UnknownPaper):
        samples_quoting.conversations.create(papers=["nobody"])


def test_a_deleted_paper_is_told_before_anything_is_changed(samples_quoting: Assistant) -> None:
    paper, other = (paper.id for paper in samples_quoting.papers()[:2])
    conversation = samples_quoting.conversations.create(papers=[paper, other])
    conversation.ask(ASKED)
    before = conversation.turns
    samples_quoting.remove(other)
    with pytest.raises(UnknownPaper):
        list(conversation.stream(FOLLOW_UP, instead_of=0))
    assert conversation.turns == before


def test_a_question_takes_the_place_of_others_once_it_is_kept(
    samples_quoting: Assistant, conversation: Conversation
) -> None:
    conversation.ask(FOLLOW_UP)
    records = [turn.answer.record for turn in conversation.turns if turn.answer]
    with pytest.raises(BadQuery):
        list(conversation.stream(" ", instead_of=0))
    events = conversation.stream(FOLLOW_UP, instead_of=0)
    assert len(conversation.turns) == 2
    next(events)
    assert [(turn.question, turn.answer) for turn in conversation.turns] == [(FOLLOW_UP, None)]
    *_, done = events
    assert isinstance(done, Done)
    assert done.answer.standalone == ""  # what it took the place of is no history
    assert [turn.answer for turn in conversation.turns] == [done.answer]
    for record in records:
        with pytest.raises(UnknownConversation):
            samples_quoting.record(record)


def test_the_last_question_can_be_asked_again(conversation: Conversation) -> None:
    conversation.ask(FOLLOW_UP)
    conversation.forget_from(1)
    assert [turn.question for turn in conversation.turns] == [ASKED]
    conversation.ask("Who governs?")
    assert [turn.question for turn in conversation.turns] == [ASKED, "Who governs?"]


def test_no_turn_is_taken_away_by_counting_from_the_end(conversation: Conversation) -> None:
    for taken in (
        lambda: conversation.forget_from(-1),
        lambda: list(conversation.stream(FOLLOW_UP, instead_of=-1)),
    ):
        with pytest.raises(BadQuery, match="no turn -1"):
            taken()
    assert [turn.question for turn in conversation.turns] == [ASKED]


def test_export_has_the_words_and_only_what_was_cited(
    samples_quoting: Assistant, conversation: Conversation
) -> None:
    conversation.ask("Who won the football match?")
    answers = [turn.answer for turn in conversation.turns if turn.answer]
    answer = answers[0]
    cited = {citation.paper.title for answer in answers for citation in answer.citations}
    others = {paper.title for paper in samples_quoting.papers()} - cited
    assert others
    markdown = conversation.export("markdown")
    assert markdown.startswith(f"# {ASKED}\n")
    assert answer.text in markdown
    assert all(citation.quote in markdown for citation in answer.citations)
    data = json.loads(conversation.export("json"))
    assert [turn["question"] for turn in data["turns"]] == [t.question for t in conversation.turns]
    assert data["turns"][0]["answer"]["text"] == answer.text
    assert {entry["title"] for entry in data["references"]} == cited
    assert {entry["title"] for entry in json.loads(conversation.export("csl"))} == cited
    for form in ("apa", "bibtex", "ris"):
        text = conversation.export(form)
        assert not any(title in text for title in others)
        assert text.strip()
    with pytest.raises(BadSettings, match="markdown, json, apa"):
        conversation.export("pdf")  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["markdown", "json", "apa", "bibtex", "ris", "csl"])
def test_references_are_of_the_papers_as_they_are_described_now(
    samples_quoting: Assistant, conversation: Conversation, form: Format
) -> None:
    answer = conversation.turns[0].answer
    assert answer
    for citation in answer.citations:
        samples_quoting.update(citation.paper.id, title="Ferries of the delta", venue="Deltas")
    assert "Ferries of the delta" in conversation.export(form)
    assert "Deltas" in conversation.export(form)
    if form == "json":  # whose passages are in the context that they were found in
        cited = json.loads(conversation.export(form))["turns"][0]["answer"]["citations"]
        assert {citation["paper"]["title"] for citation in cited} == {"Ferries of the delta"}
    else:
        assert answer.citations[0].paper.title not in conversation.export(form)


def test_references_of_papers_that_are_gone_are_of_those_that_were_cited(
    samples_quoting: Assistant, conversation: Conversation
) -> None:
    before = conversation.export("apa")
    for paper in samples_quoting.papers():
        samples_quoting.remove(paper.id)
    assert conversation.export("apa") == before

"""Answers that are written while nobody, or everybody, looks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, BadQuery, GovernanceAssistantError
from assistant.writing import Desk, Writing
from tests.assistant.models.provider import FakeProvider
from tests.conftest import PATIENCE

QUESTION = "What is polycentric governance?"
OTHER = "What is participatory governance?"


def test_an_answer_ends_in_its_conversation(samples_quoting: Assistant) -> None:
    conversation = samples_quoting.conversations.create()
    desk = Desk()
    assert desk.at(conversation.id) is None
    writing = desk.begin(conversation, f"  {QUESTION} ")
    assert writing.question == QUESTION
    assert writing.wait(PATIENCE)
    assert not writing.error
    assert desk.at(conversation.id) in {writing, None}
    assert desk.at(conversation.id) is None
    [turn] = conversation.turns
    assert turn.answer
    assert turn.answer.answered


def test_a_question_takes_the_place_of_another_unless_it_is_none(
    samples_quoting: Assistant,
) -> None:
    conversation = samples_quoting.conversations.create()
    desk = Desk()
    for question in (QUESTION, OTHER):
        desk.begin(conversation, question).wait()
    with pytest.raises(BadQuery):
        desk.begin(conversation, "???", instead_of=0)
    assert [turn.question for turn in conversation.turns] == [QUESTION, OTHER]
    desk.begin(conversation, OTHER, instead_of=0).wait()
    assert [turn.question for turn in conversation.turns] == [OTHER]


def test_one_answer_at_a_time_that_whoever_comes_can_stop(
    samples_copy: Path, named_provider: FakeProvider
) -> None:
    named_provider.behave("endless")
    with Assistant.open(samples_copy, model="openai:tiny") as assistant:
        conversation = assistant.conversations.create()
        desk = Desk()
        writing = desk.begin(conversation, QUESTION)
        assert not writing.wait(0.2)
        with pytest.raises(BadQuery, match="still being answered"):
            desk.begin(conversation, OTHER)
        while not writing.text and not writing.wait(0.05):
            pass
        seen = desk.at(conversation.id)
        assert seen
        seen.stop()
        assert writing.wait(PATIENCE)
        assert [turn.question for turn in conversation.turns] == [QUESTION]
        answer = conversation.turns[0].answer
        assert answer
        assert "Stopped before the answer was complete." in answer.notices


def test_what_goes_wrong_is_told_and_the_desk_is_free_again(samples_quoting: Assistant) -> None:
    conversation = samples_quoting.conversations.create()
    conversation.delete()
    desk = Desk()
    writing = desk.begin(conversation, QUESTION)
    assert writing.wait(PATIENCE)
    assert "not there any more" in writing.error
    assert desk.at(conversation.id) is writing
    assert desk.begin(conversation, QUESTION) is not writing


def test_a_mistake_of_the_program_ends_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[BaseException | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda told: raised.append(told.exc_value))

    def events() -> Iterator[GovernanceAssistantError]:
        yield from ()
        raise ZeroDivisionError

    writing = Writing(QUESTION, events(), threading.Event())  # type: ignore[arg-type]
    assert writing.wait(PATIENCE)
    assert "ZeroDivisionError" in writing.error
    assert [type(one) for one in raised] == [ZeroDivisionError]

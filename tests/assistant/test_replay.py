"""Answers given again from their records."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import (
    Assistant,
    BadQuery,
    Conversation,
    UnknownConversation,
)
from tests.assistant.conftest import ASKED, FOLLOW_UP


def test_an_answer_can_be_given_again(samples_quoting: Assistant, samples_copy: Path) -> None:
    answer = samples_quoting.ask(ASKED)
    same = samples_quoting.replay(answer.record)
    assert same.changes == ()
    assert same.after.id != same.before.id
    assert same.before.answer == answer
    cited = answer.citations[0].paper
    samples_quoting.remove(cited.id)
    changed = samples_quoting.replay(answer.record)
    assert any("library has changed" in change for change in changed.changes)
    assert any("Passages gone" in change for change in changed.changes)
    assert changed.before.passages[0].id == same.before.passages[0].id


def test_a_follow_up_is_given_again_with_its_history(conversation: Conversation) -> None:
    answer = conversation.ask(FOLLOW_UP)
    replay = conversation._assistant.replay(answer.record)
    assert replay.changes == ()
    assert replay.before.history[0]["content"] == ASKED


def test_other_settings_are_told(samples_quoting: Assistant, samples_copy: Path) -> None:
    from assistant import SearchSettings

    answer = samples_quoting.ask(ASKED)
    with Assistant.open(samples_copy, model="none", settings=SearchSettings(late=False)) as other:
        changes = other.replay(answer.record).changes
    assert any("setting late was True, now it is False" in change for change in changes)


def test_the_new_record_is_not_kept(samples_quoting: Assistant) -> None:
    replay = samples_quoting.replay(samples_quoting.ask(ASKED).record)
    with pytest.raises(UnknownConversation):
        samples_quoting.record(replay.after.id)


def test_a_record_that_is_no_conversations_can_be_forgotten(
    samples_quoting: Assistant, conversation: Conversation, samples_copy: Path
) -> None:
    answer = samples_quoting.ask("What is zonkey governance?")
    samples_quoting.rate(answer.record, good=False)
    samples_quoting.forget_record(answer.record)
    assert samples_quoting.ratings() == []
    with pytest.raises(UnknownConversation):
        samples_quoting.forget_record(answer.record)
    kept = conversation.turns[0].answer
    assert kept
    with pytest.raises(BadQuery, match="stands in a conversation"):
        samples_quoting.forget_record(kept.record)
    assert samples_quoting.record(kept.record).answer == kept
    files = [file.read_bytes() for file in samples_copy.glob("conversations.db*")]
    assert not any(b"zonkey" in data for data in files)


def test_no_record_of_an_answer(samples_quoting: Assistant) -> None:
    with pytest.raises(UnknownConversation, match="No record"):
        samples_quoting.replay("nobody")

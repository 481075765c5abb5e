"""Ratings of answers, and the same library answered in another way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import (
    Assistant,
    BadQuery,
    BadSettings,
    ModelError,
    Record,
    UnknownConversation,
)
from tests.assistant.models.provider import fake_provider

ASKED = "What is polycentric governance?"


def test_a_rating_is_kept_with_its_question_and_replaced(
    samples_quoting: Assistant, samples_copy: Path
) -> None:
    good = samples_quoting.ask(ASKED).record
    bad = samples_quoting.ask("What is social governance?").record
    samples_quoting.rate(good, good=False)
    samples_quoting.rate(bad, good=False, reason="  It quotes the wrong paper. ")
    samples_quoting.rate(good, good=True)
    with Assistant.open(samples_copy, model="none") as later:
        assert [(r.record, r.good, r.reason, r.question) for r in later.ratings()] == [
            (good, True, "", ASKED),
            (bad, False, "It quotes the wrong paper.", "What is social governance?"),
        ]
        assert later.rating(good) == later.ratings()[0]
        assert later.rating(later.ask(ASKED).record) is None


def test_a_rating_that_cannot_be_kept_is_refused(samples_quoting: Assistant) -> None:
    record = samples_quoting.ask(ASKED).record
    samples_quoting.rate(record, good=True)
    with pytest.raises(BadQuery, match=r"1,001 characters; shorten it to 1,000"):
        samples_quoting.rate(record, good=False, reason="x" * 1001)
    for unknown in ("nobody", ""):
        with pytest.raises(UnknownConversation, match="cannot be rated"):
            samples_quoting.rate(unknown, good=True)
    assert [rating.good for rating in samples_quoting.ratings()] == [True]


def test_a_rating_goes_with_its_answer(samples_quoting: Assistant) -> None:
    conversation = samples_quoting.conversations.create()
    records = [conversation.ask(ASKED).record for _ in range(2)]
    for record in records:
        samples_quoting.rate(record, good=True)
    conversation.forget_from(1)
    assert [rating.record for rating in samples_quoting.ratings()] == records[:1]
    conversation.delete()
    assert samples_quoting.ratings() == []


def test_an_answer_of_more_passages_is_recorded_and_given_again(
    samples_quoting: Assistant,
) -> None:
    more = samples_quoting.using(passages=20)
    answer = more.ask(ASKED)
    record = samples_quoting.replay(answer.record).before
    assert (record.depth, len(record.passages)) == (20, 20)
    assert samples_quoting.replay(answer.record).changes == ()
    assert len(samples_quoting.using(passages=1).ask(ASKED).citations) == 1
    written = json.loads(record.to_json())
    del written["depth"]  # as it was before the number could be chosen
    assert Record.from_json(json.dumps(written)).depth == samples_quoting.depth == 10


def test_what_cannot_be_used_is_refused(samples_quoting: Assistant) -> None:
    for passages in (0, 31):
        with pytest.raises(BadSettings, match="from 1 to 30"):
            samples_quoting.using(passages=passages)
    with pytest.raises(ModelError, match="umbrella"):
        samples_quoting.using(model="umbrella")


def test_another_model_shares_the_library_and_closes_alone(
    samples_quoting: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fake_provider() as provider:
        monkeypatch.setenv("OPENAI_BASE_URL", provider.url)
        monkeypatch.setenv("OPENAI_API_KEY", "key")
        monkeypatch.setenv("GOVASSIST_WINDOW", "8192")
        with samples_quoting.using(model="openai:tiny") as other:
            passage = other.search(ASKED, k=1)[0].passage.text
            provider.say(f"QUOTES\nANSWER\n{passage.split('.')[0]} [1].")
            conversation = other.conversations.create()
            assert conversation.ask(ASKED).by == "openai:tiny"
            assert other.using(passages=3).model is other.model
        assert samples_quoting.model is None
        again = samples_quoting.conversations.open(conversation.id)
        assert again.ask("What is social governance?").by == "quoting"
        assert len(again.turns) == 2


def test_whether_the_papers_answer_is_told_without_an_answer(samples_quoting: Assistant) -> None:
    answer = samples_quoting.ask(ASKED)
    decision = samples_quoting.answerable(ASKED)
    assert decision.answerable
    assert decision.score == answer.confidence
    assert not samples_quoting.answerable("Who won the football match in Zanzibar?").answerable

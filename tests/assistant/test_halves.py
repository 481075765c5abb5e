"""Halves of characters, as JSON can escape them, break nothing and stay nowhere."""

from __future__ import annotations

import pytest

from assistant import Assistant, UnknownConversation, UnknownPaper
from assistant.halves import without_halves
from tests.assistant.conftest import ASKED

HALF = "\ud800"


def test_only_halves_are_replaced() -> None:
    assert without_halves(f"a{HALF}治理😀") == "a?治理😀"


def test_corrections(samples_quoting: Assistant) -> None:
    paper = samples_quoting.papers()[0]
    corrected = samples_quoting.update(
        paper.id, venue=f"{HALF}Deltas", keywords=[f"ferries{HALF}"], authors=[f"Ada{HALF} Vale"]
    )
    assert (corrected.venue, corrected.keywords) == ("?Deltas", ("ferries?",))
    assert corrected.authors == ("Ada? Vale",)
    assert samples_quoting.paper(paper.id) == corrected


def test_ids(samples_quoting: Assistant) -> None:
    with pytest.raises(UnknownPaper):
        samples_quoting.paper(f"abcdef{HALF}")
    with pytest.raises(UnknownPaper):
        samples_quoting.search(ASKED, papers=[HALF])
    with pytest.raises(UnknownConversation):
        samples_quoting.record(HALF)
    with pytest.raises(UnknownConversation):
        samples_quoting.rate(HALF, good=True)
    with pytest.raises(UnknownConversation):
        samples_quoting.conversations.open(HALF)
    assert samples_quoting.rating(HALF) is None


def test_conversations_and_ratings(samples_quoting: Assistant) -> None:
    conversation = samples_quoting.conversations.create(f"Ferries{HALF}", owner=HALF)
    assert conversation.title == "Ferries?"
    conversation.rename(f"Boats{HALF}")
    [found] = samples_quoting.conversations.list(f"boats{HALF}", owner=HALF)
    assert (found.id, found.title) == (conversation.id, "Boats?")
    record = conversation.ask(ASKED).record
    samples_quoting.rate(record, good=False, reason=f"Too short{HALF}")
    assert [rating.reason for rating in samples_quoting.ratings()] == ["Too short?"]


def test_concepts(samples_quoting: Assistant) -> None:
    assert (
        samples_quoting.concept(f"polycentric{HALF} governance").name == "polycentric? governance"
    )

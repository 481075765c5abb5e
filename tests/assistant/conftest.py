"""A conversation that has begun."""

from __future__ import annotations

import pytest

from assistant import Assistant, Conversation

ASKED = "What is polycentric governance?"
FOLLOW_UP = "And what does it need?"


@pytest.fixture
def conversation(samples_quoting: Assistant) -> Conversation:
    conversation = samples_quoting.conversations.create()
    conversation.ask(ASKED)
    return conversation

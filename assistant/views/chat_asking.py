"""Asking in the chat: where questions go, and what becomes of those that cannot be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from assistant import Assistant, Conversation, ConversationTurn, GovernanceAssistantError
from assistant.condense import checked_question
from assistant.views import going, markup, turns
from assistant.views.opening import ready
from assistant.views.reader import reader
from assistant.views.spoken import spoken
from assistant.writing import Desk, Writing

TYPED = "chat_question"
"""The key of the box that questions are typed into."""

_FAILED = "chat_failed"


@dataclass(frozen=True, slots=True)
class Failed:
    """A question that could not be asked, in which conversation, and why."""

    conversation: str
    question: str
    why: str


@st.cache_resource
def desk() -> Desk:
    """Where the answers of this process are written."""
    return Desk()


def shown() -> str:
    """Id of the conversation that the address names, else of the session's last one; or empty."""
    named = st.query_params.get(going.CONVERSATION) or st.session_state.get(going.CONVERSATION)
    return str(named or "")


def ask_typed() -> None:
    """Ask what was typed, in the conversation that is shown."""
    question = st.session_state[TYPED]
    try:
        assistant = ready()
        conversation = assistant.conversations.open(shown()) if shown() else None
    except GovernanceAssistantError as error:
        st.session_state[_FAILED] = Failed(shown(), question, str(error))
    else:
        ask(assistant, conversation, question)


def ask(
    assistant: Assistant,
    conversation: Conversation | None,
    question: str,
    instead_of: int | None = None,
) -> None:
    """Begin to answer; the question is kept, and shown by `show_failure`, where that fails.

    Args:
        assistant: Whose papers.
        conversation: Where it is asked; one is begun where None.
        question: As it was typed.
        instead_of: The position of the turn it takes the place of, where it does.
    """
    turns.stop_editing()
    try:
        checked_question(question)
        conversation = conversation or assistant.conversations.create(
            papers=going.scope(), owner=reader()
        )
        desk().begin(conversation, question, instead_of=instead_of)
    except GovernanceAssistantError as error:
        st.session_state[_FAILED] = Failed(shown(), question, str(error))
    else:
        st.session_state.pop(_FAILED, None)
        going.keep_conversation(conversation.id)


def stop() -> None:
    """End what is being written for the conversation that is shown."""
    writing = desk().at(shown())
    if writing:
        writing.stop()


def show_failure(
    assistant: Assistant,
    conversation: Conversation | None,
    writing: Writing | None,
    said: Sequence[ConversationTurn],
) -> None:
    """Show a question that could not be begun, in a form to send it again, and why.

    Args:
        assistant: Whose papers.
        conversation: That is shown; None before the first question.
        writing: What was last written for it.
        said: What was said in it.
    """
    failed: Failed | None = st.session_state.get(_FAILED)
    if writing and writing.error and not (said and said[-1].question == writing.question):
        failed = Failed(shown(), writing.question, writing.error)
    if failed is None or failed.conversation != shown():
        return
    st.error(markup.escape_markdown(spoken(failed.why)))
    if question := turns.question_form("chat_failed_form", failed.question, _forget_failure):
        ask(assistant, conversation, question)
        st.rerun()


def ask_elsewhere() -> None:
    """Keep a question that could not be asked when its conversation is gone, for a new one."""
    if failed := st.session_state.get(_FAILED):
        st.session_state[_FAILED] = replace(failed, conversation="")


def _forget_failure() -> None:
    st.session_state.pop(_FAILED, None)
    desk().forget(shown())

"""The chat: a conversation, its answers with their sources, and the next question."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant import Assistant, Conversation, ConversationTurn, GovernanceAssistantError
from assistant.condense import MAX_QUESTION
from assistant.views import chat_sidebar, going, markup, turns
from assistant.views.answers import draft_html, question_html
from assistant.views.chat_asking import (
    TYPED,
    ask,
    ask_elsewhere,
    ask_typed,
    desk,
    show_failure,
    shown,
    stop,
)
from assistant.views.chat_offers import next_questions, welcome
from assistant.views.clickable import announce, scroll_to
from assistant.views.opening import opened, show_empty
from assistant.views.spoken import spoken
from assistant.views.words import _, plural
from assistant.writing import Writing
from ingest.errors import UnknownConversation

_SOON_S = 0.4
"""How long an answer is waited for before the page is drawn without it; quotes come sooner."""
_LOOK_S = 0.1
"""How long between two looks at what a model has written."""


def page() -> None:
    """Show the conversation, and answer what was asked."""
    title, asking = st.empty(), st.bottom.empty()
    writing = desk().at(shown())
    busy = writing is not None and not writing.wait(_SOON_S)
    # Both are there before the library is.
    title.title("Governance Assistant", anchor=False)
    asking.chat_input(
        _("Ask about governance…"),
        key=TYPED,
        max_chars=MAX_QUESTION,
        disabled=busy,
        on_submit=ask_typed,
    )
    assistant = opened()
    conversation = _conversation(assistant)
    if conversation:
        title.title(markup.escape_markdown(conversation.title), anchor=False)
    chat_sidebar.show(assistant, conversation)
    if not assistant.count_passages():
        asking.empty()
        show_failure(assistant, conversation, None, [])
        show_empty()
        return
    followed = writing if busy else None
    said = _show(assistant, conversation, writing, followed) if conversation else []
    if followed:
        _follow(assistant, followed)
    show_failure(assistant, conversation, writing, said)
    if conversation is None:
        # One element, so that the first question takes the place of all of it.
        with st.container():
            welcome(assistant)
    _tell(said)
    answer = said[-1].answer if said else None
    if conversation and answer and answer.record:
        next_questions(assistant, conversation, answer)


def _conversation(assistant: Assistant) -> Conversation | None:
    """The conversation that is shown; None before the first question."""
    if not shown():
        return None
    try:
        conversation = assistant.conversations.open(shown())
    except UnknownConversation:
        st.warning(_("This conversation was deleted, or its link is wrong."))
        ask_elsewhere()
        going.forget_conversation()
        return None
    except GovernanceAssistantError as error:
        st.warning(markup.escape_markdown(spoken(error)))
        going.forget_conversation()
        return None
    going.keep_conversation(conversation.id)
    return conversation


def _show(
    assistant: Assistant,
    conversation: Conversation,
    writing: Writing | None,
    followed: Writing | None,
) -> list[ConversationTurn]:
    """Show what was said, and return it, without the question whose answer is followed.

    That question may have been answered meanwhile, and is not to be there twice.
    """
    said = conversation.turns
    if followed and said and (not said[-1].answer or said[-1].question == followed.question):
        said = said[:-1]
    papers = {paper.id: paper for paper in assistant.papers()}
    for position, turn in enumerate(said):
        last = position == len(said) - 1
        one = turns.Shown(assistant, conversation, position, turn, last, writing)
        if again := turns.show(one, papers):
            ask(assistant, conversation, again, instead_of=position)
            st.rerun()
    return said


def _follow(assistant: Assistant, writing: Writing) -> None:
    """Show an answer while it is written; then everything is drawn anew, in its place."""
    with st.chat_message("user", avatar=turns.PERSON):
        st.html(question_html(writing.question))
    with st.chat_message("assistant", avatar=turns.BOOK):
        announce(_("Looking in the papers…"), key="chat_working")
        draft, beat = st.empty(), st.empty()
        if assistant.model is not None:
            with st.bottom:  # where it stays while the draft grows
                st.button(_("Stop"), icon=":material/stop_circle:", on_click=stop)
        with st.spinner(_("Looking in the papers…")):
            drawn = ""
            while not writing.wait(_LOOK_S):
                beat.empty()  # Streamlit heeds a click only where something is drawn
                if writing.text != drawn:
                    drawn = writing.text
                    draft.html(draft_html(drawn))
    st.rerun()


def _tell(said: Sequence[ConversationTurn]) -> None:
    """Bring the last question into view, and let a screen reader say what became of it."""
    if not said:
        announce("", key="chat_live")
        scroll_to("h1", "welcome", key="chat_scroll")
        return
    answer = said[-1].answer
    if answer is None:
        news = ""
    elif not answer.answered:
        news = _("The papers do not answer question {number}.", number=len(said))
    else:
        news = plural(
            "The answer to question {number} is here, with {n} source.",
            "The answer to question {number} is here, with {n} sources.",
            len(answer.citations),
            number=len(said),
        )
    announce(news, key="chat_live")
    scroll_to(
        "h1" if len(said) == 1 else ".asked",
        f"{len(said)} {answer.record if answer else ''}",
        key="chat_scroll",
    )

"""The chat: a conversation, its answers with their sources, and the next question."""

from __future__ import annotations

import streamlit as st

from assistant import Answer, Assistant, Conversation, GovernanceAssistantError
from assistant.condense import MAX_QUESTION, checked_question
from assistant.views import chat_sidebar, going, markup, turns
from assistant.views.answers import draft_html, question_html
from assistant.views.clickable import announce, scroll_to
from assistant.views.opening import opened, ready, show_empty
from assistant.views.words import Language, _, language, plural
from assistant.writing import Desk, Writing

_TYPED, _FAILED = "chat_question", "chat_failed"
_SOON_S = 0.4
"""How long an answer is waited for before the page is drawn without it; quotes come sooner."""
_LOOK_S = 0.1
"""How long between two looks at what a model has written."""


@st.cache_resource
def _desk() -> Desk:
    return Desk()


def page() -> None:
    """Show the conversation, and answer what was asked."""
    title, asking = st.empty(), st.bottom.empty()
    writing = _desk().at(_key())
    busy = writing is not None and not writing.wait(_SOON_S)
    # Both are there before the library is.
    title.title("Governance Assistant", anchor=False)
    asking.chat_input(
        _("Ask about governance…"),
        key=_TYPED,
        max_chars=MAX_QUESTION,
        disabled=busy,
        on_submit=_ask_typed,
    )
    assistant = opened()
    conversation = _conversation(assistant)
    if conversation:
        title.title(markup.escape_markdown(conversation.title), anchor=False)
    chat_sidebar.show(assistant, conversation)
    if not assistant.count_passages():
        asking.empty()
        _failure()
        show_empty()
        return
    said = _show(assistant, conversation, writing) if conversation else None
    if writing and busy:
        _follow(assistant, writing)
    _failure()
    if conversation is None:
        _welcome(assistant)
    announce(_state(said), key="chat_live")
    if said:
        scroll_to(".asked", said.record or said.question, key="chat_scroll")
    elif conversation is None:
        scroll_to("h1", "welcome", key="chat_scroll")
    if said and said.record:
        _next_questions(assistant, conversation, said)


def _key() -> str:
    """Id of the conversation that the address names, else of the session's last one; or empty."""
    key = st.query_params.get(going.CONVERSATION) or st.session_state.get(going.CONVERSATION)
    return str(key or "")


def _conversation(assistant: Assistant) -> Conversation | None:
    """The conversation that is shown; None before the first question."""
    if not _key():
        return None
    try:
        conversation = assistant.conversations.open(_key())
    except GovernanceAssistantError as error:
        st.warning(markup.escape_markdown(str(error)))
        going.forget_conversation()
        return None
    going.keep_conversation(conversation.id)
    return conversation


def _ask_typed() -> None:
    question = st.session_state[_TYPED]
    try:
        assistant = ready()
        conversation = assistant.conversations.open(_key()) if _key() else None
    except GovernanceAssistantError as error:
        st.session_state[_FAILED] = (question, str(error))
    else:
        _ask(assistant, conversation, question)


def _ask(
    assistant: Assistant,
    conversation: Conversation | None,
    question: str,
    instead_of: int | None = None,
) -> None:
    """Begin to answer; what was typed is kept where that fails."""
    try:
        checked_question(question)
        conversation = conversation or assistant.conversations.create(papers=going.scope())
        _desk().begin(conversation, question, instead_of=instead_of)
    except GovernanceAssistantError as error:
        st.session_state[_FAILED] = (question, str(error))
    else:
        st.session_state.pop(_FAILED, None)
        going.keep_conversation(conversation.id)


def _show(
    assistant: Assistant, conversation: Conversation, writing: Writing | None
) -> Answer | None:
    """Show what was said; the last answer, where the last question has one."""
    said = conversation.turns
    if writing and not writing.finished and said and not said[-1].answer:
        said = said[:-1]  # being answered now
    papers = {paper.id: paper for paper in assistant.papers()}
    for position, turn in enumerate(said):
        last = position == len(said) - 1
        shown = turns.Shown(assistant, conversation, position, turn, last, writing)
        if again := turns.show(shown, papers):
            _ask(assistant, conversation, again, instead_of=position)
            st.rerun()
    return said[-1].answer if said else None


def _follow(assistant: Assistant, writing: Writing) -> None:
    """Show an answer while it is written; then everything is drawn anew, in its place."""
    with st.chat_message("user", avatar=turns.PERSON):
        st.html(question_html(writing.question))
    with st.chat_message("assistant", avatar=turns.BOOK):
        announce(_("Looking in the papers…"), key="chat_working")
        draft = st.empty()
        if assistant.model is not None:
            with st.bottom:  # where it stays while the draft grows
                st.button(_("Stop"), icon=":material/stop_circle:", on_click=writing.stop)
        with st.spinner(_("Looking in the papers…"), show_time=True):
            while not writing.wait(_LOOK_S):
                if writing.text:
                    draft.html(draft_html(writing.text))
    st.rerun()


def _failure() -> None:
    """A question that could not even be begun, as it was typed, and why."""
    failed = st.session_state.get(_FAILED)
    if failed:
        question, why = failed
        with st.chat_message("user", avatar=turns.PERSON):
            st.html(question_html(question))
        st.error(markup.escape_markdown(why))


def _welcome(assistant: Assistant) -> None:
    """What this is, which papers there are, and questions that work."""
    papers = assistant.papers()
    st.markdown(
        _(
            "Ask about governance, and read what the papers say: every answer names its passages, "
            "and a click on a number shows the words in their place."
        )
    )
    asked = plural("{n} paper is asked", "{n} papers are asked", len(papers))
    st.html(markup.block(markup.details(asked, turns.papers_html(papers))))
    st.subheader(_("For example"), anchor=False)
    columns = st.columns(2, gap="small")
    for number, example in enumerate(_examples(assistant, language())):
        with columns[number % 2]:
            st.button(
                markup.escape_markdown(example),
                key=f"example:{number}",
                on_click=_ask,
                args=(assistant, None, example),
                width="stretch",
                wrap=True,
            )


@st.cache_data(show_spinner=False, hash_funcs={Assistant: lambda assistant: assistant.fingerprint})
def _examples(assistant: Assistant, spoken: Language) -> list[str]:
    from assistant.suggestions import examples

    return examples(assistant, spoken)


def _next_questions(
    assistant: Assistant, conversation: Conversation | None, answer: Answer
) -> None:
    suggested = _suggested(assistant, answer)
    if not suggested:
        return
    st.caption(_("Ask next"))
    with st.container(key="next", gap=None):
        for number, question in enumerate(suggested):
            st.button(
                markup.escape_markdown(question),
                key=f"next:{answer.record}:{number}",
                on_click=_ask,
                args=(assistant, conversation, question),
                type="tertiary",
                icon=":material/arrow_forward:",
            )


@st.cache_data(
    show_spinner=False,
    max_entries=1000,
    hash_funcs={
        Assistant: lambda assistant: assistant.fingerprint,
        Answer: lambda answer: answer.record,
    },
)
def _suggested(assistant: Assistant, answer: Answer) -> list[str]:
    return assistant.suggest(answer)


def _state(answer: Answer | None) -> str:
    """What a screen reader says when the page was drawn."""
    if answer is None:
        return ""
    if not answer.answered:
        return _("The papers do not answer this.")
    return plural(
        "The answer is here, with {n} source.",
        "The answer is here, with {n} sources.",
        len(answer.citations),
    )

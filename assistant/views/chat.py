"""The chat: questions, answers with citations, and the passages behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assistant import (
    Answer,
    Assistant,
    Done,
    GovernanceAssistantError,
    ModelError,
    Paper,
    Token,
    Turn,
)
from assistant.views import markup
from assistant.views.opening import opened, show_empty

STARTERS = (
    "What is polycentric governance?",
    "What are the three parts of the concept of governance?",
    "How does the Belt and Road relate to international organisations?",
)
_PERSON, _BOOK = ":material/person:", ":material/menu_book:"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer, or why there is none."""

    question: str
    answer: Answer | None = None
    error: str = ""


def page() -> None:
    """Show the conversation, and answer what was asked."""
    assistant = opened()
    exchanges: list[Exchange] = st.session_state.setdefault("exchanges", [])
    _sidebar(assistant)
    st.title("Governance Assistant", anchor=False)
    if not assistant.count_passages():
        show_empty()
        return
    asked = st.chat_input("Ask about governance…") or st.session_state.pop("starter", None)
    if not exchanges and not asked:
        _welcome()
    papers = assistant.papers()
    for exchange in exchanges:
        _show(exchange, papers)
    if asked:
        exchanges.append(_exchange(assistant, asked, exchanges))
        # Drawn anew without the spinner, every message keeps its place from run to run.
        st.rerun()


def _sidebar(assistant: Assistant) -> None:
    with st.sidebar:
        st.button("New conversation", icon=":material/add:", on_click=_forget, width="stretch")
        papers, passages = len(assistant.papers()), assistant.count_passages()
        st.caption(
            f"Papers in the library: {papers:,}; passages: {passages:,}. {_writer(assistant)}"
        )


def _writer(assistant: Assistant) -> str:
    """Who writes the answers, and what leaves this machine for it."""
    try:
        model = assistant.model
    except ModelError as error:
        return markup.escape_markdown(str(error))
    if model is None:
        return "Answers are quotes from the papers, word for word; no language model writes them."
    name, where = (markup.escape_markdown(part) for part in (model.info.name, model.info.where))
    sent = f"questions and passages are sent to {where}" if model.info.hosted else "on this machine"
    return f"Answers are written by {name} ({sent}); every sentence is compared with what it cites."


def _forget() -> None:
    st.session_state["exchanges"] = []


def _welcome() -> None:
    st.markdown("Ask a question, and read what the papers say to it. For example:")
    for starter in STARTERS:
        st.button(starter, on_click=_start, args=(starter,), width="stretch")


def _start(question: str) -> None:
    st.session_state["starter"] = question


def _exchange(assistant: Assistant, question: str, before: Sequence[Exchange]) -> Exchange:
    _show_question(question)
    with st.chat_message("assistant", avatar=_BOOK):
        draft, written = st.empty(), ""
        with st.spinner("Looking in the papers…"):
            try:
                for event in assistant.stream(question, _history(before)):
                    if isinstance(event, Token):
                        written += event.text
                        draft.html(markup.draft_html(written))
                    elif isinstance(event, Done):
                        return Exchange(question, answer=event.answer)
            except GovernanceAssistantError as error:
                return Exchange(question, error=str(error))
    raise AssertionError("the events of an answer end with Done")


def _history(exchanges: Sequence[Exchange]) -> list[Turn]:
    turns: list[Turn] = []
    for exchange in exchanges:
        if exchange.answer:
            turns.append({"role": "user", "content": exchange.question})
            turns.append({"role": "assistant", "content": exchange.answer.text})
    return turns


def _show(exchange: Exchange, papers: Sequence[Paper]) -> None:
    _show_question(exchange.question)
    with st.chat_message("assistant", avatar=_BOOK):
        if exchange.answer:
            st.html(markup.answer_html(exchange.answer, papers))
        else:
            st.error(markup.escape_markdown(exchange.error))


def _show_question(question: str) -> None:
    with st.chat_message("user", avatar=_PERSON):
        st.html(markup.question_html(question))

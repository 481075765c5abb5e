"""The chat's side: a new conversation, which papers are asked, and the latest conversations."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant import Assistant, Conversation, GovernanceAssistantError, ModelError
from assistant.views import going, markup
from assistant.views.answers import short_name
from assistant.views.reader import reader
from assistant.views.spoken import spoken
from assistant.views.words import _, plural

_RECENT = 6


def show(assistant: Assistant, conversation: Conversation | None) -> None:
    """Fill the sidebar.

    Args:
        assistant: Whose papers and conversations.
        conversation: The one that is shown; None before the first question.
    """
    with st.sidebar:
        if st.button(_("New conversation"), icon=":material/add:", width="stretch"):
            going.begin_conversation()
        _scope(assistant, conversation)
        _recent(assistant, conversation)
        st.caption(_library(assistant))
        st.caption(_writer(assistant))


def _scope(assistant: Assistant, conversation: Conversation | None) -> None:
    """Which papers the next questions are asked of."""
    titles = {paper.id: f"{short_name(paper)}: {paper.title}" for paper in assistant.papers()}
    if len(titles) < 2:
        return
    chosen = conversation.papers if conversation else going.scope()
    there = [paper for paper in chosen or () if paper in titles]
    if len(there) < len(chosen or ()):
        _choose(conversation, there or None)
        st.info(_("Papers that this conversation asked are no longer in the library."))
    key = f"chat_scope:{conversation.id if conversation else going.scope_round()}"
    st.multiselect(
        _("Papers to ask"),
        list(titles),
        there,
        format_func=lambda paper: titles.get(paper, paper),
        placeholder=_("All papers"),
        key=key,
        on_change=_chosen,
        args=(conversation, key),
    )


def _chosen(conversation: Conversation | None, key: str) -> None:
    _choose(conversation, st.session_state[key] or None)


def _choose(conversation: Conversation | None, papers: Sequence[str] | None) -> None:
    if conversation is None:
        going.ask_next(papers)
        return
    try:
        conversation.ask_only(papers)
    except GovernanceAssistantError as error:
        st.toast(markup.escape_markdown(spoken(error)), icon="⚠️")


def _recent(assistant: Assistant, conversation: Conversation | None) -> None:
    recent = assistant.conversations.list(owner=reader())[:_RECENT]
    if not recent:
        return
    st.caption(_("Recent conversations"))
    with st.container(key="recent", gap=None):
        for summary in recent:
            here = conversation is not None and summary.id == conversation.id
            if st.button(
                markup.escape_markdown(summary.title),
                key=f"recent:{summary.id}",
                type="tertiary",
                icon=":material/chat:" if here else ":material/chat_bubble_outline:",
                disabled=here,
            ):
                going.resume_conversation(summary.id)


def _library(assistant: Assistant) -> str:
    papers, passages = len(assistant.papers()), assistant.count_passages()
    counted = plural("{n:,} paper", "{n:,} papers", papers)
    return _("In the library: {papers}, {passages:,} passages.", papers=counted, passages=passages)


def _writer(assistant: Assistant) -> str:
    """Who writes the answers, and what leaves this machine for it."""
    try:
        model = assistant.model
    except ModelError as error:
        return markup.escape_markdown(spoken(error))
    if model is None:
        return _("Answers are quotes from the papers, word for word. No language model is used.")
    name, where = (markup.escape_markdown(part) for part in (model.info.name, model.info.where))
    if model.info.hosted:
        return _(
            "Answers are written by {name}: questions and passages are sent to {where}. Every "
            "sentence is compared with what it cites.",
            name=name,
            where=where,
        )
    return _(
        "Answers are written by {name} on this machine; every sentence is compared with what it "
        "cites.",
        name=name,
    )

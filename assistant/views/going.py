"""Going from one view to another, and which conversation the chat shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NoReturn

import streamlit as st

View = Literal[
    "chat", "conversations", "library", "paper", "concepts", "search", "evaluation", "settings"
]

_PAGES, _SCOPE, _ROUND = "pages", "scope", "scope_round"
CONVERSATION = "conversation"
"""The parameter of the chat's address that names its conversation."""


def remember(pages: Mapping[View, st.Page]) -> None:
    """Keep the pages of this run, so that views find each other."""
    st.session_state[_PAGES] = pages


def go_to(view: View, **parameters: str) -> NoReturn:
    """Show another view.

    Args:
        view: Its name.
        **parameters: Of its address, such as ``paper="0123abcd"``.
    """
    st.switch_page(st.session_state[_PAGES][view], query_params=parameters)


def begin_conversation(papers: Sequence[str] | None = None) -> NoReturn:
    """Show the chat without a conversation; the first question makes one.

    Args:
        papers: Ids of the papers that it will ask; all where None.
    """
    ask_next(papers)
    forget_conversation()
    go_to("chat")


def ask_next(papers: Sequence[str] | None) -> None:
    """Choose the papers that the next conversation will ask; all where None."""
    st.session_state[_SCOPE] = None if papers is None else list(papers)
    st.session_state[_ROUND] = scope_round() + 1


def scope_round() -> int:
    """How often that was chosen; a widget that shows it begins anew each time."""
    return int(st.session_state.get(_ROUND, 0))


def resume_conversation(conversation: str) -> NoReturn:
    """Show a conversation in the chat.

    Args:
        conversation: Its id.
    """
    st.session_state[CONVERSATION] = conversation
    go_to("chat", **{CONVERSATION: conversation})


def keep_conversation(conversation: str) -> None:
    """Show this conversation from now on, and name it in the address."""
    st.session_state[CONVERSATION] = conversation
    st.query_params[CONVERSATION] = conversation


def forget_conversation() -> None:
    """Show no conversation until another is chosen or begun."""
    st.session_state.pop(CONVERSATION, None)
    st.query_params.pop(CONVERSATION, None)


def scope() -> list[str] | None:
    """Ids of the papers that the next conversation will ask; all where None."""
    chosen: list[str] | None = st.session_state.get(_SCOPE)
    return chosen

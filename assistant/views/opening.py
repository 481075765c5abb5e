"""What both pages begin with: the library, opened once a process."""

from __future__ import annotations

import os
import shlex

import streamlit as st

from assistant import Assistant, GovernanceAssistantError
from assistant.views import markup


def opened() -> Assistant:
    """The library that ``GOVASSIST_LIBRARY`` names; the page ends where it cannot be opened."""
    st.html(markup.STYLE)
    try:
        assistant = open_once(_library() or "library", os.environ.get("GOVASSIST_EMBEDDER") or None)
    except GovernanceAssistantError as error:
        st.error(markup.escape_markdown(str(error)))
        st.stop()
    _show_notices(assistant)
    return assistant


@st.cache_resource(show_spinner="Opening the library…", on_release=Assistant.close)
def open_once(library: str, embedder: str | None) -> Assistant:
    """One assistant a process for each library and embedder."""
    return Assistant.open(library, embedder=embedder)


def show_empty() -> None:
    """Say how to fill a library."""
    st.info(
        "The library is empty. Put papers into a folder, add the folder in a terminal with this "
        "command, then reload this page:"
    )
    option = f" --library {shlex.quote(_library())}" if _library() else ""
    st.code(f"govassist add papers/{option}", language=None, wrap_lines=True)


def _library() -> str:
    return os.environ.get("GOVASSIST_LIBRARY", "")


def _show_notices(assistant: Assistant) -> None:
    if not st.session_state.get("notices_shown"):
        st.session_state["notices_shown"] = True
        for notice in assistant.notices:
            st.info(markup.escape_markdown(notice))

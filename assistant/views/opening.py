"""What every view begins with: the library, opened once a process, answered as was chosen."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import streamlit as st

from assistant import Assistant, GovernanceAssistantError
from assistant.views import going, markup, reader
from assistant.views.choices import choose, chosen
from assistant.views.clickable import close_sidebar_on_phones
from assistant.views.spoken import spoken
from assistant.views.words import _

_MOST_MODELS = 4
"""How many models, besides its own, a process keeps open; that used longest ago is let go of."""

_FORGOTTEN = "choice_forgotten"

_CONTRAST = """<style>
[data-testid="stCaptionContainer"] {{ opacity: .8; }}
[role="dialog"] {{ color-scheme: {scheme}; }}
.st-key-reader_kept {{ display: none; }}
[kind^="primary"] * {{ color: light-dark(#fff, #171614); }}
[data-testid="InputInstructions"] {{ display: none; }}
</style>"""
"""Small print, and buttons in the light colour of the dark theme, as readable as the rest;
Streamlit's hints, English and upon what is typed on a phone, away."""


def opened() -> Assistant:
    """The library that ``GOVASSIST_LIBRARY`` names; the page ends where it cannot be opened."""
    st.html(markup.STYLE + _CONTRAST.format(scheme=st.context.theme.type or "light"))
    try:
        with st.spinner(_("Opening the library…")):
            assistant = ready()
    except GovernanceAssistantError as error:
        st.header(_("The library cannot be opened"), anchor=False)
        _say(error)
        st.stop()
    _show_notices(assistant)
    close_sidebar_on_phones()
    reader.keep()
    return assistant


def ready() -> Assistant:
    """The session's assistant, for a callback, which draws nothing.

    Returns:
        The same as `opened`.

    Raises:
        GovernanceAssistantError: The library cannot be opened.
    """
    return _as_chosen(open_once(*place()))


def view(name: going.View) -> Callable[[], None]:
    """A view for the router; an error of ours ends it with a message and a button to try again.

    Args:
        name: Of the view, and of its module. It is imported when the view is shown first, so that
            the first page does not wait for the others.

    Returns:
        What shows it.
    """

    def show() -> None:
        try:
            import_module(f"assistant.views.{name}").page()
        except GovernanceAssistantError as error:
            _say(error)

    return show


def place() -> tuple[str, str | None]:
    """The library's folder, and the name of its embedder; that of the bundled one is None."""
    return _library() or "library", os.environ.get("GOVASSIST_EMBEDDER") or None


@st.cache_resource(show_spinner=False, on_release=Assistant.close)
def open_once(library: str, embedder: str | None) -> Assistant:
    """One assistant a process for each library and embedder; its embedder loads meanwhile."""
    return Assistant.open(library, embedder=embedder)


@st.cache_resource(show_spinner=False, max_entries=_MOST_MODELS, on_release=Assistant.close)
def _answered_by(library: str, embedder: str | None, model: str) -> Assistant:
    """One assistant a process for each model, however many passages its answers are made of."""
    return open_once(library, embedder).using(model)


def _as_chosen(assistant: Assistant) -> Assistant:
    """The session's own assistant; what a browser kept and nobody can use is forgotten."""
    choice = chosen()
    if choice.model:
        try:
            assistant = _answered_by(*place(), choice.model)
        except GovernanceAssistantError as error:
            st.session_state[_FORGOTTEN] = str(error)
            choose(replace(choice, model=None))
    if choice.passages is None:
        return assistant
    try:
        return assistant.using(passages=choice.passages)
    except GovernanceAssistantError:
        choose(replace(chosen(), passages=None))
        return assistant


def _say(error: GovernanceAssistantError) -> None:
    st.error(markup.escape_markdown(spoken(error)))
    st.button(_("Try again"), icon=":material/refresh:", key="try_again")


def show_empty() -> None:
    """Say how to fill a library."""
    st.info(_("The library is empty. Upload papers in the library view:"))
    if st.button(_("Upload papers"), icon=":material/upload_file:", type="primary"):
        going.go_to("library")
    st.write(
        _("Or put papers into a folder, add it in a terminal with this command, and come back:")
    )
    option = f" --library {shlex.quote(_library())}" if _library() else ""
    st.code(f"govassist add papers/{option}", language=None, wrap_lines=True)


def _library() -> str:
    return os.environ.get("GOVASSIST_LIBRARY", "")


def _show_notices(assistant: Assistant) -> None:
    if not st.session_state.get("notices_shown"):
        st.session_state["notices_shown"] = True
        for notice in assistant.notices:
            st.info(markup.escape_markdown(spoken(notice)))
    problem = st.session_state.pop(_FORGOTTEN, "")
    if problem:
        st.warning(
            _(
                "The model chosen before cannot be used, so the app's own answers. {problem}",
                problem=markup.escape_markdown(spoken(problem)).replace("\n", "  \n"),
            )
        )

"""The settings: who answers and from how much, the language, the theme, and what is running."""

from __future__ import annotations

import platform
import shlex
from collections.abc import Iterable
from dataclasses import replace
from html import escape

import streamlit as st

from assistant import Assistant, __version__
from assistant.api import MOST_PASSAGES
from assistant.asking import DEPTH
from assistant.doctor import Findings, examine_open
from assistant.views import choices, markup, settings_model, words
from assistant.views.opening import opened
from assistant.views.spoken import spoken
from assistant.views.theme import choose_theme
from assistant.views.words import LANGUAGES, _, language
from vectorstore.embedders import MULTILINGUAL_EMBEDDER

_PASSAGES, _LANGUAGE, _FINDINGS = "settings_passages", "settings_language", "settings_findings"


def page() -> None:
    """Show what can be chosen, and what is in use."""
    assistant = opened()
    st.title(_("Settings"), anchor=False)
    settings_model.show(assistant)
    _passages(assistant)
    _appearance()
    _library(assistant)
    _running(assistant)
    words.keep()
    choices.keep()


def _passages(assistant: Assistant) -> None:
    st.slider(
        _("Passages of an answer"),
        1,
        MOST_PASSAGES,
        assistant.depth,
        key=_PASSAGES,
        on_change=_choose_passages,
        help=_(
            "How many passages an answer is made of, for this visit; {n} where nothing is chosen. "
            "More of them tell more, and take longer.",
            n=DEPTH,
        ),
    )


def _choose_passages() -> None:
    passages = st.session_state[_PASSAGES]
    choices.choose(replace(choices.chosen(), passages=None if passages == DEPTH else passages))


def _appearance() -> None:
    st.header(_("Language and theme"), anchor=False)
    names = list(LANGUAGES)
    st.radio(
        _("Language"),
        names,
        names.index(language()),
        format_func=LANGUAGES.__getitem__,
        horizontal=True,
        key=_LANGUAGE,
        on_change=_choose_language,
    )
    choose_theme()


def _choose_language() -> None:
    words.choose(st.session_state[_LANGUAGE])


def _library(assistant: Assistant) -> None:
    st.header(_("Library"), anchor=False)
    st.html(
        _rows_html(
            [(_("Folder"), str(assistant.folder)), (_("Vectors by"), str(assistant.embedder))]
        )
    )
    name = f"`{MULTILINGUAL_EMBEDDER}`"
    st.write(
        _(
            "To make the vectors with another embedder, such as {name} for Chinese and a hundred "
            "other languages, stop the app and give these commands:",
            name=name,
        )
    )
    folder = shlex.quote(str(assistant.folder))
    st.code(
        f"govassist reembed --library {folder} --embedder {MULTILINGUAL_EMBEDDER}\n"
        f"govassist app --library {folder} --embedder {MULTILINGUAL_EMBEDDER}",
        language="shell",
        wrap_lines=True,
    )


def _running(assistant: Assistant) -> None:
    st.header(_("What is running"), anchor=False)
    st.caption(
        _(
            "Governance Assistant {version}, Python {python}, Streamlit {streamlit}",
            version=__version__,
            python=platform.python_version(),
            streamlit=st.__version__,
        )
    )
    st.write(
        _("Checks what is installed, the library, and whether the model answers a short request.")
    )
    if st.button(_("Check now"), icon=":material/health_and_safety:"):
        with st.spinner(_("Checking…")):
            st.session_state[_FINDINGS] = examine_open(assistant)
    findings: Findings | None = st.session_state.get(_FINDINGS)
    if findings:
        _show_findings(findings)


def _show_findings(findings: Findings) -> None:
    if findings.sound:
        st.success(_("All is well."), icon=":material/check_circle:")
    for problem in findings.problems:
        st.error(markup.escape_markdown(spoken(problem)))
    named = {
        "embedder": _("Embedder"),
        "scans": _("Scanned pages"),
        "answers": _("Answers"),
        "leaves this machine": _("Leaves this machine"),
        "questions in Chinese": _("Questions in Chinese"),
        "library": _("Library"),
        "repaired": _("Repaired"),
    }
    said_above = {"problem", "state"}
    lines = [(named.get(k, k), value) for k, value in findings.shown() if k not in said_above]
    st.html(_rows_html(lines))


def _rows_html(rows: Iterable[tuple[str, str]]) -> str:
    shown = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(spoken(value))}</dd>" for name, value in rows
    )
    return markup.block(f"<dl>{shown}</dl>")

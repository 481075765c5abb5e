"""Who answers: which language model, what leaves this machine for it, and whether it works."""

from __future__ import annotations

import shlex
from dataclasses import replace

import streamlit as st

from assistant import Assistant, GovernanceAssistantError, ModelError
from assistant.models.names import FORMS
from assistant.models.trial import Trial, tried
from assistant.views import markup
from assistant.views.choices import choose, chosen, model_is_fixed
from assistant.views.spoken import spoken
from assistant.views.words import _

_NAME = "settings_model"
_LONGEST_NAME = 300


def show(assistant: Assistant) -> None:
    """Say who answers now, and let the reader try and choose another model, unless it is fixed.

    Args:
        assistant: The session's.
    """
    st.header(_("Who answers"), anchor=False)
    _say_now(assistant)
    if model_is_fixed():
        st.caption(_("Whoever started this app chose the model; it cannot be changed here."))
        return
    _offer_another(assistant)
    with st.expander(_("Which names there are, and how to choose one for good")):
        st.code(FORMS, language=None, wrap_lines=True)
        st.write(
            _(
                "Keys are read from the environment, such as OPENAI_API_KEY. To use a model for "
                "good, start the app with its name:"
            )
        )
        folder, model = (
            shlex.quote(part) for part in (str(assistant.folder), chosen().model or "none")
        )
        command = f"govassist app --library {folder} --model {model}"
        st.code(command, language="shell", wrap_lines=True)


def _offer_another(assistant: Assistant) -> None:
    with st.form("settings_model_form", border=False):
        name = st.text_input(
            _("Another model"),
            key=_NAME,
            placeholder="none, ollama:llama3.2, openai:gpt-5-mini",
            max_chars=_LONGEST_NAME,
        )
        with st.container(horizontal=True):
            test = st.form_submit_button(_("Test"), icon=":material/network_check:")
            use = st.form_submit_button(_("Use for this visit"), type="primary")
    if test:
        _test(assistant, (name or "").strip())
    if use:
        _use(assistant, (name or "").strip())


def _say_now(assistant: Assistant) -> None:
    try:
        model = assistant.model
    except ModelError as error:
        st.error(markup.escape_markdown(spoken(error)))
    else:
        if model is None:
            st.write(
                _(
                    "Answers are quotes from the papers, word for word. No language model writes "
                    "them, and nothing leaves this machine."
                )
            )
        else:
            info = model.info
            name, where = (markup.escape_markdown(part) for part in (info.name, info.where))
            st.write(_("Answers are written by **{name}**.", name=name))
            st.write(
                _(
                    "The question, the conversation and the passages used go to {where}.",
                    where=where,
                )
                if info.hosted
                else _("It runs on this machine, and nothing leaves it.")
            )
    if chosen().model:
        st.caption(_("You chose this for your visit."))
        if st.button(_("Back to the app's own model"), icon=":material/undo:"):
            choose(replace(chosen(), model=None))
            st.rerun()


def _test(assistant: Assistant, name: str) -> None:
    with st.spinner(_("Asking the model for a word…")):
        trial = tried(name) if name else _tried_now(assistant)
    if trial.problem:
        _say_error(trial.problem)
        return
    found, leaves = (markup.escape_markdown(spoken(part)) for part in (trial.answers, trial.leaves))
    st.success(_("It works. Answers come {found}.", found=found), icon=":material/check_circle:")
    st.write(_("What leaves this machine: {leaves}.", leaves=leaves))


def _tried_now(assistant: Assistant) -> Trial:
    try:
        return tried(assistant.model or "none")
    except ModelError as error:
        return Trial("", problem=str(error))


def _use(assistant: Assistant, name: str) -> None:
    try:
        with st.spinner(_("Opening the model…")), assistant.using(model=name) as other:
            other.model  # noqa: B018 - opened, so that a missing key or package is told now
    except GovernanceAssistantError as error:
        _say_error(str(error))
        return
    choose(replace(chosen(), model=name))
    st.rerun()


def _say_error(message: str) -> None:
    """Lines stay lines: a wrong name is answered with a list of the right ones."""
    st.error(markup.escape_markdown(spoken(message)).replace("\n", "  \n"))

"""Beginning an evaluation, and watching it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

import streamlit as st

from assistant import Assistant, GovernanceAssistantError
from assistant.evaluation.background import Evaluation, evaluations_of
from assistant.evaluation.golden import golden_from_bytes
from assistant.evaluation.types import GoldenQuestion
from assistant.settings import SearchSettings
from assistant.views import markup
from assistant.views.evaluation_markup import heading, note
from assistant.views.evaluation_results import show_run
from assistant.views.spoken import spoken
from assistant.views.words import _, plural
from ingest.errors import BadGolden

Source = Literal["collected", "uploaded"]

_SUFFIX = ".jsonl"
_MEGABYTES = 5
_LONGEST_NAME = 60
_MOST = 1000


def running(assistant: Assistant) -> None:
    """Begin an evaluation, or watch the one that is at work."""
    evaluation = evaluations_of(assistant).last
    if evaluation and evaluation.progress.state == "running":
        _watch(evaluation)
        return
    _begin(assistant)
    if evaluation:
        _show_outcome(assistant, evaluation)


def _begin(assistant: Assistant) -> None:
    names = {
        "collected": _("Those collected in this library"),
        "uploaded": _("A file to upload"),
    }
    source: Source = st.radio(
        _("Golden questions"),
        get_args(Source),
        format_func=names.__getitem__,
        horizontal=True,
        key="evaluation_source",
        persist_state="page",
    )
    given = _given(assistant, source)
    name = st.text_input(
        _("Name of the run"),
        max_chars=_LONGEST_NAME,
        key="evaluation_name",
        persist_state="page",
        value="",
    )
    settings = _settings(assistant.settings)
    if not st.button(_("Run the evaluation"), type="primary", icon=":material/play_arrow:"):
        return
    try:
        questions = _questions(assistant, source, given)
        named = name.strip() or Path(given[0]).stem or source
        how = SearchSettings.from_mapping(settings)
        evaluations_of(assistant).start(assistant, named, questions, how)
    except GovernanceAssistantError as error:
        st.error(markup.escape_markdown(spoken(error)))
    else:
        st.rerun()


def _given(assistant: Assistant, source: Source) -> tuple[str, bytes]:
    """Name and content of the file that was uploaded; empty where none was."""
    if source == "uploaded":
        file = st.file_uploader(
            _("JSON Lines file"),
            type=_SUFFIX.removeprefix("."),
            max_upload_size=_MEGABYTES,
            key="evaluation_file",
        )
        return (file.name, file.getvalue()) if file else ("", b"")
    _say_collected(assistant)
    return "", b""


def _say_collected(assistant: Assistant) -> None:
    try:
        number = len(assistant.collection.questions())
    except GovernanceAssistantError as error:
        st.error(markup.escape_markdown(spoken(error)))
        return
    if number:
        st.html(note(plural("{n} question is collected.", "{n} questions are collected.", number)))
    else:
        st.info(
            _(
                "No questions are collected yet. Ask in the chat, then choose “Make this a test” "
                "below an answer; or take a file of golden questions."
            )
        )


def _questions(
    assistant: Assistant, source: Source, given: tuple[str, bytes]
) -> tuple[GoldenQuestion, ...]:
    name, data = given
    if source == "collected":
        return assistant.collection.questions()
    if not name:
        raise BadGolden(_("No file of golden questions was given. Upload one."))
    return golden_from_bytes(data, name)


def _settings(usual: SearchSettings) -> dict[str, object]:
    """How to search in this evaluation; what has no switch here is as in the chat."""
    labels = {
        "dense": _("Look for passages by meaning (vectors)"),
        "lexical": _("Look for passages by words (BM25)"),
        "late": _("Reorder the best by late interaction"),
        "around": _("Neighbouring passages count"),
        "named": _("Papers whose authors the question names count more"),
        "translate": _("Search Chinese questions in English words, too"),
    }
    values = usual.as_dict()
    with st.expander(_("How to search")):
        st.html(note(_("These switches hold for this evaluation only, not for the chat.")))
        for name, label in labels.items():
            values[name] = st.toggle(
                label, getattr(usual, name), key=f"evaluation_{name}", persist_state="page"
            )
        values["depth"] = st.number_input(
            _("Candidates of each kind"),
            1,
            _MOST,
            usual.depth,
            key="evaluation_depth",
            persist_state="page",
        )
        values["reranked"] = st.number_input(
            _("Passages that are reordered"),
            1,
            _MOST,
            usual.reranked,
            key="evaluation_reranked",
            persist_state="page",
        )
        fusions = {"score": _("by scores"), "rank": _("by ranks")}
        values["fusion"] = st.selectbox(
            _("How both kinds are joined"),
            list(fusions),
            index=list(fusions).index(usual.fusion),
            format_func=fusions.__getitem__,
            key="evaluation_fusion",
            persist_state="page",
        )
    return values


@st.fragment(run_every=1)
def _watch(evaluation: Evaluation) -> None:
    progress = evaluation.progress
    if progress.state != "running":
        st.rerun()
    asked = progress.asked < progress.questions
    text = (
        _("Asked {asked} of {n} questions", asked=progress.asked, n=progress.questions)
        if asked
        else _("Working out the figures…")
    )
    st.html(heading(_("“{name}” is at work", name=progress.name)))
    st.progress(progress.asked / progress.questions, text=text)
    st.html(note(_("It goes on when you leave this page; others can use the app meanwhile.")))
    st.button(_("Stop"), icon=":material/stop:", on_click=evaluation.stop)


def _show_outcome(assistant: Assistant, evaluation: Evaluation) -> None:
    progress = evaluation.progress
    name = progress.name
    if progress.state == "failed":
        st.error(markup.escape_markdown(spoken(progress.error)))
    elif progress.state == "stopped":
        st.info(
            markup.escape_markdown(_("“{name}” was stopped; nothing is kept of it.", name=name))
        )
    elif any(run.id == progress.run for run in evaluations_of(assistant).runs.list()):
        st.html(heading(_("The last run: {name}", name=name)))
        show_run(assistant, progress.run)

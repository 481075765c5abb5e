"""Kept runs: their figures, their reports, and what one has over another."""

from __future__ import annotations

from base64 import b64encode
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from assistant import Assistant, GovernanceAssistantError
from assistant.evaluation.background import evaluations_of
from assistant.evaluation.report import report_html
from assistant.evaluation.runs import Runs, RunSummary, trec_zip
from assistant.views import markup
from assistant.views.evaluation_figures import comparison_html, run_html
from assistant.views.spoken import spoken
from assistant.views.words import _, language, plural
from assistant.when import to_the_minute

if TYPE_CHECKING:
    from assistant.evaluation.types import EvaluationRun

_HEIGHT = 800


def results(assistant: Assistant) -> None:
    """One of the kept runs."""
    chosen = _chosen(evaluations_of(assistant).runs, _("Run"), "evaluation_result")
    if chosen:
        show_run(assistant, chosen.id)


def comparing(assistant: Assistant) -> None:
    """Two of the kept runs, question by question."""
    runs = evaluations_of(assistant).runs
    if len(runs.list()) < 2:
        st.info(_("Two runs can be compared here, once there are two. Begin one under “Run”."))
        return
    run = _chosen(runs, _("Run"), "evaluation_compared")
    baseline = _chosen(runs, _("Compared with"), "evaluation_baseline", 1)
    if run is None or baseline is None:
        return
    if run.id == baseline.id:
        st.info(_("This is the same run twice. Choose another one to compare with."))
        return
    try:
        with st.spinner(_("Working out the figures…")):
            comparison = runs.compare(run.id, baseline.id)
            questions = runs.read(run.id).questions
    except GovernanceAssistantError as error:
        st.error(markup.escape_markdown(spoken(error)))
        return
    st.html(comparison_html(comparison, {q.id: q.question for q in questions}))
    _offer_report(assistant, run.id, baseline.id)
    _show_report(assistant, run.id, baseline.id)


def show_run(assistant: Assistant, run: str) -> None:
    """The figures of a run, its files and its report.

    Args:
        assistant: An assistant on the library.
        run: The run's id.
    """
    runs = evaluations_of(assistant).runs
    read: EvaluationRun | None = None
    try:
        with st.spinner(_("Working out the figures…")):
            read = runs.read(run)
        st.html(run_html(read, assistant.papers()))
    except GovernanceAssistantError as error:
        st.error(markup.escape_markdown(spoken(error)))
    with st.container(horizontal=True):
        if read:
            _offer_report(assistant, run)
            _offer_files(run, read, runs)
        with st.popover(_("Delete this run"), icon=":material/delete:"):
            st.write(_("It cannot be brought back."))
            if st.button(_("Delete it"), key="evaluation_delete_run", type="primary"):
                _delete(runs, run)
    if read:
        _show_report(assistant, run)


def _offer_files(run: str, read: EvaluationRun, runs: Runs) -> None:
    st.download_button(
        _("Download the run"),
        lambda: runs.path(run).read_bytes(),
        f"{run}.json",
        "application/json",
        on_click="ignore",
    )
    st.download_button(
        _("Download TREC files"),
        partial(trec_zip, read),
        f"{run}-trec.zip",
        "application/zip",
        on_click="ignore",
    )


def _offer_report(assistant: Assistant, run: str, baseline: str = "") -> None:
    name = f"{run}-against-{baseline}" if baseline else run
    st.download_button(
        _("Download the report"),
        partial(_report, assistant, run, baseline),
        f"{name}.html",
        "text/html",
        on_click="ignore",
    )


def _show_report(assistant: Assistant, run: str, baseline: str = "") -> None:
    if st.toggle(_("Show the report here"), key=f"evaluation_report_{baseline}"):
        try:
            with st.spinner(_("Making the report…")):
                html = _report(assistant, run, baseline)
        except GovernanceAssistantError as error:
            st.error(markup.escape_markdown(spoken(error)))
            return
        # A page from a data: URL has an origin of its own, so it is cut off from the app.
        packed = b64encode(html.encode()).decode()
        st.iframe(
            f"data:text/html;charset=utf-8;base64,{packed}",
            height=_HEIGHT,
            alt=_("Report of the evaluation"),
        )


@st.cache_data(max_entries=8, ttl=600, show_spinner=False)
def _report(_assistant: Assistant, run: str, baseline: str) -> str:
    runs = evaluations_of(_assistant).runs
    return report_html(_assistant, runs.read(run), runs.read(baseline) if baseline else None)


def _chosen(runs: Runs, label: str, key: str, index: int = 0) -> RunSummary | None:
    """Which of the kept runs was chosen; None where there is none."""
    kept = {run.id: run for run in runs.list()}
    if not kept:
        st.info(_("No runs are kept yet. Begin one under “Run”."))
        return None
    chosen: str | None = st.selectbox(
        label,
        list(kept),
        index=min(index, len(kept) - 1),
        format_func=lambda key: _described(kept[key]),
        key=key,
        persist_state="page",
    )
    return kept.get(chosen or "")


def _described(run: RunSummary) -> str:
    size = "⚠" if run.problem else plural("{n} question", "{n} questions", run.questions)
    figures = ", ".join(f"{name} {mean:.3f}" for name, mean in run.metrics.items())
    when = to_the_minute(run.created.isoformat(), language(), st.context.timezone)
    parts = (run.name, when, size, figures)
    return " · ".join(filter(None, parts))


def _delete(runs: Runs, run: str) -> None:
    try:
        runs.delete(run)
    except GovernanceAssistantError as error:
        st.error(markup.escape_markdown(spoken(error)))
    else:
        st.rerun()

"""The evaluators' view: runs of golden questions, comparisons, and the questions themselves."""

from __future__ import annotations

import streamlit as st

from assistant.views.evaluation_markup import STYLE, note
from assistant.views.evaluation_questions import browsing
from assistant.views.evaluation_ratings import marked_down
from assistant.views.evaluation_results import comparing, results
from assistant.views.evaluation_run import running
from assistant.views.opening import opened, show_empty
from assistant.views.words import _


def page() -> None:
    """Show one of the five parts, and work out nothing of the others."""
    assistant = opened()
    st.html(STYLE)
    st.title(_("Evaluation"), anchor=False)
    if not assistant.count_passages():
        show_empty()
        return
    st.html(
        note(
            _("Golden questions, whose right passages are known, measure whether these are found.")
        )
    )
    parts = {
        _("Run"): running,
        _("Results"): results,
        _("Compare"): comparing,
        _("Questions"): browsing,
        _("Readers' ratings"): marked_down,
    }
    tabs = st.tabs(list(parts), on_change="rerun", key="evaluation_tab")
    for tab, show in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                show(assistant)

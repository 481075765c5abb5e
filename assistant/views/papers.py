"""The papers in the library, and what is known about each."""

from __future__ import annotations

import streamlit as st

from assistant.views import markup
from assistant.views.opening import opened, show_empty


def page() -> None:
    """List the papers."""
    assistant = opened()
    st.title("Papers", anchor=False)
    papers = assistant.papers()
    if not papers:
        show_empty()
    for paper in papers:
        with st.container(border=True):
            st.html(markup.paper_html(paper, assistant.count_passages(paper.id)))

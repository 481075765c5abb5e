"""One paper, read with its sections or its pages; its address names it, and a passage."""

from __future__ import annotations

import streamlit as st

from assistant import GovernanceAssistantError
from assistant.views import going, markup, reading
from assistant.views.opening import opened
from assistant.views.spoken import spoken
from assistant.views.words import _


def page() -> None:
    """Show the paper that the address names."""
    assistant = opened()
    named = st.query_params.get("paper")
    if not named:
        going.go_to("library")
    try:
        reading.read(assistant, named, st.query_params.get("passage"))
    except GovernanceAssistantError as error:
        st.title(_("Paper"), anchor=False)
        st.error(markup.escape_markdown(spoken(error)))
        reading.back_button()

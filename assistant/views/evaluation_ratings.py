"""Answers that readers marked down, and why."""

from __future__ import annotations

import streamlit as st

from assistant import Assistant, GovernanceAssistantError
from assistant.evaluation.complaints import complaints, record_of, said_before
from assistant.views import markup
from assistant.views.evaluation_markup import rating_html
from assistant.views.paging import on_this_page, pager
from assistant.views.spoken import spoken
from assistant.views.testing import offer_test
from assistant.views.words import _, language
from assistant.when import to_the_minute

_A_PAGE = 10
_PAGE = "evaluation_ratings"


def marked_down(assistant: Assistant) -> None:
    """The answers that readers marked down, the newest first."""
    try:
        ratings = complaints(assistant)
    except GovernanceAssistantError as error:
        st.error(markup.escape_markdown(spoken(error)))
        return
    if not ratings:
        st.info(_("No answer was marked down. Readers do so with the thumbs below an answer."))
        return
    for rating in on_this_page(ratings, _A_PAGE, _PAGE):
        with st.container(border=True):
            when = to_the_minute(rating.created, language(), st.context.timezone)
            st.html(rating_html(rating, when))
            if st.button(_("Make this a test"), key=f"evaluation_test_{rating.record}"):
                try:
                    record = record_of(assistant, rating)
                except GovernanceAssistantError as error:
                    st.error(markup.escape_markdown(spoken(error)))
                else:
                    offer_test(assistant, record.question, said_before(record), record.answer)
    pager(len(ratings), _A_PAGE, _PAGE)

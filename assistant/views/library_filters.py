"""The widgets of the Library view that say which papers are wanted, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant import PaperHealth
from assistant.condense import MAX_QUESTION
from assistant.listing import Order, Wanted, listed
from assistant.views.library_words import language_name, order_name
from assistant.views.words import _

_ORDERS: tuple[Order, ...] = ("title", "year", "author", "health")


def wanted_papers(papers: Sequence[PaperHealth]) -> list[PaperHealth]:
    """Show the widgets; the papers that are wanted."""
    search, sort, more = st.columns((5, 3, 2), vertical_alignment="bottom")
    words = search.text_input(
        _("Search by title, author or keyword"),
        max_chars=MAX_QUESTION,
        type="search",
        placeholder=_("Words of a title, a name or a keyword"),
        icon=":material/search:",
        key="library_words",
        persist_state="session",
    )
    order = sort.selectbox(
        _("Sort by"),
        _ORDERS,
        format_func=order_name,
        key="library_order",
        persist_state="session",
    )
    with more.popover(_("Filter"), icon=":material/filter_list:", width="stretch"):
        years = _years(papers)
        known = sorted({one.paper.language for one in papers if one.paper.language})
        languages = st.multiselect(
            _("Languages"),
            known,
            format_func=language_name,
            key="library_languages",
            placeholder=_("All languages"),
            persist_state="session",
        )
        attention = st.toggle(
            _("Needs attention"), key="library_attention", persist_state="session"
        )
    wanted = Wanted(words or "", years, frozenset(languages), attention)
    return listed(papers, wanted, order)


def _years(papers: Sequence[PaperHealth]) -> tuple[int, int] | None:
    """The years that are wanted; None for all, and papers without a year."""
    known = [one.paper.year for one in papers if one.paper.year]
    if len(set(known)) < 2:
        return None
    every = min(known), max(known)
    chosen: tuple[int, int] = st.slider(
        _("Years"),
        *every,
        every,
        key=f"library_years:{every}",
        persist_state="session",
    )
    return None if chosen == every else chosen

"""The library: its papers, to be found, added, read, corrected, asked and deleted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from assistant import Assistant, Duplicate, PaperHealth
from assistant.bibliography import BibliographyFormat
from assistant.views import going, markup
from assistant.views.clickable import announce, scroll_to
from assistant.views.library_cards import card_html
from assistant.views.library_dialogs import open_dialog, show_dialog
from assistant.views.library_filters import wanted_papers
from assistant.views.library_upload import upload
from assistant.views.opening import opened
from assistant.views.paging import on_this_page, pager
from assistant.views.spoken import spoken
from assistant.views.words import _, plural

_A_PAGE = 20
_CHOSEN, _PAGE = "library_chosen", "library_page"
_FORMS: dict[BibliographyFormat, tuple[str, str]] = {
    "bibtex": ("BibTeX", "bib"),
    "ris": ("RIS", "ris"),
    "csl": ("CSL-JSON", "json"),
    "apa": ("APA", "txt"),
}


def page() -> None:
    """List the papers."""
    assistant = opened()
    st.title(_("Library"), anchor=False)
    show_dialog(assistant)
    papers = _judged(assistant, assistant.revision)
    upload(assistant, {one.paper.id: one for one in papers})
    if not papers:
        st.info(_("The library is empty. Add papers above, or with `govassist add` in a terminal."))
        return
    _duplicates(_alike(assistant, assistant.revision))
    found = wanted_papers(papers)
    count = _("{n} of {count} papers", n=len(found), count=len(papers))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{count}**")
        _ask_chosen({one.paper.id for one in papers})
        _export(assistant)
    announce(count, key="library_count")
    if not found:
        st.info(_("No paper matches. Search for fewer words, or take filters away."))
    counts = _passages(assistant, assistant.revision)
    for health in on_this_page(found, _A_PAGE, _PAGE):
        _card(health, counts.get(health.paper.id, 0))
    pager(len(found), _A_PAGE, _PAGE)
    scroll_to("h1", f"page {st.session_state.get(_PAGE, 1)}", key="library_scroll")


# What is computed of the whole library is kept until somebody changes the library.


@st.cache_data(show_spinner=False, max_entries=4)
def _judged(_assistant: Assistant, revision: str) -> list[PaperHealth]:  # noqa: ARG001
    return _assistant.health()


@st.cache_data(show_spinner=False, max_entries=4)
def _alike(_assistant: Assistant, revision: str) -> list[Duplicate]:  # noqa: ARG001
    return _assistant.duplicates()


@st.cache_data(show_spinner=False, max_entries=4)
def _passages(_assistant: Assistant, revision: str) -> dict[str, int]:  # noqa: ARG001
    return _assistant.passage_counts()


def _ask_chosen(known: set[str]) -> None:
    chosen = [key for key in st.session_state.setdefault(_CHOSEN, []) if key in known]
    label = plural("Ask only the {n} selected", "Ask only the {n} selected", len(chosen))
    if chosen and st.button(label, type="primary", icon=":material/forum:", key="library_ask"):
        going.begin_conversation(chosen)


def _export(assistant: Assistant) -> None:
    with st.popover(_("Export"), icon=":material/download:"):
        st.markdown(_("The references of all papers, as a file."))
        for form, (name, ending) in _FORMS.items():
            st.download_button(
                name,
                partial(_exported, assistant, form),
                file_name=f"library.{ending}",
                mime="text/plain",
                on_click="ignore",
                key=f"library_export:{form}",
                width="stretch",
            )


def _exported(assistant: Assistant, form: BibliographyFormat) -> bytes:
    return assistant.export(form).encode()


def _duplicates(pairs: Sequence[Duplicate]) -> None:
    """Papers that are much the same; whoever owns the library decides."""
    if not pairs:
        return
    said = plural(
        "{n} pair of papers is much the same", "{n} pairs of papers are much the same", len(pairs)
    )
    with st.expander(said, icon=":material/content_copy:", key="library_duplicates"):
        for number, pair in enumerate(pairs):
            st.markdown(markup.escape_markdown(", ".join(map(spoken, pair.reasons))))
            for side, paper in (("one", pair.paper), ("other", pair.other)):
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(markup.escape_markdown(f"{paper.title} ({paper.id[:8]})"))
                    _actions(paper.id, f"{number}:{side}", correcting=False)
            if number < len(pairs) - 1:
                st.divider()


def _card(health: PaperHealth, passages: int) -> None:
    paper_id = health.paper.id
    with st.container(border=True):
        st.html(card_html(health, passages))
        with st.container(horizontal=True, vertical_alignment="center"):
            _actions(paper_id, "card", correcting=True)
            st.checkbox(
                _("Select"),
                paper_id in st.session_state[_CHOSEN],
                key=f"library_select:{paper_id}",
                on_change=_choose,
                args=(paper_id,),
            )


def _choose(paper_id: str) -> None:
    chosen: list[str] = st.session_state[_CHOSEN]
    if st.session_state[f"library_select:{paper_id}"]:
        chosen.append(paper_id)
    elif paper_id in chosen:
        chosen.remove(paper_id)


def _actions(paper_id: str, place: str, *, correcting: bool) -> None:
    """What can be done with a paper."""
    key = f"{place}:{paper_id}"
    read = _("Read")
    if st.button(read, type="tertiary", icon=":material/menu_book:", key=f"library_read:{key}"):
        going.go_to("paper", paper=paper_id)
    if correcting:
        ask, edit = _("Ask only this paper"), _("Edit")
        if st.button(ask, type="tertiary", icon=":material/forum:", key=f"library_ask:{key}"):
            going.begin_conversation([paper_id])
        _dialog_button(edit, "edit", paper_id, key)
    _dialog_button(_("Delete"), "delete", paper_id, key)


def _dialog_button(label: str, kind: str, paper_id: str, key: str) -> None:
    st.button(
        label,
        type="tertiary",
        icon=f":material/{kind}:",
        on_click=open_dialog,
        args=(kind, paper_id),
        key=f"library_{kind}:{key}",
    )

"""A paper as it is read: what is known of it, its text, and the pages of its PDF file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from assistant import Assistant, GovernanceAssistantError, Paper, Passage, Span
from assistant.references import apa
from assistant.views import going, markup
from assistant.views.clickable import clickable, copy_buttons, scroll_to
from assistant.views.library_cards import known_html, notes_html
from assistant.views.moving import jump, step
from assistant.views.reading_text import show_text
from assistant.views.spoken import spoken
from assistant.views.words import _

_MOST_PAGES = 3
"""A passage longer than that is read as text."""


def read(assistant: Assistant, paper_id: str, passage_id: str | None) -> None:
    """Show a paper; at a passage, where one is named.

    Args:
        assistant: The library.
        paper_id: The paper.
        passage_id: A passage of it.

    Raises:
        UnknownPaper: There is none of this id.
    """
    paper = assistant.paper(paper_id)
    passages = assistant.passages(paper.id)
    named = next((passage for passage in passages if passage.id == passage_id), None)
    [health] = assistant.health(paper.id)
    st.title(markup.escape_markdown(paper.title), anchor=False)
    if passage_id and named is None:
        st.warning(_("The passage is not in this paper any more; here it is from its beginning."))
    _head(paper)
    with st.expander(_("About this paper"), icon=":material/info:", key="reading_about"):
        st.html(markup.block(known_html(paper, len(passages)) + notes_html(health)))
    pages = health.report.pages if health.report and health.report.kind == "pdf" else 0
    if pages and _wants_pages():
        _pages(assistant, paper, pages, named)
    else:
        show_text(paper, passages, named)


def back_button() -> None:
    """A way back to all papers."""
    if st.button(_("Back to the library"), icon=":material/arrow_back:", key="reading_back"):
        going.go_to("library")


def page_of(assistant: Assistant, passage: Passage, spans: Sequence[Span]) -> None:
    """Show the page of a PDF file on which a passage stands; of other files, nothing.

    Args:
        assistant: The library.
        passage: A passage.
        spans: What to mark on the page, such as those of a citation.
    """
    if passage.pages is None:
        return
    first, last = passage.pages
    for page in range(first, min(last, first + _MOST_PAGES - 1) + 1):
        _picture(assistant, passage.paper_id, page, spans)


def forget_pictures() -> None:
    """Keep no picture of a paper that was deleted."""
    _drawn.clear()


def _picture(assistant: Assistant, paper_id: str, page: int, spans: Sequence[Span]) -> None:
    """A page, or why it cannot be shown."""
    try:
        title = assistant.paper(paper_id).title
        with st.spinner(_("Drawing the page…")):
            picture = _drawn(assistant, assistant.revision, paper_id, page, tuple(spans))
    except GovernanceAssistantError as error:
        st.html(markup.block(f'<p class="note">{escape(spoken(error))}</p>'))
        return
    alt = _("Page {page} of “{title}”, as it is printed", page=page, title=title)
    marked = _("Page {page} of “{title}”, the words marked in yellow", page=page, title=title)
    with st.container(border=True):
        st.image(picture, width="stretch", alt=marked if spans else alt)


@st.cache_data(show_spinner=False, max_entries=40)
def _drawn(
    _assistant: Assistant,
    revision: str,  # noqa: ARG001 - what was drawn before a change is drawn anew
    paper_id: str,
    page: int,
    spans: tuple[Span, ...],
) -> bytes:
    return _assistant.page_picture(paper_id, page, spans)


def _head(paper: Paper) -> None:
    [reference] = apa([paper])
    shown = markup.block(f'<p class="note">{escape(reference)}</p>')
    copy = copy_buttons({_("Copy reference"): reference})
    clickable(shown + copy, key=f"reading_reference:{paper.id}")
    with st.container(horizontal=True):
        back_button()
        if st.button(_("Ask only this paper"), icon=":material/forum:", key="reading_ask"):
            going.begin_conversation([paper.id])


def _wants_pages() -> bool:
    names = {"text": _("Text"), "pages": _("Pages")}
    chosen = st.segmented_control(
        _("Show as"),
        list(names),
        format_func=lambda one: names[one],
        default="text",
        required=True,
        key="reading_as",
        persist_state="session",
    )
    return chosen == "pages"


def _pages(assistant: Assistant, paper: Paper, count: int, named: Passage | None) -> None:
    """The pages of a PDF file, one at a time."""
    first = named.pages[0] if named and named.pages else 1
    name = f"reading_page:{paper.id}:{named.id if named else ''}"
    page = st.session_state.setdefault(name, min(first, count))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        step(_("Previous page"), "chevron_left", name, page - 1, disabled=page <= 1)
        step(_("Next page"), "chevron_right", name, page + 1, disabled=page >= count)
        st.selectbox(
            _("Page (of {count})", count=count),
            range(1, count + 1),
            index=page - 1,
            key=f"{name}:{page}",
            on_change=jump,
            args=(name, f"{name}:{page}"),
            width=140,
        )
    _picture(assistant, paper.id, page, named.spans if named else ())
    scroll_to("h1", name, key="reading_scroll")

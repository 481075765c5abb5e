"""The text of a paper by its sections, and what is searched in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from assistant import Paper, Passage
from assistant.condense import MAX_QUESTION
from assistant.sections import (
    Stretch,
    end_of_screen,
    holding,
    start_of_previous,
    stretch_of,
    stretches,
)
from assistant.views import markup
from assistant.views.clickable import scroll_to
from assistant.views.moving import jump, step
from assistant.views.words import _, plural

_MOST_FOUND = 20
_BELOW_THE_BAR = "scroll-margin-top:4rem"
"""Where it is scrolled to, Streamlit's bar does not hide it."""
_AT_ITS_SIDE = "border-left:4px solid currentColor;padding-left:.75rem"
"""A bar, so that not colour alone tells which passage was meant."""


def show_text(paper: Paper, passages: Sequence[Passage], named: Passage | None) -> None:
    """Show the sections of a paper, some screens of them at a time.

    Args:
        paper: The paper.
        passages: Its passages.
        named: Where to begin, and what to mark.
    """
    if not passages:
        st.info(_("No passage of this paper can be read here."))
        return
    whole = stretches(passages)
    name = f"reading_at:{paper.id}:{named.id if named else ''}"
    begin = (stretch_of(whole, named.id) or 0) if named else 0
    at = min(st.session_state.setdefault(name, begin), len(whole) - 1)
    end = end_of_screen(whole, at)
    outline, search = st.columns(2, vertical_alignment="bottom")
    with outline:
        _outline(whole, name, at)
    with search:
        words = st.text_input(
            _("Search in this paper"),
            max_chars=MAX_QUESTION,
            type="search",
            placeholder=_("Words of the text"),
            icon=":material/search:",
            key=f"reading_words:{paper.id}",
        )
    if words and words.strip():
        _found(holding(passages, words), words)
        return
    text = "".join(_stretch(one, named) for one in whole[at:end])
    st.html(markup.block(f'<div class="reading-start" style="{_BELOW_THE_BAR}"></div>{text}'))
    with st.container(horizontal=True):
        if at > 0:
            step(_("Read what is before"), "arrow_upward", name, start_of_previous(whole, at))
        if end < len(whole):
            step(_("Read on"), "arrow_downward", name, end)
    if at != begin:
        scroll_to(".reading-start", f"{name}:{at}", key="reading_scroll")
    else:
        scroll_to(".reading-here" if named else "h1", f"{name}:{at}", key="reading_scroll")


def _outline(whole: Sequence[Stretch], name: str, at: int) -> None:
    """The sections to choose from; the one that is shown first is chosen."""
    begins = [place for place, stretch in enumerate(whole) if stretch.begins]
    here = max(place for place in begins if place <= at)
    st.selectbox(
        _("Section"),
        begins,
        index=begins.index(here),
        format_func=lambda place: _heading(whole[place].section),
        key=f"{name}:{at}",
        on_change=jump,
        args=(name, f"{name}:{at}"),
    )


def _heading(section: Sequence[str]) -> str:
    """A section in the outline, those within others set in."""
    if not section:
        return _("Before the first heading")
    return "\u2003" * (len(section) - 1) + section[-1]


def _stretch(stretch: Stretch, named: Passage | None) -> str:
    """A stretch under its heading."""
    pages = _page_numbers(stretch.passages)
    where = f'<p class="where">{escape(pages)}</p>' if pages else ""
    text = "".join(_paragraph(passage, named) for passage in stretch.passages)
    heading = escape(" > ".join(stretch.section))
    heading = f'<h2 style="margin-top:1.4rem">{heading}</h2>' if heading else ""
    return f"{heading}{where}{text}"


def _paragraph(passage: Passage, named: Passage | None) -> str:
    note = {"note": _("Note"), "caption": _("Caption")}.get(passage.kind, "")
    label = f'<span class="note">{escape(note)}: </span>' if note else ""
    if named is None or passage.id != named.id:
        return f"<p>{label}{escape(passage.text)}</p>"
    here = f'<mark style="font-weight:400;text-decoration:none">{escape(passage.text)}</mark>'
    return f'<p class="reading-here" style="{_BELOW_THE_BAR};{_AT_ITS_SIDE}">{label}{here}</p>'


def _page_numbers(passages: Sequence[Passage]) -> str:
    """The pages of the file that passages stand on."""
    pages = [passage.pages for passage in passages if passage.pages]
    if not pages:
        return ""
    return markup.page_numbers(min(pages)[0], max(last for _first, last in pages))


def _found(found: Sequence[Passage], words: str) -> None:
    """The passages that were searched for, each with the way to its place."""
    count = plural("{n} passage found", "{n} passages found", len(found))
    st.html(markup.block(f'<p role="status">{escape(count)}</p>'))
    for passage in found[:_MOST_FOUND]:
        with st.container(border=True):
            where = f'<p class="where">{escape(markup.place(passage))}</p>'
            st.html(markup.block(f"{where}<p>{_marked(passage.text, words)}</p>"))
            st.button(
                _("Read it in its place"),
                on_click=_leave_search,
                args=(passage,),
                key=f"reading_found:{passage.id}",
            )
    if len(found) > _MOST_FOUND:
        more = _("The first {n} are shown. Search for more words.", n=_MOST_FOUND)
        st.html(markup.block(f'<p class="note">{escape(more)}</p>'))


def _leave_search(passage: Passage) -> None:
    st.session_state[f"reading_words:{passage.paper_id}"] = ""
    st.query_params["passage"] = passage.id
    st.session_state.pop(f"reading_at:{passage.paper_id}:{passage.id}", None)


def _marked(text: str, words: str) -> str:
    """A text with the words that were searched for marked."""
    parts = re.split(f"(?i)({'|'.join(map(re.escape, words.split()))})", text)
    return "".join(
        f"<mark>{escape(part)}</mark>" if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )

"""The source of a citation, opened beside the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from assistant import Answer, Assistant, Citation, GovernanceAssistantError, Paper, Passage, Span
from assistant.bibliography import written
from assistant.references import apa, quoted
from assistant.views import going, markup, reading
from assistant.views.answers import short_name, verdict_text
from assistant.views.clickable import clickable, copy_buttons
from assistant.views.moving import step
from assistant.views.spoken import spoken
from assistant.views.words import _

_SHOWN = "chat_source"


@dataclass(frozen=True, slots=True)
class Source:
    """A passage to look at, and what is cited of it."""

    name: str
    paper: Paper
    passage: Passage
    citation: Citation | None = None

    @property
    def spans(self) -> Sequence[Span]:
        """What is marked on a page: the quote, or the whole passage."""
        return self.citation.spans if self.citation else self.passage.spans


def sources_of(answer: Answer, assistant: Assistant) -> list[Source]:
    """What can be opened of an answer: its citations, or what came nearest."""
    papers = {paper.id: paper for paper in assistant.papers()}
    if answer.answered:
        cited = answer.citing(papers).citations
        return [Source(f"cite:{c.number}", c.paper, c.passage, c) for c in cited]
    return [
        Source(f"near:{number}", papers[hit.paper_id], hit.passage)
        for number, hit in enumerate(answer.nearest)
        if hit.paper_id in papers
    ]


def open_source(assistant: Assistant, answer: Answer, clicked: str) -> None:
    """Show what was clicked, in a drawer beside the answer.

    Args:
        assistant: Whose papers.
        answer: In which it was clicked.
        clicked: ``cite:1`` or ``near:0``.
    """
    sources = sources_of(answer, assistant)
    names = [source.name for source in sources]
    if clicked in names:
        st.session_state[_SHOWN] = names.index(clicked)
        st.dialog(_("Source"), width="medium", position="right")(_drawer)(assistant, sources)
    else:
        st.warning(_("This paper is no longer in the library."))


def _drawer(assistant: Assistant, sources: Sequence[Source]) -> None:
    number = st.session_state[_SHOWN]
    source = sources[number]
    if len(sources) > 1:
        _steps(number, len(sources))
    st.html(_head(source))
    try:
        st.html(markup.block(_in_surroundings(assistant, source)))
    except GovernanceAssistantError:
        st.html(markup.block(f"<p>{escape(source.passage.text)}</p>"))
        st.warning(_("This paper is no longer in the library."))
    else:
        if st.button(_("Read in the paper"), icon=":material/menu_book:"):
            going.go_to("paper", paper=source.paper.id, passage=source.passage.id)
        reading.page_of(assistant, source.passage, source.spans)
    _reference(source)


def _steps(number: int, count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        step(_("Previous"), "chevron_left", _SHOWN, number - 1, disabled=number == 0)
        step(_("Next"), "chevron_right", _SHOWN, number + 1, disabled=number == count - 1)
        st.caption(_("{number} of {count}", number=number + 1, count=count))


def _head(source: Source) -> str:
    where = "".join(
        f'<p class="where">{escape(line)}</p>'
        for line in (short_name(source.paper), markup.place(source.passage))
        if line
    )
    return markup.block(f"<h2>{escape(source.paper.title)}</h2>{where}{_judged(source.citation)}")


def _judged(citation: Citation | None) -> str:
    if citation is None:
        return ""
    said = (
        _("✓ This quote stands word for word in the paper.")
        if citation.verdict == "supported"
        else verdict_text(citation.verdict)
    )
    lines = [f'<p class="note">{escape(said)}</p>']
    if citation.second_hand:
        second_hand = _(
            "Second-hand: the paper reports {whose} here. Look the original up before you cite it.",
            whose=citation.second_hand,
        )
        lines.append(f'<p class="note">{escape(second_hand)}</p>')
    if citation.planted:
        lines.append(f'<p class="doubt">⚠ {escape(spoken(citation.planted))}</p>')
    return "".join(lines)


def _in_surroundings(assistant: Assistant, source: Source) -> str:
    """The passage between its neighbours of the same section, its quote marked."""
    passages = assistant.passages(source.paper.id)
    places = [passage.id for passage in passages]
    here = places.index(source.passage.id) if source.passage.id in places else None
    before = after = ""
    if here is not None:
        before = _neighbour(passages[max(0, here - 1) : here], source.passage)
        after = _neighbour(passages[here + 1 : here + 2], source.passage)
    return f"{before}<p>{_marked(source)}</p>{after}"


def _neighbour(passages: Sequence[Passage], passage: Passage) -> str:
    return "".join(
        f'<p class="around">{escape(neighbour.text)}</p>'
        for neighbour in passages
        if neighbour.section == passage.section
    )


def _marked(source: Source) -> str:
    quote = source.citation.quote if source.citation else ""
    before, found, after = source.passage.text.partition(quote) if quote else ("", "", "")
    if not found:
        return escape(source.passage.text)
    return f"{escape(before)}<mark>{escape(found)}</mark>{escape(after)}"


def _reference(source: Source) -> None:
    """The reference to copy, and as files for programs that keep references."""
    [reference] = apa([source.paper])
    st.subheader(_("Reference"), anchor=False)
    st.html(markup.block(f"<p>{escape(reference)}</p>"))
    citation = source.citation
    quote = quoted(
        citation.quote if citation else source.passage.text,
        source.paper,
        source.passage.cited_pages,
        citation.second_hand if citation else None,
    )
    texts = {_("Copy reference"): reference, _("Copy quote with reference"): quote}
    clickable(copy_buttons(texts), key=f"copy:{source.name}")
    with st.container(horizontal=True):
        for form, ending in (("bibtex", "bib"), ("ris", "ris")):
            st.download_button(
                {"bibtex": "BibTeX", "ris": "RIS"}[form],
                written([source.paper], "bibtex" if form == "bibtex" else "ris"),
                file_name=f"reference.{ending}",
                icon=":material/download:",
                on_click="ignore",
            )

"""The concepts: what each paper says of one, side by side, and under which names."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant import Assistant, GovernanceAssistantError, Paper
from assistant.concepts import Concept, ConceptName
from assistant.concepts.describing import LONGEST_NAME
from assistant.concepts.export import as_markdown
from assistant.views import going, markup
from assistant.views.answers import short_name
from assistant.views.clickable import announce, clickable
from assistant.views.concept_cards import STYLE, aliases_html, cards_html, compared_html
from assistant.views.opening import opened, show_empty
from assistant.views.spoken import spoken
from assistant.views.words import _, plural

_ADDRESS, _FOLLOWED, _NAME = "concept", "concepts_followed", "concepts_name"
_PILLS, _ALSO, _COMPARE = "concepts_pill", "concepts_also", "concepts_compare"


def page() -> None:
    """Choose a concept, and see what the papers say of it."""
    assistant = opened()
    st.title(_("Concepts"), anchor=False)
    if not assistant.count_passages():
        show_empty()
        return
    st.html(STYLE)
    name = _asked()
    with st.spinner(_("Reading the papers for their concepts…")):
        names = _names(assistant, assistant.revision)
    if not name:
        st.write(_("Type a concept, or choose one of those that the papers speak of most:"))
        _choice(names)
        return
    with st.expander(_("Other concepts of the papers")):
        _choice(names)
    _show(assistant, name, [concept.name for concept in names])


def _asked() -> str:
    """The concept that is typed, or that a new address names; the address follows it."""
    wanted = st.query_params.get(_ADDRESS)
    if wanted and wanted != st.session_state.get(_FOLLOWED):
        st.session_state[_NAME] = wanted[:LONGEST_NAME]
    name = st.text_input(
        _("Concept"),
        key=_NAME,
        persist_state="session",
        max_chars=LONGEST_NAME,
        placeholder=_("Type a term, such as public goods"),
        type="search",
        icon=":material/search:",
    )
    st.session_state[_FOLLOWED] = name
    st.query_params.from_dict({_ADDRESS: name} if name else {})
    return " ".join((name or "").split())


@st.cache_data(show_spinner=False, max_entries=4)
def _names(_assistant: Assistant, revision: str) -> list[ConceptName]:  # noqa: ARG001
    return _assistant.concepts()


@st.cache_data(show_spinner=False, max_entries=64)
def _concept(
    _assistant: Assistant,
    revision: str,  # noqa: ARG001
    name: str,
    also: tuple[str, ...],
) -> Concept:
    return _assistant.concept(name, also=also)


def _choice(names: Sequence[ConceptName]) -> None:
    """The concepts that were found, as chips."""
    counts = {concept.name: concept.papers for concept in names}
    st.pills(
        _("Concepts of the papers, and how many papers use each"),
        list(counts),
        format_func=lambda name: f"{markup.escape_markdown(name)} · {counts[name]}",
        key=_PILLS,
        on_change=_choose_pill,
    )


def _choose_pill() -> None:
    if chosen := st.session_state.get(_PILLS):
        _choose(chosen)
    st.session_state[_PILLS] = None


def _choose(name: str) -> None:
    st.session_state[_NAME] = name


def _show(assistant: Assistant, name: str, names: Sequence[str]) -> None:
    also: dict[str, list[str]] = st.session_state.setdefault(_ALSO, {})
    try:
        with st.spinner(_("Looking in the papers…")):
            concept = _concept(
                assistant, assistant.revision, name, tuple(sorted(also.get(name, [])))
            )
    except GovernanceAssistantError as error:
        st.error(markup.escape_markdown(spoken(error)))
        return
    if not concept.entries:
        _show_unknown(concept)
        return
    _summary(concept)
    _names_of(concept)
    chosen = _compared(concept)
    clicked = clickable(
        compared_html(concept, chosen, names) if chosen else cards_html(concept),
        key="concepts_cards",
    )
    _absent(concept)
    if clicked:
        _open(concept, clicked)


def _show_unknown(concept: Concept) -> None:
    st.info(_("No paper uses “{name}”.", name=markup.escape_markdown(concept.name)))
    if concept.nearest:
        st.write(_("These concepts of the papers come nearest:"))
        with st.container(horizontal=True):
            for near in concept.nearest:
                st.button(
                    markup.escape_markdown(near),
                    key=f"concepts_near:{near}",
                    on_click=_choose,
                    args=(near,),
                )


def _summary(concept: Concept) -> None:
    """How many papers there are of which kind, and what can be done with the page."""
    coverage = concept.coverage
    said = " · ".join(
        (
            plural("{n} paper read", "{n} papers read", coverage.searched),
            plural("{n} uses it", "{n} use it", len(concept.entries)),
            plural("{n} defines it", "{n} define it", len(concept.defining)),
        )
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{said}**")
        st.download_button(
            _("Export as Markdown"),
            as_markdown(concept),
            file_name="concept.md",
            mime="text/markdown",
            icon=":material/download:",
            on_click="ignore",
        )
        asked = st.button(_("Ask these papers"), icon=":material/forum:")
    announce(said, key="concepts_said")
    if asked:
        going.begin_conversation([entry.paper.id for entry in concept.entries])


def _names_of(concept: Concept) -> None:
    """Its other names, with what shows that they are."""
    if not concept.aliases:
        return
    names = ", ".join(f"**{markup.escape_markdown(alias.name)}**" for alias in concept.aliases)
    st.markdown(_("Other names in the papers: {names}", names=names))
    with st.expander(_("Why these names")):
        st.html(aliases_html(concept))
        for alias in concept.aliases:
            if alias.kind == "list":
                st.checkbox(
                    _(
                        "Count “{name}” as the same concept",
                        name=markup.escape_markdown(alias.name),
                    ),
                    value=alias.merged,
                    key=f"concepts_count:{concept.name}:{alias.name}",
                    on_change=_count,
                    args=(concept.name, alias.name),
                )


def _count(concept: str, alias: str) -> None:
    """Take a name in among a concept's, or out."""
    counted: list[str] = st.session_state[_ALSO].setdefault(concept, [])
    if alias in counted:
        counted.remove(alias)
    else:
        counted.append(alias)


def _compared(concept: Concept) -> tuple[Paper, Paper] | None:
    """The two papers to compare; None where all are shown."""
    papers = {entry.paper.id: entry.paper for entry in concept.entries}
    if len(papers) < 2 or not st.toggle(_("Compare two papers"), key=_COMPARE):
        return None
    ids = list(papers)
    left, right = st.columns(2)
    one = left.selectbox(
        _("First paper"),
        ids,
        format_func=lambda key: _option(papers[key]),
        key=f"concepts_one:{concept.name}",
    )
    rest = [key for key in ids if key != one]
    other = right.selectbox(
        _("Second paper"),
        rest,
        format_func=lambda key: _option(papers[key]),
        key=f"concepts_other:{concept.name}",
    )
    return papers[one], papers[other]


def _option(paper: Paper) -> str:
    return f"{short_name(paper)}: {paper.title}"


def _absent(concept: Concept) -> None:
    if not concept.absent:
        return
    label = plural("{n} paper does not use it", "{n} papers do not use it", len(concept.absent))
    with st.expander(label):
        for paper in concept.absent:
            st.markdown(f"- {markup.escape_markdown(_option(paper))}")


def _open(concept: Concept, clicked: str) -> None:
    """Read a quote in its paper."""
    for citation in concept.citations:
        if clicked == f"open:{citation.number}":
            going.go_to("paper", paper=citation.paper.id, passage=citation.passage.id)

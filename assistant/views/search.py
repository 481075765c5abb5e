"""The search: which passages are found for a question, and why in this order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

import streamlit as st

from assistant import Assistant, GovernanceAssistantError, Hit, Paper
from assistant.condense import MAX_QUESTION
from assistant.explaining import NEEDED, Explained, explained, words_in_common
from assistant.views import going, markup
from assistant.views.opening import opened, show_empty
from assistant.views.spoken import spoken
from assistant.views.words import _, plural

_FOUND = "search_found"
_MOST = 50
_STYLE = """<style>
.ga .scores { display: grid; gap: .1rem 1.2rem; margin: .4rem 0 0; font-size: .85rem;
  grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); }
.ga .scores > div { display: grid; grid-template-columns: 8.5rem 1fr 3rem; gap: .5rem;
  align-items: center; }
.ga .scores dt, .ga .scores dd { opacity: 1; }
.ga .scores .number { text-align: right; font-variant-numeric: tabular-nums; }
.ga .bar { height: .45rem; border-radius: .25rem;
  background: color-mix(in srgb, currentColor 12%, transparent); }
.ga .bar span { display: block; height: 100%; border-radius: .25rem;
  background: light-dark(#1f4e79, #9cc3ea); }
.ga .passage { margin: .6rem 0 0; }
.ga .passage mark { color: inherit; text-decoration: none;
  background: light-dark(#dde6ef, #33414f); }
.ga h3 { font-size: 1rem; font-weight: 600; line-height: 1.35; padding: 0; margin: 0 0 .2rem; }
</style>"""


def page() -> None:
    """Ask, and show what is found."""
    assistant = opened()
    st.title(_("Search"), anchor=False)
    if not assistant.count_passages():
        show_empty()
        return
    st.write(
        _(
            "See which passages are found for a question and why they stand in this order. It is "
            "asked as a first question: nothing said before counts, and no language model is used."
        )
    )
    _form(assistant)
    found: Explained | None = st.session_state.get(_FOUND)
    if found:
        st.html(_STYLE)
        _show(assistant, found)


def _form(assistant: Assistant) -> None:
    titles = {paper.id: paper.title for paper in assistant.papers()}
    with st.form("search_form"):
        question = st.text_input(
            _("Question"), max_chars=MAX_QUESTION, key="search_question", persist_state="session"
        )
        left, right = st.columns((3, 1))
        papers = left.multiselect(
            _("Only in these papers"),
            list(titles),
            format_func=titles.__getitem__,
            placeholder=_("All papers"),
            key="search_papers",
            persist_state="session",
        )
        passages = right.number_input(
            _("Passages"), 1, _MOST, assistant.depth, key="search_passages", persist_state="session"
        )
        asked = st.form_submit_button(_("Search"), type="primary", icon=":material/search:")
    if asked:
        _search(assistant, question or "", passages, papers or None)


def _search(
    assistant: Assistant, question: str, passages: int, papers: Sequence[str] | None
) -> None:
    try:
        st.session_state[_FOUND] = explained(assistant, question, passages, papers)
    except GovernanceAssistantError as error:
        st.session_state.pop(_FOUND, None)
        st.error(markup.escape_markdown(spoken(error)))


def _show(assistant: Assistant, found: Explained) -> None:
    papers = {paper.id: paper for paper in assistant.papers()}
    hits = [hit for hit in found.hits if hit.paper_id in papers]
    if not hits:
        st.info(_("No passage was found. Try other words."))
        return
    counted = plural("{n} passage", "{n} passages", len(hits))
    took = round(found.seconds * 1000)
    st.header(_("{passages} in {took} ms", passages=counted, took=took), anchor=False)
    _show_decision(found)
    _show_meanings(assistant)
    most = {name: max(hit.scores.get(name, 0) for hit in hits) for name in _names()}
    for rank, hit in enumerate(hits, start=1):
        _show_hit(rank, hit, papers[hit.paper_id], found.question, most)


def _show_decision(found: Explained) -> None:
    decision = found.decision
    values = {"probability": f"{decision.score:.0%}", "needed": f"{NEEDED:.0%}"}
    if decision.answerable:
        st.success(
            _(
                "This question would be answered: the probability that the papers answer it is "
                "{probability}; {needed} is needed.",
                **values,
            ),
            icon=":material/check_circle:",
        )
        return
    said = [
        _(
            "This question would be refused: the probability that the papers answer it is "
            "{probability}; {needed} is needed.",
            **values,
        )
        if decision.score < NEEDED
        else _(
            "This question would be refused: nothing that was found is near enough to it. The "
            "probability alone, {probability}, would be enough.",
            **values,
        )
    ]
    if decision.unmentioned:
        names = ", ".join(f"“{name}”" for name in decision.unmentioned)
        said.append(
            _(
                "The main text of the papers never mentions {names}.",
                names=markup.escape_markdown(names),
            )
        )
    st.warning(" ".join(said), icon=":material/block:")


def _show_meanings(assistant: Assistant) -> None:
    with st.expander(_("What the scores mean, and the settings used")):
        rows = "".join(
            f"<dt>{escape(name)}</dt><dd>{escape(meaning)}</dd>" for name, meaning in _meanings()
        )
        settings = {
            **assistant.settings.as_dict(),
            "embedder": assistant.embedder,
        }
        used = "".join(
            f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>"
            for name, value in settings.items()
        )
        st.html(markup.block(f"<dl>{rows}</dl><hr><dl>{used}</dl>"))


def _meanings() -> Iterator[tuple[str, str]]:
    names = _names()
    yield (
        _("Score"),
        _("What the order is made by: 1 is the best of this search. Compares only within it."),
    )
    yield (
        names["passage"],
        _("How near the passage's vector is to the question's: a cosine from -1 to 1."),
    )
    yield (
        names["lexical"],
        _("How many of the question's words stand in the passage, rare ones counting more: BM25."),
    )
    yield (
        names["late"],
        _("How well each word of the question meets one of the passage, in its context: -1 to 1."),
    )
    yield "-", _("The passage is not among the best by this score.")


def _names() -> dict[str, str]:
    """The component scores in words."""
    return {
        "passage": _("Meaning (vector)"),
        "lexical": _("Words (BM25)"),
        "late": _("Word by word"),
    }


def _show_hit(rank: int, hit: Hit, paper: Paper, question: str, most: Mapping[str, float]) -> None:
    with st.container(border=True):
        st.html(hit_html(rank, hit, paper, question, most))
        if st.button(
            _("Open in the paper"), icon=":material/menu_book:", key=f"search_open_{hit.passage.id}"
        ):
            going.go_to("paper", paper=paper.id, passage=hit.passage.id)


def hit_html(rank: int, hit: Hit, paper: Paper, question: str, most: Mapping[str, float]) -> str:
    """A passage that was found, with its scores.

    Args:
        rank: Its place, from 1.
        hit: The passage.
        paper: Its paper.
        question: What was asked; its words are marked.
        most: The highest of each component score, which fills its bar.

    Returns:
        HTML in which everything from the paper is escaped.
    """
    rows = [_score_html(_("Score"), hit.score, 1.0)]
    rows += [_score_html(name, hit.scores.get(key), most[key]) for key, name in _names().items()]
    return markup.block(
        f"<h3>{rank}. {escape(paper.title)}</h3>"
        f'<p class="where">{escape(markup.place(hit.passage))}</p>'
        f'<dl class="scores">{"".join(rows)}</dl>'
        f'<p class="passage">{_marked(hit.passage.text, question)}</p>'
    )


def _score_html(name: str, score: float | None, most: float) -> str:
    share = max(0.0, score or 0.0) / most if most > 0 else 0.0
    number = "-" if score is None else f"{score:.2f}"
    bar = f'<div class="bar" aria-hidden="true"><span style="width:{share:.0%}"></span></div>'
    return f'<div><dt>{escape(name)}</dt><dd>{bar}</dd><dd class="number">{number}</dd></div>'


def _marked(text: str, question: str) -> str:
    parts, at = [], 0
    for start, end in words_in_common(text, question):
        parts += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
        at = end
    return "".join((*parts, escape(text[at:])))

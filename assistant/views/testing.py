"""The dialog that makes a golden question of an answer: which passages would have been right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from html import escape

import streamlit as st

from assistant import Answer, Assistant, GovernanceAssistantError, Hit, Passage, Turn
from assistant.condense import MAX_QUESTION
from assistant.evaluation.judged import golden_of
from assistant.evaluation.report import paper_names
from assistant.evaluation.types import GoldenQuestion
from assistant.views import markup
from assistant.views.evaluation_markup import note
from assistant.views.spoken import spoken
from assistant.views.words import _, plural

_HITS = 6
_SHORT = 320
_FORGOTTEN = "testing_forgotten"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the dialog is about; ``key`` tells its widgets from those of other answers."""

    assistant: Assistant
    question: str
    history: Sequence[Turn]
    answer: Answer
    key: str


def offer_test(
    assistant: Assistant, question: str, history: Sequence[Turn], answer: Answer
) -> None:
    """Open the dialog that keeps a question as a test, with the passages that answer it.

    Args:
        assistant: An assistant on the library that was asked.
        question: What was asked.
        history: What was said before it, oldest first.
        answer: What the assistant said.
    """
    key = dialog_key(f"testing:{answer.record or sha256(question.encode()).hexdigest()[:12]}")
    asked = _Asked(assistant, question, history, answer, key)
    dialog = st.dialog(_("Make this a test"), width="medium", on_dismiss=partial(forget, key))
    dialog(_dialog)(asked)


def dialog_key(name: str) -> str:
    """What the keys of a dialog's widgets begin with; another one after each `forget`.

    Args:
        name: Of the dialog.

    Returns:
        A prefix of keys.
    """
    return f"{name}:{st.session_state.setdefault(_FORGOTTEN, 0)}"


def forget(key: str) -> None:
    """Keep nothing of what was typed and ticked in a dialog, neither here nor in the browser.

    Args:
        key: What `dialog_key` gave for it.
    """
    for name in [name for name in st.session_state if str(name).startswith(f"{key}_")]:
        del st.session_state[name]
    st.session_state[_FORGOTTEN] += 1


def choose_passages(
    assistant: Assistant, passages: Iterable[Passage], key: str, cited: Iterable[str] = ()
) -> list[Passage]:
    """Show passages, each with a box to tick; more can be looked for.

    Args:
        assistant: An assistant on their library.
        passages: Those that may be right, the likeliest first.
        key: What the keys of the widgets begin with.
        cited: Ids of the passages that the answer cites.

    Returns:
        The passages that are ticked.
    """
    names = paper_names(assistant.papers())
    shown = _looked_for(assistant, f"{key}_more")
    shown |= {p.id: p for p in passages if p.paper_id in names and p.id not in shown}
    marked = set(cited)
    return [
        passage
        for number, passage in enumerate(shown.values(), 1)
        if _is_right(number, passage, names[passage.paper_id], key, passage.id in marked)
    ]


def _dialog(asked: _Asked) -> None:
    if st.session_state.pop(f"{asked.key}_closed", False):
        st.rerun()
    place = st.empty()
    with place.container():
        kept = _form(asked)
    if kept:
        place.success(markup.escape_markdown(kept), icon=":material/check:")
        closed = f"{asked.key}_closed"
        st.button(_("Close"), on_click=st.session_state.update, args=({closed: True},))


def _form(asked: _Asked) -> str:
    """What was kept, and where, once it is; else empty."""
    question = st.text_area(
        _("Question"),
        value=asked.question,
        max_chars=MAX_QUESTION,
        key=f"{asked.key}_question",
        height="content",
    )
    if asked.history:
        st.html(
            note(
                plural(
                    "The turn before it is kept with it.",
                    "The {n} turns before it are kept with it.",
                    len(asked.history),
                )
            )
        )
    refuse = st.checkbox(
        _("The papers do not answer this: it must be refused"), key=f"{asked.key}_refuse"
    )
    chosen = [] if refuse else _choose(asked)
    wrong = st.empty()
    if not st.button(_("Save"), key=f"{asked.key}_save", type="primary"):
        return ""
    try:
        return _kept(asked, golden_of(asked.assistant, question, asked.history, chosen, refuse))
    except GovernanceAssistantError as error:
        wrong.error(markup.escape_markdown(spoken(error)))
        return ""


def _choose(asked: _Asked) -> list[Passage]:
    advice = _("Tick every passage that answers it, and no other.")
    st.html(markup.block(f"<p>{escape(advice)}</p>"))
    cited = [citation.passage for citation in asked.answer.citations]
    key = f"{asked.key}_found"
    if key not in st.session_state:
        hits = _searched(asked.assistant, asked.question, asked.history)
        st.session_state[key] = [hit.passage for hit in hits]
    found: list[Passage] = st.session_state[key]
    return choose_passages(asked.assistant, [*cited, *found], asked.key, [p.id for p in cited])


def _kept(asked: _Asked, golden: GoldenQuestion) -> str:
    collection = asked.assistant.collection
    collection.add(golden)
    forget(asked.key)
    return plural(
        "Saved. {n} question is collected in {place}.",
        "Saved. {n} questions are collected in {place}.",
        len(collection.questions()),
        place=collection.path,
    )


def _looked_for(assistant: Assistant, key: str) -> dict[str, Passage]:
    """What was found by words that were typed here; nothing that was found is lost again."""
    words = st.text_input(
        _("Look for other passages"), key=key, max_chars=MAX_QUESTION, persist_state="page"
    )
    found: dict[str, Passage] = st.session_state.setdefault(f"{key}_found", {})
    if words.strip():
        hits = _searched(assistant, words)
        if not hits:
            st.html(note(_("No passage was found. Try other words.")))
        found |= {hit.passage.id: hit.passage for hit in hits}
    return dict(found)


def _searched(
    assistant: Assistant, question: str, history: Sequence[Turn] | None = None
) -> list[Hit]:
    try:
        return assistant.search(question, _HITS, history)
    except GovernanceAssistantError as error:
        st.error(markup.escape_markdown(spoken(error)))
        return []


def _is_right(number: int, passage: Passage, name: str, key: str, cited: bool) -> bool:
    label = markup.escape_markdown(f"{number}. {name}")
    with st.container(border=True, gap="xxsmall"):
        ticked = st.checkbox(f"**{label}**", key=f"{key}_{passage.id}", persist_state="page")
        where = markup.place(passage)
        if cited:
            where = " · ".join(filter(None, (_("cited in the answer"), where)))
        text = passage.text
        short = text if len(text) <= _SHORT else f"{text[:_SHORT].rsplit(' ', 1)[0]}…"
        st.html(
            markup.block(f'<p class="where">{escape(where)}</p><p class="note">{escape(short)}</p>')
        )
    return ticked

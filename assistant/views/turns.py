"""A question and its answer in the chat, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from assistant import (
    Answer,
    Assistant,
    Conversation,
    ConversationTurn,
    GovernanceAssistantError,
    Paper,
)
from assistant.condense import MAX_QUESTION
from assistant.views import conversation_dialogs, markup
from assistant.views.answers import answer_html, question_html, short_name
from assistant.views.clickable import clickable
from assistant.views.source import open_source
from assistant.views.spoken import spoken
from assistant.views.words import _
from assistant.writing import Writing

PERSON, BOOK = ":material/person:", ":material/menu_book:"
_EDITED = "chat_edited"


@dataclass(frozen=True, slots=True)
class Shown:
    """A turn of a conversation, and where it stands in it.

    ``writing`` is what was last written for the conversation, in this process.
    """

    assistant: Assistant
    conversation: Conversation
    position: int
    turn: ConversationTurn
    last: bool
    writing: Writing | None

    @property
    def key(self) -> str:
        """What the keys of its elements begin with."""
        record = self.turn.answer.record if self.turn.answer else ""
        return f"turn:{self.conversation.id}:{self.position}:{record}"


def show(shown: Shown, papers: Mapping[str, Paper]) -> str | None:
    """Show a turn.

    Args:
        shown: The turn.
        papers: The library's papers by id.

    Returns:
        The question to ask in its place, where the reader wants that now; else None.
    """
    again = _question(shown)
    with st.chat_message("assistant", avatar=BOOK):
        if shown.turn.answer is None:
            return again or _unanswered(shown)
        answer = shown.turn.answer
        clicked = clickable(answer_html(answer, papers), key=f"{shown.key}:answer")
        again = again or _actions(shown, answer)
    if clicked:
        open_source(shown.assistant, answer, clicked)
    return again


def papers_html(papers: Sequence[Paper]) -> str:
    """Papers in a line each, the first few of many, as a list."""
    items = "".join(
        f"<li>{escape(short_name(paper))}: {escape(paper.title)}</li>" for paper in papers[:8]
    )
    more = "<li>…</li>" if len(papers) > 8 else ""
    return f"<ul>{items}{more}</ul>"


def question_form(key: str, question: str, on_cancel: Callable[[], None]) -> str | None:
    """A form to change a question in.

    Args:
        key: Of the form, one of its own on the page.
        question: The question as it was.
        on_cancel: What the button to cancel does.

    Returns:
        The changed question when it is sent, else None.
    """
    with st.form(key, border=False):
        changed = st.text_area(_("Your question"), question, max_chars=MAX_QUESTION, height=100)
        with st.container(horizontal=True):
            sent = st.form_submit_button(_("Ask"), type="primary")
            st.form_submit_button(_("Cancel"), on_click=on_cancel)
    return changed if sent else None


def stop_editing() -> None:
    """Show every question as it is."""
    st.session_state.pop(_EDITED, None)


def _question(shown: Shown) -> str | None:
    """The question, or a form to change it in; the changed question when it is sent."""
    with st.chat_message("user", avatar=PERSON):
        if shown.last and st.session_state.get(_EDITED) == shown.key:
            return question_form(f"{shown.key}:form", shown.turn.question, stop_editing)
        st.html(question_html(shown.turn.question))
        return None


def _edit(key: str) -> None:
    st.session_state[_EDITED] = key


def _unanswered(shown: Shown) -> str | None:
    """Why a question has no answer, and a way on."""
    if shown.last and shown.writing and shown.writing.error:
        st.error(markup.escape_markdown(spoken(shown.writing.error)))
    else:
        st.warning(
            _(
                "This question has no answer: the program was stopped meanwhile, or it is being "
                "answered in another program."
            )
        )
    if not shown.last:
        return None
    again = st.button(_("Ask again"), key=f"{shown.key}:again", icon=":material/refresh:")
    return shown.turn.question if again else None


def _actions(shown: Shown, answer: Answer) -> str | None:
    """Buttons below an answer; the question, where it is to be answered again."""
    again = export = False
    with st.container(horizontal=True, vertical_alignment="center", key=f"{shown.key}:row"):
        if shown.last:
            again = st.button(
                _("Answer again"),
                key=f"{shown.key}:again",
                icon=":material/refresh:",
                type="tertiary",
            )
            st.button(
                _("Edit the question"),
                key=f"{shown.key}:edit",
                icon=":material/edit:",
                type="tertiary",
                on_click=_edit,
                args=(shown.key,),
            )
            export = st.button(
                _("Export and link"),
                key=f"{shown.key}:export",
                icon=":material/download:",
                type="tertiary",
            )
        test = st.button(
            _("Make this a test"),
            key=f"{shown.key}:test",
            icon=":material/fact_check:",
            type="tertiary",
        )
        if answer.record:
            _thumbs(shown.assistant, answer.record)
    if export:
        conversation_dialogs.export(shown.conversation)
    if test:
        from assistant.views.testing import offer_test

        before = shown.conversation.history_before(shown.position)
        offer_test(shown.assistant, shown.turn.question, before, answer)
    return shown.turn.question if again else None


def _thumbs(assistant: Assistant, record: str) -> None:
    """Whether the answer helped; where it did not, why."""
    rating = assistant.rating(record)
    key = f"rate:{record}"
    st.feedback(
        "thumbs",
        key=key,
        default=None if rating is None else int(rating.good),
        on_change=_rate,
        args=(assistant, record, key),
    )
    if rating and not rating.good:
        with st.popover(_("What was wrong?"), type="tertiary"):
            reason = st.text_input(
                _("What was wrong? (optional)"), rating.reason, max_chars=1000, key=f"why:{record}"
            )
            if st.button(_("Send"), key=f"send:{record}"):
                _kept(assistant, record, good=False, reason=reason)
                st.toast(_("Thank you. Whoever looks after the library sees it under Evaluation."))


def _rate(assistant: Assistant, record: str, key: str) -> None:
    chosen = st.session_state[key]
    _kept(assistant, record, good=None if chosen is None else bool(chosen), reason="")


def _kept(assistant: Assistant, record: str, *, good: bool | None, reason: str) -> None:
    try:
        assistant.rate(record, good, reason)
    except GovernanceAssistantError as error:
        st.toast(markup.escape_markdown(spoken(error)), icon="⚠️")

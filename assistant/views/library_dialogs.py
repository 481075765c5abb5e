"""The dialogs of the Library view: correcting what is known about a paper, and deleting one."""

from __future__ import annotations

from html import escape
from typing import Literal

import streamlit as st

from assistant import Assistant, GovernanceAssistantError
from assistant.editing import as_text, changes, corrected_by_hand
from assistant.uploads import uploaded_file
from assistant.views import markup, reading
from assistant.views.library_cards import found_text
from assistant.views.library_words import field_name
from assistant.views.spoken import spoken
from assistant.views.words import _
from ingest.types import Paper

_OPEN, _TOLD = "library_dialog", "library_told"
_LONG = {"authors": 68, "keywords": 68, "abstract": 160}
"""The heights of the fields that have several lines."""
_LONGEST, _LONGEST_OF_SEVERAL_LINES = 1_000, 20_000
"""Characters that can be typed; what is longer already can be kept."""


def open_dialog(kind: Literal["edit", "delete"], paper_id: str) -> None:
    """Open a dialog on a paper, from the next run on until it is closed.

    Args:
        kind: Which dialog.
        paper_id: The paper.
    """
    st.session_state[_OPEN] = (kind, paper_id)


def show_dialog(assistant: Assistant) -> None:
    """Show the dialog that is open, if any, and tell what the last one did."""
    if told := st.session_state.pop(_TOLD, ""):
        st.toast(markup.escape_markdown(told), icon=":material/check:")
    kind, paper_id = st.session_state.get(_OPEN, (None, ""))
    if kind is None:
        return
    try:
        paper = assistant.paper(paper_id)
    except GovernanceAssistantError as error:
        _close()
        st.error(markup.escape_markdown(spoken(error)))
        return
    if kind == "edit":
        st.dialog(_("Edit this paper"), width="medium", on_dismiss=_close)(_edit)(assistant, paper)
    else:
        st.dialog(_("Delete this paper?"), on_dismiss=_close)(_delete)(assistant, paper)


def _close() -> None:
    st.session_state.pop(_OPEN, None)


def _finish(told: str) -> None:
    _close()
    st.session_state[_TOLD] = told
    st.rerun()


def _edit(assistant: Assistant, paper: Paper) -> None:
    by_hand = corrected_by_hand(paper)
    with st.form(f"library_edit:{paper.id}", border=False):
        st.markdown(_("Your corrections beat what the file says, also when it is added again."))
        texts = {field: _typed(paper, field, text) for field, text in as_text(paper).items()}
        taken_back = (
            st.multiselect(
                _("Take corrections back, and use what the file says"),
                by_hand,
                format_func=field_name,
                key=f"library_back:{paper.id}",
            )
            if by_hand
            else []
        )
        saved = st.form_submit_button(_("Save"), type="primary", icon=":material/check:")
    if saved:
        try:
            fields = changes(paper, texts, taken_back)
            if fields:
                assistant.update(paper.id, **fields)
        except GovernanceAssistantError as error:
            st.error(markup.escape_markdown(spoken(error)))
        else:
            _finish(_("Saved.") if fields else _("Nothing was changed."))


def _typed(paper: Paper, field: str, text: str) -> str:
    """A field to type in; below it stands where its value was found."""
    label, key = field_name(field), f"library_edit:{field}:{paper.id}"
    if field in {"authors", "keywords"}:
        label = _("{field}, one in a line", field=label)
    found = _("Found: {found}", found=found_text(paper, field))
    with st.container(gap="xxsmall"):
        if field in _LONG:
            most = max(_LONGEST_OF_SEVERAL_LINES, len(text))
            value = st.text_area(label, text, height=_LONG[field], max_chars=most, key=key)
        else:
            value = st.text_input(label, text, max_chars=max(_LONGEST, len(text)), key=key)
        st.html(markup.block(f'<p class="where">{escape(found)}</p>'))
    return value or ""


def _delete(assistant: Assistant, paper: Paper) -> None:
    st.html(markup.block(f"<p><b>{escape(paper.title)}</b></p>"))
    st.markdown(
        _("The file that was uploaded is deleted with it.")
        if uploaded_file(paper, assistant.uploads)
        else _("The file it was read from stays where it is.")
    )
    with st.container(horizontal=True):
        if st.button(
            _("Delete"), type="primary", icon=":material/delete:", key="library_delete_now"
        ):
            try:
                assistant.remove(paper.id)
            except GovernanceAssistantError as error:
                st.error(markup.escape_markdown(spoken(error)))
            else:
                reading.forget_pictures()
                _finish(_("“{title}” was deleted.", title=paper.title))
        if st.button(_("Keep it"), key="library_keep"):
            _close()
            st.rerun()

"""What can be done with a conversation, each in a dialog: rename it, export it, link to it."""

from __future__ import annotations

from urllib.parse import urljoin

import streamlit as st

from assistant import Conversation, GovernanceAssistantError
from assistant.conversations.export import Format, file_name
from assistant.views import going, markup
from assistant.views.spoken import spoken
from assistant.views.words import _

_LONGEST_TITLE = 200


def rename(conversation: Conversation) -> None:
    """Ask for another title."""
    st.dialog(_("Rename conversation"))(_ask_title)(conversation)


def export(conversation: Conversation) -> None:
    """Offer the conversation and its references as files, and its address."""
    st.dialog(_("Export and link"))(_offer_files)(conversation)


def address(conversation: str) -> str:
    """Where a conversation is shown, as whole as the browser tells.

    Args:
        conversation: Its id.

    Returns:
        The address.
    """
    return urljoin(st.context.url or "/", f"./?{going.CONVERSATION}={conversation}")


def _ask_title(conversation: Conversation) -> None:
    with st.form("conversations_rename", border=False):
        title = st.text_input(
            _("Title"),
            conversation.title,
            max_chars=_LONGEST_TITLE,
            key=f"conversations_title:{conversation.id}",
        )
        saved = st.form_submit_button(_("Save"), type="primary")
    if saved:
        try:
            conversation.rename(title or "")
        except GovernanceAssistantError as error:
            st.error(markup.escape_markdown(spoken(error)))
            return
        st.rerun()


def _offer_files(conversation: Conversation) -> None:
    st.markdown(f"**{markup.escape_markdown(conversation.title)}**")
    st.caption(_("Its address, for a bookmark or a note:"))
    st.code(address(conversation.id), language=None, wrap_lines=True)
    st.caption(_("The whole conversation, with its sources:"))
    with st.container(horizontal=True):
        _offer(conversation, "markdown", "Markdown")
        _offer(conversation, "json", "JSON")
    st.caption(_("The references of what was cited:"))
    with st.container(horizontal=True):
        _offer(conversation, "apa", "APA")
        _offer(conversation, "bibtex", "BibTeX")
        _offer(conversation, "ris", "RIS")
    if not _cited(conversation):
        st.caption(_("Nothing has been cited so far, so there are no references yet."))


def _offer(conversation: Conversation, form: Format, label: str) -> None:
    whole = form in {"markdown", "json"}
    st.download_button(
        label,
        conversation.export(form),
        file_name(conversation.title, form),
        mime="application/json" if form == "json" else "text/plain",
        key=f"conversations_export:{form}",
        on_click="ignore",
        icon=":material/download:",
        disabled=not whole and not _cited(conversation),
    )


def _cited(conversation: Conversation) -> bool:
    return any(turn.answer and turn.answer.citations for turn in conversation.turns)

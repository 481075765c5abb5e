"""The conversations that are kept: found again, renamed, exported, deleted and put back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Literal

import streamlit as st

from assistant import Assistant, DeletedConversation, GovernanceAssistantError
from assistant.conversations.store import Summary
from assistant.views import conversation_dialogs, going, markup
from assistant.views.clickable import announce
from assistant.views.opening import opened
from assistant.views.reader import reader
from assistant.views.spoken import spoken
from assistant.views.words import _, language, plural
from assistant.when import to_the_minute, told

Act = Literal["rename", "export", "delete"]

PER_PAGE = 20
_DELETED = "conversations_deleted"
_STYLE = """<style>
.ga .known { display: block; font-size: .85rem; opacity: .85; }
</style>"""


def page() -> None:
    """List the reader's own conversations, the last changed first.

    Others' are not listed; whoever has the address of one, which holds its id, can open it.
    """
    assistant = opened()
    st.html(_STYLE)
    st.title(_("Conversations"), anchor=False)
    wanted = st.text_input(
        _("Search conversations"),
        type="search",
        icon=":material/search:",
        placeholder=_("Words of a title, a question or an answer"),
        key="conversations_search",
        persist_state="session",
    )
    _offer_undo(assistant)
    listed = assistant.conversations.list(wanted or "", owner=reader())
    if not listed:
        _say_none(wanted or "")
        return
    titles = {paper.id: paper.title for paper in assistant.papers()}
    for summary in _of_page(listed, wanted or ""):
        _show(assistant, summary, titles)


def _of_page(listed: list[Summary], wanted: str) -> list[Summary]:
    """Those of the chosen page; the choice is shown where there is more than one."""
    counted = plural("{n} conversation", "{n} conversations", len(listed))
    st.html(markup.block(f'<span class="known">{escape(counted)}</span>'))
    pages = -(-len(listed) // PER_PAGE)
    if pages < 2:
        return listed
    chosen = st.pagination(pages, key=f"conversations_page:{wanted}:{pages}")
    return listed[(chosen - 1) * PER_PAGE : chosen * PER_PAGE]


def _say_none(wanted: str) -> None:
    if wanted.strip():
        shown = markup.escape_markdown(wanted.strip())
        st.info(_("No conversation holds “{words}”. Try other words.", words=shown))
        return
    st.info(_("There are no conversations yet. Ask a question: it is kept here with its answer."))
    if st.button(_("Ask a question"), icon=":material/forum:", type="primary"):
        going.begin_conversation()


def _show(assistant: Assistant, summary: Summary, titles: Mapping[str, str]) -> None:
    names: dict[Act, str] = {
        "rename": _("Rename"),
        "export": _("Export and link"),
        "delete": _("Delete"),
    }
    with st.container(border=True):
        known, acts = st.columns((5, 2), vertical_alignment="center")
        known.html(summary_html(summary, titles))
        with acts, st.container(horizontal=True, horizontal_alignment="right"):
            if st.button(_("Open"), key=f"conversations_open:{summary.id}"):
                going.resume_conversation(summary.id)
            act = st.menu_button(
                _("More"),
                list(names),
                format_func=names.__getitem__,
                key=f"conversations_more:{summary.id}",
            )
    if act:
        _done(lambda: _ACTS[act](assistant, summary))


def _done(act: Callable[[], None]) -> None:
    try:
        act()
    except GovernanceAssistantError as error:
        st.error(markup.escape_markdown(spoken(error)))


def _rename(assistant: Assistant, summary: Summary) -> None:
    conversation_dialogs.rename(assistant.conversations.open(summary.id))


def _export(assistant: Assistant, summary: Summary) -> None:
    conversation_dialogs.export(assistant.conversations.open(summary.id))


def _delete(assistant: Assistant, summary: Summary) -> None:
    deleted = assistant.conversations.open(summary.id).delete()
    st.session_state.setdefault(_DELETED, []).append(deleted)
    if st.session_state.get(going.CONVERSATION) == summary.id:
        going.forget_conversation()
    st.rerun()


_ACTS: dict[Act, Callable[[Assistant, Summary], None]] = {
    "rename": _rename,
    "export": _export,
    "delete": _delete,
}


def _offer_undo(assistant: Assistant) -> None:
    """The conversation that was deleted last in this session can be had back."""
    deleted: list[DeletedConversation] = st.session_state.get(_DELETED, [])
    if not deleted:
        return
    title = markup.escape_markdown(deleted[-1].title)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.write(_("Deleted: {title}", title=title))
        announce(_("Deleted: {title}", title=deleted[-1].title), key="conversations_live")
        if st.button(_("Undo"), icon=":material/undo:", key="conversations_undo"):
            _done(lambda: _restore(assistant, deleted))
        if st.button(_("Dismiss"), icon=":material/close:", key="conversations_dismiss"):
            deleted.clear()
            st.rerun()


def _restore(assistant: Assistant, deleted: list[DeletedConversation]) -> None:
    assistant.conversations.restore(deleted[-1])
    deleted.pop()
    st.rerun()


def summary_html(summary: Summary, titles: Mapping[str, str]) -> str:
    """A conversation's title, and in small what else is known of it.

    Args:
        summary: The conversation.
        titles: Of the library's papers, by id.

    Returns:
        HTML in which everything from readers and papers is escaped.
    """
    zone = st.context.timezone
    exactly = to_the_minute(summary.changed, language(), zone)
    known = (
        f'<time datetime="{summary.changed}" title="{escape(exactly)}">'
        f"{escape(told(summary.changed, language(), zone))}</time>",
        escape(plural("{n} question", "{n} questions", summary.turns)),
        escape(_scope(summary, titles)),
    )
    return markup.block(
        f'<h2>{escape(summary.title)}</h2><span class="known">{" · ".join(known)}</span>'
    )


def _scope(summary: Summary, titles: Mapping[str, str]) -> str:
    if summary.papers is None:
        return _("All papers")
    if len(summary.papers) == 1:
        [paper] = summary.papers
        return titles.get(paper, _("A paper that is no longer in the library"))
    return plural("{n} paper", "{n} papers", len(summary.papers))

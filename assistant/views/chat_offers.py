"""Questions that the chat offers: to begin with, and to ask next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant import Answer, Assistant, Conversation
from assistant.views import going, markup, turns
from assistant.views.chat_asking import ask
from assistant.views.words import Language, _, language, plural


def welcome(assistant: Assistant) -> None:
    """Show what this is, which papers will be asked, and questions that work.

    Args:
        assistant: Whose papers.
    """
    scope = going.scope()
    papers = [paper for paper in assistant.papers() if scope is None or paper.id in scope]
    st.markdown(
        _(
            "Ask about governance, and read what the papers say: every answer names its passages, "
            "and a click on a number shows the words in their place."
        )
    )
    asked = plural("{n} paper is asked", "{n} papers are asked", len(papers))
    st.html(markup.block(markup.details(asked, turns.papers_html(papers))))
    st.subheader(_("For example"), anchor=False)
    columns = st.columns(2, gap="small")
    for number, example in enumerate(_examples(assistant, language(), scope)):
        with columns[number % 2]:
            st.button(
                markup.escape_markdown(example),
                key=f"example:{number}",
                on_click=ask,
                args=(assistant, None, example),
                width="stretch",
                wrap=True,
            )


@st.cache_data(
    show_spinner=False,
    max_entries=20,
    hash_funcs={Assistant: lambda assistant: assistant.revision},
)
def _examples(assistant: Assistant, spoken: Language, papers: Sequence[str] | None) -> list[str]:
    from assistant.suggestions import examples

    return examples(assistant, spoken, papers=papers)


def next_questions(assistant: Assistant, conversation: Conversation, answer: Answer) -> None:
    """Offer questions to ask next, that the papers do answer.

    Args:
        assistant: Whose papers.
        conversation: Where they are asked.
        answer: Its last.
    """
    suggested = _suggested(assistant, answer, conversation.papers)
    if not suggested:
        return
    st.caption(_("Ask next"))
    with st.container(key="next", gap=None):
        for number, question in enumerate(suggested):
            st.button(
                markup.escape_markdown(question),
                key=f"next:{answer.record}:{number}",
                on_click=ask,
                args=(assistant, conversation, question),
                type="tertiary",
                icon=":material/arrow_forward:",
            )


@st.cache_data(
    show_spinner=False,
    max_entries=1000,
    hash_funcs={
        Assistant: lambda assistant: assistant.revision,
        Answer: lambda answer: answer.record,
    },
)
def _suggested(assistant: Assistant, answer: Answer, papers: Sequence[str] | None) -> list[str]:
    return assistant.suggest(answer, papers)

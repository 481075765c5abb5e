"""The papers in the library, how well their files could be read, and what is known about each."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from assistant.types import PaperHealth
from assistant.views import markup
from assistant.views.opening import opened, show_empty

_GOOD, _FAIR = 90, 70
_FIELDS = {
    "title": "Title",
    "authors": "Authors",
    "year": "Year",
    "venue": "Venue",
    "doi": "DOI",
    "language": "Language",
    "affiliations": "Affiliations",
    "keywords": "Keywords",
    "abstract": "Abstract",
}
"""What is known of a paper, in the order of its card."""


def page() -> None:
    """List the papers, those first whose files could be read worst."""
    assistant = opened()
    st.title("Papers", anchor=False)
    listed = assistant.health()
    if not listed:
        show_empty()
    for health in listed:
        with st.container(border=True):
            known, state = st.columns((4, 1))
            with known:
                passages = assistant.count_passages(health.paper.id)
                st.html(markup.paper_html(health.paper, passages))
            with state:
                st.metric("Health", _shown(health), help="Of 100 points; what takes some is below.")
            st.html(notes_html(health))


def _shown(health: PaperHealth) -> str:
    if health.report is None:
        return "?"
    sign = "" if health.score >= _GOOD else " ⚠" if health.score >= _FAIR else " ⚠⚠"
    return f"{health.score}{sign}"


def notes_html(health: PaperHealth) -> str:
    """What is wrong with a paper's file, what was left out of it, and how sure its metadata is.

    Args:
        health: Of the paper.

    Returns:
        HTML in which everything from the paper is escaped.
    """
    paper, report = health.paper, health.report
    problems = "".join(f"<li>{_with_commands(problem)}</li>" for problem in health.problems)
    sure = "".join(
        f"<dt>{label}</dt><dd>{escape(paper.found[name])}, {paper.sureness(name)}</dd>"
        for name, label in _FIELDS.items()
        if name in paper.found
    )
    left_out = "".join(
        f"<li>{left.count} {escape(f'{left.what}: {left.why}')}</li>"
        for left in (report.left_out if report else ())
    )
    parts = (
        f'<ul class="note">{problems}</ul>' if problems else "",
        _details("Where this was found, and how sure it is", f"<dl>{sure}</dl>"),
        _details("What was left out", f"<ul>{left_out}</ul>") if left_out else "",
    )
    return f'<div class="ga">{"".join(parts)}</div>'


def _with_commands(sentence: str) -> str:
    """A sentence with its commands, which stand between backquotes, set as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(sentence))


def _details(summary: str, content: str) -> str:
    return f"<details><summary>{summary}</summary><div>{content}</div></details>"

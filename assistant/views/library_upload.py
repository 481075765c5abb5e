"""Adding papers in the Library view: files, their password, progress, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st
from streamlit.typing import UploadedFile

from assistant import Assistant, GovernanceAssistantError
from assistant.types import PaperHealth
from assistant.uploads import MOST_FILES, MOST_MEGABYTES, Received, receive
from assistant.views import markup
from assistant.views.library_cards import in_the_app
from assistant.views.library_words import health_name, status_name
from assistant.views.spoken import spoken
from assistant.views.words import _, plural
from ingest.files import SUFFIXES

_ROUND, _RESULTS = "library_round", "library_received"
_PASSWORD = "library_password"  # noqa: S105 - the key of a widget
_LONGEST_PASSWORD = 127
"""Bytes of a password that PDF takes."""


def upload(assistant: Assistant, papers: Mapping[str, PaperHealth]) -> None:
    """Let somebody add files, and tell what became of the last ones.

    Args:
        assistant: The library.
        papers: What is in it, by id.
    """
    results: list[Received] = [
        one
        for one in st.session_state.get(_RESULTS, [])
        if one.report.paper_id is None or one.report.paper_id in papers
    ]
    with st.expander(
        _("Add papers"),
        icon=":material/upload_file:",
        expanded=not papers or bool(results),
        key="library_adding",
    ):
        files = st.file_uploader(
            _("PDF, Word, HTML, JATS XML, Markdown or text"),
            type=sorted(SUFFIXES),  # with their dots: without, "text" means any text/*
            accept_multiple_files=True,
            max_upload_size=MOST_MEGABYTES,
            key=f"library_files_{st.session_state.setdefault(_ROUND, 0)}",
            help=_(
                "At most {files} files at once. They are kept in the library's folder for as "
                "long as their papers are in.",
                files=MOST_FILES,
            ),
        )
        password = _password() if any(one.is_locked for one in results) else None
        too_many = len(files) > MOST_FILES
        if too_many:
            st.warning(
                _(
                    "{n} files are chosen, and at most {files} can be added at once. "
                    "Take some away.",
                    n=len(files),
                    files=MOST_FILES,
                )
            )
        adding = st.empty()
        if files and adding.button(
            plural("Add {n} file", "Add {n} files", len(files)),
            type="primary",
            icon=":material/add:",
            disabled=too_many,
            key="library_add",
        ):
            _add(assistant, files, password)
        _show(results, papers)


def _password() -> str | None:
    typed = st.text_input(
        _("Password of the encrypted files"),
        type="password",
        max_chars=_LONGEST_PASSWORD,
        key=_PASSWORD,
        autocomplete="off",
    )
    return typed or None


def _add(assistant: Assistant, files: Sequence[UploadedFile], password: str | None) -> None:
    """Add files; those are forgotten then, unless some are to be tried again."""
    # A click meanwhile ends this run of the script: what was added until then is told by the next.
    results: list[Received] = []
    st.session_state[_RESULTS] = results
    bar = st.progress(0.0, text=_told(0, files))
    try:
        for received in receive(assistant, files, password):
            results.append(received)
            bar.progress(len(results) / len(files), text=_told(len(results), files))
    except GovernanceAssistantError as error:
        st.error(markup.escape_markdown(spoken(error)))
        st.info(_("Your files are still here: add them again in a moment."))
        return
    if not any(one.is_locked for one in results):
        st.session_state[_ROUND] += 1
        st.session_state.pop(_PASSWORD, None)
    st.rerun()


def _told(done: int, files: Sequence[UploadedFile]) -> str:
    if done == len(files):
        return _("Finished.")
    name = markup.escape_markdown(files[done].name)
    return _("Adding {n} of {count}: {name}", n=done + 1, count=len(files), name=name)


def _show(results: Sequence[Received], papers: Mapping[str, PaperHealth]) -> None:
    """What became of files, each in a paragraph."""
    if not results:
        return
    st.html(markup.block("".join(_result(one, papers) for one in results)))
    st.button(_("Hide this report"), on_click=_forget, key="library_forget")


def _forget() -> None:
    st.session_state[_RESULTS] = []


def _result(received: Received, papers: Mapping[str, PaperHealth]) -> str:
    report = received.report
    health = papers.get(report.paper_id or "")
    said = [escape(f"{status_name(report.status)}: {report.path}")]
    if health:
        passages = plural("{n} passage", "{n} passages", report.passages)
        found = [health.paper.title, health_name(health)]
        said.append(escape(" · ".join([*found, passages] if report.passages else found)))
    if report.reason:
        said.append(escape(spoken(report.reason)))
    problems = health.problems if health and report.status in {"added", "replaced"} else ()
    notes = dict.fromkeys((*report.warnings, *problems))
    listed = "".join(f"<li>{in_the_app(note)}</li>" for note in notes)
    first, *rest = said
    lines = "".join(f"<br>{line}" for line in rest)
    return f"<p><b>{first}</b>{lines}</p>" + (f'<ul class="note">{listed}</ul>' if listed else "")

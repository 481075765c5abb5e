"""The golden questions that were collected: read, mended, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from assistant import Assistant, GovernanceAssistantError
from assistant.condense import MAX_QUESTION
from assistant.evaluation.collection import Collection
from assistant.evaluation.golden import faults
from assistant.evaluation.judged import UNANSWERABLE, check_question, spans_of
from assistant.evaluation.marking import Piece, Texts
from assistant.evaluation.report import paper_names
from assistant.evaluation.types import GoldenQuestion, GoldenSpan
from assistant.language import language_of
from assistant.views import markup
from assistant.views.evaluation_markup import facts_html, marked_html, note
from assistant.views.paging import on_this_page, pager
from assistant.views.spoken import spoken
from assistant.views.testing import choose_passages, dialog_key, forget
from assistant.views.words import _, plural
from ingest.errors import BadGolden
from ingest.types import Span

_A_PAGE = 10
_AROUND, _CUT = 300, Piece(" … ", None)
_LONGEST_TYPE = 40
_EDITED, _PAGE = "evaluation_edited", "evaluation_page"


def browsing(assistant: Assistant) -> None:
    """The collected questions, each with what is wrong with it."""
    collection = assistant.collection
    try:
        questions = collection.questions()
        wrong = faults(questions, assistant)
    except GovernanceAssistantError as error:
        st.error(markup.escape_markdown(spoken(error)))
        return
    if not questions:
        st.info(
            _(
                "No questions are collected yet. Ask in the chat, then choose “Make this a test” "
                "below an answer."
            )
        )
        return
    _summarise(collection, questions, len(wrong))
    found = _filtered(questions)
    if not found:
        st.html(note(_("No question has these words and this type.")))
    for question in on_this_page(found, _A_PAGE, _PAGE):
        _show(assistant, question, wrong.get(question.id, ()))
    pager(len(found), _A_PAGE, _PAGE)
    edited = st.session_state.get(_EDITED)
    for question in questions:
        if question.id == edited:
            dialog = st.dialog(_("Edit the question"), width="medium", on_dismiss=_close)
            dialog(_edit)(assistant, question)


def _summarise(
    collection: Collection, questions: Sequence[GoldenQuestion], number_wrong: int
) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            plural("{n} question is collected.", "{n} questions are collected.", len(questions))
        )
        st.download_button(
            _("Download the questions"),
            collection.path.read_bytes,
            collection.path.name,
            "application/jsonl",
            on_click="ignore",
        )
    if number_wrong:
        st.warning(
            plural(
                "{n} question does not fit the library any more; it is marked below. Edit or "
                "delete it before you evaluate.",
                "{n} questions do not fit the library any more; they are marked below. Edit or "
                "delete them before you evaluate.",
                number_wrong,
            )
        )


def _filtered(questions: Sequence[GoldenQuestion]) -> list[GoldenQuestion]:
    words, kind = st.columns((3, 2))
    wanted = (
        words.text_input(_("Search the questions"), max_chars=MAX_QUESTION, key="evaluation_words")
        .lower()
        .split()
    )
    every = _("every type")
    types = [every, *sorted({question.type for question in questions})]
    chosen = kind.selectbox(_("Type"), types, key="evaluation_type")
    return [
        question
        for question in reversed(questions)
        if chosen in {every, question.type}
        and all(word in f"{question.question} {question.id}".lower() for word in wanted)
    ]


def _show(assistant: Assistant, question: GoldenQuestion, wrong: Sequence[str]) -> None:
    label = markup.escape_markdown(question.question)
    expander = st.expander(
        label,
        icon=":material/warning:" if wrong else None,
        key=f"evaluation_shown_{question.id}",
        on_change="rerun",
    )
    if not expander.open:
        return
    with expander:
        for fault in wrong:
            st.warning(markup.escape_markdown(spoken(fault)))
        st.html(facts_html(question))
        _show_spans(assistant, question)
        with st.container(horizontal=True):
            st.button(
                _("Edit"),
                key=f"evaluation_edit_{question.id}",
                icon=":material/edit:",
                on_click=_open,
                args=(question.id,),
            )
            with st.popover(_("Delete"), icon=":material/delete:"):
                st.write(_("It cannot be brought back."))
                if st.button(_("Delete it"), key=f"evaluation_drop_{question.id}", type="primary"):
                    _remove(assistant.collection, question.id)


def _show_spans(assistant: Assistant, question: GoldenQuestion) -> None:
    texts, names = Texts(assistant), paper_names(assistant.papers())
    for span in (*question.relevant, *question.contradicted_by):
        name = names.get(span.paper)
        if name is None:
            continue
        pieces = texts.marked(span.paper, texts.around(span, _AROUND), [span])
        shown = (_CUT, *pieces, _CUT)
        st.html(marked_html(f"{name} · {_grade(span)}", shown))


def _grade(span: GoldenSpan) -> str:
    return {
        3: _("answers fully"),
        2: _("answers partly"),
        1: _("touches the matter"),
    }[span.grade]


def _edit(assistant: Assistant, question: GoldenQuestion) -> None:
    key = _key(question.id)
    text = st.text_area(
        _("Question"),
        question.question,
        max_chars=MAX_QUESTION,
        key=f"{key}_question",
        height="content",
    )
    kind = st.text_input(
        _("Type"), question.type, max_chars=_LONGEST_TYPE, key=f"{key}_type", persist_state="page"
    )
    refuse = st.checkbox(
        _("The papers do not answer this: it must be refused"),
        not question.answerable,
        key=f"{key}_refuse",
    )
    relevant = () if refuse else _chosen_spans(assistant, question, key)
    wrong = st.empty()
    if st.button(_("Save"), key=f"{key}_save", type="primary"):
        edited = replace(question, question=text.strip(), type=kind.strip(), relevant=relevant)
        if refuse and question.answerable:
            edited = replace(edited, type=UNANSWERABLE)
        try:
            _save(assistant, question, edited, refuse)
        except GovernanceAssistantError as error:
            wrong.error(markup.escape_markdown(spoken(error)))
        else:
            _close()
            st.rerun()


def _chosen_spans(
    assistant: Assistant, question: GoldenQuestion, key: str
) -> tuple[GoldenSpan, ...]:
    """The question's spans that are left ticked, and passages that are added."""
    names, texts = paper_names(assistant.papers()), Texts(assistant)
    kept = []
    for number, span in enumerate(question.relevant, 1):
        name = names.get(span.paper, _("A paper that is no longer in the library"))
        label = markup.escape_markdown(f"{number}. {name} · {_grade(span)}")
        with st.container(border=True, gap="xxsmall"):
            place = f"{key}_span_{span.paper}:{span.start}:{span.end}"
            if st.checkbox(label, value=True, key=place, persist_state="page"):
                kept.append(span)
            where = (Span(span.start, span.end),)
            st.html(marked_html("", texts.marked(span.paper, where, [])))
    added = spans_of(assistant, choose_passages(assistant, (), key))
    return tuple(dict.fromkeys((*kept, *added)))


def _save(
    assistant: Assistant, question: GoldenQuestion, edited: GoldenQuestion, refuse: bool
) -> None:
    if not (edited.relevant or refuse):
        raise BadGolden(
            _(
                "Choose at least one passage that answers the question, or say that the papers "
                "do not answer it."
            )
        )
    if edited.question != question.question:
        edited = replace(edited, language=language_of(edited.question))
    check_question(edited, assistant)
    assistant.collection.replace(edited)


def _remove(collection: Collection, question: str) -> None:
    try:
        collection.remove(question)
    except GovernanceAssistantError as error:
        st.error(markup.escape_markdown(spoken(error)))
    else:
        st.rerun()


def _open(question: str) -> None:
    st.session_state[_EDITED] = question


def _close() -> None:
    if question := st.session_state.pop(_EDITED, None):
        forget(_key(question))


def _key(question: str) -> str:
    """What the keys of the dialog's widgets begin with."""
    return dialog_key(f"evaluation_edited:{question}")

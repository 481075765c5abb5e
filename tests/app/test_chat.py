"""Whole conversations, in the app as Streamlit runs it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant import Assistant, Event
from assistant.views.chat import STARTERS
from tests.app.conftest import HOSTILE_SENTENCE, HOSTILE_TITLE, OpenApp

QUESTION = "What is polycentric governance?"
UNANSWERABLE = "Who won the football championship of 1974?"


def ask(app: AppTest, question: str) -> AppTest:
    app.chat_input[0].set_value(question).run()
    assert not app.exception
    return app


def messages(app: AppTest) -> list[tuple[str, str]]:
    """Name and HTML of every message."""
    return [
        (message.name, "".join(element.value for element in message.html))
        for message in app.chat_message
    ]


def buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


@pytest.fixture
def histories(monkeypatch: pytest.MonkeyPatch) -> list[list[Any]]:
    """What history each question came with; the questions are answered as ever."""
    seen: list[list[Any]] = []
    real = Assistant.stream

    def recorded(
        self: Assistant, question: str, history: Sequence[Any] | None = None, **options: Any
    ) -> Iterator[Event]:
        seen.append(list(history or ()))
        return real(self, question, history, **options)

    monkeypatch.setattr(Assistant, "stream", recorded)
    return seen


def test_the_first_page_offers_questions_and_says_what_the_library_holds(
    open_app: OpenApp, samples_library: Path, samples: Assistant
) -> None:
    app = open_app(samples_library)
    assert buttons(app) == [*STARTERS, "New conversation"]
    assert not app.chat_message
    note = app.sidebar.caption[0].value
    assert f"library: 5; passages: {samples.count_passages()}" in note
    assert "no language model" in note


def test_an_answer_shows_quotes_markers_and_marked_passages(
    open_app: OpenApp, samples_library: Path, samples: Assistant
) -> None:
    app = ask(open_app(samples_library), QUESTION)
    answer = samples.ask(QUESTION)
    (asker, asked), (speaker, said) = messages(app)
    assert (asker, speaker) == ("user", "assistant")
    assert QUESTION in asked
    assert answer.citations
    for citation in answer.citations:
        assert f"“{escape(citation.quote)}” " in said
        assert f"<mark>{escape(citation.quote)}</mark>" in said
        assert f"<summary>[{citation.number}] {escape(citation.reference)}</summary>" in said
        assert escape(" > ".join(citation.passage.section)) in said
    assert not set(STARTERS) & set(buttons(app))


def test_a_follow_up_comes_with_the_turns_before_it(
    open_app: OpenApp, samples_library: Path, histories: list[list[Any]]
) -> None:
    app = ask(open_app(samples_library), QUESTION)
    ask(app, "And why does it matter?")
    assert [name for name, _ in messages(app)] == ["user", "assistant"] * 2
    assert histories[0] == []
    assert [turn["role"] for turn in histories[1]] == ["user", "assistant"]
    assert histories[1][0]["content"] == QUESTION


def test_a_starter_question_is_asked_by_a_click(open_app: OpenApp, samples_library: Path) -> None:
    app = open_app(samples_library)
    app.button[buttons(app).index(STARTERS[1])].click().run()
    (_, asked), (_, said) = messages(app)
    assert STARTERS[1] in asked
    assert "<mark>" in said


@pytest.mark.parametrize("starter", STARTERS)
def test_every_starter_question_has_an_answer(samples: Assistant, starter: str) -> None:
    assert samples.ask(starter).answered


def test_a_new_conversation_forgets_the_old_one(
    open_app: OpenApp, samples_library: Path, histories: list[list[Any]]
) -> None:
    app = ask(open_app(samples_library), QUESTION)
    app.sidebar.button[0].click().run()
    assert not app.chat_message
    assert set(STARTERS) <= set(buttons(app))
    ask(app, QUESTION)
    assert histories[-1] == []


def test_an_unanswered_question_shows_the_nearest_passages(
    open_app: OpenApp, samples_library: Path, samples: Assistant
) -> None:
    app = ask(open_app(samples_library), UNANSWERABLE)
    answer = samples.ask(UNANSWERABLE)
    assert not answer.answered
    said = messages(app)[1][1]
    assert escape(answer.text.splitlines()[0]) in said
    assert said.count("<details>") == len(answer.nearest) > 0
    for hit in answer.nearest:
        assert escape(samples.paper(hit.paper_id).title) in said
        assert escape(hit.passage.text) in said
    assert "<mark>" not in said


def test_a_question_without_words_is_an_error_that_later_questions_ignore(
    open_app: OpenApp, samples_library: Path, histories: list[list[Any]]
) -> None:
    app = ask(open_app(samples_library), "???")
    assert "question is empty" in app.error[0].value
    ask(app, QUESTION)
    assert histories[-1] == []
    assert "<mark>" in messages(app)[-1][1]


def test_an_empty_library_says_how_to_add_papers(open_app: OpenApp, tmp_path: Path) -> None:
    library = tmp_path / "my library"
    app = open_app(library)
    assert "library is empty" in app.info[0].value
    assert app.code[0].value == f"govassist add papers/ --library '{library}'"
    assert not app.chat_input


def test_a_folder_that_is_no_library_is_an_error_without_a_traceback(
    open_app: OpenApp, tmp_path: Path
) -> None:
    (tmp_path / "notes_of_*mine*.txt").write_text("not a library")
    app = open_app(tmp_path)
    assert r"notes\_of\_\*mine\*\.txt" in app.error[0].value
    assert not app.exception
    assert not app.chat_input


def test_notices_are_shown_once(
    open_app: OpenApp, samples_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Assistant, "notices", ("An index was rebuilt.",))
    app = open_app(samples_library)
    assert [info.value for info in app.info] == [r"An index was rebuilt\."]
    assert not app.run().info


def test_text_that_looks_like_html_or_markdown_is_escaped(
    open_app: OpenApp, hostile_library: Path
) -> None:
    question = "What does <i>polycentric</i> *governance* cost in $?"
    app = ask(open_app(hostile_library), question)
    (_, asked), (_, said) = messages(app)
    assert escape(question) in asked
    assert f"<mark>{escape(HOSTILE_SENTENCE)}</mark>" in said
    assert escape(HOSTILE_TITLE) in said
    assert "A &lt;b&gt;Bold&lt;/b&gt; Name" in said
    assert not [text.value for text in app.markdown if "$" in text.value]

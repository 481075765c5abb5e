"""Whole conversations, in the app as Streamlit runs it."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.suggestions import examples
from assistant.views.source import sources_of
from tests.app.conftest import HOSTILE_SENTENCE, HOSTILE_TITLE, OpenApp
from tests.app.seen import ask, buttons, click, html_of, messages

QUESTION = "What is polycentric governance?"
UNANSWERABLE = "Who won the football championship of 1974?"


def test_the_first_page_says_what_this_is_and_offers_questions_that_work(
    open_app: OpenApp, samples_copy: Path, samples: Assistant
) -> None:
    app = open_app(samples_copy)
    offered = examples(samples)
    assert len(offered) == 6
    assert all(samples.ask(question).answered for question in offered)
    shown = [label.replace("\\", "") for label in buttons(app)]
    assert set(offered) <= set(shown)
    assert not app.chat_message
    page = html_of(app.main)
    assert "5 papers are asked" in page
    assert all(escape(paper.title) in page for paper in samples.papers())
    counted, writer = (caption.value for caption in app.sidebar.caption)
    assert f"5 papers, {samples.count_passages():,} passages" in counted
    assert "No language model" in writer
    app.button[shown.index(offered[0])].click().run()
    (_, asked), (_, said) = messages(app)
    assert escape(offered[0]) in asked
    assert 'class="chip"' in said


def test_an_answer_shows_quotes_chips_sources_and_what_was_searched(
    open_app: OpenApp, samples_copy: Path, samples: Assistant
) -> None:
    app = ask(open_app(samples_copy), QUESTION)
    answer = samples.ask(QUESTION)
    (asker, asked), (speaker, said) = messages(app)
    assert (asker, speaker) == ("user", "assistant")
    assert QUESTION in asked
    assert answer.citations
    for citation in answer.citations:
        assert f"“{escape(citation.quote)}” <button" in said
        assert f"[{citation.number}] {escape(citation.reference)}</button>" in said
    assert "Every quote stands word for word" in said
    assert "5 papers searched" in said
    assert app.title[0].value == r"What is polycentric governance\?"
    suggested = [label.replace("\\", "") for label in buttons(app)]
    assert set(samples.suggest(answer)) <= set(suggested)


def test_a_follow_up_goes_on_and_everything_is_there_after_a_restart(
    open_app: OpenApp, samples_copy: Path
) -> None:
    app = ask(open_app(samples_copy), QUESTION)
    ask(app, "And why does it matter?")
    said = messages(app)
    assert [name for name, _ in said] == ["user", "assistant"] * 2
    assert "Understood as:" in said[3][1]
    again = open_app(samples_copy, conversation=str(app.query_params["conversation"]))
    assert messages(again) == said
    click(app, "New conversation")
    assert not app.chat_message
    assert "conversation" not in app.query_params
    assert r"What is polycentric governance\?" in buttons(app)
    other = open_app(samples_copy)
    assert r"What is polycentric governance\?" not in buttons(other)


def test_sources_of_an_old_answer_are_as_they_are_described_now(
    open_app: OpenApp, samples_quoting: Assistant, samples_copy: Path
) -> None:
    conversation = samples_quoting.conversations.create()
    answer = conversation.ask(QUESTION)
    for paper in samples_quoting.papers():
        samples_quoting.update(paper.id, title="Ferries", authors=["{Human Rights Watch}"])
    _, (_, said) = messages(open_app(samples_copy, conversation=conversation.id))
    assert said.count("] Human Rights Watch") == len(answer.citations) > 0
    assert "Human Rights Watch. (n.d.). Ferries." in said
    assert not any(escape(citation.paper.title) in said for citation in answer.citations)
    sources = sources_of(answer, samples_quoting)
    assert {source.paper.title for source in sources} == {"Ferries"}
    for paper in samples_quoting.papers():
        samples_quoting.remove(paper.id)
    recorded = [citation.paper for citation in answer.citations]
    assert [source.paper for source in sources_of(answer, samples_quoting)] == recorded


def test_an_unanswered_question_shows_the_nearest_passages(
    open_app: OpenApp, samples_copy: Path, samples: Assistant
) -> None:
    app = ask(open_app(samples_copy), UNANSWERABLE)
    answer = samples.ask(UNANSWERABLE)
    assert not answer.answered
    said = messages(app)[1][1]
    assert escape(answer.text.splitlines()[0]) in said
    assert said.count('data-act="near:') == len(answer.nearest) > 0
    for hit in answer.nearest:
        assert escape(samples.paper(hit.paper_id).title) in said
    assert "chip" not in said


def test_the_last_question_is_edited_or_answered_again_in_its_place(
    open_app: OpenApp, samples_copy: Path
) -> None:
    app = ask(open_app(samples_copy), UNANSWERABLE)
    click(app, "Answer again")
    assert len(messages(app)) == 2
    click(app, "Edit the question")
    assert app.text_area[0].value == UNANSWERABLE
    app.text_area[0].set_value(QUESTION)
    click(app, "Ask")
    (_, asked), (_, said) = messages(app)
    assert QUESTION in asked
    assert "chip" in said
    with Assistant.open(samples_copy) as assistant:
        [summary] = assistant.conversations.list()
        assert [t.question for t in assistant.conversations.open(summary.id).turns] == [QUESTION]


def test_a_question_whose_answer_was_cut_off_can_be_asked_again(
    open_app: OpenApp, samples_quoting: Assistant, samples_copy: Path
) -> None:
    conversation = samples_quoting.conversations.create()
    samples_quoting._conversation_store().begin_turn(conversation.id, QUESTION)
    app = open_app(samples_copy, conversation=conversation.id)
    assert "has no answer" in app.warning[0].value
    click(app, "Ask again")
    (_, asked), (_, said) = messages(app)
    assert QUESTION in asked
    assert "chip" in said
    assert not app.warning


def test_a_question_without_words_is_told_and_later_ones_are_answered(
    open_app: OpenApp, samples_copy: Path
) -> None:
    app = ask(open_app(samples_copy), "???")
    assert "question is empty" in app.error[0].value
    assert app.text_area[0].value == "???"
    app.text_area[0].set_value(QUESTION)
    click(app, "Ask")
    assert not app.error
    assert not app.text_area
    assert "chip" in messages(app)[-1][1]
    with Assistant.open(samples_copy) as assistant:
        assert len(assistant.conversations.list()) == 1


def test_only_the_chosen_papers_are_asked(
    open_app: OpenApp, samples_copy: Path, samples: Assistant
) -> None:
    papers = [c.paper.id for c in samples.ask(QUESTION).citations]
    other = next(paper for paper in samples.papers() if paper.id not in papers)
    app = open_app(samples_copy)
    app.sidebar.multiselect[0].set_value([other.id]).run()
    assert "1 paper is asked" in html_of(app.main)
    author = other.authors[0].split()[0]
    assert all(f" {author} " in one for one in buttons(app) if one.startswith("What do"))
    said = messages(ask(app, QUESTION))[-1][1]
    assert "1 paper searched" in said
    assert all(escape(samples.paper(paper).title) not in said for paper in papers)


def test_a_form_that_was_left_open_takes_nothing_away(
    open_app: OpenApp, samples_copy: Path
) -> None:
    app = ask(open_app(samples_copy), QUESTION)
    click(app, "Edit the question")
    ask(app, "And why does it matter?")
    assert not app.text_area
    assert len(messages(app)) == 4


def test_a_conversation_goes_on_without_a_paper_that_was_deleted(
    open_app: OpenApp, samples_copy: Path, samples: Assistant
) -> None:
    paper = samples.ask(QUESTION).citations[0].paper
    with Assistant.open(samples_copy, model="none") as assistant:
        conversation = assistant.conversations.create(papers=[paper.id])
        conversation.ask(QUESTION)
        assistant.remove(paper.id)
    app = open_app(samples_copy, conversation=conversation.id)
    assert "no longer in the library" in app.sidebar.info[0].value
    assert "chip" in messages(app)[1][1]
    ask(app, "What does governance mean?")
    assert "4 papers searched" in messages(app)[-1][1]


def test_a_thumb_down_is_kept_with_its_reason(open_app: OpenApp, samples_copy: Path) -> None:
    app = ask(open_app(samples_copy), QUESTION)
    app.feedback[0].set_value(0).run()
    reason = next(box for box in app.text_input if "wrong" in box.label)
    reason.set_value("Only one paper is cited.").run()
    click(app, "Send")
    with Assistant.open(samples_copy) as assistant:
        [rating] = assistant.ratings()
    assert (rating.question, rating.good) == (QUESTION, False)
    assert rating.reason == "Only one paper is cited."
    app.feedback[0].set_value(None).run()
    with Assistant.open(samples_copy) as assistant:
        assert assistant.ratings() == []


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
    assert "Try again" in buttons(app)
    ask(app, QUESTION)
    (tmp_path / "notes_of_*mine*.txt").unlink()
    click(app, "Try again")
    assert app.text_area[0].value == QUESTION


def test_notices_are_shown_once(
    open_app: OpenApp, samples_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Assistant, "notices", ("An index was rebuilt.",))
    app = open_app(samples_copy)
    assert [info.value for info in app.info] == [r"An index was rebuilt\."]
    assert not app.run().info


def test_a_conversation_that_is_gone_is_told(open_app: OpenApp, samples_copy: Path) -> None:
    app = open_app(samples_copy, conversation="0123456789ab")
    assert "deleted, or its link is wrong" in app.warning[0].value
    assert app.chat_input
    assert not app.run().warning


def test_a_question_to_a_conversation_deleted_meanwhile_is_kept(
    open_app: OpenApp, samples_copy: Path
) -> None:
    app = ask(open_app(samples_copy), QUESTION)
    with Assistant.open(samples_copy) as assistant:
        assistant.conversations.open(assistant.conversations.list()[0].id).delete()
    app.chat_input[0].set_value("And smart governance?").run()
    assert "deleted" in app.warning[0].value
    assert "And smart governance?" in [area.value for area in app.text_area]


def test_text_that_looks_like_html_or_markdown_is_escaped(
    open_app: OpenApp, hostile_library: Path
) -> None:
    question = "What does <i>polycentric</i> *governance* cost in $?"
    app = ask(open_app(hostile_library), question)
    (_, asked), (_, said) = messages(app)
    assert escape(question) in asked
    assert f"“{escape(HOSTILE_SENTENCE)}”" in said
    assert escape(HOSTILE_TITLE) in said
    assert "A &lt;b&gt;Bold&lt;/b&gt; Name" in said
    assert not [text.value for text in app.markdown if "$" in text.value]

"""Conversations, their exports, and records: kept, found again, given again."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import (
    Assistant,
    BadQuery,
    BadSettings,
    Conversation,
    Done,
    NotALibrary,
    Retrieved,
    UnknownConversation,
    UnknownPaper,
)
from tests.vectorstore.helpers import child, finished

ASKED = "What is polycentric governance?"
FOLLOW_UP = "And what does it need?"


@pytest.fixture
def assistant(samples_copy: Path) -> Iterator[Assistant]:
    with Assistant.open(samples_copy, model="none") as assistant:
        yield assistant


@pytest.fixture
def conversation(assistant: Assistant) -> Conversation:
    conversation = assistant.conversations.create()
    conversation.ask(ASKED)
    return conversation


def test_a_conversation_outlives_its_process(samples_copy: Path) -> None:
    with Assistant.open(samples_copy, model="none") as assistant:
        conversation = assistant.conversations.create()
        answers = [conversation.ask(ASKED), conversation.ask(FOLLOW_UP)]
    with Assistant.open(samples_copy, model="none") as assistant:
        [summary] = assistant.conversations.list()
        assert (summary.title, summary.turns) == (ASKED, 2)
        turns = assistant.conversations.open(summary.id).turns
    assert [turn.question for turn in turns] == [ASKED, FOLLOW_UP]
    assert [turn.answer for turn in turns] == answers


def test_a_follow_up_is_understood_from_its_conversation(conversation: Conversation) -> None:
    answer = conversation.ask(FOLLOW_UP)
    assert FOLLOW_UP in answer.standalone
    assert "polycentric" in answer.standalone
    assert conversation.turns[0].answer is not None
    assert conversation.turns[0].answer.standalone == ""


def test_what_happens_is_told_and_kept(conversation: Conversation) -> None:
    first, *_, last = conversation.stream(FOLLOW_UP)
    assert isinstance(first, Retrieved)
    assert isinstance(last, Done)
    assert first.standalone == last.answer.standalone
    assert conversation.turns[-1].answer == last.answer


def test_a_question_is_kept_before_it_is_answered(conversation: Conversation) -> None:
    events = conversation.stream(FOLLOW_UP)
    next(events)
    assert [(t.question, t.answer is None) for t in conversation.turns] == [
        (ASKED, False),
        (FOLLOW_UP, True),
    ]
    events.close()  # type: ignore[attr-defined]
    assert len(conversation.history) == 2
    assert conversation.ask("Who governs?").question == "Who governs?"


def test_a_bad_question_leaves_nothing(conversation: Conversation) -> None:
    with pytest.raises(BadQuery):
        conversation.ask("  ")
    assert len(conversation.turns) == 1


def test_conversations_are_renamed_searched_and_deleted(assistant: Assistant) -> None:
    rivers, cities = (assistant.conversations.create(title) for title in ("Rivers", "Cities"))
    cities.ask(ASKED)
    assert [s.title for s in assistant.conversations.list()] == ["Cities", "Rivers"]
    rivers.rename("  Seas and\nrivers ")
    assert [s.title for s in assistant.conversations.list()] == ["Seas and rivers", "Cities"]
    assert [s.title for s in assistant.conversations.list("RIVERS")] == ["Seas and rivers"]
    assert [s.title for s in assistant.conversations.list("polycentric gov")] == ["Cities"]
    answer = cities.turns[0].answer
    assert answer
    words = answer.citations[0].quote[10:40]
    assert [s.title for s in assistant.conversations.list(words)] == ["Cities"]
    assert assistant.conversations.list("nothing of the kind") == []
    cities.delete()
    assert [s.title for s in assistant.conversations.list()] == ["Seas and rivers"]
    with pytest.raises(UnknownConversation, match="not there any more"):
        cities.ask(ASKED)
    with pytest.raises(UnknownConversation):
        assistant.replay(answer.record)
    with pytest.raises(BadQuery, match="title"):
        rivers.rename(" ")


def test_a_deleted_conversation_is_gone_from_the_disk(
    assistant: Assistant, samples_copy: Path
) -> None:
    conversation = assistant.conversations.create("Zanzibar")
    conversation.ask("Which tools does smart governance use in Zanzibar?")
    conversation.delete()
    assistant.close()
    left = b"".join(file.read_bytes() for file in samples_copy.glob("conversations.db*"))
    assert b"Zanzibar" not in left


def test_an_id_may_be_shortened(assistant: Assistant, conversation: Conversation) -> None:
    assert assistant.conversations.open(conversation.id[:8]).id == conversation.id
    for wrong in (conversation.id[:3], "", "nobody"):
        with pytest.raises(UnknownConversation, match="govassist conversations list"):
            assistant.conversations.open(wrong)


def test_a_conversation_asks_the_papers_it_is_told_to(assistant: Assistant) -> None:
    paper = assistant.papers()[1]
    conversation = assistant.conversations.create(papers=[paper.id[:8]])
    answer = conversation.ask("What is governance?")
    assert {hit.paper_id for hit in answer.nearest} == {paper.id}
    assert answer.coverage is not None
    assert answer.coverage.searched == 1
    conversation.ask_only(None)
    assert assistant.conversations.open(conversation.id).papers is None
    with pytest.raises(UnknownPaper):
        conversation.ask_only(["nobody"])
    with pytest.raises(UnknownPaper):
        assistant.conversations.create(papers=["nobody"])


def test_a_deleted_paper_is_told_before_anything_is_changed(assistant: Assistant) -> None:
    paper, other = (paper.id for paper in assistant.papers()[:2])
    conversation = assistant.conversations.create(papers=[paper, other])
    conversation.ask(ASKED)
    before = conversation.turns
    assistant.remove(other)
    with pytest.raises(UnknownPaper):
        list(conversation.stream(FOLLOW_UP, instead_of=0))
    assert conversation.turns == before


def test_a_question_takes_the_place_of_others_once_it_is_kept(
    assistant: Assistant, conversation: Conversation
) -> None:
    conversation.ask(FOLLOW_UP)
    records = [turn.answer.record for turn in conversation.turns if turn.answer]
    with pytest.raises(BadQuery):
        list(conversation.stream(" ", instead_of=0))
    events = conversation.stream(FOLLOW_UP, instead_of=0)
    assert len(conversation.turns) == 2
    next(events)
    assert [(turn.question, turn.answer) for turn in conversation.turns] == [(FOLLOW_UP, None)]
    *_, done = events
    assert isinstance(done, Done)
    assert done.answer.standalone == ""  # what it took the place of is no history
    assert [turn.answer for turn in conversation.turns] == [done.answer]
    for record in records:
        with pytest.raises(UnknownConversation):
            assistant.record(record)


@pytest.mark.parametrize("gone", ["deleted", "forgotten", "replaced"])
def test_what_goes_while_it_is_answered_leaves_nothing_on_the_disk(
    assistant: Assistant, samples_copy: Path, gone: str
) -> None:
    conversation = assistant.conversations.create()
    events = conversation.stream(ASKED)
    next(events)
    if gone == "deleted":
        conversation.delete()
    else:
        conversation.forget_from(0)
    if gone == "replaced":
        conversation.ask(FOLLOW_UP)
    *_, done = events
    assert isinstance(done, Done)
    with pytest.raises(UnknownConversation):
        assistant.record(done.answer.record)
    if gone == "replaced":
        assert [turn.question for turn in conversation.turns if turn.answer] == [FOLLOW_UP]
    kept = b"".join(file.read_bytes() for file in samples_copy.glob("conversations.db*"))
    assert done.answer.record.encode() not in kept


def test_two_who_change_a_conversation_do_not_undo_each_other(assistant: Assistant) -> None:
    paper = assistant.papers()[0].id
    conversation = assistant.conversations.create("Rivers")
    elsewhere = assistant.conversations.open(conversation.id)
    elsewhere.ask_only([paper])
    conversation.rename("Seas")
    elsewhere.ask_only(None)
    [summary] = assistant.conversations.list()
    assert (summary.title, summary.papers) == ("Seas", None)
    conversation.ask_only([paper])
    elsewhere.rename("Lakes")
    [summary] = assistant.conversations.list()
    assert (summary.title, summary.papers) == ("Lakes", (paper,))


def test_conversations_have_owners_also_in_older_files(samples_copy: Path) -> None:
    with Assistant.open(samples_copy, model="none") as assistant:
        assistant.conversations.create("Of nobody")
    with sqlite3.connect(samples_copy / "conversations.db") as database:
        database.execute("ALTER TABLE conversations DROP COLUMN owner")
    database.close()
    with Assistant.open(samples_copy, model="none") as assistant:
        assistant.conversations.create("Of Ann", owner="ann")
        deleted = assistant.conversations.create("Of Ben", owner="ben").delete()
        assistant.conversations.restore(deleted)
        listed = {
            owner: [summary.title for summary in assistant.conversations.list(owner=owner)]
            for owner in (None, "", "ann", "ben")
        }
        assert listed == {
            None: ["Of Ben", "Of Ann", "Of nobody"],
            "": ["Of nobody"],
            "ann": ["Of Ann"],
            "ben": ["Of Ben"],
        }
        assert assistant.conversations.list("nobody", owner="ann") == []


def test_conversations_are_read_while_a_model_loads(
    samples_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Assistant.open(samples_copy, model="loading") as assistant:

        def read() -> None:
            assistant.conversations.list()

        reading = threading.Thread(target=read, daemon=True)

        def load(_: object) -> None:
            reading.start()
            reading.join(60)
            assert not reading.is_alive()

        monkeypatch.setattr("assistant.models.opening.open_model", load)
        assert assistant.model is None
        assert not reading.is_alive()


def test_the_last_question_can_be_asked_again(conversation: Conversation) -> None:
    conversation.ask(FOLLOW_UP)
    conversation.forget_from(1)
    assert [turn.question for turn in conversation.turns] == [ASKED]
    conversation.ask("Who governs?")
    assert [turn.question for turn in conversation.turns] == [ASKED, "Who governs?"]


def test_export_has_the_words_and_only_what_was_cited(
    assistant: Assistant, conversation: Conversation
) -> None:
    conversation.ask("Who won the football match?")
    answers = [turn.answer for turn in conversation.turns if turn.answer]
    answer = answers[0]
    cited = {citation.paper.title for answer in answers for citation in answer.citations}
    others = {paper.title for paper in assistant.papers()} - cited
    assert others
    markdown = conversation.export("markdown")
    assert markdown.startswith(f"# {ASKED}\n")
    assert answer.text in markdown
    assert all(citation.quote in markdown for citation in answer.citations)
    data = json.loads(conversation.export("json"))
    assert [turn["question"] for turn in data["turns"]] == [t.question for t in conversation.turns]
    assert data["turns"][0]["answer"]["text"] == answer.text
    assert {entry["title"] for entry in data["references"]} == cited
    assert {entry["title"] for entry in json.loads(conversation.export("csl"))} == cited
    for form in ("apa", "bibtex", "ris"):
        text = conversation.export(form)
        assert not any(title in text for title in others)
        assert text.strip()
    with pytest.raises(BadSettings, match="markdown, json, apa"):
        conversation.export("pdf")  # type: ignore[arg-type]


def test_an_answer_can_be_given_again(assistant: Assistant, samples_copy: Path) -> None:
    answer = assistant.ask(ASKED)
    same = assistant.replay(answer.record)
    assert same.changes == ()
    assert same.after.id != same.before.id
    assert same.before.answer == answer
    cited = answer.citations[0].paper
    assistant.remove(cited.id)
    changed = assistant.replay(answer.record)
    assert any("library has changed" in change for change in changed.changes)
    assert any("Passages gone" in change for change in changed.changes)
    assert changed.before.passages[0].id == same.before.passages[0].id


def test_a_follow_up_is_given_again_with_its_history(conversation: Conversation) -> None:
    answer = conversation.ask(FOLLOW_UP)
    replay = conversation._assistant.replay(answer.record)
    assert replay.changes == ()
    assert replay.before.history[0]["content"] == ASKED


def test_other_settings_are_told(assistant: Assistant, samples_copy: Path) -> None:
    from assistant import SearchSettings

    answer = assistant.ask(ASKED)
    with Assistant.open(samples_copy, model="none", settings=SearchSettings(late=False)) as other:
        changes = other.replay(answer.record).changes
    assert any("setting late was True, now it is False" in change for change in changes)


def test_no_record_of_an_answer(assistant: Assistant) -> None:
    with pytest.raises(UnknownConversation, match="No record"):
        assistant.replay("nobody")


def test_a_file_that_holds_no_conversations(samples_copy: Path) -> None:
    (samples_copy / "conversations.db").write_text("no database, and longer than a header " * 9)
    with Assistant.open(samples_copy, model="none") as assistant:
        with pytest.raises(NotALibrary, match="Move it away"):
            assistant.conversations.list()
        assert (samples_copy / "conversations.db").read_text().startswith("no database")


def test_two_processes_and_many_threads_write_at_once(samples_copy: Path) -> None:
    code = """
import sys
from assistant import Assistant
with Assistant.open(sys.argv[1], model="none") as assistant:
    conversation = assistant.conversations.create("theirs")
    for _ in range(5):
        conversation.ask("What is polycentric governance?")
"""
    other = child(code, samples_copy)
    with Assistant.open(samples_copy, model="none") as assistant:

        def ask() -> None:
            conversation = assistant.conversations.create("ours")
            for _ in range(3):
                conversation.ask(ASKED)

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        finished(other)
        turns = sorted((s.title, s.turns) for s in assistant.conversations.list())
    assert turns == [("ours", 3)] * 3 + [("theirs", 5)]


def test_killed_in_mid_answer_the_question_is_kept(samples_copy: Path) -> None:
    code = """
import os, signal, sys
from assistant import Assistant
assistant = Assistant.open(sys.argv[1], model="none")
conversation = assistant.conversations.create("Killed")
for event in conversation.stream("What is polycentric governance?"):
    os.kill(os.getpid(), signal.SIGKILL)
"""
    child(code, samples_copy).communicate()
    with Assistant.open(samples_copy, model="none") as assistant:
        [summary] = assistant.conversations.list()
        [turn] = assistant.conversations.open(summary.id).turns
    assert (summary.title, turn.question, turn.answer) == ("Killed", ASKED, None)


def test_conversations_do_not_make_readers_open_the_indexes_anew(samples_copy: Path) -> None:
    with (
        Assistant.open(samples_copy, model="none") as one,
        Assistant.open(samples_copy, model="none") as other,
    ):
        one.search(ASKED)
        before = one._library._catalog.changes()
        other.conversations.create().ask(ASKED)
        assert one._library._catalog.changes() == before


def test_a_deleted_conversation_is_put_back_whole(assistant: Assistant, samples_copy: Path) -> None:
    paper = assistant.papers()[0].id
    conversation = assistant.conversations.create("Zanzibar", [paper])
    answer = conversation.ask("Which tools does smart governance use in Zanzibar?")
    conversation.ask(FOLLOW_UP)
    assistant.rate(answer.record, good=False, reason="Not what I asked in Zanzibar.")
    other = assistant.conversations.create("Other")
    listed, turns = assistant.conversations.list(), conversation.turns
    ratings = assistant.ratings()
    deleted = conversation.delete()
    assert [s.id for s in assistant.conversations.list()] == [other.id]
    assert assistant.ratings() == []
    left = b"".join(file.read_bytes() for file in samples_copy.glob("conversations.db*"))
    assert b"Zanzibar" not in left
    for _ in range(2):
        restored = assistant.conversations.restore(deleted)
    assert (restored.id, restored.title, restored.papers) == (deleted.id, "Zanzibar", (paper,))
    assert restored.turns == turns
    assert assistant.conversations.list() == listed
    assert assistant.ratings() == ratings
    assert assistant.replay(answer.record).changes == ()


def test_what_was_deleted_elsewhere_cannot_be_put_back(conversation: Conversation) -> None:
    conversation.delete()
    with pytest.raises(UnknownConversation):
        conversation._assistant.conversations.restore(conversation.delete())

"""Conversations on the disk: of many at once, of older files, deleted and put back."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from assistant import (
    Assistant,
    Conversation,
    Done,
    NotALibrary,
    UnknownConversation,
)
from assistant.conversations.store import ConversationStore
from tests.assistant.conftest import ASKED, FOLLOW_UP
from tests.vectorstore.helpers import child, finished


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


def test_a_deleted_conversation_is_gone_from_the_disk(
    samples_quoting: Assistant, samples_copy: Path
) -> None:
    conversation = samples_quoting.conversations.create("Zanzibar")
    conversation.ask("Which tools does smart governance use in Zanzibar?")
    conversation.delete()
    samples_quoting.close()
    left = b"".join(file.read_bytes() for file in samples_copy.glob("conversations.db*"))
    assert b"Zanzibar" not in left


@pytest.mark.parametrize("gone", ["deleted", "forgotten", "replaced"])
def test_what_goes_while_it_is_answered_leaves_nothing_on_the_disk(
    samples_quoting: Assistant, samples_copy: Path, gone: str
) -> None:
    conversation = samples_quoting.conversations.create()
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
        samples_quoting.record(done.answer.record)
    if gone == "replaced":
        assert [turn.question for turn in conversation.turns if turn.answer] == [FOLLOW_UP]
    kept = b"".join(file.read_bytes() for file in samples_copy.glob("conversations.db*"))
    assert done.answer.record.encode() not in kept


def test_two_who_change_a_conversation_do_not_undo_each_other(samples_quoting: Assistant) -> None:
    paper = samples_quoting.papers()[0].id
    conversation = samples_quoting.conversations.create("Rivers")
    elsewhere = samples_quoting.conversations.open(conversation.id)
    elsewhere.ask_only([paper])
    conversation.rename("Seas")
    elsewhere.ask_only(None)
    [summary] = samples_quoting.conversations.list()
    assert (summary.title, summary.papers) == ("Seas", None)
    conversation.ask_only([paper])
    elsewhere.rename("Lakes")
    [summary] = samples_quoting.conversations.list()
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


def test_a_file_that_holds_no_conversations(samples_copy: Path) -> None:
    (samples_copy / "conversations.db").write_text("no database, and longer than a header " * 9)
    with Assistant.open(samples_copy, model="none") as assistant:
        with pytest.raises(NotALibrary, match="Move it away"):
            assistant.conversations.list()
        assert (samples_copy / "conversations.db").read_text().startswith("no database")


@pytest.mark.parametrize("name", ["junk", "folder"])
def test_an_answer_is_given_where_it_cannot_be_recorded(samples_copy: Path, name: str) -> None:
    for kept in samples_copy.glob("conversations.db*"):  # of other tests, on the same samples
        kept.unlink()
    file = samples_copy / "conversations.db"
    file.mkdir() if name == "folder" else file.write_text("no database " * 50)
    with Assistant.open(samples_copy, model="none") as assistant:
        answer = assistant.ask(ASKED)
    assert answer.citations
    assert answer.record == ""
    assert "This answer was not recorded" in answer.notices[-1]


def test_the_file_is_opened_while_another_process_makes_it(tmp_path: Path) -> None:
    other = sqlite3.connect(
        tmp_path / "conversations.db", isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE theirs (id)")
    made = threading.Timer(0.5, other.execute, ["COMMIT"])
    made.start()
    ConversationStore(tmp_path).create("Ours", None)
    made.join()
    other.close()


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


def test_a_deleted_conversation_is_put_back_whole(
    samples_quoting: Assistant, samples_copy: Path
) -> None:
    paper = samples_quoting.papers()[0].id
    conversation = samples_quoting.conversations.create("Zanzibar", [paper])
    answer = conversation.ask("Which tools does smart governance use in Zanzibar?")
    conversation.ask(FOLLOW_UP)
    samples_quoting.rate(answer.record, good=False, reason="Not what I asked in Zanzibar.")
    other = samples_quoting.conversations.create("Other")
    listed, turns = samples_quoting.conversations.list(), conversation.turns
    ratings = samples_quoting.ratings()
    deleted = conversation.delete()
    assert [s.id for s in samples_quoting.conversations.list()] == [other.id]
    assert samples_quoting.ratings() == []
    left = b"".join(file.read_bytes() for file in samples_copy.glob("conversations.db*"))
    assert b"Zanzibar" not in left
    for _ in range(2):
        restored = samples_quoting.conversations.restore(deleted)
    assert (restored.id, restored.title, restored.papers) == (deleted.id, "Zanzibar", (paper,))
    assert restored.turns == turns
    assert samples_quoting.conversations.list() == listed
    assert samples_quoting.ratings() == ratings
    assert samples_quoting.replay(answer.record).changes == ()


def test_what_was_deleted_elsewhere_cannot_be_put_back(conversation: Conversation) -> None:
    conversation.delete()
    with pytest.raises(UnknownConversation):
        conversation._assistant.conversations.restore(conversation.delete())

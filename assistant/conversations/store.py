"""Conversations and records on disk: one SQLite file beside a library's catalog.

Not in the catalog itself, because readers of the catalog reopen the indexes whenever
another connection has written to it, and every answer is written down.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.conversations.database import ConversationDatabase
from assistant.conversations.deleted import DeletedConversation, put_back, taken_out
from assistant.conversations.ratings import Ratings
from assistant.conversations.stamps import new_id, timestamp
from assistant.records import Record
from ingest.errors import UnknownConversation

_SHORTEST_ID = 6


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation without its turns.

    ``created`` and ``changed`` are in ISO 8601, UTC; ``papers`` are the ids of the papers
    it asks, None for all; ``turns`` counts its questions.
    """

    id: str
    title: str
    created: str
    changed: str
    papers: tuple[str, ...] | None
    turns: int


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A question and the record of its answer; None where it was never answered."""

    position: int
    question: str
    record: Record | None


class ConversationStore:
    """The file ``conversations.db`` of a library, made at the first write.

    Args:
        library: The library's folder.

    Raises:
        NotALibrary: The file is something else.
        LibraryUnwritable: It cannot be opened or written.
    """

    def __init__(self, library: Path) -> None:
        self._file = ConversationDatabase(library)
        self.ratings = Ratings(self._file)

    def create(self, title: str, papers: Sequence[str] | None) -> Summary:
        """Begin a conversation."""
        key, now = new_id(), timestamp()
        with self._file.writing() as database:
            database.execute(
                "INSERT INTO conversations VALUES (?,?,?,?,?)",
                (key, title, now, now, None if papers is None else json.dumps(papers)),
            )
        return self.summary(key)

    def summaries(self, search: str = "") -> list[Summary]:
        """Conversations, the last changed first.

        Args:
            search: Only those in whose title, questions or answers these words stand, in
                this order, capitals or not.

        Returns:
            The conversations without their turns.
        """
        return self._summaries(
            ":words = '' OR instr(lower(title), :words) OR EXISTS ("
            "SELECT 1 FROM turns LEFT JOIN records ON records.id = record_id "
            "WHERE conversation_id = conversations.id AND (instr(lower(question), :words) "
            "OR instr(lower(coalesce(text, '')), :words)))",
            {"words": search.strip().lower()},
        )

    def summary(self, conversation: str) -> Summary:
        """One conversation.

        Args:
            conversation: Its id, or a beginning of it of at least 6 characters that no other
                shares.

        Returns:
            The conversation without its turns.

        Raises:
            UnknownConversation: There is none.
        """
        matches = self._summaries(
            "id = :id OR (length(:id) >= :shortest AND substr(id, 1, length(:id)) = :id)",
            {"id": conversation, "shortest": _SHORTEST_ID},
        )
        if len(matches) != 1:
            how_many = "no conversation" if not matches else f"{len(matches)} conversations"
            raise UnknownConversation(
                f"{how_many.capitalize()} with the id {conversation!r}. "
                "`govassist conversations list` lists the ids."
            )
        return matches[0]

    def update(self, conversation: str, title: str, papers: Sequence[str] | None) -> None:
        """Give a conversation a title and a scope."""
        with self._file.writing() as database:
            database.execute(
                "UPDATE conversations SET title = ?, papers = ?, changed = ? WHERE id = ?",
                (
                    title,
                    None if papers is None else json.dumps(papers),
                    timestamp(),
                    conversation,
                ),
            )

    def delete(self, conversation: str) -> DeletedConversation:
        """Delete a conversation, its turns, the records of their answers and their ratings."""
        with self._file.writing() as database:
            deleted = taken_out(database, conversation)
        self._file.wipe()
        return deleted

    def restore(self, deleted: DeletedConversation) -> None:
        """Put back what `delete` took out; nothing happens where it is there."""
        with self._file.writing() as database:
            put_back(database, deleted)

    def turns(self, conversation: str) -> list[StoredTurn]:
        """The turns of a conversation, oldest first."""
        with self._file.reading() as database:
            rows = database.execute(
                "SELECT position, question, record FROM turns "
                "LEFT JOIN records ON records.id = record_id "
                "WHERE conversation_id = ? ORDER BY position",
                (conversation,),
            ).fetchall()
        return [
            StoredTurn(position, question, Record.from_json(record) if record else None)
            for position, question, record in rows
        ]

    def begin_turn(self, conversation: str, question: str) -> int:
        """Write a question down before it is answered, so that nothing is lost.

        Args:
            conversation: The conversation's id.
            question: The question.

        Returns:
            The turn's position.

        Raises:
            UnknownConversation: It was deleted meanwhile.
        """
        with self._file.writing() as database:
            changed = database.execute(
                "UPDATE conversations SET changed = ? WHERE id = ?", (timestamp(), conversation)
            )
            if not changed.rowcount:
                raise UnknownConversation(
                    f"The conversation {conversation!r} is not there any more."
                )
            [position] = database.execute(
                "SELECT coalesce(max(position) + 1, 0) FROM turns WHERE conversation_id = ?",
                (conversation,),
            ).fetchone()
            database.execute(
                "INSERT INTO turns VALUES (?,?,?,NULL)", (conversation, position, question)
            )
        return int(position)

    def end_turn(self, conversation: str, position: int, record: str) -> None:
        """Note which record answers a turn."""
        with self._file.writing() as database:
            database.execute(
                "UPDATE turns SET record_id = ? WHERE conversation_id = ? AND position = ?",
                (record, conversation, position),
            )

    def remove_turns(self, conversation: str, position: int) -> None:
        """Take the turns from a position on away, as when the last question is edited."""
        with self._file.writing() as database:
            which = "conversation_id = ? AND position >= ?"
            chosen = (conversation, position)
            records = database.execute(f"SELECT record_id FROM turns WHERE {which}", chosen)
            keys = records.fetchall()
            database.execute(f"DELETE FROM turns WHERE {which}", chosen)
            database.executemany("DELETE FROM records WHERE id = ?", keys)

    def put_record(self, record: Record) -> None:
        """Keep a record."""
        with self._file.writing() as database:
            database.execute(
                "INSERT INTO records VALUES (?,?,?)",
                (record.id, record.answer.text, record.to_json()),
            )

    def record(self, key: str) -> Record:
        """A record.

        Args:
            key: Its id.

        Returns:
            The record.

        Raises:
            UnknownConversation: There is none of this id.
        """
        with self._file.reading() as database:
            row = database.execute("SELECT record FROM records WHERE id = ?", (key,)).fetchone()
        if row is None:
            raise UnknownConversation(
                f"No record of an answer with the id {key!r}. Every answer names its own: "
                "`answer.record` in Python, `--json` on the command line."
            )
        return Record.from_json(row[0])

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _summaries(self, where: str, values: Mapping[str, object]) -> list[Summary]:
        with self._file.reading() as database:
            rows = database.execute(
                "SELECT id, title, created, changed, papers, "
                "(SELECT count(*) FROM turns WHERE conversation_id = id) FROM conversations "
                f"WHERE {where} ORDER BY changed DESC, rowid DESC",
                dict(values),
            ).fetchall()
        return [
            Summary(key, title, created, changed, tuple(json.loads(papers)) if papers else None, n)
            for key, title, created, changed, papers, n in rows
        ]

"""Conversations and records on disk: one SQLite file beside a library's catalog.

Not in the catalog itself, because readers of the catalog reopen the indexes whenever
another connection has written to it, and every answer is written down.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.conversations import turns
from assistant.conversations.database import ConversationDatabase
from assistant.conversations.deleted import DeletedConversation, put_back, taken_out
from assistant.conversations.ratings import Ratings
from assistant.conversations.stamps import new_id, timestamp
from assistant.halves import without_halves
from assistant.records import Record
from ingest.errors import BadQuery, UnknownConversation

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
    """A question with the record of its answer, None where it was never answered.

    ``position`` is its place in the conversation, from 0.
    """

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

    def create(self, title: str, papers: Sequence[str] | None, owner: str = "") -> Summary:
        """Begin a conversation."""
        key, now = new_id(), timestamp()
        with self._file.writing() as database:
            database.execute(
                "INSERT INTO conversations VALUES (?,?,?,?,?,?)",
                (key, without_halves(title), now, now, _written(papers), without_halves(owner)),
            )
        return self.summary(key)

    def summaries(self, search: str = "", owner: str | None = None) -> list[Summary]:
        """Conversations, the last changed first.

        Args:
            search: Only those in whose title, questions or answers these words stand, in
                this order, capitals or not.
            owner: Only those of this owner; all where None.

        Returns:
            The conversations without their turns.
        """
        return self._summaries(
            "(:owner IS NULL OR owner = :owner) AND ("
            ":words = '' OR instr(casefold(title), :words) OR EXISTS ("
            "SELECT 1 FROM turns LEFT JOIN records ON records.id = record_id "
            "WHERE conversation_id = conversations.id AND (instr(casefold(question), :words) "
            "OR instr(casefold(coalesce(text, '')), :words))))",
            {
                "words": without_halves(search).strip().casefold(),
                "owner": None if owner is None else without_halves(owner),
            },
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
            {"id": without_halves(conversation), "shortest": _SHORTEST_ID},
        )
        if len(matches) != 1:
            how_many = "no conversation" if not matches else f"{len(matches)} conversations"
            raise UnknownConversation(
                f"{how_many.capitalize()} with the id {conversation!r}. "
                "`govassist conversations list` lists the ids."
            )
        return matches[0]

    def rename(self, conversation: str, title: str) -> None:
        """Give a conversation another title."""
        self._set("title", without_halves(title), conversation)

    def ask_only(self, conversation: str, papers: Sequence[str] | None) -> None:
        """Give a conversation another scope."""
        self._set("papers", _written(papers), conversation)

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

    def begin_turn(self, conversation: str, question: str, instead_of: int | None = None) -> int:
        """Write a question down before it is answered, so that nothing is lost.

        Args:
            conversation: The conversation's id.
            question: The question.
            instead_of: The position of a turn that is taken away for it, with all that follow.

        Returns:
            The turn's position.

        Raises:
            UnknownConversation: It was deleted meanwhile.
        """
        with self._file.writing() as database:
            return turns.begun(database, conversation, question, instead_of)

    def end_turn(self, conversation: str, position: int, question: str, record: str) -> None:
        """Note which record answers a turn; a turn that was deleted meanwhile leaves no record.

        Args:
            conversation: The conversation's id.
            position: The turn's.
            question: Its question: another one may have taken its place.
            record: The id of the record.
        """
        with self._file.writing() as database:
            there = turns.ended(database, conversation, position, question, record)
        if not there:
            self._file.wipe()

    def remove_turns(self, conversation: str, position: int) -> None:
        """Take the turns from a position on away, as when the last question is edited."""
        with self._file.writing() as database:
            turns.removed(database, conversation, position)

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
            row = database.execute(
                "SELECT record FROM records WHERE id = ?", (without_halves(key),)
            ).fetchone()
        if row is None:
            raise UnknownConversation(
                f"No record of an answer with the id {key!r}. Every answer names its own: "
                "`answer.record` in Python, `--json` on the command line."
            )
        return Record.from_json(row[0])

    def forget_record(self, key: str) -> None:
        """Delete a record that no turn has; see `Assistant.forget_record`."""
        found = self.record(key)
        with self._file.writing() as database:
            if database.execute("SELECT 1 FROM turns WHERE record_id = ?", (found.id,)).fetchone():
                raise BadQuery(
                    f"The answer of the record {key!r} stands in a conversation. Delete it there."
                )
            database.execute("DELETE FROM records WHERE id = ?", (found.id,))
        self._file.wipe()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _set(self, column: str, value: str | None, conversation: str) -> None:
        """One column alone, so that two readers do not undo each other's changes."""
        with self._file.writing() as database:
            database.execute(
                f"UPDATE conversations SET {column} = ?, changed = ? WHERE id = ?",
                (value, timestamp(), conversation),
            )

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


def _written(papers: Sequence[str] | None) -> str | None:
    return None if papers is None else json.dumps(papers)

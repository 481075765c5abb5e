"""The turns of a conversation in the file: begun, ended, taken away; each in a transaction."""

from __future__ import annotations

import sqlite3

from assistant.conversations.stamps import timestamp
from ingest.errors import BadQuery, UnknownConversation


def begun(
    database: sqlite3.Connection, conversation: str, question: str, instead_of: int | None
) -> int:
    """Write a question down; see `ConversationStore.begin_turn`."""
    changed = database.execute(
        "UPDATE conversations SET changed = ? WHERE id = ?", (timestamp(), conversation)
    )
    if not changed.rowcount:
        raise UnknownConversation(f"The conversation {conversation!r} is not there any more.")
    if instead_of is not None:
        removed(database, conversation, instead_of)
    [position] = database.execute(
        "SELECT coalesce(max(position) + 1, 0) FROM turns WHERE conversation_id = ?",
        (conversation,),
    ).fetchone()
    database.execute("INSERT INTO turns VALUES (?,?,?,NULL)", (conversation, position, question))
    return int(position)


def ended(
    database: sqlite3.Connection, conversation: str, position: int, question: str, record: str
) -> bool:
    """Note the record of an answer, or delete it; see `ConversationStore.end_turn`.

    Args:
        database: In a transaction.
        conversation: The conversation's id.
        position: The turn's.
        question: Its question.
        record: The id of the record.

    Returns:
        Whether the turn was still there, and unanswered.
    """
    noted = database.execute(
        "UPDATE turns SET record_id = ? WHERE conversation_id = ? AND position = ? "
        "AND question = ? AND record_id IS NULL",
        (record, conversation, position, question),
    )
    if not noted.rowcount:
        database.execute("DELETE FROM records WHERE id = ?", (record,))
    return bool(noted.rowcount)


def removed(database: sqlite3.Connection, conversation: str, position: int) -> None:
    """Take the turns from a position on away, with the records of their answers.

    Args:
        database: In a transaction.
        conversation: The conversation's id.
        position: The first turn's, from 0.

    Raises:
        BadQuery: The position is negative.
    """
    if position < 0:
        raise BadQuery(f"There is no turn {position}. Turns are counted from 0, the oldest.")
    which = "conversation_id = ? AND position >= ?"
    chosen = (conversation, position)
    records = database.execute(f"SELECT record_id FROM turns WHERE {which}", chosen).fetchall()
    database.execute(f"DELETE FROM turns WHERE {which}", chosen)
    database.executemany("DELETE FROM records WHERE id = ?", records)

"""A conversation taken out of the file, whole, so that it can be put back."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

Row = tuple[str | int | None, ...]

_TABLES = ("conversations", "records", "turns", "ratings")
"""Those that others refer to come first."""

_RECORDS = "SELECT record_id FROM turns WHERE conversation_id = :id"
_OWN = {
    "conversations": "id = :id",
    "records": f"id IN ({_RECORDS})",
    "turns": "conversation_id = :id",
    "ratings": f"record_id IN ({_RECORDS})",
}


@dataclass(frozen=True, slots=True)
class DeletedConversation:
    """A deleted conversation as it was, in memory only; `Conversations.restore` puts it back.

    ``rows`` are those of the file, with the table that each stood in.
    """

    id: str
    title: str
    rows: tuple[tuple[str, Row], ...]


def taken_out(database: sqlite3.Connection, conversation: str) -> DeletedConversation:
    """Delete a conversation with all that belongs to it.

    Args:
        database: In a transaction.
        conversation: Its id.

    Returns:
        What was deleted; without rows where it had been deleted before.
    """
    own = {"id": conversation}
    rows = [
        (table, row)
        for table in _TABLES
        for row in database.execute(f"SELECT * FROM {table} WHERE {_OWN[table]}", own).fetchall()
    ]
    records = database.execute(_RECORDS, own).fetchall()
    database.execute("DELETE FROM conversations WHERE id = :id", own)
    database.executemany("DELETE FROM records WHERE id = ?", records)
    title = next((str(row[1]) for table, row in rows if table == "conversations"), "")
    return DeletedConversation(conversation, title, tuple(rows))


def put_back(database: sqlite3.Connection, deleted: DeletedConversation) -> None:
    """Undo `taken_out`; nothing happens where the conversation is there.

    Args:
        database: In a transaction.
        deleted: What was taken out.
    """
    there = database.execute("SELECT 1 FROM conversations WHERE id = ?", (deleted.id,)).fetchone()
    for table, row in () if there else deleted.rows:
        places = ",".join("?" * len(row))
        database.execute(f"INSERT INTO {table} VALUES ({places})", row)

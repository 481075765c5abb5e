"""What readers thought of answers: good or not, and why."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversations.database import ConversationDatabase
from assistant.conversations.stamps import timestamp
from assistant.halves import without_halves
from ingest.errors import BadQuery, UnknownConversation

LONGEST_REASON = 1000
"""Characters."""

_RATINGS = (
    "SELECT record_id, good, reason, ratings.created, json_extract(record, '$.question') "
    "FROM ratings JOIN records ON records.id = record_id"
)


@dataclass(frozen=True, slots=True)
class Rating:
    """What a reader thought of an answer.

    ``record`` is the id of the answer's record, ``question`` what was asked, ``reason`` in
    the reader's words or empty, ``created`` in ISO 8601, UTC.
    """

    record: str
    good: bool
    reason: str
    created: str
    question: str


class Ratings:
    """The ratings in a file of conversations; each goes with the record that it is of.

    Args:
        file: The file.
    """

    def __init__(self, file: ConversationDatabase) -> None:
        self._file = file

    def put(self, record: str, good: bool, reason: str) -> None:
        """Keep a rating in place of any before it; see `Assistant.rate`."""
        record, reason = without_halves(record), without_halves(reason).strip()
        if len(reason) > LONGEST_REASON:
            raise BadQuery(
                f"The reason has {len(reason):,} characters; shorten it to {LONGEST_REASON:,}."
            )
        with self._file.writing() as database:
            if not database.execute("SELECT 1 FROM records WHERE id = ?", (record,)).fetchone():
                raise UnknownConversation(
                    f"No record of an answer with the id {record!r}, so it cannot be rated. It "
                    "may have been deleted meanwhile; ask the question again."
                )
            database.execute(
                "INSERT OR REPLACE INTO ratings VALUES (?,?,?,?)",
                (record, good, reason, timestamp()),
            )

    def forget(self, record: str) -> None:
        """Take the rating of a record back, if it has one."""
        with self._file.writing() as database:
            database.execute("DELETE FROM ratings WHERE record_id = ?", (without_halves(record),))

    def of(self, record: str) -> Rating | None:
        """The rating of a record, if it has one."""
        return next(iter(self._where("WHERE record_id = ?", without_halves(record))), None)

    def all(self) -> list[Rating]:
        """All of them, the newest first."""
        return self._where("ORDER BY ratings.created DESC, ratings.rowid DESC")

    def _where(self, clause: str, *values: str) -> list[Rating]:
        with self._file.reading() as database:
            rows = database.execute(f"{_RATINGS} {clause}", values).fetchall()
        return [
            Rating(record, bool(good), reason, created, question)
            for record, good, reason, created, question in rows
        ]

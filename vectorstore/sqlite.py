"""What the SQLite files of a library share: transactions, and files that are something else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """Change a database, all or nothing, whatever goes wrong meanwhile.

    Args:
        database: In autocommit mode (``isolation_level=None``).

    Yields:
        Nothing; what is executed until it is taken back is one transaction.
    """
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def is_of_another_kind(error: sqlite3.DatabaseError) -> bool:
    """Whether an error says that a file is no database of SQLite, or a damaged one."""
    return "not a database" in str(error) or "malformed" in str(error)

"""Transactions of the catalog and of the conversations: all or nothing, whatever goes wrong."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from vectorstore.sqlite import transaction


def insert_and_fail(database: sqlite3.Connection, error: type[BaseException]) -> None:
    with transaction(database):
        database.execute("INSERT INTO papers VALUES ('a')")
        raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, sqlite3.IntegrityError])
def test_whatever_goes_wrong_nothing_is_changed(error: type[BaseException]) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute("CREATE TABLE papers (id TEXT)")
        with pytest.raises(error):
            insert_and_fail(database, error)
        assert not database.in_transaction
        with transaction(database):
            database.execute("INSERT INTO papers VALUES ('b')")
        assert database.execute("SELECT id FROM papers").fetchall() == [("b",)]


def test_a_catalog_that_could_not_write_a_value_writes_the_next(samples_copy: Path) -> None:
    with Assistant.open(samples_copy, model="none") as assistant:
        paper = assistant.papers()[0]
        parsed = assistant._library.parsed(paper.id)
        assert parsed
        with pytest.raises(UnicodeEncodeError):
            assistant._library.describe(replace(parsed, paper=replace(paper, venue="\ud800")))
        assert assistant.update(paper.id, venue="Deltas").venue == "Deltas"

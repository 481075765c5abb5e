"""What searches read is kept in memory, and read anew when the library has changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from vectorstore import recent_parts
from vectorstore.parts import lengths
from vectorstore.recent_parts import RecentParts
from vectorstore.stored_vectors import StoredParts

ROWS = np.ones((2, 4), np.int8)
PARTS = StoredParts("a", "paper", 0, False, ROWS, lengths(ROWS))


class Store:
    """Holds the passages a, b and c, and notes what is read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def of_parts(self, dimension: int, ids: Sequence[str]) -> list[StoredParts]:
        self.read += ids
        return [PARTS._replace(passage_id=key) for key in reversed(ids) if key in "abc"]


def test_what_is_there_is_not_read_again() -> None:
    store = Store()
    parts = RecentParts(store.of_parts)
    assert [one.passage_id for one in parts.of(4, ["a", "b"])] == ["a", "b"]
    assert [one.passage_id for one in parts.of(4, ["c", "b", "x"])] == ["c", "b"]
    assert store.read == ["a", "b", "c", "x"]


def test_the_longest_unasked_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent_parts, "_KEPT", 2)
    store = Store()
    parts = RecentParts(store.of_parts)
    parts.of(4, ["a", "b"])
    for asked in ("a", "c", "a", "b"):
        assert [one.passage_id for one in parts.of(4, [asked])] == [asked]
    assert store.read == ["a", "b", "c", "b"]


def test_what_was_forgotten_is_read_anew() -> None:
    store = Store()
    parts = RecentParts(store.of_parts)
    parts.of(4, ["a"])
    parts.forget()
    parts.of(4, ["a"])
    assert store.read == ["a", "a"]

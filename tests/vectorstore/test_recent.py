"""What was read stays in memory, as long as there is room and nothing has changed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from vectorstore import recent
from vectorstore.recent import Recent


class Store:
    """Holds a, b and c, and notes what is read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, ids: Sequence[str]) -> dict[str, str]:
        self.read += ids
        return {key: key.upper() for key in reversed(ids) if key in "abc"}


def test_what_is_there_is_not_read_again() -> None:
    store, kept = Store(), Recent[str]()
    assert list(kept.of(["a", "b"], store).items()) == [("a", "A"), ("b", "B")]
    assert list(kept.of(["c", "b", "x"], store).items()) == [("c", "C"), ("b", "B")]
    assert store.read == ["a", "b", "c", "x"]


def test_the_longest_unasked_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "KEPT", 2)
    store, kept = Store(), Recent[str]()
    kept.of(["a", "b"], store)
    for asked in ("a", "c", "a", "b"):
        assert kept.of([asked], store) == {asked: asked.upper()}
    assert store.read == ["a", "b", "c", "b"]


def test_more_than_is_kept_is_found_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "KEPT", 2)
    assert list(Recent[str]().of(["a", "b", "c"], Store())) == ["a", "b", "c"]


def test_what_was_forgotten_is_read_anew() -> None:
    store, kept = Store(), Recent[str]()
    kept.of(["a"], store)
    kept.forget()
    kept.of(["a"], store)
    assert store.read == ["a", "a"]

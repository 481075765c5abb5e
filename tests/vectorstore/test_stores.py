"""The contract of a `VectorStore`; every implementation runs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from vectorstore.chroma import ChromaFolder
from vectorstore.protocols import VectorEntry, Vectors, VectorStore

DIMENSION = 16


def unit(*axes: int) -> Vectors:
    vector = np.zeros(DIMENSION, np.float32)
    vector[list(axes)] = 1
    vector /= np.linalg.norm(vector)
    return vector


@pytest.fixture(params=["chroma"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    assert request.param == "chroma"
    folder = ChromaFolder(tmp_path / "chroma", create=True)
    folder.make("things")
    yield folder.collection("things")
    folder.close()


@pytest.fixture
def filled(store: VectorStore) -> VectorStore:
    entries = [
        VectorEntry("p1", "A", "first"),
        VectorEntry("p2", "A", "second"),
        VectorEntry("p3", "A", "third"),
        VectorEntry("p4", "B", "fourth"),
    ]
    store.put(entries, np.stack([unit(0), unit(0, 1), unit(1), unit(0, 2)]))
    return store


def test_an_empty_store(store: VectorStore) -> None:
    assert store.count() == 0
    assert store.passage_ids() == set()
    assert store.search(unit(0), 5) == []
    store.delete_paper("A")


def test_the_nearest_come_first_by_cosine(filled: VectorStore) -> None:
    found = filled.search(unit(0), 4)
    assert found[0][0] == "p1"
    assert {key for key, _ in found[1:3]} == {"p2", "p4"}
    assert found[3][0] == "p3"
    assert [score for _, score in found] == pytest.approx([1, 0.5**0.5, 0.5**0.5, 0], abs=1e-5)


def test_n_is_how_many_passages_are_found(filled: VectorStore) -> None:
    assert [key for key, _ in filled.search(unit(0), 1)] == ["p1"]
    assert len(filled.search(unit(0), 1_000)) == 4


def test_putting_again_overwrites(filled: VectorStore) -> None:
    filled.put([VectorEntry("p4", "B", "moved")], unit(5)[np.newaxis])
    assert filled.count() == 4
    assert dict(filled.search(unit(5), 1)) == {"p4": pytest.approx(1, abs=1e-5)}


def test_deleting_a_paper(filled: VectorStore) -> None:
    filled.delete_paper("A")
    assert filled.count() == 1
    assert filled.passage_ids() == {"p4"}
    assert [key for key, _ in filled.search(unit(1), 4)] == ["p4"]

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
        VectorEntry("v1", "p1", "A", "first"),
        VectorEntry("v2", "p1", "A", "second"),
        VectorEntry("v3", "p2", "A", "third"),
        VectorEntry("v4", "p3", "B", "fourth"),
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
    assert [key for key, _ in found] == ["p1", "p3", "p2"]
    assert [score for _, score in found] == pytest.approx([1, 0.5**0.5, 0], abs=1e-5)


def test_a_passage_with_many_vectors_comes_once_with_its_best(filled: VectorStore) -> None:
    found = dict(filled.search(unit(0, 1), 4))
    assert found["p1"] == pytest.approx(1, abs=1e-5)
    assert len(found) == 3


def test_n_is_how_many_vectors_are_looked_at(filled: VectorStore) -> None:
    assert [key for key, _ in filled.search(unit(0), 1)] == ["p1"]
    assert len(filled.search(unit(0), 1_000)) == 3


def test_a_scope_keeps_to_its_papers(filled: VectorStore) -> None:
    assert [key for key, _ in filled.search(unit(0), 4, ["B"])] == ["p3"]
    assert filled.search(unit(0), 4, ["C"]) == []


def test_putting_again_overwrites(filled: VectorStore) -> None:
    filled.put([VectorEntry("v4", "p3", "B", "moved")], unit(5)[np.newaxis])
    assert filled.count() == 4
    assert dict(filled.search(unit(5), 1)) == {"p3": pytest.approx(1, abs=1e-5)}


def test_deleting_a_paper(filled: VectorStore) -> None:
    filled.delete_paper("A")
    assert filled.count() == 1
    assert filled.passage_ids() == {"p3"}
    assert [key for key, _ in filled.search(unit(1), 4)] == ["p3"]

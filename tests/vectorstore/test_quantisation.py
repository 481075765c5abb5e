"""Sentence vectors in 8 bits: scores as those of the full vectors, and old libraries converted."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant
from ingest.sentences import split_sentences
from vectorstore.catalog import MIGRATIONS
from vectorstore.protocols import Embedder, Vectors
from vectorstore.quantisation import best_cosines, quantised

QUESTION = "Which tools does smart governance use?"


def test_a_cosine_of_the_best_sentence() -> None:
    sentences = {
        "a": np.array([[127, 0], [0, 127]], np.int8),
        "b": np.array([[-100, 0]], np.int8),
        "c": np.array([[60, 80]], np.int8),
    }
    scores = best_cosines(np.array([1, 0], np.float32), sentences)
    assert scores == {"a": pytest.approx(1), "b": pytest.approx(-1), "c": pytest.approx(0.6)}


def test_no_sentences() -> None:
    assert best_cosines(np.array([1, 0], np.float32), {}) == {}
    assert quantised(np.zeros((0, 4), np.float32)).shape == (0, 4)


def test_a_row_is_stretched_to_the_whole_range() -> None:
    rows = quantised(np.array([[0.5, -0.25], [0.01, 0.02]], np.float32))
    assert rows.tolist() == [[127, -64], [64, 127]]


def test_scores_are_those_of_the_full_vectors(samples: Assistant, embedder: Embedder) -> None:
    library = samples._library
    passages = samples.passages()
    query = embedder.embed_queries([QUESTION])[0]
    scores = library.sentence_scores(query, [passage.id for passage in passages])
    for passage in passages:
        sentences = [passage.text[a:b] for a, b in split_sentences(passage.text)]
        exact = float((embedder.embed_passages(sentences) @ query).max())
        assert scores[passage.id] == pytest.approx(exact, abs=0.004)


def test_unknown_passages_have_no_score(samples: Assistant, embedder: Embedder) -> None:
    query = embedder.embed_queries([QUESTION])[0]
    assert samples._library.sentence_scores(query, ["nobody"]) == {}


def as_version_2(library: Path, embedder: Embedder) -> dict[str, Vectors]:
    """Bring a library's tables back to what they were; the sentences' vectors by passage."""
    with Assistant.open(library) as assistant:
        passages = assistant.passages()
    rows = {
        p.id: embedder.embed_passages([p.text[a:b] for a, b in split_sentences(p.text)])
        for p in passages
    }
    database = sqlite3.connect(library / "catalog.db")
    create = MIGRATIONS[0][MIGRATIONS[0].index("CREATE TABLE vectors") :].partition(";")[0]
    database.execute(create)
    vectors = dict(database.execute("SELECT passage_id, vector FROM passage_vectors"))
    database.executemany(
        "INSERT INTO vectors VALUES (?,?,?)",
        [(key, vectors[key], own.tobytes()) for key, own in rows.items()],
    )
    database.execute("DROP TABLE passage_vectors")
    database.execute("DROP TABLE sentence_vectors")
    database.execute("PRAGMA user_version = 2")
    database.commit()
    database.close()
    return rows


def test_a_library_of_an_older_version_is_converted(tmp_path: Path, embedder: Embedder) -> None:
    """Nothing is embedded anew; the searches find the same."""
    file = tmp_path / "lakes.md"
    file.write_text(
        "# Lakes\n\nLakes are deep. Rivers run.\n\n## Care\n\nWardens sweep.\n", "utf-8"
    )
    library = tmp_path / "library"
    with Assistant.open(library) as assistant:
        assistant.add(file)
        before = assistant.search("Who sweeps?")
    exact = as_version_2(library, embedder)
    with Assistant.open(library) as assistant:
        assert assistant.search("Who sweeps?") == before
        assert assistant.problems() == []
        kept = assistant._library.sentence_vectors(list(exact))
    assert kept.keys() == exact.keys()
    for key, rows in exact.items():
        assert np.array_equal(kept[key], quantised(rows))
    with Assistant.open(library) as assistant:
        assert assistant.notices == ()

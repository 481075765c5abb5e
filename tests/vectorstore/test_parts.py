"""Parts in 8 bits, late interaction, and the two kinds of parts."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant
from ingest.errors import EmbedderMismatch
from vectorstore.parts import lengths, max_sim, quantised, whole, with_sentences
from vectorstore.projection import projection_for
from vectorstore.protocols import Embedder, QueryVectors, Vectors

QUESTION = "Which tools does smart governance use?"


def test_max_sim_by_hand() -> None:
    """Two query tokens of weight 3/4 and 1/4; each takes its nearest passage token."""
    query = QueryVectors(
        np.array([1, 0], np.float32),
        np.array([[1, 0], [0, 1]], np.float32),
        np.array([0.75, 0.25], np.float32),
    )
    passages = [
        np.array([[127, 0], [0, 127]], np.int8),
        np.array([[-100, 0]], np.int8),
        np.array([[60, 80], [80, 60]], np.int8),
    ]
    scores = max_sim(query, passages, [lengths(parts) for parts in passages])
    assert scores.tolist() == [
        pytest.approx(1.0),
        pytest.approx(0.75 * -1 + 0.25 * 0),
        pytest.approx(0.75 * 0.8 + 0.25 * 0.8),
    ]


def test_nothing_to_score() -> None:
    assert max_sim(whole(np.array([1, 0], np.float32)), [], []).shape == (0,)
    assert quantised(np.zeros((0, 4), np.float32)).shape == (0, 4)


def test_a_row_is_stretched_to_the_whole_range() -> None:
    rows = quantised(np.array([[0.5, -0.25], [0.01, 0.02]], np.float32))
    assert rows.tolist() == [[127, -64], [64, 127]]


def test_eight_bits_change_a_score_little(samples: Assistant, embedder: Embedder) -> None:
    passages = samples._library.passages()[:40]
    projection = projection_for(embedder.record.weights_sha256)
    assert projection is not None
    states = dict(
        zip(
            (p.id for p in passages),
            embedder.token_states([p.searchable for p in passages]),  # type: ignore[attr-defined]
            strict=True,
        )
    )
    query = embedder.encode_query(QUESTION)
    late = samples._library.late(query, list(states))
    for key, (tokens, own) in states.items():
        rows = projection.project(own[projection.weights[tokens] > 0])
        exact = float(query.weights @ (query.parts @ rows.T).max(axis=1))
        assert late[key].score == pytest.approx(exact, abs=0.004)


def test_a_passage_is_nearest_to_its_own_words(samples: Assistant, embedder: Embedder) -> None:
    passages = samples._library.passages()
    query = embedder.encode_query(passages[7].text)
    late = samples._library.late(query, [p.id for p in passages])
    assert max(late, key=lambda key: late[key].score) == passages[7].id


def test_places_count_the_passages_of_a_paper(samples: Assistant, embedder: Embedder) -> None:
    paper = samples.papers()[0]
    ids = [p.id for p in samples._library.passages(paper.id)]
    late = samples._library.late(embedder.encode_query(QUESTION), ids)
    assert [late[key].position for key in ids] == list(range(len(ids)))
    assert {place.paper_id for place in late.values()} == {paper.id}


def test_unknown_passages_have_no_score(samples: Assistant, embedder: Embedder) -> None:
    assert samples._library.late(embedder.encode_query(QUESTION), ["nobody"]) == {}


def test_punctuation_weighs_nothing(embedder: Embedder) -> None:
    plain, marked = embedder.encode_query("smart tools"), embedder.encode_query("smart tools?!")
    assert np.count_nonzero(plain.weights) == np.count_nonzero(marked.weights) == 2
    assert embedder.encode_query("?!").weights.sum() == pytest.approx(1)


def test_sentences_are_the_parts_without_token_vectors(
    samples: Assistant, embedder: Embedder
) -> None:
    """The score of a whole query against sentences is the best sentence's cosine."""
    passages = samples._library.passages()[:20]
    vectors = with_sentences(passages, embedder.embed_passages)
    query = whole(embedder.embed_queries([QUESTION])[0])
    assert query.parts.shape == (1, 384)
    exact: Vectors = embedder.embed_passages([passages[0].text.split(". ")[0] + "."])
    assert (
        max_sim(query, vectors.parts[:1], [lengths(vectors.parts[0])])[0]
        >= float((exact @ query.vector).max()) - 0.01
    )


def test_a_library_with_other_parts_is_refused_until_reembedded(
    tmp_path: Path, embedder: Embedder
) -> None:
    library = tmp_path / "library"
    with Assistant.open(library) as assistant:
        assistant.add(Path(__file__).parent.parent.parent / "samples" / "liu.md")
    with sqlite3.connect(library / "catalog.db") as database:
        record = replace(embedder.record, projection="").as_dict()
        database.execute("UPDATE model SET record = ?", (json.dumps(record),))
    database.close()
    with pytest.raises(EmbedderMismatch, match=r"sentence vectors.*token vectors.*reembed"):
        Assistant.open(library)

"""Public sets in BEIR form as libraries, and the conversations of MTRAG."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from math import log2
from pathlib import Path

import pytest
from mtrag import WAYS, ask, by_group, print_report, share_of_the_way, stands_alone
from public_sets import Corpus, ndcg, open_corpus, read_documents, read_qrels, read_queries
from rich.console import Console
from scifact import dense, read_claims

ROWS = [
    ("d1", "Dunes", "The association keeps the dune and plants grass on it."),
    ("d2", "Ferries", "Ferries\nThe guild sets the ferry fares each spring."),
    ("d3", "Bakers", "The bakers of the town bake rye bread on Sundays."),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("set")
    rows = [json.dumps({"id": i, "title": t, "text": x}) + "\n" for i, t, x in ROWS]
    (made / "corpus.jsonl.gz").write_bytes(gzip.compress("".join(rows).encode()))
    queries = [{"id": "q1", "text": "Who sets the fares?"}, {"id": "q2", "text": "Not judged?"}]
    (made / "queries.jsonl").write_text("".join(json.dumps(q) + "\n" for q in queries))
    (made / "qrels.tsv").write_text("query-id\tcorpus-id\tgrade\nq1\td2\t1\n")
    return made


@pytest.fixture(scope="module")
def corpus(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    made = open_corpus(read_documents(folder), tmp_path_factory.mktemp("work"))
    yield made
    made.assistant.close()


def test_a_text_loses_the_title_it_repeats(folder: Path) -> None:
    assert [d.text.split()[0] for d in read_documents(folder)] == ["The", "The", "The"]


def test_only_judged_claims_are_asked(folder: Path) -> None:
    assert read_claims(folder) == {"q1": "Who sets the fares?"}
    assert read_qrels(folder) == {"q1": {"d2": 1}}
    assert len(read_queries(folder)) == 2


def test_documents_are_found_by_search_and_by_the_embedder_alone(
    folder: Path, corpus: Corpus
) -> None:
    claims = read_claims(folder)
    assert corpus.search(claims["q1"], 2)[0] == "d2"
    assert len(corpus.search(claims["q1"], 2)) == 2
    assert dense(read_documents(folder), claims)["q1"][0] == "d2"


def test_a_library_is_kept_until_the_code_changes(folder: Path, tmp_path: Path) -> None:
    documents = read_documents(folder)
    for made_by, kept in (("", True), ("other code", False)):
        opened = open_corpus(documents, tmp_path / "work")
        opened.assistant.close()
        (tmp_path / "work/kept").touch()
        if made_by:
            (tmp_path / "work/made_by").write_text(made_by)
        open_corpus(documents, tmp_path / "work").assistant.close()
        assert (tmp_path / "work/kept").exists() is kept
    (tmp_path / "work/kept").touch()
    (tmp_path / "work/made_by").write_text("other code")
    open_corpus(documents, tmp_path / "work", reuse=True).assistant.close()
    assert (tmp_path / "work/kept").exists()


def test_documents_with_the_same_text_are_both_found(tmp_path: Path) -> None:
    from public_sets import Document

    twins = [Document(name, "Dunes", "The association keeps the dune.") for name in ("a", "b")]
    opened = open_corpus(twins, tmp_path)
    assert opened.search("Who keeps the dune?", 5) == ["a", "b"]
    opened.assistant.close()


def test_ndcg_by_hand() -> None:
    qrels = {"q1": {"a": 1, "b": 1}, "q2": {"a": 1}}
    values = ndcg(qrels, {"q1": ["x", "a"], "q2": []}, 5)
    assert values == [pytest.approx((1 / log2(3)) / (1 + 1 / log2(3))), 0]


FOLLOW_UP = {
    "id": "c::2",
    "text": "And who sets them?",
    "history": ["Are there ferry fares?"],
    "rewrite": "Who sets the ferry fares?",
}


def test_the_ways_of_asking(corpus: Corpus) -> None:
    assert {way: ask(corpus, FOLLOW_UP, way)[0] for way in WAYS if way != "last turn"} == {
        "all turns": "d2",
        "ours": "d2",
        "rewrite": "d2",
    }


def test_questions_that_stand_alone() -> None:
    assert not stands_alone(FOLLOW_UP)
    alone = {**FOLLOW_UP, "text": "who sets the ferry fares"}
    assert stands_alone(alone)
    assert not stands_alone({**alone, "history": []})
    scores = {way: [0.0, 0.5] for way in WAYS}
    groups = by_group([FOLLOW_UP, alone], scores)
    assert groups["of these standing alone"]["ours"] == [0.5]
    assert groups["all questions"]["ours"] == [0.0, 0.5]


def test_the_share_of_the_way() -> None:
    scores = {way: [0.2, 0.2] for way in WAYS}
    scores |= {"ours": [0.4, 0.2], "rewrite": [0.4, 0.4]}
    assert share_of_the_way(scores) == pytest.approx(0.5)
    page = io.StringIO()
    print_report({"all questions": scores}, Console(file=page, width=100))
    assert "Share of the way to the rewrite: 0.50" in page.getvalue()


def test_the_published_sets(benchmarks: Path) -> None:
    assert len(read_claims(benchmarks / "scifact")) == 300
    assert len(read_documents(benchmarks / "scifact")) == 5_183
    conversations = read_queries(benchmarks / "mtrag-clapnq")
    assert set(read_qrels(benchmarks / "mtrag-clapnq")) == {q["id"] for q in conversations}
    assert sum(stands_alone(query) for query in conversations) == 31

"""Searches within some papers: the same passages whichever way they are found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant
from vectorstore import library, scope
from vectorstore.protocols import Ranking
from vectorstore.scope import Scope

QUESTION = "Which tools does smart governance use?"
N = 15


@pytest.fixture(params=["among all in Chroma", "among all in memory", "one by one"])
def _way(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, samples: Assistant
) -> None:
    samples._library._forget()
    monkeypatch.setattr(library, "LARGEST", 1_000 if request.param == "among all in memory" else 0)
    deepest = 0 if request.param == "one by one" else 1_000_000
    monkeypatch.setattr(scope, "_DEEPEST_VECTORS", deepest)
    monkeypatch.setattr(scope, "_DEEPEST_WORDS", deepest)


def by_hand(assistant: Assistant, papers: Sequence[str]) -> Ranking:
    """All passages of the papers by cosine."""
    embedder = assistant._library.embedder
    passages = [p for paper in papers for p in assistant.passages(paper)]
    rows = embedder.embed_passages([p.searchable for p in passages])
    cosines = rows @ embedder.embed_queries([QUESTION])[0]
    return [(passages[i].id, float(cosines[i])) for i in np.argsort(-cosines)]


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("chosen", [slice(0, 1), slice(1, 3), slice(0, 5)])
def test_a_scope_is_ranked_by_its_own_passages(samples: Assistant, chosen: slice) -> None:
    papers = [paper.id for paper in samples.papers()][chosen]
    found = samples._library.candidates(QUESTION, N, papers)
    expected = by_hand(samples, papers)[:N]
    assert [key for key, _ in found.passage] == [key for key, _ in expected]
    assert [score for _, score in found.passage] == pytest.approx(
        [score for _, score in expected], abs=1e-4
    )
    inside = {p.id for paper in papers for p in samples.passages(paper)}
    everywhere = samples._library.candidates(QUESTION, 1_000).lexical
    assert [key for key, _ in found.lexical] == [key for key, _ in everywhere if key in inside][:N]


@pytest.mark.usefixtures("_way")
def test_more_is_asked_for_than_there_is(samples: Assistant) -> None:
    paper = samples.papers()[0].id
    found = samples._library.candidates(QUESTION, 1_000, [paper])
    assert {key for key, _ in found.passage} == {p.id for p in samples.passages(paper)}


@pytest.mark.usefixtures("_way")
def test_a_paper_that_is_named_twice_counts_once(samples_copy: Path) -> None:
    with Assistant.open(samples_copy, model="none") as assistant:
        kept, *others = (paper.id for paper in assistant.papers())
        for other in others:
            assistant.remove(other)
        found = assistant.search(QUESTION, papers=[kept])
        assert assistant.search(QUESTION, papers=[kept, kept, kept[:8]]) == found
        coverage = assistant.ask(QUESTION, papers=[kept, kept]).coverage
        assert coverage
        assert coverage.searched == 1
        assert assistant.conversations.create(papers=[kept, kept]).papers == (kept,)
        assert assistant._library.candidates(QUESTION, 1, [kept] * 9).lexical


def test_papers_that_are_not_there(samples: Assistant) -> None:
    found = samples._library.candidates(QUESTION, N, ["nobody"])
    assert found.passage == []
    assert found.lexical == []


def test_too_few_among_all_are_looked_for_one_by_one(samples: Assistant) -> None:
    """The nearest of all passages may all be another paper's."""

    class Elsewhere:
        def search(self, vector: object, n: int) -> Ranking:
            return []

    embedder = samples._library.embedder
    papers = [paper.id for paper in samples.papers()][:3]
    vector = embedder.embed_queries([QUESTION])[0]
    within = Scope(samples._library._catalog, papers)
    found = within.nearest(Elsewhere(), vector, N)
    assert [key for key, _ in found] == [key for key, _ in by_hand(samples, papers)[:N]]

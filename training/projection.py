"""Make the projection of token states that late interaction compares: no labels, public texts.

::

    GOVASSIST_BENCHMARKS=… python training/projection.py

Reads the abstracts of SciFact and the two corpora of chunking_evaluation, as passages
of this project's own making. The basis is the leading eigenvectors of the covariance of
their tokens' states, each divided by the fourth root of its eigenvalue (half-way to
whitening). A token of a query weighs 1 + RARITY · idf, with the idf of BM25 over these
passages; a token without a letter or digit weighs nothing. The seed picks the tokens.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.document import Document
from ingest.files import file_id
from ingest.passages import make_passages
from ingest.reader import parse
from vectorstore.embedders import load_embedder
from vectorstore.onnxruntime import OnnxEmbedder

DIMENSION = 128
RARITY = 0.5
SEED = 20261124
ABSTRACTS = 1_500
TOKENS = 60_000


def main() -> None:
    """Make it and write it beside the code that reads it."""
    embedder = load_embedder()
    assert isinstance(embedder, OnnxEmbedder)
    texts = _passages(Path(os.environ["GOVASSIST_BENCHMARKS"]), embedder)
    tokens, states = zip(*_token_states(texts, embedder), strict=True)
    mean, basis = _basis(np.concatenate(states))
    path = Path("vectorstore/projections") / f"{embedder.record.weights_sha256[:16]}.npz"
    np.savez_compressed(
        path,
        mean=mean.astype(np.float32),
        basis=basis.astype(np.float32),
        weights=_weights(tokens, embedder).astype(np.float16),
    )
    print(f"{path}: {len(texts)} passages, {sum(map(len, tokens))} tokens")


def _passages(benchmarks: Path, embedder: OnnxEmbedder) -> list[str]:
    found = []
    for name, text in _documents(benchmarks):
        parsed = parse(Document("markdown", text), paper_id=file_id(text.encode()), path=Path(name))
        found += [p.searchable for p in make_passages(parsed, embedder.count_tokens)]
    return found


def _documents(benchmarks: Path) -> Iterator[tuple[str, str]]:
    for name in ("state_of_the_union", "wikitexts"):
        with gzip.open(benchmarks / f"chunking/corpora/{name}.md.gz", "rt", encoding="utf-8") as f:
            yield name, f.read()
    with gzip.open(benchmarks / "scifact/corpus.jsonl.gz", "rt", encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    for row in sorted(rows, key=lambda row: file_id(row["id"].encode()))[:ABSTRACTS]:
        yield row["id"], f"# {row['title']}\n\n{row['text']}"


def _token_states(
    texts: list[str], embedder: OnnxEmbedder
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
    """Tokens and some of their states; all would not fit into memory."""
    random = np.random.default_rng(SEED)
    share = TOKENS / (100 * len(texts))
    for at in range(0, len(texts), 64):
        for tokens, states in embedder.token_states(texts[at : at + 64]):
            yield tokens, states[random.random(len(tokens)) < share]


def _basis(states: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    mean = states.mean(axis=0, dtype=np.float64)
    values, vectors = np.linalg.eigh(np.cov(states - mean, rowvar=False))
    basis = vectors[:, : -DIMENSION - 1 : -1] / values[: -DIMENSION - 1 : -1] ** 0.25
    return mean, basis * np.sign(basis[np.abs(basis).argmax(axis=0), np.arange(DIMENSION)])


def _weights(tokens: tuple[NDArray[np.int64], ...], embedder: OnnxEmbedder) -> NDArray[np.float64]:
    counts = Counter(int(token) for own in tokens for token in np.unique(own))
    vocabulary = embedder.vocabulary()
    known = np.array([counts[i] for i in range(len(vocabulary))], np.float64)
    rarity = np.log1p((len(tokens) - known + 0.5) / (known + 0.5))
    spoken = np.array([any(c.isalnum() for c in word) for word in vocabulary])
    return np.where(spoken, 1 + RARITY * rarity, 0.0)


if __name__ == "__main__":
    main()

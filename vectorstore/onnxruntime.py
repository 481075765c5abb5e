"""Embedding by ONNX Runtime, from a folder that `sentence_transformers` exported.

The same vectors as sentence-transformers gives, without importing torch.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from ingest.types import Passage
from vectorstore.parts import quantised, whole, with_sentences
from vectorstore.projection import projection_for
from vectorstore.protocols import (
    ModelRecord,
    PartVectors,
    PassageVectors,
    QueryVectors,
    Vectors,
)

_BATCH = 8


@dataclass(frozen=True, slots=True)
class _Batch:
    """What a model makes of some texts; tokens and states without the special ones around.

    ``texts`` are the texts' numbers; ``vectors`` has a row for each, shape
    ``(n, dimension)``, ``tokens`` and ``states`` an array for each.
    """

    texts: Sequence[int]
    vectors: Vectors
    tokens: Sequence[NDArray[np.int64]]
    states: Sequence[Vectors]


class OnnxEmbedder:
    """An `Embedder` on an exported sentence-transformers model.

    The model is loaded in the background, so that whoever opens a library need not wait for it.

    Args:
        folder: Holds ``model.onnx``, ``tokenizer.json`` and ``model.json``.
        token_vectors: Whether the parts of a passage are its tokens, where there is a
            projection for the model; else they are its sentences.
    """

    def __init__(self, folder: Path, *, token_vectors: bool = True) -> None:
        self._record = ModelRecord(**json.loads((folder / "model.json").read_text("utf-8")))
        self._projection = projection_for(self._record.weights_sha256) if token_vectors else None
        if self._projection:
            self._record = replace(self._record, projection=self._projection.fingerprint)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        background = ThreadPoolExecutor(1, "embedder")
        self._loading = background.submit(_session, folder)
        background.shutdown(wait=False)

    @property
    def record(self) -> ModelRecord:
        """See `Embedder.record`."""
        return self._record

    def count_tokens(self, text: str) -> int:
        """See `Embedder.count_tokens`."""
        return len(self._tokenizer.encode(self._record.passage_prefix + text).ids)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed_passages`; a passage over the limit is an error of the caller."""
        return self._embed([self._record.passage_prefix + text for text in texts])

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed_queries`; a query is read up to the model's limit."""
        return self._embed([self._record.query_prefix + text for text in texts])

    def encode_passages(self, passages: Sequence[Passage]) -> PassageVectors:
        """See `Embedder.encode_passages`; parts are tokens where there is a projection."""
        if self._projection is None:
            return with_sentences(passages, self.embed_passages)
        texts = [self._record.passage_prefix + passage.searchable for passage in passages]
        vectors = np.zeros((len(texts), self._record.dimension), np.float32)
        parts: list[PartVectors] = [np.zeros((0, self._projection.dimension), np.int8)] * len(texts)
        for batch in self._batches(texts):
            vectors[batch.texts] = batch.vectors
            for number, tokens, states in zip(batch.texts, batch.tokens, batch.states, strict=True):
                parts[number] = quantised(self._projection.of_passage(tokens, states))
        return PassageVectors(vectors, parts)

    def encode_query(self, text: str) -> QueryVectors:
        """See `Embedder.encode_query`."""
        [batch] = self._batches([self._record.query_prefix + text])
        [vector], [tokens], [states] = batch.vectors, batch.tokens, batch.states
        if self._projection is None or not len(tokens):
            return whole(vector)
        weights = self._projection.query_weights(tokens)
        return QueryVectors(vector, self._projection.project(states), weights)

    def token_states(
        self, texts: Sequence[str]
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """The tokens of texts, special ones left out, and their last hidden states.

        Args:
            texts: Texts, read up to the model's limit.

        Yields:
            For each text its tokens, shape ``(n,)``, and states, shape ``(n, width)``.
        """
        found = {
            number: (tokens, states)
            for batch in self._batches(texts)
            for number, tokens, states in zip(batch.texts, batch.tokens, batch.states, strict=True)
        }
        yield from (found[number] for number in range(len(texts)))

    def vocabulary(self) -> list[str]:
        """The tokenizer's tokens, in the order of their numbers."""
        numbered = self._tokenizer.get_vocab()
        return sorted(numbered, key=numbered.__getitem__)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self._record.dimension), np.float32)
        for batch in self._batches(texts):
            vectors[batch.texts] = batch.vectors
        return vectors

    def _batches(self, texts: Sequence[str]) -> Iterator[_Batch]:
        """Texts of a like length in one batch: less padding, three times faster on papers."""
        encodings = self._tokenizer.encode_batch(list(texts))
        tokens = [encoding.ids[: self._record.max_tokens] for encoding in encodings]
        order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
        for at in range(0, len(order), _BATCH):
            numbers = order[at : at + _BATCH]
            vectors, states = self._run([tokens[i] for i in numbers])
            inner = [np.array(tokens[i][1:-1], np.int64) for i in numbers]
            yield _Batch(
                numbers,
                vectors,
                inner,
                [row[1 : len(own) + 1] for own, row in zip(inner, states, strict=True)],
            )

    def _run(self, tokens: Sequence[Sequence[int]]) -> tuple[Vectors, Vectors]:
        ids = np.zeros((len(tokens), max(map(len, tokens))), np.int64)
        mask = np.zeros_like(ids)
        for row, sequence in enumerate(tokens):
            ids[row, : len(sequence)] = sequence
            mask[row, : len(sequence)] = 1
        pooled, states = self._loading.result().run(
            None, {"input_ids": ids, "attention_mask": mask}
        )
        vectors: Vectors = np.asarray(pooled, np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors, np.asarray(states, np.float32)


def _session(folder: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(folder / "model.onnx"),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # slower than its parts: 12% of the time
    )

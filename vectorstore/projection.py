"""From a model's token states to the short token vectors that late interaction compares.

A projection belongs to one set of weights. It is made by ``training/projection.py``:
the directions in which token states of public texts differ most, each scaled down by
the fourth root of its variance, and how rare each token is in those texts.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.products import product
from vectorstore.protocols import Vectors

_FOLDER = Path(__file__).parent / "projections"


@dataclass(frozen=True, slots=True)
class Projection:
    """A projection of token states.

    ``mean`` has shape ``(width,)``, ``basis`` ``(width, dimension)``; ``weights`` has
    shape ``(vocabulary,)``: how much a token of a query counts, 0 for punctuation,
    which is left out of passages, too. ``fingerprint`` tells one from another.
    """

    mean: Vectors
    basis: Vectors
    weights: NDArray[np.float32]
    fingerprint: str

    @property
    def dimension(self) -> int:
        """Length of a token's vector."""
        return int(self.basis.shape[1])

    def project(self, states: Vectors) -> Vectors:
        """Token states, shape ``(n, width)``, to unit vectors, shape ``(n, dimension)``."""
        projected = product(states - self.mean, self.basis)
        unit: Vectors = projected / np.linalg.norm(projected, axis=1, keepdims=True)
        return unit

    def of_passage(self, tokens: NDArray[np.int64], states: Vectors) -> Vectors:
        """The vectors of a passage's tokens, those that weigh nothing left out."""
        keep = self.weights[tokens] > 0
        return self.project(states[keep] if keep.any() else states)

    def query_weights(self, tokens: NDArray[np.int64]) -> NDArray[np.float32]:
        """The weights of a query's tokens; they sum to 1, equal where all are 0."""
        weights = self.weights[tokens]
        if not weights.any():
            weights = np.ones_like(weights)
        normalised: NDArray[np.float32] = (weights / weights.sum()).astype(np.float32)
        return normalised


def projection_for(weights_sha256: str) -> Projection | None:
    """The projection that comes with the project for a model's weights, or None."""
    path = _FOLDER / f"{weights_sha256[:16]}.npz"
    if not path.exists():
        return None
    data = path.read_bytes()
    with np.load(path) as arrays:
        return Projection(
            mean=arrays["mean"].astype(np.float32),
            basis=np.ascontiguousarray(arrays["basis"], np.float32),
            weights=arrays["weights"].astype(np.float32),
            fingerprint=hashlib.sha256(data).hexdigest()[:8],
        )

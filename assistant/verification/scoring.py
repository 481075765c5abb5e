"""From what was compared to a probability of support: a logistic regression.

Constants fitted by ``training/verifier_weights.py`` on SciFact's training claims (Wadden et
al. 2020, Fact or Fiction, arXiv:2004.14974), none of them on our papers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from vectorstore.protocols import ModelRecord


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression: ``1 / (1 + exp(-(intercept + Σ weight_f · x_f)))``.

    From ``supported`` on a sentence counts as supported, from ``partly`` on as partly so.
    """

    intercept: float
    weights: Mapping[str, float]
    supported: float
    partly: float

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability of support, in [0, 1].

        Args:
            features: Values by name; those that the model does not weigh count nothing.

        Returns:
            The probability, as if half of all sentences were supported.
        """
        total = self.intercept + sum(w * features[name] for name, w in self.weights.items())
        return sigmoid(total)

    @property
    def halfway(self) -> float:
        """Between both thresholds: partly supported, whatever else is said."""
        return (self.supported + self.partly) / 2


def sigmoid(logit: float) -> float:
    """``1 / (1 + exp(-logit))``, without overflow."""
    return 1 / (1 + exp(-logit)) if logit >= 0 else exp(logit) / (1 + exp(logit))


WITH_MEANING = Model(
    intercept=-2.11,
    weights={
        "overlap": 0.78,
        "overlap_nearest": 0.71,
        "numbers": -0.78,
        "names": -0.28,
        "denied": -0.49,
        "opposed": -0.76,
        "direction": 0.6,
        "turns": 0.57,
        "cosine": 0.39,
        "late": 1.83,
    },
    supported=0.53,
    partly=0.42,
)
"""For the bundled embedder, with its token vectors."""

WORDS_ALONE = Model(
    intercept=-1.11,
    weights={
        "overlap": 1.34,
        "overlap_nearest": 1.11,
        "numbers": -0.82,
        "names": -0.31,
        "denied": -0.52,
        "opposed": -0.68,
        "direction": 0.59,
        "turns": 0.55,
    },
    supported=0.53,
    partly=0.42,
)
"""For any other, whose cosines mean something else."""

ENTAILMENT = Model(intercept=0.0, weights={}, supported=0.5, partly=0.3)
"""Only thresholds, for the score of a cross-encoder that was trained for entailment."""

FITTED_ON = "2c705a5e"
"""How the hash of the weights begins for whose vectors `WITH_MEANING` was fitted."""


def model_for(record: ModelRecord) -> Model:
    """The model for an embedder's vectors."""
    fits = record.weights_sha256.startswith(FITTED_ON) and record.projection
    return WITH_MEANING if fits else WORDS_ALONE

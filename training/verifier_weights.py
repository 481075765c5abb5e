"""Fit the constants of `assistant.verification.scoring` on SciFact's training claims.

::

    GOVASSIST_BENCHMARKS=… python training/verifier_weights.py

Data: the 919 pairs of a training claim and an abstract of SciFact (Wadden et al. 2020,
CC BY 4.0), with their evidence; the 339 of its dev split are not read. A logistic
regression on standardised features tells SUPPORT from the rest, both sides counting
equally. How much it is shrunk is chosen by log loss in a cross-validation of ten
parts, no abstract in two of them. By the probabilities that the cross-validation
gives, a sentence counts as supported from where macro-F1 is highest, with what keeps a
verdict low applied as `verify` does, and as partly supported from where four fifths of the
supported ones lie above. Prints the constants.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, log_loss, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.verification.verify import features
from vectorstore.embedders import load_embedder

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

SHRINKAGES = (0.01, 0.03, 0.1, 0.3, 1.0)
PARTS = 10
KEPT = 0.8
STEP = 0.01
SMOOTHED = 5
"""Levels side by side over which macro-F1 is averaged: it hardly differs from .50 to .60."""
MEANING = ("cosine", "late")

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Examples:
    """Claims: features by name, which are supported, which cannot be, and their abstracts.

    ``supported`` and ``spoken_against`` have shape ``(claims,)``.
    """

    features: Sequence[Mapping[str, float]]
    supported: NDArray[np.bool_]
    spoken_against: NDArray[np.bool_]
    abstracts: Sequence[str]

    def matrix(self, names: Sequence[str]) -> Array:
        """Some features, shape ``(claims, names)``."""
        return np.array([[values[name] for name in names] for values in self.features])


def main() -> None:
    """Fit and print."""
    from verifier_claims import read_claims

    embedder = load_embedder()
    folder = Path(os.environ["GOVASSIST_BENCHMARKS"]) / "scifact"
    claims = read_claims(folder, "train", embedder)
    compared = features([one.claim for one in claims], embedder)
    examples = Examples(
        [values for _, values in compared],
        np.array([one.label == "SUPPORT" for one in claims]),
        np.array([bool(found.contradictions or found.missing) for found, _ in compared]),
        [one.document for one in claims],
    )
    names = tuple(examples.features[0])
    print("WITH_MEANING", *fit(examples, names), sep="\n")
    words = tuple(name for name in names if name not in MEANING)
    print("WORDS_ALONE", *fit(examples, words), sep="\n")


def fit(examples: Examples, names: Sequence[str]) -> list[str]:
    """Fit one model.

    Args:
        examples: What to learn from.
        names: The features that it has.

    Returns:
        Lines to print: the model, and what the cross-validation says of it.
    """
    matrix, labels = examples.matrix(names), examples.supported
    tried = {c: _held_out(c, matrix, examples) for c in SHRINKAGES}
    best = min(tried, key=lambda c: float(log_loss(labels, tried[c])))
    chances = tried[best]
    supported, score = _best_level(chances, examples)
    partly = float(np.quantile(chances[labels], 1 - KEPT))
    model = _pipeline(best).fit(matrix, labels)
    scaler, regression = model[0], model[-1]
    weights = regression.coef_[0] / scaler.scale_
    intercept = float(regression.intercept_[0] - weights @ scaler.mean_)
    rounded = {name: round(float(w), 2) for name, w in zip(names, weights, strict=True)}
    return [
        f"  intercept={intercept:.2f}, supported={supported:.2f}, partly={partly:.2f}, C={best}",
        f"  {rounded}",
        f"  cross-validated: AUC {roc_auc_score(labels, chances):.3f}, macro-F1 {score:.3f}",
    ]


def _best_level(chances: Array, examples: Examples) -> tuple[float, float]:
    """From where on a claim counts as supported, and macro-F1 there."""
    levels = np.arange(0.3, 0.8, STEP)
    scores = np.array(
        [
            f1_score(
                examples.supported,
                (chances >= level) & ~examples.spoken_against,
                average="macro",
            )
            for level in levels
        ]
    )
    around = np.convolve(scores, np.full(SMOOTHED, 1 / SMOOTHED), mode="valid")
    place = int(np.argmax(around)) + SMOOTHED // 2
    return float(levels[place]), float(scores[place])


def _pipeline(c: float) -> Any:
    return make_pipeline(StandardScaler(), LogisticRegression(C=c, class_weight="balanced"))


def _held_out(c: float, matrix: Array, examples: Examples) -> Array:
    """Each claim's probability by a model that has not seen its abstract."""
    both = cross_val_predict(
        _pipeline(c),
        matrix,
        examples.supported,
        groups=examples.abstracts,
        cv=GroupKFold(PARTS),
        method="predict_proba",
    )
    return np.asarray(both[:, 1], np.float64)


if __name__ == "__main__":
    main()

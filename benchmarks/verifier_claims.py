"""SciFact's claims with the sentences that speak for or against them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from assistant.verification.verify import Claim
from vectorstore.protocols import Embedder

Split = Literal["train", "dev"]
Label = Literal["SUPPORT", "CONTRADICT", "NOT_ENOUGH_INFO"]
_SEED = 20261125


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """A claim on an abstract, with its label; ``document`` is the abstract's id."""

    claim: Claim
    label: Label
    document: str


def read_claims(folder: Path, split: Split, embedder: Embedder) -> list[LabelledClaim]:
    """Read the claims of a split, each with its evidence as one text.

    Args:
        folder: SciFact's, with ``claims.jsonl`` and ``sentences.jsonl.gz``.
        split: Which claims; of both, the evidence is as long as that of ``train``.
        embedder: Finds what stands in for the evidence of a claim that has none:
            the sentences of its abstract that are most like it, by cosine, as many
            as some claim with evidence has, drawn with a fixed seed.

    Returns:
        The claims, in their order. A claim's only source is its evidence: the sentences
        of all its evidence sets, in the order of the abstract.
    """
    rows = [json.loads(line) for line in (folder / "claims.jsonl").read_text("utf-8").splitlines()]
    with gzip.open(folder / "sentences.jsonl.gz", "rt", encoding="utf-8") as lines:
        abstracts = {row["id"]: row["sentences"] for row in map(json.loads, lines)}
    sizes = [len(_evidence(row)) for row in rows if row["split"] == "train" and _evidence(row)]
    random = np.random.default_rng(_SEED)
    found = []
    for row in rows:
        if row["split"] == split:
            sentences = abstracts[row["doc_id"]]
            chosen = _evidence(row) or _most_alike(
                row["claim"], sentences, int(random.choice(sizes)), embedder
            )
            source = " ".join(sentences[place].strip() for place in sorted(chosen))
            claim = Claim(row["claim"], (source,))
            found.append(LabelledClaim(claim, row["label"], row["doc_id"]))
    return found


def _evidence(row: dict[str, Any]) -> set[int]:
    return {place for places in row["evidence_sentence_sets"] for place in places}


def _most_alike(claim: str, sentences: Sequence[str], n: int, embedder: Embedder) -> list[int]:
    [vector, *rows] = embedder.embed_passages([claim, *sentences])
    return [int(place) for place in np.argsort(-(np.stack(rows) @ vector), kind="stable")[:n]]

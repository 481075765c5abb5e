"""Fit the weights of `assistant.ranking` on public questions, none of them on our papers.

::

    GOVASSIST_BENCHMARKS=… python training/ranker.py

Data: the 220 questions of chunking_evaluation on two corpora (Smith and Troynikov 2024,
MIT), with character ranges, and the training claims of SciFact (Wadden et al. 2020,
CC BY 4.0) on their abstracts and some others. SciFact's test claims are not read. A
question's candidates and features are those that a search has. The loss is listwise
softmax cross-entropy (Cao et al. 2007): against the share of each relevant passage where
ranges are judged, against any passage of a relevant abstract where only that is. Sets
count equally; weights are shrunk by `SHRINKAGE` times their squares. Prints the weights.
"""

from __future__ import annotations

import gzip
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from assistant import Assistant
from assistant.evaluation.matching import PaperText, match, paper_text
from assistant.evaluation.types import GoldenSpan
from assistant.ranking import WEIGHTS, features, standardised
from assistant.search import fused_candidates
from assistant.settings import SearchSettings
from ingest.types import Passage

SEED = 20261124
ABSTRACTS = 1_500
SHRINKAGE = 1e-3
RERANKED = 50
"""Candidates of a question. A search reranks more; fitted on 75 or 100, the five weights there
were then changed by at most .05."""
NAMES = tuple(name for name in WEIGHTS if name != "named")

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A question's candidates: features, shape ``(n, features)``, and shares, summing to 1.

    ``any_will_do`` says that one relevant passage on top is as good as another.
    """

    features: Array
    shares: Array
    any_will_do: bool


def main() -> None:
    """Fit and print."""
    benchmarks = Path(os.environ["GOVASSIST_BENCHMARKS"])
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        sets = [
            list(_ranges(benchmarks / "chunking", "wikitexts", work)),
            list(_ranges(benchmarks / "chunking", "state_of_the_union", work)),
            list(_claims(benchmarks / "scifact", work)),
        ]
    weights = fit(sets)
    loss, _ = _loss(weights, sets)
    print(f"{', '.join(str(len(examples)) for examples in sets)} questions, loss {loss:.4f}")
    print({name: round(float(w), 2) for name, w in zip(NAMES, weights, strict=True)})


def fit(sets: list[list[Example]]) -> Array:
    """The weights with the least loss; shape ``(features,)``."""
    found = minimize(_loss, np.zeros(len(NAMES)), args=(sets,), jac=True, method="L-BFGS-B")
    return np.asarray(found.x, np.float64)


def _loss(weights: Array, sets: list[list[Example]]) -> tuple[float, Array]:
    loss, gradient = SHRINKAGE * float(weights @ weights), 2 * SHRINKAGE * weights
    for examples in sets:
        for one in examples:
            scores = one.features @ weights
            chances = np.exp(scores - logsumexp(scores))
            wanted = one.shares
            if one.any_will_do:
                wanted = np.where(one.shares > 0, chances, 0.0)
                loss -= float(np.log(wanted.sum())) / len(examples)
                wanted = wanted / wanted.sum()
            else:
                loss -= float(wanted @ np.log(chances)) / len(examples)
            gradient = gradient + one.features.T @ (chances - wanted) / len(examples)
    return loss, gradient


def _example(
    assistant: Assistant, question: str, gains: dict[str, float], *, any_will_do: bool
) -> Iterator[Example]:
    library, settings = assistant._library, SearchSettings(reranked=RERANKED)
    found = library.candidates(question, settings.depth)
    ids = [key for key, _ in fused_candidates([found], settings)[: settings.reranked]]
    late = library.late(found.query, ids)
    described = features(ids, found.passage, found.lexical, late)
    shares = np.array([gains.get(key, 0.0) for key in ids])
    if shares.any():
        matrix = np.stack([standardised(described[name]) for name in NAMES], axis=1)
        yield Example(matrix, shares / shares.sum(), any_will_do)


def _ranges(folder: Path, corpus: str, work: Path) -> Iterator[Example]:
    source = work / f"{corpus}.md"
    source.write_bytes(gzip.decompress((folder / f"corpora/{corpus}.md.gz").read_bytes()))
    with Assistant.open(work / f"{corpus}-library") as assistant:
        assistant.add(source)
        paper = assistant.papers()[0].id
        text = paper_text(assistant.source(paper))
        passages = assistant._library.passages()
        for row in _rows(folder / "queries.jsonl"):
            if row["corpus_id"] == corpus:
                gains = _gains(row["references"], paper, text, passages)
                yield from _example(assistant, row["text"], gains, any_will_do=False)


def _gains(
    references: list[dict[str, Any]], paper: str, text: PaperText, passages: list[Passage]
) -> dict[str, float]:
    spans = [GoldenSpan(paper, r["start_index"], r["end_index"], 3) for r in references]
    return {p.id: 1.0 for p in passages if match(p, spans, {paper: text})}


def _claims(folder: Path, work: Path) -> Iterator[Example]:
    claims: dict[str, set[str]] = {}
    for row in _rows(folder / "claims.jsonl"):
        if row["split"] == "train":
            claims.setdefault(row["claim"], set()).add(row["doc_id"])
    abstracts = _abstracts(folder, set.union(*claims.values()))
    files = work / "abstracts"
    files.mkdir()
    for key, text in abstracts.items():
        (files / f"{key}.md").write_text(text, "utf-8")
    with Assistant.open(work / "abstracts-library") as assistant:
        assistant.add(files)
        names = {paper.id: Path(paper.source_path).stem for paper in assistant.papers()}
        passages = assistant._library.passages()
        for claim, relevant in claims.items():
            gains = {p.id: 1.0 for p in passages if names[p.paper_id] in relevant}
            yield from _example(assistant, claim, gains, any_will_do=True)


def _abstracts(folder: Path, relevant: set[str]) -> dict[str, str]:
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = {row["id"]: f"# {row['title']}\n\n{row['text']}\n" for row in map(json.loads, lines)}
    rest = sorted(rows.keys() - relevant)
    others = np.random.default_rng(SEED).permutation(rest)[: ABSTRACTS - len(relevant)].tolist()
    return {key: rows[key] for key in (*sorted(relevant), *others)}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, path.read_text("utf-8").splitlines())


if __name__ == "__main__":
    main()

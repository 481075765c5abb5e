"""SciFact: is the embedder wired right, and what does our default search reach.

::

    python benchmarks/scifact.py --benchmarks DIR --work DIR

The 300 test claims of SciFact (Wadden et al. 2020) as BEIR (Thakur et al. 2021)
judges them. all-MiniLM-L6-v2 alone, on title and text in one string, by cosine,
without chunks, is published with nDCG@10 .645.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from public_sets import Document, ndcg, open_corpus, read_documents, read_qrels, read_queries
from rich.console import Console
from rich.table import Table
from setting import benchmark_folder, parser, write_json

from assistant.evaluation.statistics import estimate
from vectorstore.embedders import load_embedder

K = 10


def main() -> None:
    """Measure and print."""
    arguments = parser("SciFact: the embedder alone, and our default search.", with_work=True)
    options = arguments.parse_args()
    folder = benchmark_folder(options.benchmarks, "scifact")
    work = options.work / "scifact"
    documents, qrels, claims = read_documents(folder), read_qrels(folder), read_claims(folder)
    ranked = {
        "embedder alone": dense(documents, claims),
        "our default": default_search(documents, claims, work, reuse=options.reuse),
    }
    scores = {name: ndcg(qrels, found, K) for name, found in ranked.items()}
    print_report(scores, Console(width=100))
    write_json(options.json, {name: asdict(estimate(values)) for name, values in scores.items()})


def read_claims(folder: Path) -> dict[str, str]:
    """The test claims, by id: those that are judged."""
    judged = read_qrels(folder)
    return {query["id"]: query["text"] for query in read_queries(folder) if query["id"] in judged}


def dense(documents: Sequence[Document], claims: Mapping[str, str]) -> dict[str, list[str]]:
    """Rank documents by the cosine of title and text, as one string, with a claim.

    Args:
        documents: The corpus.
        claims: Claims by id.

    Returns:
        The `K` best documents for each claim.
    """
    embedder = load_embedder()
    vectors = embedder.embed_passages([f"{d.title} {d.text}" for d in documents])
    cosines = embedder.embed_queries(list(claims.values())) @ vectors.T
    best = np.argsort(-cosines, axis=1)[:, :K]
    return {claim: [documents[i].id for i in row] for claim, row in zip(claims, best, strict=True)}


def default_search(
    documents: Sequence[Document], claims: Mapping[str, str], work: Path, *, reuse: bool
) -> dict[str, list[str]]:
    """Rank documents by our default search, each by its best passage.

    Args:
        documents: The corpus.
        claims: Claims by id.
        work: Where the library is kept.
        reuse: Whether a library that other code made will do.

    Returns:
        The `K` best documents for each claim.
    """
    corpus = open_corpus(documents, work, reuse=reuse)
    return {claim: corpus.search(text, K) for claim, text in claims.items()}


def print_report(scores: Mapping[str, Sequence[float]], console: Console) -> None:
    """Print nDCG@10 of each system.

    Args:
        scores: Values of every claim, by system.
        console: Where.
    """
    table = Table(title="SciFact, 95% bootstrap intervals")
    for heading in ("system", f"nDCG@{K}"):
        table.add_column(heading, justify="left" if heading == "system" else "right")
    for name, values in scores.items():
        found = estimate(values)
        table.add_row(name, f"{found.mean:.3f} [{found.low:.3f}, {found.high:.3f}]")
    console.print(table)


if __name__ == "__main__":
    main()

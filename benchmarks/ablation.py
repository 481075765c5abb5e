"""What each part of the retriever is worth: a list of configurations on golden questions.

::

    python benchmarks/ablation.py tests/retrieval/golden/papers.jsonl --papers DIR

Prints the table of ``docs/retrieval.md``: for each configuration its metrics, and its
nDCG@10 less that of the default, with a paired bootstrap interval and the p-value of a
randomisation test (`assistant.evaluation.compare`). ``--only WORD`` runs those whose
name holds a word.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table
from setting import OFFLINE, parser, write_json

from assistant import Assistant, SearchSettings
from assistant.evaluation.compare import compare
from assistant.evaluation.golden import read_golden
from assistant.evaluation.types import EvaluationRun, GoldenQuestion
from ingest.passages import PassageSize
from vectorstore.embedders import MULTILINGUAL_EMBEDDER, load_embedder

METRICS = ("hit@5", "nDCG@10", "MRR@10", "recall@10", "best_span_coverage@4000")
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Ingest:
    """How a library is made."""

    embedder: str | None = None
    token_vectors: bool = True
    size: PassageSize = field(default_factory=PassageSize)


@dataclass(frozen=True, slots=True)
class Configuration:
    """A row of the table."""

    name: str
    search: SearchSettings = field(default_factory=SearchSettings)
    ingest: Ingest = field(default_factory=Ingest)


def configurations() -> list[Configuration]:
    """The rows, the default first; those that share a library stand together."""
    plain = SearchSettings(late=False)
    sentences = Ingest(token_vectors=False)
    e5 = Ingest(embedder=MULTILINGUAL_EMBEDDER)
    return [
        Configuration(DEFAULT),
        Configuration("dense only", SearchSettings(lexical=False, late=False)),
        Configuration("lexical only", SearchSettings(dense=False, late=False)),
        Configuration("dense + lexical, scores fused", plain),
        Configuration("dense + lexical, ranks fused", SearchSettings(late=False, fusion="rank")),
        Configuration("default on ranks fused", SearchSettings(fusion="rank")),
        Configuration("default without neighbours", SearchSettings(around=False)),
        Configuration("default without named authors", SearchSettings(named=False)),
        Configuration("default, 25 reranked", SearchSettings(reranked=25)),
        Configuration("default, 50 reranked", SearchSettings(reranked=50)),
        Configuration("default, 100 reranked", SearchSettings(reranked=100)),
        Configuration("best sentence instead of tokens", ingest=sentences),
        Configuration("passages of 2 sentences", ingest=Ingest(size=PassageSize(2, 450))),
        Configuration("passages of 4 sentences", ingest=Ingest(size=PassageSize(4, 800))),
        Configuration("multilingual-e5-small", ingest=e5),
        Configuration("multilingual-e5-small, not reranked", plain, e5),
    ]


def main() -> None:
    """Measure and print."""
    arguments = parser("What each part of the retriever is worth.")
    arguments.add_argument("questions", type=Path, help="golden questions, JSON Lines")
    arguments.add_argument("--only", default="", help="run the configurations with this word")
    options = arguments.parse_args()
    os.environ.update(OFFLINE)
    chosen = [c for c in configurations() if options.only in c.name or c.name == DEFAULT]
    with tempfile.TemporaryDirectory() as folder:
        runs = measure(chosen, options.papers, read_golden(options.questions), Path(folder))
    Console(width=140).print(table(runs))
    write_json(options.json, {name: _figures(run) for name, run in runs.items()})


def measure(
    chosen: Iterable[Configuration],
    papers: Path,
    questions: tuple[GoldenQuestion, ...],
    folder: Path,
) -> dict[str, EvaluationRun]:
    """Run configurations.

    Args:
        chosen: What to run.
        papers: The folder of the papers.
        questions: Golden questions on them.
        folder: An empty folder, for libraries.

    Returns:
        A run by the name of its configuration.
    """
    runs: dict[str, EvaluationRun] = {}
    libraries: dict[Ingest, Path] = {}
    for one in chosen:
        path = libraries.setdefault(one.ingest, folder / str(len(libraries)))
        made = path.exists()
        with Assistant.open(
            path,
            embedder=load_embedder(one.ingest.embedder, token_vectors=one.ingest.token_vectors),
            settings=one.search,
            passage_size=one.ingest.size,
        ) as assistant:
            if not made:
                assistant.add(papers)
            runs[one.name] = assistant.evaluate(questions)
    return runs


def table(runs: dict[str, EvaluationRun]) -> Table:
    """The runs as a table, each beside the default."""
    made = Table(title="What each part is worth")
    for heading in ("configuration", *METRICS, "nDCG@10 less the default's", "p"):
        made.add_column(heading, justify="left" if heading == "configuration" else "right")
    for name, run in runs.items():
        cells = [f"{run.overall[metric].mean:.3f}" for metric in METRICS]
        made.add_row(name, *cells, *_difference(run, runs[DEFAULT]))
    return made


def _difference(run: EvaluationRun, default: EvaluationRun) -> tuple[str, str]:
    if run is default:
        return "", ""
    found = compare(run, default).differences["nDCG@10"]
    change = found.difference
    return f"{change.mean:+.3f} [{change.low:+.3f}, {change.high:+.3f}]", f"{found.p:.3f}"


def _figures(run: EvaluationRun) -> dict[str, float]:
    return {metric: run.overall[metric].mean for metric in METRICS}


if __name__ == "__main__":
    main()

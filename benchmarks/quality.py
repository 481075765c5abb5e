"""Retrieval quality: ours beside LangChain, LlamaIndex and txtai, in one run.

::

    python benchmarks/quality.py --papers DIR --benchmarks DIR --work DIR

On golden questions about the papers, and on the test claims of SciFact. README.md
beside this file says how the peers are set up and how they are scored.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from peer_runs import NAMES, PEERS, run_peer
from placing import Place, ranked
from public_sets import ndcg, read_documents, read_qrels
from quality_report import OURS, Values, as_json, print_comparison, print_types
from rich.console import Console
from scifact import default_search, read_claims
from setting import OFFLINE, benchmark_folder, paper_files, parser, write_json

from assistant import Assistant
from assistant.evaluation.golden import read_golden
from assistant.evaluation.matching import paper_text
from assistant.evaluation.metrics import ranking_metrics
from assistant.evaluation.types import GoldenQuestion

GOLDEN = Path(__file__).resolve().parents[1] / "tests/retrieval/golden/papers.jsonl"
METRICS = ("hit@5", "nDCG@10", "MRR@10", "recall@10")
K = 10
_CHUNKS = 50
"""How many chunks are looked at for ten documents; a document counts by its best."""


def main() -> None:
    """Measure and print."""
    arguments = parser("Retrieval quality beside three peers.", with_work=True)
    arguments.add_argument(
        "--questions",
        type=Path,
        default=GOLDEN,
        help="golden questions on the papers (default: those of tests/retrieval)",
    )
    options = arguments.parse_args()
    os.environ.update(OFFLINE)
    files, console = paper_files(options.papers), Console(width=110)
    golden = [question for question in read_golden(options.questions) if question.answerable]
    on_papers = {OURS: ask_ours(files, golden)}
    on_papers |= {NAMES[peer]: ask_peer(peer, files, golden, options.work) for peer in PEERS}
    alone = {q.id for q in golden if not q.history}
    groups = {
        "all questions": on_papers,
        "without follow-ups": {name: _only(values, alone) for name, values in on_papers.items()},
        "SciFact": on_scifact(options.benchmarks, options.work, reuse=options.reuse),
    }
    for title, values in groups.items():
        print_comparison(title, values, console)
    print_types({question.id: question.type for question in golden}, on_papers, console)
    write_json(options.json, {title: as_json(values) for title, values in groups.items()})


def ask_ours(files: Sequence[Path], golden: Sequence[GoldenQuestion]) -> Values:
    """Ask ours, with the turns before a question.

    Args:
        files: The papers.
        golden: Answerable questions.

    Returns:
        The metrics of every question.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        Assistant.open(Path(folder) / "library") as assistant,
    ):
        assistant.add(files)
        run = assistant.evaluate(golden)
    return {result.id: {m: result.metrics[m] for m in METRICS} for result in run.results}


def ask_peer(
    peer: str, files: Sequence[Path], golden: Sequence[GoldenQuestion], work: Path
) -> Values:
    """Ask a peer, whose retriever takes no turns, the questions alone.

    Args:
        peer: One of `peer_runs.PEERS`.
        files: The papers.
        golden: Answerable questions.
        work: See `run_peer`.

    Returns:
        The metrics of every question.
    """
    sources = {hashlib.sha256(f.read_bytes()).hexdigest(): f.read_bytes().decode() for f in files}
    found = run_peer(peer, sources, {q.id: q.question for q in golden}, K, work)
    places = {paper: Place(source) for paper, source in sources.items()}
    texts = {paper: paper_text(source) for paper, source in sources.items()}
    rankings = {q.id: ranked(found[q.id], q, places, texts) for q in golden}
    metrics = ranking_metrics(golden, rankings)
    return {identity: {m: values[m] for m in METRICS} for identity, values in metrics.items()}


def on_scifact(benchmarks: Path | None, work: Path, *, reuse: bool) -> dict[str, Values]:
    """Ask all systems the test claims of SciFact; the peers get the files that ours gets.

    Args:
        benchmarks: Folder with the public sets.
        work: Where libraries, environment and what peers found are kept.
        reuse: Whether a library that other code made will do.

    Returns:
        nDCG@10 of every claim, by system.
    """
    folder = benchmark_folder(benchmarks, "scifact")
    documents, qrels, claims = read_documents(folder), read_qrels(folder), read_claims(folder)
    runs = {OURS: default_search(documents, claims, work / "scifact", reuse=reuse)}
    for peer in PEERS:
        files = {document.id: document.markdown for document in documents}
        found = run_peer(peer, files, claims, _CHUNKS, work)
        runs[NAMES[peer]] = {
            claim: list(dict.fromkeys(chunk["document"] for chunk in chunks))[:K]
            for claim, chunks in found.items()
        }
    return {
        name: {
            claim: {f"nDCG@{K}": value}
            for claim, value in zip(qrels, ndcg(qrels, run, K), strict=True)
        }
        for name, run in runs.items()
    }


def _only(values: Values, kept: set[str]) -> Values:
    return {identity: metrics for identity, metrics in values.items() if identity in kept}


if __name__ == "__main__":
    main()

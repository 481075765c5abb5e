"""Does the verifier tell what a source says from what it does not say.

::

    GOVASSIST_EVALUATION=… python benchmarks/verifier.py --papers DIR --benchmarks DIR

SciFact's dev claims (Wadden et al. 2020), SUPPORT against the rest, with the evidence
given; true sentences of the assistant's own answers, and false ones made of them by
rule; reference answers written by hand; and the time that an answer takes.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from rich.console import Console
from rich.table import Table
from setting import OFFLINE, benchmark_folder, paper_files, parser, write_json
from verifier_answers import (
    SEED,
    TrueSentence,
    corruptions,
    paraphrased,
    quoted_sentences,
    reference_claims,
)
from verifier_claims import read_claims

from assistant import Assistant
from assistant.verification.verify import Check, Claim, verify
from vectorstore.embedders import load_embedder
from vectorstore.protocols import Embedder

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests/retrieval/golden"
OF_EACH_FAMILY = 50
SENTENCES = 6
PASSAGE_WORDS = 120
ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was checked, how many, and the shares of the verdicts."""

    what: str
    n: int
    supported: float
    partly: float

    @property
    def not_supported(self) -> float:
        """The share of the rest."""
        return 1 - self.supported - self.partly


def main() -> None:
    """Measure and print."""
    arguments = parser("Does the verifier tell what a source says from what it does not say.")
    arguments.add_argument("--seed", type=int, default=SEED, help="of the false sentences")
    options = arguments.parse_args()
    os.environ.update(OFFLINE)
    embedder, console = load_embedder(), Console(width=100)
    macro_f1, rows = on_scifact(benchmark_folder(options.benchmarks, "scifact"), embedder)
    sentences = true_sentences(paper_files(options.papers))
    false_rows, rows_of_true = on_answers(sentences, embedder, options.seed)
    times = speed(options.papers, embedder)
    print_table("SciFact, dev", rows, console)
    console.print(f"macro-F1 {macro_f1:.3f}\n")
    print_table("False sentences", false_rows, console)
    print_table("True sentences", rows_of_true, console)
    console.print(", ".join(f"{name} {value:.0f} ms" for name, value in times.items()))
    figures = {
        "scifact_macro_f1": macro_f1,
        "rows": [
            {"what": r.what, "n": r.n, "supported": r.supported, "partly": r.partly}
            for r in (*rows, *false_rows, *rows_of_true)
        ],
        "milliseconds": times,
    }
    write_json(options.json, figures)


def on_scifact(folder: Path, embedder: Embedder) -> tuple[float, list[Row]]:
    """Check the dev claims.

    Args:
        folder: SciFact's.
        embedder: The embedder.

    Returns:
        Macro-F1 of SUPPORT against the rest, and a row for each label.
    """
    from sklearn.metrics import f1_score

    claims = read_claims(folder, "dev", embedder)
    checks = verify([one.claim for one in claims], embedder)
    labels = [one.label for one in claims]
    wanted = [label == "SUPPORT" for label in labels]
    given = [check.verdict == "supported" for check in checks]
    rows = [
        row(label, [check for check, own in zip(checks, labels, strict=True) if own == label])
        for label in ("SUPPORT", "CONTRADICT", "NOT_ENOUGH_INFO")
    ]
    return float(f1_score(wanted, given, average="macro")), rows


def true_sentences(papers: Sequence[Path]) -> list[TrueSentence]:
    """What the assistant quotes in answer to the golden questions on papers and samples."""
    found: list[TrueSentence] = []
    for name, files in (("papers", papers), ("samples", [ROOT / "samples"])):
        with tempfile.TemporaryDirectory() as folder, Assistant.open(folder) as assistant:
            for file in files:
                assistant.add(file)
            found += quoted_sentences(assistant, GOLDEN / f"{name}.jsonl")
    return found


def on_answers(
    sentences: Sequence[TrueSentence], embedder: Embedder, seed: int
) -> tuple[list[Row], list[Row]]:
    """Check false sentences and true ones.

    Args:
        sentences: True ones.
        embedder: The embedder.
        seed: Of the false ones.

    Returns:
        Rows of the false ones, by family and in all, and rows of the true ones.
    """
    made = list(corruptions(sentences, OF_EACH_FAMILY, seed))
    checks = verify([claim for _, claim in made], embedder)
    families = dict.fromkeys(family for family, _ in made)
    by_family = [
        row(family, [c for c, (own, _) in zip(checks, made, strict=True) if own == family])
        for family in families
    ]
    changed = [claim for claim in map(paraphrased, sentences) if claim]
    groups = {
        "quoted, untouched": [sentence.claim for sentence in sentences],
        "quoted, paraphrased by rule": changed,
    }
    if evaluation := os.environ.get("GOVASSIST_EVALUATION"):
        groups["reference answers"] = reference_claims(Path(evaluation) / "questions-dev.jsonl")
    of_true = [row(name, verify(claims, embedder)) for name, claims in groups.items()]
    return [*by_family, row("all", checks)], of_true


def row(what: str, checks: Sequence[Check]) -> Row:
    """Count verdicts."""
    verdicts = [check.verdict for check in checks]
    n = len(verdicts)
    return Row(what, n, verdicts.count("supported") / n, verdicts.count("partly") / n)


def speed(papers: Path, embedder: Embedder) -> dict[str, float]:
    """How long an answer takes that cites as many passages as it has sentences.

    Args:
        papers: The folder with the papers.
        embedder: The embedder.

    Returns:
        Median milliseconds with passages that were read before, and with new ones (the
        sentences are new each time), and of embedding one question, because the speed of a
        shared machine varies.
    """
    words = " ".join(file.read_text("utf-8") for file in paper_files(papers)).split()
    random = np.random.default_rng(0)

    def text(n: int) -> str:
        start = int(random.integers(len(words) - n))
        return " ".join(words[start : start + n])

    known = [text(PASSAGE_WORDS) for _ in range(SENTENCES)]
    warm = [_timed([Claim(text(25), (p,)) for p in known], embedder) for _ in range(ROUNDS + 1)]
    new = [
        _timed([Claim(text(25), (text(PASSAGE_WORDS),)) for _ in known], embedder)
        for _ in range(ROUNDS)
    ]
    question = [_milliseconds(lambda: embedder.encode_query(text(15))) for _ in range(ROUNDS)]
    return {
        "passages known": median(warm[1:]),
        "passages new": median(new),
        "to compare, the embedding of one question": median(question),
    }


def _timed(claims: Sequence[Claim], embedder: Embedder) -> float:
    return _milliseconds(lambda: verify(claims, embedder))


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def print_table(title: str, rows: Sequence[Row], console: Console) -> None:
    """Print shares of verdicts.

    Args:
        title: What was checked.
        rows: The lines.
        console: Where.
    """
    table = Table(title=title)
    for heading in ("", "n", "supported", "partly", "not supported"):
        table.add_column(heading, justify="left" if not heading else "right")
    for line in rows:
        shares = (line.supported, line.partly, line.not_supported)
        table.add_row(line.what, str(line.n), *(f"{share:.3f}" for share in shares))
    console.print(table)


if __name__ == "__main__":
    main()

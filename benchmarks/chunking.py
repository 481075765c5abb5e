"""Recall of judged character ranges: our passages beside chunks of 200 tokens.

::

    python benchmarks/chunking.py --benchmarks DIR

The public set of Smith and Troynikov, "Evaluating Chunking Strategies for
Retrieval" (Chroma technical report, 2024), its corpus *state of the union*. The
chunks show that the harness is right: their figures are published. Ours may read
no more characters than they do.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from setting import benchmark_folder, parser, write_json

from assistant import Assistant
from assistant.evaluation.statistics import estimate, sign_flip_test
from vectorstore.embedders import load_embedder

CORPUS = "state_of_the_union"
CHUNK_TOKENS = 200
CHUNKS = 5
METRICS = ("recall", "precision", "iou")
_HITS = 100

Range = tuple[int, int]
"""Characters of the corpus, end exclusive."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the ranges that answer it; at least one."""

    id: str
    text: str
    references: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of one question in [0, 1], and how many characters were retrieved."""

    recall: float
    precision: float
    iou: float
    characters: int


def main() -> None:
    """Measure and print."""
    arguments = parser("Recall of judged character ranges: our passages beside fixed chunks.")
    options = arguments.parse_args()
    folder = benchmark_folder(options.benchmarks, "chunking")
    text = gzip.decompress((folder / f"corpora/{CORPUS}.md.gz").read_bytes()).decode("utf-8")
    questions = read_questions(folder / "queries.jsonl")
    fixed = {q.id: score(found, q.references) for q, found in fixed_chunks(text, questions)}
    budget = sum(scores.characters for scores in fixed.values()) / len(fixed)
    ours = {q.id: score(found, q.references) for q, found in our_passages(text, questions, budget)}
    systems = {"ours": ours, f"chunks of {CHUNK_TOKENS} tokens": fixed}
    print_report(systems, Console(width=100))
    write_json(options.json, {name: _as_json(scores) for name, scores in systems.items()})


def read_questions(path: Path) -> list[Question]:
    """Read the questions on `CORPUS`.

    Args:
        path: JSON Lines, with ``references`` by ``start_index`` and ``end_index``.

    Returns:
        The questions in order.
    """
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Question(
            row["id"],
            row["text"],
            tuple((r["start_index"], r["end_index"]) for r in row["references"]),
        )
        for row in rows
        if row["corpus_id"] == CORPUS
    ]


def score(retrieved: Sequence[Range], references: Sequence[Range]) -> Scores:
    """Score one question by characters.

    Args:
        retrieved: Ranges that were found; they may overlap.
        references: Ranges that answer.

    Returns:
        With overlap counting each character once: recall is overlap / references,
        precision overlap / retrieved, IoU overlap / (references + retrieved - overlap).
    """
    size = max(end for _, end in (*retrieved, *references))
    found, wanted = _marks(retrieved, size), _marks(references, size)
    overlap = int(np.count_nonzero(found & wanted))
    of_references = sum(end - start for start, end in references)
    of_retrieved = sum(end - start for start, end in retrieved)
    return Scores(
        recall=overlap / of_references,
        precision=overlap / of_retrieved if of_retrieved else 0.0,
        iou=overlap / (of_references + of_retrieved - overlap),
        characters=of_retrieved,
    )


def fixed_chunks(
    text: str, questions: Sequence[Question]
) -> Iterator[tuple[Question, list[Range]]]:
    """The published baseline: `CHUNKS` nearest chunks by cosine.

    Args:
        text: The corpus.
        questions: What to ask.

    Yields:
        Each question with the chunks found.
    """
    embedder = load_embedder()
    chunks = token_chunks(text, CHUNK_TOKENS)
    vectors = embedder.embed_passages([text[start:end] for start, end in chunks])
    for question in questions:
        cosines = vectors @ embedder.embed_queries([question.text])[0]
        yield question, [chunks[i] for i in np.argsort(-cosines)[:CHUNKS]]


def token_chunks(text: str, size: int) -> list[Range]:
    """Cut a text every so many tokens of the cl100k vocabulary, without overlap.

    Args:
        text: The text.
        size: Tokens a chunk.

    Returns:
        The chunks, one behind the other.
    """
    import bpe_openai

    vocabulary = bpe_openai.get_encoding("cl100k_base")
    tokens = vocabulary.encode(text)
    _, starts = vocabulary.decode_with_offsets(tokens)
    cuts = [*starts[::size], len(text)]
    return list(pairwise(cuts))


def our_passages(
    text: str, questions: Sequence[Question], budget: float
) -> Iterator[tuple[Question, list[Range]]]:
    """Our passages by our default search.

    Args:
        text: The corpus.
        questions: What to ask.
        budget: The passages found are taken, best first, as long as they have
            together at most so many characters.

    Yields:
        Each question with the ranges of its passages.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{CORPUS}.md"
        file.write_bytes(text.encode())
        with Assistant.open(Path(folder) / "library") as assistant:
            assistant.add(file)
            for question in questions:
                hits = assistant.search(question.text, k=_HITS)
                yield question, list(_within([hit.spans for hit in hits], budget))


def print_report(systems: Mapping[str, Mapping[str, Scores]], console: Console) -> None:
    """Print means, intervals and the paired difference.

    Args:
        systems: Scores by question, of ours and of the baseline.
        console: Where.
    """
    count = len(next(iter(systems.values())))
    table = Table(title=f"{CORPUS}: {count} questions, 95% bootstrap intervals")
    for heading in ("", *systems, "difference", "p"):
        table.add_column(heading, justify="right" if heading else "left")
    for metric in (*METRICS, "characters"):
        columns = [[getattr(s, metric) for s in scores.values()] for scores in systems.values()]
        differences = [a - b for a, b in zip(*columns, strict=True)]
        digits = 0 if metric == "characters" else 3
        shown = [_shown(column, digits) for column in (*columns, differences)]
        table.add_row(metric, *shown, f"{sign_flip_test(differences):.4f}")
    console.print(table)


def _within(passages: Sequence[Sequence[Range]], budget: float) -> Iterator[Range]:
    for spans in passages:
        budget -= sum(end - start for start, end in spans)
        if budget < 0:
            return
        yield from spans


def _marks(ranges: Sequence[Range], size: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    marks = np.zeros(size, np.bool_)
    for start, end in ranges:
        marks[start:end] = True
    return marks


def _shown(values: Sequence[float], digits: int) -> str:
    found = estimate(values)
    return f"{found.mean:.{digits}f} [{found.low:.{digits}f}, {found.high:.{digits}f}]"


def _as_json(scores: Mapping[str, Scores]) -> dict[str, Any]:
    means = {m: asdict(estimate([getattr(s, m) for s in scores.values()])) for m in METRICS}
    return {"means": means, "questions": {i: asdict(s) for i, s in scores.items()}}


if __name__ == "__main__":
    main()

"""Fit the weights of `assistant.confidence`, and the threshold of `assistant.gate`.

::

    GOVASSIST_BENCHMARKS=… python training/gate.py

Data: questions that are answered, and the same with all passages that answer taken out of
what was found, so that the subject is there and the answer is not. They are those of MTRAG's
ClapNQ part (Katsis et al. 2025, Apache-2.0; rewritten questions, and single tasks marked
answerable or not) on `DOCUMENTS` of its passages, of chunking_evaluation's wikitexts (Smith
and Troynikov 2024, MIT), and of ``tests/retrieval/golden/samples.jsonl``. No question on the
five papers is among them. Left out are chunking_evaluation's questions on the State of the
Union, each of which names the speech, which its text does not.

The model is logistic regression; sets count equally, and so do both answers within a set.
The threshold is the highest at which no set loses more than `LOST` of its answerable
questions. Prints weights, bias, threshold, and AUROC.
"""

from __future__ import annotations

import gzip
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant import Assistant
from assistant.confidence import HITS_READ, WEIGHTS, evidence
from assistant.evaluation.golden import read_golden
from assistant.evaluation.types import GoldenQuestion, GoldenSpan
from assistant.search import search

SEED = 20261125
DOCUMENTS = 1_800
LOST = 0.05
SHRINKAGE = 30.0
"""The inverse of the strength of the L2 penalty."""

_FOUND = 60
_ROOT = Path(__file__).parents[1]

Rows = NDArray[np.float64]


class Example(NamedTuple):
    """What was found for a question, and whether it answers."""

    found: dict[str, float]
    answered: bool


def main() -> None:
    """Fit and print."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score

    benchmarks = Path(os.environ["GOVASSIST_BENCHMARKS"])
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        sets = {
            "mtrag": list(_mtrag(benchmarks / "mtrag-clapnq", work)),
            "wikitexts": list(_wikitexts(benchmarks / "chunking", work)),
            "samples": list(_samples(work)),
        }
    rows = {name: _rows(examples) for name, examples in sets.items()}
    labels = {name: np.array([e.answered for e in examples]) for name, examples in sets.items()}
    weights = np.concatenate([_balanced(own) for own in labels.values()])
    model = LogisticRegression(C=SHRINKAGE, max_iter=5_000).fit(
        np.concatenate(list(rows.values())),
        np.concatenate(list(labels.values())),
        sample_weight=weights / weights.mean(),
    )
    scores = {name: model.predict_proba(own)[:, 1] for name, own in rows.items()}
    print({name: round(float(w), 2) for name, w in zip(WEIGHTS, model.coef_[0], strict=True)})
    print(f"bias {model.intercept_[0]:.2f}")
    print(f"threshold {min(_threshold(scores[n][labels[n]]) for n in sets):.3f}")
    for name in sets:
        print(f"{name}: {len(labels[name])}, AUROC {roc_auc_score(labels[name], scores[name]):.3f}")


def _threshold(answerable: Rows) -> float:
    """The highest threshold under which at most `LOST` of these scores are."""
    return float(np.quantile(answerable, LOST, method="lower"))


def _rows(examples: Sequence[Example]) -> Rows:
    return np.array([[example.found[name] for name in WEIGHTS] for example in examples])


def _balanced(answered: NDArray[np.bool_]) -> Rows:
    share: Rows = np.where(answered, 0.5 / answered.sum(), 0.5 / (~answered).sum())
    return share


def _examples(
    assistant: Assistant, question: str, history: Sequence[Any], answering: set[str], answered: bool
) -> Iterator[Example]:
    """The question, and again without the passages that answer it."""
    library = assistant._library
    queries = assistant._queries(question, history)
    hits = search(library, queries, _FOUND, None, assistant.settings)
    yield Example(evidence(library, question, queries, hits[:HITS_READ]), answered)
    rest = [hit for hit in hits if hit.passage.id not in answering][:HITS_READ]
    if answered and answering and rest:
        yield Example(evidence(library, question, queries, rest), answered=False)


def _golden(assistant: Assistant, questions: Sequence[GoldenQuestion]) -> Iterator[Example]:
    passages = assistant.passages()
    for question in questions:
        answering = {
            passage.id
            for passage in passages
            for span in question.relevant
            if span.paper == passage.paper_id
            and any(max(a, span.start) < min(b, span.end) for a, b in passage.spans)
        }
        yield from _examples(
            assistant, question.question, question.history, answering, question.answerable
        )


def _samples(work: Path) -> Iterator[Example]:
    with Assistant.open(work / "samples") as assistant:
        assistant.add(_ROOT / "samples")
        questions = read_golden(_ROOT / "tests" / "retrieval" / "golden" / "samples.jsonl")
        yield from _golden(assistant, questions)


def _wikitexts(folder: Path, work: Path) -> Iterator[Example]:
    source = work / "wikitexts.md"
    source.write_bytes(gzip.decompress((folder / "corpora" / "wikitexts.md.gz").read_bytes()))
    with Assistant.open(work / "wikitexts") as assistant:
        assistant.add(source)
        paper = assistant.papers()[0].id
        questions = [
            GoldenQuestion(
                id=str(i),
                question=row["text"],
                type="wikitexts",
                relevant=tuple(
                    GoldenSpan(paper, r["start_index"], r["end_index"], 3)
                    for r in row["references"]
                ),
            )
            for i, row in enumerate(_lines(folder / "queries.jsonl"))
            if row["corpus_id"] == "wikitexts"
        ]
        yield from _golden(assistant, questions)


def _mtrag(folder: Path, work: Path) -> Iterator[Example]:
    tasks, queries = _lines(folder / "unanswerable.jsonl"), _lines(folder / "queries.jsonl")
    answering: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        key, document, _ = line.split("\t")
        answering.setdefault(key, set()).add(document)
    needed = {key for task in tasks for key in task["context_ids"]}.union(*answering.values())
    files = work / "mtrag-documents"
    files.mkdir()
    _write_documents(folder, needed, files)
    with Assistant.open(work / "mtrag") as assistant:
        assistant.add(files)
        passages: dict[str, set[str]] = {}
        for paper in assistant.papers():
            own = {passage.id for passage in assistant.passages(paper.id)}
            passages[Path(paper.source_path).stem] = own
        for task in tasks:
            kind = task["answerability"][0]
            if kind in {"ANSWERABLE", "UNANSWERABLE"}:
                history = [{"role": t["role"], "content": t["text"]} for t in task["history"]]
                held = set().union(*(passages.get(_stem(k), ()) for k in task["context_ids"]))
                yield from _examples(assistant, task["text"], history, held, kind == "ANSWERABLE")
        for query in queries:
            held = set().union(*(passages.get(_stem(k), ()) for k in answering[query["id"]]))
            yield from _examples(assistant, query["rewrite"], [], held, answered=True)


def _write_documents(folder: Path, needed: set[str], files: Path) -> None:
    """Write what is needed, and others at random up to `DOCUMENTS`, each as a paper."""
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines)}
    needed = needed & rows.keys()
    rest = sorted(rows.keys() - needed)
    others = np.random.default_rng(SEED).permutation(rest)[: DOCUMENTS - len(needed)].tolist()
    for key in (*sorted(needed), *others):
        title, text = rows[key]["title"], rows[key]["text"].removeprefix(rows[key]["title"])
        (files / f"{_stem(key)}.md").write_text(f"# {title}\n\n{text.lstrip()}\n", "utf-8")


def _stem(key: str) -> str:
    return key.replace(":", "_")


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


if __name__ == "__main__":
    main()

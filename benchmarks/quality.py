"""Retrieval quality on judged questions: ours beside a LangChain default, in one run.

::

    python benchmarks/quality.py --papers DIR --questions FILE

README.md beside this file says what is measured and how.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import langchain_default
from quality_report import NO_ANSWER, SYSTEMS, Results, print_report
from rich.console import Console
from scoring import Chunk, Scores, Span, interval, match, score
from setting import OFFLINE, evaluation_questions, paper_files, parser

from assistant import Assistant

K = 10

Retriever = Callable[["Question"], list[Chunk]]


@dataclass(frozen=True, slots=True)
class Question:
    """A judged question; ``spans`` is empty where the papers give no answer."""

    id: str
    type: str
    text: str
    history: list[dict[str, str]]
    spans: tuple[Span, ...]


def main() -> None:
    """Measure and print."""
    arguments = parser("Retrieval quality: ours beside a LangChain default.")
    arguments.add_argument(
        "--questions",
        type=Path,
        default=evaluation_questions(),
        help="JSON Lines (default: questions-dev.jsonl in GOVASSIST_EVALUATION)",
    )
    options = arguments.parse_args()
    os.environ.update(OFFLINE)
    files = paper_files(options.papers)
    if options.questions is None:
        sys.exit("Name the questions: --questions FILE, or GOVASSIST_EVALUATION.")
    questions = read_questions(options.questions)
    with tempfile.TemporaryDirectory() as folder:
        results = measure(files, questions, Path(folder))
    print_report(results, Console(width=100))
    if options.json:
        options.json.write_text(json.dumps(_as_json(results), indent=2) + "\n", "utf-8")


def read_questions(path: Path) -> list[Question]:
    """Read judged questions.

    Args:
        path: JSON Lines in the form of the evaluation questions.

    Returns:
        The questions in order.
    """
    return [_question(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line]


def measure(files: Sequence[Path], questions: Sequence[Question], folder: Path) -> Results:
    """Ingest the papers into both systems and ask all questions.

    Args:
        files: The papers.
        questions: All questions, answerable or not.
        folder: An empty folder for both libraries.

    Returns:
        What came of it.
    """
    answerable = [question for question in questions if question.spans]
    with Assistant.open(folder / "ours") as assistant:
        assistant.add(files)
        ours = _scores(_ours(assistant), answerable)
        answered = {q.id: assistant.ask(q.text, history=q.history).answered for q in questions}
    store = langchain_default.open_store(folder / "langchain")
    langchain_default.add_papers(store, files)
    peer = _scores(_langchain(store), answerable)
    return Results(
        types={question.id: question.type for question in questions},
        scores=dict(zip(SYSTEMS, (ours, peer), strict=True)),
        answered=answered,
    )


def _question(row: Mapping[str, Any]) -> Question:
    spans = tuple(Span(Path(s["file"]).name, s["text"], s["grade"]) for s in row["relevant"])
    return Question(row["id"], row["type"], row["question"], row["history"], spans)


def _scores(retrieve: Retriever, questions: Sequence[Question]) -> dict[str, Scores]:
    return {q.id: score(match(retrieve(q), q.spans), q.spans) for q in questions}


def _ours(assistant: Assistant) -> Retriever:
    names = {paper.id: Path(paper.source_path).name for paper in assistant.papers()}

    def retrieve(question: Question) -> list[Chunk]:
        hits = assistant.search(question.text, k=K, history=question.history)
        return [Chunk(names[hit.paper_id], hit.passage.text) for hit in hits]

    return retrieve


def _langchain(store: Any) -> Retriever:
    def retrieve(question: Question) -> list[Chunk]:
        found = langchain_default.search(store, question.text, K)
        return [Chunk(document.metadata["file"], document.page_content) for document in found]

    return retrieve


def _as_json(results: Results) -> dict[str, Any]:
    questions = [
        {
            "id": identity,
            "type": kind,
            "answered": results.answered[identity],
            **{
                system: asdict(scores[identity])
                for system, scores in results.scores.items()
                if identity in scores
            },
        }
        for identity, kind in results.types.items()
    ]
    means = {
        system: {
            name: {"mean": sum(values) / len(values), "interval": interval(values)}
            for name in ("hit", "ndcg", "mrr", "recall")
            for values in (results.values(system, name),)
        }
        for system in SYSTEMS
    }
    return {"k": K, "means": means, "no_answer_types": sorted(NO_ANSWER), "questions": questions}


if __name__ == "__main__":
    main()

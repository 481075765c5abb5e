"""Follow-ups in conversations: our condensing beside the last turn and a good rewrite.

::

    python benchmarks/mtrag.py --benchmarks DIR --work DIR

The ClapNQ part of MTRAG (Katsis et al., "MTRAG: A Multi-Turn Conversational
Benchmark for Evaluating Retrieval-Augmented Generation Systems", 2025), on a pool
of its passages. The pool inflates scores: compare only on it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from public_sets import Corpus, ndcg, open_corpus, read_documents, read_qrels, read_queries
from rich.console import Console
from rich.table import Table
from setting import benchmark_folder, parser, write_json

from assistant.evaluation.statistics import estimate, sign_flip_test

K = 5
WAYS = ("last turn", "all turns", "ours", "rewrite")
ALONE = "of these standing alone"
"""A group of questions that are as good as their rewrites, so that there is no way to go."""

CHANGED = "after another conversation"
"""The rewrites of those with turns before, each asked after the turns of another conversation."""

_LONGEST = 1_000
_SEED = 20261128

Query = Mapping[str, Any]
"""With ``text``, ``history`` (earlier user turns, oldest first) and ``rewrite``."""

Scores = dict[str, list[float]]
"""nDCG@5 of each query, by the way it was asked."""


def main() -> None:
    """Measure and print."""
    arguments = parser("Follow-ups in conversations: our condensing.", with_work=True)
    options = arguments.parse_args()
    folder = benchmark_folder(options.benchmarks, "mtrag-clapnq")
    work = options.work / "mtrag-clapnq"
    corpus = open_corpus(read_documents(folder), work, reuse=options.reuse)
    queries, qrels = read_queries(folder), read_qrels(folder)

    def scored(asked: Sequence[Query]) -> Scores:
        ranked = {way: {q["id"]: ask(corpus, q, way) for q in asked} for way in WAYS}
        return {way: ndcg(qrels, found, K) for way, found in ranked.items()}

    groups = by_group(queries, scored(queries))
    changed = scored([after_another(q, queries) for q in queries])
    groups[CHANGED] = by_group(queries, changed)["with turns before"]
    print_report(groups, Console(width=100))
    write_json(options.json, {name: _as_json(scores) for name, scores in groups.items()})


def ask(corpus: Corpus, query: Query, way: str) -> list[str]:
    """Ask a question of a conversation.

    Args:
        corpus: Where to look.
        query: The question.
        way: One of `WAYS`.

    Returns:
        Documents, best first.
    """
    turns = [{"role": "user", "content": turn} for turn in query["history"]]
    if way == "ours":
        return corpus.search(query["text"], K, turns)
    glued = " ".join((*query["history"], query["text"]))[-_LONGEST:]
    asked = {"last turn": query["text"], "all turns": glued, "rewrite": query["rewrite"]}
    return corpus.search(asked[way], K)


def stands_alone(query: Query) -> bool:
    """Whether a question within a conversation was left as it is by who rewrote it."""
    return bool(query["history"]) and _letters(query["text"]) == _letters(query["rewrite"])


def after_another(query: Query, queries: Sequence[Query]) -> Query:
    """A question that stands alone, asked after a change of subject.

    Args:
        query: The question, whose rewrite is asked.
        queries: All questions.

    Returns:
        The same with the turns of a question of another conversation before it, drawn
        at random, always the same one.
    """
    conversation = query["id"].partition("<")[0]
    others = [q for q in queries if q["history"] and not q["id"].startswith(conversation)]
    other = random.Random(f"{_SEED} {query['id']}").choice(others)
    turns = [*other["history"], other["text"]]
    return {**query, "text": query["rewrite"], "history": turns if query["history"] else []}


def by_group(queries: Sequence[Query], scores: Scores) -> dict[str, Scores]:
    """Split scores by what their questions need.

    Args:
        queries: All queries, in the order of the scores.
        scores: nDCG@5 of each, by way.

    Returns:
        All questions, those with turns before them, and of these the ones that
        stand alone.
    """
    groups = {
        "all questions": [True] * len(queries),
        "with turns before": [bool(query["history"]) for query in queries],
        ALONE: [stands_alone(query) for query in queries],
    }
    return {
        name: {
            way: [value for value, kept in zip(values, members, strict=True) if kept]
            for way, values in scores.items()
        }
        for name, members in groups.items()
    }


def share_of_the_way(scores: Scores) -> float:
    """How far condensing gets from the last turn (0) to the rewrite (1)."""
    last, ours, rewrite = (sum(scores[way]) for way in ("last turn", "ours", "rewrite"))
    return (ours - last) / (rewrite - last) if rewrite != last else 0.0


def print_report(groups: Mapping[str, Scores], console: Console) -> None:
    """Print nDCG@5 of each way, and what condensing changes.

    Args:
        groups: Scores by group of questions.
        console: Where.
    """
    for name, scores in groups.items():
        title = f"{name} ({len(scores['ours'])}): nDCG@{K}, 95% bootstrap intervals"
        table = Table(title=title, title_justify="left")
        for heading in ("way", f"nDCG@{K}", "minus last turn", "p"):
            table.add_column(heading, justify="left" if heading == "way" else "right")
        for way in WAYS:
            gains = [a - b for a, b in zip(scores[way], scores["last turn"], strict=True)]
            p = f"{sign_flip_test(gains):.4f}"
            table.add_row(way, _shown(scores[way]), _shown(gains), p)
        console.print(table)
        if name not in {ALONE, CHANGED}:
            console.print(f"Share of the way to the rewrite: {share_of_the_way(scores):.2f}\n")


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def _shown(values: Sequence[float]) -> str:
    found = estimate(values)
    return f"{found.mean:.3f} [{found.low:.3f}, {found.high:.3f}]"


def _as_json(scores: Scores) -> dict[str, Any]:
    ways = {way: {**asdict(estimate(v)), "questions": v} for way, v in scores.items()}
    return {"share_of_the_way": share_of_the_way(scores), "ways": ways}


if __name__ == "__main__":
    main()

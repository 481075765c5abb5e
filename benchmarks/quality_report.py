"""Tables of retrieval quality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from scoring import Scores, interval

SYSTEMS = ("ours", "LangChain default")
NO_ANSWER = frozenset({"unanswerable", "false_premise"})
"""Types of questions to which the papers give no answer."""

_METRICS = {"hit": "hit@5", "ndcg": "nDCG@10", "mrr": "MRR", "recall": "recall@10"}
_ALL_PAPERS = ("comparison", "multi_paper")
_WITH_INTERVAL = ("hit", "ndcg")


@dataclass(frozen=True, slots=True)
class Results:
    """What a run came to, by question id; scores are of answerable questions only."""

    types: Mapping[str, str]
    scores: Mapping[str, Mapping[str, Scores]]
    answered: Mapping[str, bool]

    def values(self, system: str, metric: str, kind: str | None = None) -> list[float]:
        """One score of every answerable question, or of those of one type."""
        return [
            value
            for identity, scores in self.scores[system].items()
            if kind is None or self.types[identity] == kind
            if (value := getattr(scores, metric)) is not None
        ]


def print_report(results: Results, console: Console) -> None:
    """Print the tables: overall, by type, and where there is no answer.

    Args:
        results: What to print.
        console: Where.
    """
    console.print(_overall(results))
    console.print(_by_type(results))
    console.print(_papers(results))
    console.print(_answered(results))


def _overall(results: Results) -> Table:
    count = len(results.scores[SYSTEMS[0]])
    table = Table(title=f"All {count} answerable questions, with 95% bootstrap intervals")
    for heading in ("", *SYSTEMS, "difference"):
        table.add_column(heading, justify="left" if not heading else "right")
    for metric, name in _METRICS.items():
        ours, peer = (results.values(system, metric) for system in SYSTEMS)
        columns = (ours, peer, [a - b for a, b in zip(ours, peer, strict=True)])
        show = _with_interval if metric in _WITH_INTERVAL else _mean
        table.add_row(name, *(show(column) for column in columns))
    return table


def _by_type(results: Results) -> Table:
    table = Table(title="By type of question: ours / LangChain default")
    table.add_column("type")
    for heading in ("n", *_METRICS.values()):
        table.add_column(heading, justify="right")
    for kind in dict.fromkeys(results.types.values()):
        if kind not in NO_ANSWER:
            count = len(results.values(SYSTEMS[0], "hit", kind))
            table.add_row(kind, str(count), *(_pair(results, m, kind) for m in _METRICS))
    return table


def _papers(results: Results) -> Table:
    table = Table(title="Papers with a full answer that the first 10 reach")
    for heading in ("type", "ours / LangChain default"):
        table.add_column(heading)
    for kind in _ALL_PAPERS:
        table.add_row(kind, _pair(results, "papers", kind))
    return table


def _answered(results: Results) -> Table:
    table = Table(title="Ours says that the papers do not answer (LangChain's retriever cannot)")
    for heading in ("type", "said so", "of"):
        table.add_column(heading, justify="left" if heading == "type" else "right")
    groups = {kind: [i for i, k in results.types.items() if k == kind] for kind in NO_ANSWER}
    groups["answerable (wrongly)"] = list(results.scores[SYSTEMS[0]])
    for name, ids in sorted(groups.items(), reverse=True):
        table.add_row(name, str(sum(not results.answered[i] for i in ids)), str(len(ids)))
    return table


def _pair(results: Results, metric: str, kind: str) -> str:
    return " / ".join(_mean(results.values(system, metric, kind)) for system in SYSTEMS)


def _mean(values: Sequence[float]) -> str:
    return f"{sum(values) / len(values):.3f}" if values else "-"


def _with_interval(values: Sequence[float]) -> str:
    low, high = interval(values)
    return f"{_mean(values)} [{low:.3f}, {high:.3f}]"

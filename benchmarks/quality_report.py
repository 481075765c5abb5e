"""Tables of retrieval quality: ours, the peers, and whether ours is ahead beyond chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from assistant.evaluation.compare import SIGNIFICANT
from assistant.evaluation.statistics import estimate, sign_flip_test
from assistant.evaluation.types import Estimate

OURS = "ours"
_BY_TYPE = "nDCG@10"

Values = Mapping[str, Mapping[str, float]]
"""Metrics of one system, by the id of a question."""


@dataclass(frozen=True, slots=True)
class Lead:
    """By how much ours is ahead of a peer in one metric.

    ``difference`` is ours minus the peer, paired by question; ``p`` is that of the
    two-sided sign-flip test.
    """

    difference: Estimate
    p: float

    @property
    def beyond_chance(self) -> bool:
        """Whether interval and test say so."""
        return self.difference.low > 0 and self.p < SIGNIFICANT


def lead(ours: Values, peer: Values, metric: str) -> Lead:
    """Compare ours with a peer on the same questions.

    Args:
        ours: The metrics of ours.
        peer: Those of the peer.
        metric: A metric that both have.

    Returns:
        The paired difference.
    """
    gains = [ours[identity][metric] - peer[identity][metric] for identity in ours]
    return Lead(estimate(gains), sign_flip_test(gains))


def print_comparison(title: str, systems: Mapping[str, Values], console: Console) -> None:
    """Print every metric of every system, and how far ours is ahead.

    Args:
        title: What was asked.
        systems: Metrics by question, by system; `OURS` is one.
        console: Where.
    """
    ours = systems[OURS]
    table = Table(title=f"{title} ({len(ours)}), 95% bootstrap intervals", title_justify="left")
    for heading in ("metric", "system", "mean", "ours minus peer", "p", "ahead beyond chance"):
        table.add_column(heading, justify="left" if heading in {"metric", "system"} else "right")
    for metric in _metrics(ours):
        for name, values in systems.items():
            row = [metric if name == OURS else "", name, _shown(_mean(values, metric))]
            if name != OURS:
                ahead = lead(ours, values, metric)
                row += [_shown(ahead.difference), f"{ahead.p:.4f}", _yes(ahead.beyond_chance)]
            table.add_row(*row, end_section=name == list(systems)[-1])
    console.print(table)


def print_types(types: Mapping[str, str], systems: Mapping[str, Values], console: Console) -> None:
    """Print nDCG@10 by type of question.

    Args:
        types: The type of each question.
        systems: Metrics by question, by system.
        console: Where.
    """
    table = Table(title=f"{_BY_TYPE} by type of question", title_justify="left")
    for heading in ("type", "n", *systems):
        table.add_column(heading, justify="left" if heading == "type" else "right")
    for kind in dict.fromkeys(types.values()):
        ids = [identity for identity, its in types.items() if its == kind]
        means = (_plain([values[i][_BY_TYPE] for i in ids]) for values in systems.values())
        table.add_row(kind, str(len(ids)), *means)
    console.print(table)


def as_json(systems: Mapping[str, Values]) -> dict[str, Any]:
    """All figures as JSON-ready values."""
    ours = systems[OURS]
    return {
        name: {
            "means": {metric: asdict(_mean(values, metric)) for metric in _metrics(values)},
            "ours_minus_this": {
                metric: {**asdict(found), "beyond_chance": found.beyond_chance}
                for metric in _metrics(values)
                for found in (lead(ours, values, metric),)
            },
            "questions": values,
        }
        for name, values in systems.items()
    }


def _metrics(values: Values) -> list[str]:
    return list(next(iter(values.values())))


def _mean(values: Values, metric: str) -> Estimate:
    return estimate([metrics[metric] for metrics in values.values()])


def _shown(found: Estimate) -> str:
    return f"{found.mean:.3f} [{found.low:.3f}, {found.high:.3f}]"


def _plain(values: Sequence[float]) -> str:
    return f"{sum(values) / len(values):.3f}"


def _yes(true: bool) -> str:
    return "yes" if true else "no"

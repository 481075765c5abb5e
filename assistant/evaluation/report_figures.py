"""The charts of a report, each with the figures behind it as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.evaluation.charts import SHARE, Axis, Line, Row, interval_chart, line_chart
from assistant.evaluation.compare import GATE
from assistant.evaluation.metrics import RECALL_CUTOFFS
from assistant.evaluation.types import Estimate, EvaluationRun, Refusal

_RISK_TICKS = (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)


@dataclass(frozen=True, slots=True)
class Chart:
    """An ``<svg>`` element under its title."""

    title: str
    svg: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Charts of the same rows; ``head`` and ``rows`` are the table behind them."""

    title: str
    note: str
    charts: tuple[Chart, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def number(value: float) -> str:
    """A figure as a report prints it."""
    return f"{value:.3f}"


def signed(value: float) -> str:
    """A difference as a report prints it."""
    return f"{value:+.3f}".replace("-", "\N{MINUS SIGN}")


def interval(estimate: Estimate) -> str:
    """The 95% interval of an estimate."""
    return f"[{estimate.low:.3f}, {estimate.high:.3f}]"


def group_figure(
    group: str, run: EvaluationRun, baseline: EvaluationRun | None, names: Mapping[str, str]
) -> Figure:
    """The gate's metrics by type, language or paper.

    Args:
        group: A key of ``run.by``.
        run: The run.
        baseline: What it is compared with, or None.
        names: What to write for a value, where not itself.

    Returns:
        A chart for each metric.
    """
    before = baseline.by.get(group, {}) if baseline else {}
    members = [
        _Member(names.get(value, value.replace("_", " ")), estimates, before.get(value, {}))
        for value, estimates in run.by[group].items()
    ]
    head = [group, "questions"]
    for metric in GATE:
        head += [metric, "95% interval", *(["baseline"] if baseline else [])]
    return Figure(
        title=f"By {group}",
        note="",
        charts=tuple(Chart(metric, _group_chart(group, metric, members)) for metric in GATE),
        head=tuple(head),
        rows=tuple(_group_row(member, compared=baseline is not None) for member in members),
    )


def recall_figure(run: EvaluationRun, baseline: EvaluationRun | None) -> Figure:
    """Recall against the number of passages that are read.

    Args:
        run: The run.
        baseline: What it is compared with, or None.

    Returns:
        One chart.
    """
    depth = min(run.depth, baseline.depth) if baseline else run.depth
    cutoffs = [k for k in RECALL_CUTOFFS if k <= depth]
    line = _recall_line(run, cutoffs)
    before = _recall_line(baseline, cutoffs) if baseline else None
    described = _listed((f"at {k}", at) for k, at in zip(cutoffs, line.intervals, strict=True))
    along, up = Axis("passages read, k", 0, cutoffs[-1], cutoffs), replace(SHARE, label="recall@k")
    rows = []
    for i, (k, estimate) in enumerate(zip(cutoffs, line.intervals, strict=True)):
        beside = [number(before.ys[i])] if before else []
        rows.append((str(k), number(estimate.mean), interval(estimate), *beside))
    return Figure(
        title="Recall against k",
        note="The share of the answering spans that the first k passages match.",
        charts=(Chart("", line_chart(line, before, along, up, f"Recall against k: {described}.")),),
        head=("k", "recall@k", "95% interval", *(["baseline"] if before else [])),
        rows=tuple(rows),
    )


def refusal_figure(refusal: Refusal, baseline: Refusal | None) -> Figure:
    """The risk of answering what the papers do not answer, against how much is answered.

    Args:
        refusal: The run's curve.
        baseline: The baseline's, or None.

    Returns:
        One chart.
    """
    line = _risk_line(refusal)
    before = _risk_line(baseline) if baseline else None
    highest = max(*line.ys, *(before.ys if before else ()))
    ticks = [tick for tick in _RISK_TICKS if tick < highest]
    ticks.append(_RISK_TICKS[len(ticks)])
    area = f"AUROC {number(refusal.auroc.mean)} {interval(refusal.auroc)}"
    if baseline:
        area += f", baseline {number(baseline.auroc.mean)} {interval(baseline.auroc)}"
    ends = " to ".join(
        f"{number(point.risk)} where {number(point.coverage)} of the questions are answered"
        for point in (refusal.curve[0], refusal.curve[-1])
    )
    along = replace(SHARE, label="share of questions answered")
    up = Axis("of these not in the papers", 0, ticks[-1], ticks)
    svg = line_chart(line, before, along, up, f"Risk against coverage, {area}: from {ends}.")
    return Figure(
        title="Risk and coverage",
        note=f"{area}. The surest questions are answered first; the lower the curve, the better.",
        charts=(Chart("", svg),),
        head=("share answered", "of these not in the papers", "confidence from"),
        rows=tuple(
            (number(point.coverage), number(point.risk), number(point.threshold))
            for point in refusal.curve
        ),
    )


class _Member(NamedTuple):
    """A value of a group; ``old`` is empty where the baseline lacks it."""

    name: str
    new: Mapping[str, Estimate]
    old: Mapping[str, Estimate]


def _group_chart(group: str, metric: str, members: Sequence[_Member]) -> str:
    rows = [Row(member.name, member.new[metric], member.old.get(metric)) for member in members]
    described = _listed((row.label, row.run) for row in rows)
    return interval_chart(rows, f"{metric} by {group}: {described}.")


def _group_row(member: _Member, *, compared: bool) -> tuple[str, ...]:
    cells = [member.name, str(member.new[GATE[0]].n)]
    for metric in GATE:
        cells += [number(member.new[metric].mean), interval(member.new[metric])]
        if compared:
            cells.append(number(member.old[metric].mean) if metric in member.old else "")
    return tuple(cells)


def _listed(estimates: Iterable[tuple[str, Estimate]]) -> str:
    return ", ".join(
        f"{name} {number(at.mean)} ({number(at.low)} to {number(at.high)})"
        for name, at in estimates
    )


def _recall_line(run: EvaluationRun, cutoffs: Sequence[int]) -> Line:
    estimates = [run.overall[f"recall@{k}"] for k in cutoffs]
    return Line(cutoffs, [estimate.mean for estimate in estimates], estimates)


def _risk_line(refusal: Refusal) -> Line:
    return Line([p.coverage for p in refusal.curve], [p.risk for p in refusal.curve])

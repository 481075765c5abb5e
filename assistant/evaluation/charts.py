"""Charts of a report, as SVG elements.

Runs are told apart by marker and line (filled circle and solid, hollow square and
dashed), never by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal
from unicodedata import east_asian_width

from assistant.evaluation.svg import (
    BASELINE,
    INK,
    MUTED,
    PAGE,
    RULE,
    RUN,
    WIDTH,
    as_svg,
    empty_figure,
)
from assistant.evaluation.types import Estimate

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ROW, _TOP, _BOTTOM = 26, 6, 24
_LINES_HEIGHT = 230
_LABELS = 158
_VALUES = 36
_LETTERS = 24
_LINE = 12
_INTERVAL: dict[str, Any] = {"capsize": 2.5, "capthick": 1.1, "elinewidth": 1.1}

_RUN_STYLE: dict[str, Any] = {"linestyle": "-", "color": RUN, "marker": "o", "markersize": 5.5}
_BASELINE_STYLE: dict[str, Any] = {
    "linestyle": "--",
    "color": BASELINE,
    "marker": "s",
    "markersize": 4.5,
    "markerfacecolor": PAGE,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an interval chart; ``baseline`` is drawn below ``run``."""

    label: str
    run: Estimate
    baseline: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A curve; ``intervals`` are the lows and highs of its points, where it has them."""

    xs: Sequence[float]
    ys: Sequence[float]
    intervals: Sequence[Estimate] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis: what it says, from where to where, and where its ticks stand."""

    label: str
    low: float
    high: float
    ticks: Sequence[float]


SHARE = Axis("", 0, 1, (0, 0.25, 0.5, 0.75, 1))
"""The axis of a metric."""


def interval_chart(rows: Sequence[Row], description: str) -> str:
    """Means as markers, 95% intervals as lines, a row for each value of a group.

    Args:
        rows: From top to bottom; estimates in [0, 1].
        description: What it shows, for those who do not see it.

    Returns:
        An ``<svg>`` element.
    """
    height = _TOP + _ROW * len(rows) + _BOTTOM
    with empty_figure(height) as figure:
        axes = _axes(figure, height, left=_LABELS, right=_VALUES, bottom=_BOTTOM)
        lift = 0.17 if any(row.baseline for row in rows) else 0
        for i, row in enumerate(rows):
            _interval(axes, row.run, i - lift, _RUN_STYLE)
            if row.baseline:
                _interval(axes, row.baseline, i + lift, _BASELINE_STYLE)
            _beside(axes, i, [f"{row.run.mean:.2f}"], x=1, ha="left")
            _beside(
                axes,
                i,
                _wrapped(f"{row.label}\N{NO-BREAK SPACE}·\N{NO-BREAK SPACE}{row.run.n}"),
                x=0,
                ha="right",
            )
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_yticks([])
        axes.set_xlim(-0.02, 1.02)
        axes.set_xticks(SHARE.ticks, [f"{tick:g}" for tick in SHARE.ticks])
        axes.grid(axis="x", color=RULE, linewidth=0.8)
        return as_svg(figure, description)


def line_chart(run: Line, baseline: Line | None, x: Axis, y: Axis, description: str) -> str:
    """One curve, or two.

    Args:
        run: The run's curve.
        baseline: The baseline's, or None.
        x: The axis along.
        y: The axis up.
        description: What it shows, for those who do not see it.

    Returns:
        An ``<svg>`` element.
    """
    with empty_figure(_LINES_HEIGHT) as figure:
        axes = _axes(figure, _LINES_HEIGHT, left=52, right=10, bottom=40)
        if baseline:
            _line(axes, baseline, _BASELINE_STYLE)
        _line(axes, run, _RUN_STYLE)
        margin = (x.high - x.low) / 40
        axes.set_xlim(x.low - margin, x.high + margin)
        axes.set_ylim(y.low, y.high * 1.03)
        axes.set_xticks(x.ticks, [f"{tick:g}" for tick in x.ticks])
        axes.set_yticks(y.ticks, [f"{tick:g}" for tick in y.ticks])
        axes.set_xlabel(x.label, color=MUTED)
        axes.set_ylabel(y.label, color=MUTED)
        axes.grid(color=RULE, linewidth=0.8)
        return as_svg(figure, description)


def _axes(figure: Figure, height: float, *, left: float, right: float, bottom: float) -> Axes:
    axes = figure.add_axes(
        (
            left / WIDTH,
            bottom / height,
            (WIDTH - left - right) / WIDTH,
            (height - bottom - _TOP) / height,
        ),
        facecolor="none",
    )
    figure.patch.set_visible(False)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, colors=MUTED, pad=6)
    axes.tick_params(axis="y", labelcolor=INK)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return axes


def _interval(axes: Axes, estimate: Estimate, y: float, style: dict[str, Any]) -> None:
    sides = [[max(estimate.mean - estimate.low, 0)], [max(estimate.high - estimate.mean, 0)]]
    drawn = axes.errorbar([estimate.mean], [y], xerr=sides, clip_on=False, **style, **_INTERVAL)
    for bar in drawn.lines[2]:
        bar.set_linestyle(style["linestyle"])


def _beside(
    axes: Axes, row: int, lines: Sequence[str], x: int, ha: Literal["left", "right"]
) -> None:
    """Text beside the axes, each line by itself: matplotlib anchors only single lines."""
    for i, line in enumerate(lines):
        axes.annotate(
            line,
            (x, row),
            xycoords=("axes fraction", "data"),
            xytext=(9 if x else -9, _LINE * ((len(lines) - 1) / 2 - i)),
            textcoords="offset points",
            ha=ha,
            va="center",
            color=INK,
        )


def _line(axes: Axes, line: Line, style: dict[str, Any]) -> None:
    if not line.intervals:
        style = {**style, "marker": None}
    axes.plot(line.xs, line.ys, linewidth=1.8, clip_on=False, **style)
    for x, estimate in zip(line.xs, line.intervals, strict=False):
        bar = axes.vlines(x, estimate.low, estimate.high, colors=style["color"], linewidth=1.1)
        bar.set_linestyle(style["linestyle"])


def _wrapped(label: str) -> list[str]:
    """A label in at most two lines; a Chinese letter is as wide as two others."""
    wide = any(east_asian_width(letter) in "WF" for letter in label)
    return wrap(label, _LETTERS // 2 if wide else _LETTERS, max_lines=2, placeholder="…")

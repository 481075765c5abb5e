"""The chart of `growth.py`: four panels over the number of passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator

_INK = "#1f2933"
_LINES = (
    ("#0b5cad", "o", "-"),
    ("#b3541e", "s", "--"),
    ("#3d7a35", "^", "-."),
    ("#6d4aa2", "D", ":"),
    ("#55606e", "v", (0, (5, 1, 1, 1, 1, 1))),
)
"""Colour, marker and stroke; any of them alone tells the lines apart."""


def draw(
    passages: Sequence[int],
    panels: Mapping[str, Mapping[str, Sequence[float]]],
    limits: Mapping[str, float],
    path: Path,
) -> None:
    """Draw panels side by side, two in a row.

    Args:
        passages: Sizes of the library, the horizontal axis, logarithmic.
        panels: By title, lines by name, one value for each size.
        limits: By title, a value to draw as a horizontal line.
        path: Where to write an SVG; the same figures give the same bytes.
    """
    import matplotlib as mpl

    with mpl.rc_context({"svg.hashsalt": "growth", "font.size": 10, "font.family": "DejaVu Sans"}):
        figure = Figure(figsize=(9, 6), layout="constrained", facecolor="white")
        places = figure.subplots(2, 2, squeeze=False).flat
        for axes, (title, lines) in zip(places, panels.items(), strict=True):
            _panel(axes, title, passages, lines, limits.get(title))
        figure.savefig(path, metadata={"Date": None})


def _panel(
    axes: Axes,
    title: str,
    passages: Sequence[int],
    lines: Mapping[str, Sequence[float]],
    limit: float | None,
) -> None:
    for (name, values), (colour, marker, stroke) in zip(lines.items(), _LINES, strict=False):
        axes.plot(passages, values, color=colour, marker=marker, linestyle=stroke, label=name)
        if len(lines) == 1:
            for x, y in zip(passages, values, strict=True):
                axes.annotate(
                    f"{y:,.0f}", (x, y), xytext=(0, 8), textcoords="offset points", ha="center"
                )
    if limit is not None:
        axes.axhline(limit, color=_INK, linewidth=1)
        axes.annotate(f"aim: below {limit:g}", (passages[0], limit), va="bottom", color=_INK)
    axes.set_title(title, loc="left", color=_INK)
    axes.set_xscale("log")
    axes.set_xticks(list(passages))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:,.0f}"))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel("passages")
    axes.margins(x=0.12)
    axes.set_ylim(0, 1.2 * max([limit or 0, *(y for ys in lines.values() for y in ys)]))
    axes.grid(color="#d8dee4", linewidth=0.8)
    axes.spines[["top", "right"]].set_visible(False)
    if len(lines) > 1:
        axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(0, 0.85))

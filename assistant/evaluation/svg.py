"""Figures of matplotlib as SVG elements that take their colours from a page."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 350
"""Width in units of the SVG, which are pixels where it is shown that wide."""

# Stand-ins for the page's colours: matplotlib knows no CSS variables.
INK, MUTED, RULE, RUN, BASELINE, PAGE = (f"#a1b2c{i}" for i in range(6))
_VARIABLES = {
    INK: "--ink",
    MUTED: "--muted",
    RULE: "--rule",
    RUN: "--run",
    BASELINE: "--baseline",
    PAGE: "--page",
}


@contextmanager
def empty_figure(height: float) -> Iterator[Figure]:
    """A figure to draw in, in a style that no setting of the user's changes.

    Args:
        height: In the units of `WIDTH`.

    Yields:
        The figure.
    """
    import matplotlib.style
    from matplotlib.figure import Figure

    ours = {
        "svg.fonttype": "none",
        "text.parse_math": False,  # a $ in a title is a $
        "font.family": "DejaVu Sans",  # comes with matplotlib, so text is measured alike
        "font.size": 11,
    }
    with matplotlib.style.context(["default", ours]), warnings.catch_warnings():
        # The browser has fonts for what DejaVu lacks.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        yield Figure(figsize=(WIDTH / 72, height / 72), dpi=72)


def as_svg(figure: Figure, description: str) -> str:
    """A figure as an element of a page; the same figure gives the same bytes.

    Args:
        figure: Drawn with the colours of this module.
        description: What it shows, for those who do not see it. Ids are made of
            it, so that those of two charts on a page differ.

    Returns:
        An ``<svg>`` element as wide as its place, in the page's font.
    """
    import matplotlib as mpl

    file = StringIO()
    empty = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with mpl.rc_context({"svg.hashsalt": description}):
        figure.savefig(file, format="svg", metadata=empty)
    drawn = file.getvalue()
    drawn = re.sub(r"<style.*?</style>", "", drawn[drawn.index("<svg") :], flags=re.DOTALL)
    drawn = re.sub(r'<g id="[^"]*"', "<g", drawn)
    drawn = re.sub(r"; font-family: [^;\"]*", "", drawn)
    for stand_in, variable in _VARIABLES.items():
        drawn = re.sub(rf"(fill|stroke): {stand_in}", rf"\1: var({variable})", drawn)
    drawn = re.sub(r"(?<=<svg) [^>]*?(?= viewBox)", "", drawn)
    return drawn.replace("<svg", f'<svg role="img" aria-label="{escape(description)}"', 1)

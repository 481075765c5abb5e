"""How time, memory and disk grow with the library: 1,000, 10,000 and 100,000 passages.

::

    python benchmarks/growth.py --work DIR [--chart docs/images/growth.svg]

A library of generated papers (`generated`) is filled to each size, and searched in a new
process, in all papers and within some. Filling the largest takes half an hour, so libraries
are kept, with what filling them took, and only searching is measured again.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import generated
from growth_chart import draw
from rich.console import Console
from rich.table import Table
from setting import OFFLINE, parser, write_json
from speed_steps import peak_megabytes

SIZES = (1_000, 10_000, 100_000)
"""Passages."""

QUESTIONS = 200
K = 10
LIMIT_MS = 60.0
"""What the 95th percentile of a search may take at the largest size, filtered or not."""

_AT_ONCE = 100

Measured = TypeVar("Measured")


@dataclass(frozen=True, slots=True)
class Added:
    """What filling a library up to a size took: passages and papers then, seconds, MB."""

    passages: int
    papers: int
    rate: float
    peak_mb: float
    disk_mb: float


@dataclass(frozen=True, slots=True)
class Searched:
    """Searching at a size: median and 95th percentile in ms by scope, and the peak memory."""

    p50_ms: dict[str, float]
    p95_ms: dict[str, float]
    cold_s: float
    peak_mb: float


def main() -> None:
    """Measure and print."""
    arguments = parser("Growth of a library of generated papers.", with_work=True)
    arguments.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="passages")
    arguments.add_argument("--chart", type=Path, metavar="FILE", help="draw an SVG")
    options = arguments.parse_args()
    os.environ.update(OFFLINE)
    figures = [measure(options.work / f"growth-{size}", size) for size in sorted(options.sizes)]
    print_report(figures, Console(width=120))
    write_json(options.json, [{**asdict(added), **asdict(found)} for added, found in figures])
    if options.chart:
        draw_chart(figures, options.chart)


def measure(work: Path, size: int) -> tuple[Added, Searched]:
    """Fill a library, where there is none, and search it; each in a process of its own.

    Args:
        work: A folder for the library, and for what filling it took.
        size: Passages at least.

    Returns:
        The figures.
    """
    filled = work / "added.json"
    if not filled.exists():
        work.mkdir(parents=True, exist_ok=True)
        filled.write_text(json.dumps(asdict(in_new_process(fill, work, size))), "utf-8")
    added = Added(**json.loads(filled.read_text("utf-8")))
    return added, in_new_process(search, work, added.papers)


def in_new_process(step: Callable[..., Measured], *arguments: Any) -> Measured:
    """Run a step where nothing was imported and no memory used before."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(step, *arguments).result()


def fill(work: Path, size: int) -> Added:
    """Add generated papers until a library has enough passages.

    Args:
        work: The folder of the library; interrupted, it is filled further.
        size: Passages at least.

    Returns:
        What it took; the rate is the median over batches of papers, in passages a second,
        reading and writing included.
    """
    from assistant import Assistant

    files = work / "papers"
    files.mkdir(exist_ok=True)
    with Assistant.open(work / "library") as assistant:
        words = generated.whole_words(_vocabulary(assistant))
        passages, papers = assistant._library.count_passages(), len(assistant.papers())
        rates: list[float] = []
        while passages < size or not rates:
            missing = max(1, (size - passages) // generated.PASSAGES)
            batch = [files / f"{papers + i}.md" for i in range(min(missing, _AT_ONCE))]
            for number, file in enumerate(batch, papers):
                file.write_text(generated.paper(number, words), "utf-8")
            begun = time.perf_counter()
            report = assistant.add(batch)
            new = sum(one.passages for one in report.files)
            rates.append(new / (time.perf_counter() - begun))
            passages, papers = passages + new, papers + len(batch)
            print(f"{passages:,} of {size:,} passages, {rates[-1]:.0f} a second", file=sys.stderr)
    rate, disk = statistics.median(rates), _disk_mb(work / "library")
    return Added(passages, papers, rate, peak_megabytes(), disk)


def search(work: Path, papers: int) -> Searched:
    """Search a library, after one search that is not counted.

    Args:
        work: The folder of its library.
        papers: How many papers it has.

    Returns:
        What it took.
    """
    from assistant import Assistant

    begun = time.perf_counter()
    with Assistant.open(work / "library") as assistant:
        words = generated.whole_words(_vocabulary(assistant))
        questions = [generated.question(i, papers, words) for i in range(QUESTIONS)]
        assistant.search(questions[0], K)
        cold = time.perf_counter() - begun
        times = {
            name: sorted(_milliseconds(assistant, question, chosen) for question in questions)
            for name, chosen in scopes([paper.id for paper in assistant.papers()]).items()
        }
    return Searched(
        {name: found[len(found) // 2] for name, found in times.items()},
        {name: found[int(0.95 * len(found))] for name, found in times.items()},
        cold,
        peak_megabytes(),
    )


def scopes(ids: Sequence[str]) -> dict[str, Sequence[str] | None]:
    """Which papers a search is limited to; None for all."""
    return {
        "all papers": None,
        "one paper": ids[:1],
        "ten papers": ids[:: max(1, len(ids) // 10)][:10],
        "half the papers": ids[::2],
        "all but one": ids[1:],
    }


def print_report(figures: Sequence[tuple[Added, Searched]], console: Console) -> None:
    """Print a column for each size.

    Args:
        figures: What was measured, by size.
        console: Where.
    """
    table = Table(title=f"Growth, {QUESTIONS} questions; times in ms, median / 95th percentile")
    table.add_column("")
    for added, _ in figures:
        table.add_column(f"{added.passages:,} passages", justify="right")
    for name in figures[0][1].p50_ms:
        times = [f"{f.p50_ms[name]:.1f} / {f.p95_ms[name]:.1f}" for _, f in figures]
        table.add_row(f"search, {name}", *times)
    table.add_row("first search of a process, s", *(f"{f.cold_s:.2f}" for _, f in figures))
    table.add_row("peak memory of searching, MB", *(f"{f.peak_mb:,.0f}" for _, f in figures))
    table.add_row("peak memory of adding, MB", *(f"{a.peak_mb:,.0f}" for a, _ in figures))
    table.add_row("added, passages a second", *(f"{a.rate:,.0f}" for a, _ in figures))
    table.add_row("disk, MB", *(f"{a.disk_mb:,.0f}" for a, _ in figures))
    console.print(table)
    slowest = max(figures[-1][1].p95_ms.values())
    console.print(
        f"Slowest 95th percentile at {figures[-1][0].passages:,} passages: {slowest:.1f} ms "
        f"(aim: below {LIMIT_MS:.0f} ms)."
    )


def draw_chart(figures: Sequence[tuple[Added, Searched]], path: Path) -> None:
    """Draw what was measured.

    Args:
        figures: By size.
        path: Where to write an SVG.
    """
    searching = "search, 95th percentile, ms"
    panels = {
        searching: {name: [f.p95_ms[name] for _, f in figures] for name in figures[0][1].p95_ms},
        "peak memory, MB": {
            "adding": [added.peak_mb for added, _ in figures],
            "searching": [found.peak_mb for _, found in figures],
        },
        "added, passages a second": {"rate": [added.rate for added, _ in figures]},
        "disk, MB": {"disk": [added.disk_mb for added, _ in figures]},
    }
    draw([added.passages for added, _ in figures], panels, {searching: LIMIT_MS}, path)


def _vocabulary(assistant: Any) -> list[str]:
    vocabulary: list[str] = assistant._library.embedder.vocabulary()
    return vocabulary


def _milliseconds(assistant: Any, question: str, papers: Sequence[str] | None) -> float:
    begun = time.perf_counter()
    assistant.search(question, K, papers=papers)
    return 1000 * (time.perf_counter() - begun)


def _disk_mb(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


if __name__ == "__main__":
    main()

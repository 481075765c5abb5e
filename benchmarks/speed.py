"""Speed and memory: ours beside a LangChain default, every step in a new process.

::

    python benchmarks/speed.py --papers DIR

README.md beside this file says what is measured and how.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from setting import OFFLINE, paper_files, parser

SYSTEMS = {"ours": "ours", "langchain": "LangChain default"}
ROWS = {
    "import_s": ("import", "s", 2),
    "ingest_s": ("ingest of the papers", "s", 1),
    "ingest_mb": ("peak memory of ingest", "MB", 0),
    "cold_s": ("cold first search", "s", 2),
    "warm_p50_ms": ("warm search, median", "ms", 1),
    "warm_p95_ms": ("warm search, 95th percentile", "ms", 1),
    "search_mb": ("peak memory of searching", "MB", 0),
}
"""What is measured, how it is called, its unit, and the decimals shown."""

OURS_ONLY = ("help_s", "bare_p50_ms", "answer_p50_ms", "quoting_p50_ms")
"""What is measured of ours alone."""

_STEPS = Path(__file__).with_name("speed_steps.py")


@dataclass
class Figures:
    """Everything measured; ``runs`` are by system, one mapping of figures a repetition."""

    export: dict[str, float]
    runs: dict[str, list[dict[str, float]]] = field(default_factory=dict)
    load: list[tuple[float, float, float]] = field(default_factory=list)

    def median(self, system: str, figure: str) -> float:
        """The median over the repetitions."""
        return statistics.median(run[figure] for run in self.runs[system])


def main() -> None:
    """Measure and print."""
    made = parser("Speed and memory: ours beside a LangChain default.")
    made.add_argument("--repeat", type=int, default=3, help="runs of each step (default: 3)")
    options = made.parse_args()
    files = paper_files(options.papers)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(files, options.repeat, Path(folder))
    print_report(figures, len(files), options.repeat)
    if options.json:
        options.json.write_text(json.dumps(_as_json(figures), indent=2) + "\n", "utf-8")


def measure(files: Sequence[Path], repeat: int, folder: Path) -> Figures:
    """Run every step, the systems taking turns.

    Args:
        files: The papers.
        repeat: How often.
        folder: An empty folder for libraries and the exported model.

    Returns:
        The figures.
    """
    environment = {**os.environ, **OFFLINE, "GOVASSIST_CACHE": str(folder / "cache")}
    figures = Figures(export=_run("export", "ours", folder, files, environment))
    figures.load.append(os.getloadavg())
    for number in range(repeat):
        for system in SYSTEMS:
            library = folder / f"{system}-{number}"
            run: dict[str, float] = {}
            for step in ("import", "ingest", "search"):
                run |= _run(step, system, library, files, environment)
            if system == "ours":
                for step in ("help", "bare", "answer"):
                    run |= _run(step, system, library, files, environment)
            figures.runs.setdefault(system, []).append(run)
            figures.load.append(os.getloadavg())
    return figures


def print_report(figures: Figures, papers: int, repeat: int) -> None:
    """Print a table, what the export took, and how busy the machine was.

    Args:
        figures: What to print.
        papers: How many papers were ingested.
        repeat: How often each step was run.
    """
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{papers} papers, median of {repeat} runs, each in a new process")
    table.add_column("")
    for heading in (*SYSTEMS.values(), "ratio"):
        table.add_column(heading, justify="right")
    for figure, (name, unit, decimals) in ROWS.items():
        ours, peer = (figures.median(system, figure) for system in SYSTEMS)
        shown = (f"{value:,.{decimals}f} {unit}" for value in (ours, peer))
        table.add_row(name, *shown, f"{peer / ours:.1f}")
    console = Console(width=100)
    console.print(table)
    help_s, bare, answer, quoting = (figures.median("ours", figure) for figure in OURS_ONLY)
    warm = figures.median("ours", "warm_p50_ms")
    console.print(
        f"Ours alone: `govassist --help` {help_s:.2f} s; embedding a query and asking both indexes "
        f"{bare:.1f} ms, a whole warm search {warm / bare:.2f} times that; an answer without its "
        f"model (search, gate, prompt, checks, record) {answer:.0f} ms, an answer by quoting "
        f"{quoting:.0f} ms."
    )
    console.print(
        f"Once a machine, at the first ingest: exporting the model took "
        f"{figures.export['export_s']:.1f} s and {figures.export['export_mb']:,.0f} MB."
    )
    load = [one for one, _, _ in figures.load]
    console.print(
        f"Load average over a minute during the runs: {min(load):.1f} to {max(load):.1f} "
        f"on {os.cpu_count()} cores."
    )


def _run(
    step: str, system: str, library: Path, files: Sequence[Path], environment: dict[str, str]
) -> dict[str, float]:
    """Run a step in a new process, which is told when it was started."""
    command = [sys.executable, str(_STEPS), step, system, str(library), *map(str, files)]
    started = {"SPEED_STARTED": repr(time.monotonic())}
    done = subprocess.run(
        command, env=environment | started, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"The step {step} of {SYSTEMS[system]} failed:\n{done.stderr}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _as_json(figures: Figures) -> dict[str, Any]:
    medians = {
        system: {figure: figures.median(system, figure) for figure in ROWS} for system in SYSTEMS
    }
    medians["ours"] |= {figure: figures.median("ours", figure) for figure in OURS_ONLY}
    return {
        "medians": medians,
        "export": figures.export,
        "runs": figures.runs,
        "load_averages": figures.load,
        "cores": os.cpu_count(),
    }


if __name__ == "__main__":
    main()

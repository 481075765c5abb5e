"""Adding 100, 300 and 1,000 papers: files a second, memory, and how both grow.

::

    python benchmarks/adding.py [--sizes 100 300 1000]

Short generated papers in Markdown are added to an empty library, each size in a process of its
own, and then once more, unchanged. Reading alone, by the same processes, shows what adding would
take without embedding and writing. Memory is the most that was resident at a time: in the
process that adds, and in those that read for it. Processors are the seconds of computing of all
of them by the seconds that passed.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import generated
import psutil
from growth import in_new_process
from rich.console import Console
from rich.table import Table
from setting import OFFLINE, write_json

SIZES = (100, 300, 1_000)
"""Papers."""

_PARTS = 3
"""A title, a heading and a paragraph: some three passages."""

_STEP_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Figures:
    """What adding so many papers took."""

    papers: int
    passages: int
    seconds: float
    reading_seconds: float
    skipping_ms: float
    processors: float
    peak_mb: float
    readers_peak_mb: float

    @property
    def rate(self) -> float:
        """Files a second."""
        return self.papers / self.seconds


class Watch:
    """Memory and computing of this process and of its children, while it is entered."""

    def __init__(self) -> None:
        self.peak = self.readers_peak = self.computed = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        me = psutil.Process()
        readers = me.children()
        before = sum(_computed(process) for process in (me, *readers))
        while True:
            self.peak = max(self.peak, me.memory_info().rss / 1e6)
            resident = sum(process.memory_info().rss for process in readers)
            self.readers_peak = max(self.readers_peak, resident / 1e6)
            self.computed = sum(_computed(process) for process in (me, *readers)) - before
            if self._over.wait(_STEP_SECONDS):
                return


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Adding generated papers.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="papers")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to a file")
    options = parser.parse_args()
    os.environ.update(OFFLINE)
    figures = [in_new_process(measure, size) for size in sorted(options.sizes)]
    print_report(figures)
    write_json(options.json, [{**asdict(one), "rate": one.rate} for one in figures])


def measure(size: int) -> Figures:
    """Add papers to an empty library, and add them again.

    Args:
        size: How many.

    Returns:
        What it took.
    """
    from assistant import Assistant
    from ingest.workers import shared_readers

    with tempfile.TemporaryDirectory() as work, Assistant.open(Path(work) / "library") as assistant:
        files = _written(Path(work), size, assistant._library.embedder.vocabulary())  # type: ignore[attr-defined]
        readers = shared_readers()
        readers.start(readers.count)
        begun = time.perf_counter()
        for paper in [readers.read(file.read_bytes(), file) for file in files]:
            paper.result()
        read = time.perf_counter()
        with Watch() as watch:
            report = assistant.add(files)
        added = time.perf_counter()
        again = assistant.add(files)
        skipped = time.perf_counter()
        assert len(report.added) == len(again.unchanged) == size
        return Figures(
            size,
            assistant.count_passages(),
            added - read,
            read - begun,
            1000 * (skipped - added) / size,
            watch.computed / (added - read),
            watch.peak,
            watch.readers_peak,
        )


def print_report(figures: Sequence[Figures]) -> None:
    """Print a column for each size, and how time and memory grow.

    Args:
        figures: What was measured, by size.
    """
    table = Table(title="Adding generated papers")
    table.add_column("")
    for one in figures:
        table.add_column(f"{one.papers:,} papers", justify="right")
    rows = {
        "passages": [f"{one.passages:,}" for one in figures],
        "files a second": [f"{one.rate:.1f}" for one in figures],
        "seconds": [f"{one.seconds:.1f}" for one in figures],
        "seconds of reading alone": [f"{one.reading_seconds:.1f}" for one in figures],
        "processors used": [f"{one.processors:.2f} of {os.cpu_count()}" for one in figures],
        "peak memory, MB": [f"{one.peak_mb:,.0f}" for one in figures],
        "peak memory of the readers, MB": [f"{one.readers_peak_mb:,.0f}" for one in figures],
        "an unchanged file, ms": [f"{one.skipping_ms:.2f}" for one in figures],
    }
    for name, values in rows.items():
        table.add_row(name, *values)
    Console().print(table)
    first, last = figures[0], figures[-1]
    Console().print(
        f"From {first.papers:,} to {last.papers:,} papers, {last.papers / first.papers:.0f} times "
        f"as many: {last.seconds / first.seconds:.1f} times the seconds, "
        f"{last.peak_mb / first.peak_mb:.2f} times the memory."
    )


def _written(work: Path, size: int, vocabulary: Sequence[str]) -> list[Path]:
    words = generated.whole_words(vocabulary)
    folder = work / "papers"
    folder.mkdir()
    files = [folder / f"{number:04}.md" for number in range(size)]
    for number, file in enumerate(files):
        parts = generated.paper(number, words).split("\n\n")[:_PARTS]
        file.write_text("\n\n".join(parts) + "\n", "utf-8")
    return files


def _computed(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    main()

"""Pages a second of PDF files: bare text of pypdfium2 and pdfminer.six, and our reading.

::

    python benchmarks/pdf_speed.py [FILE …]

Without files: one of 100 pages in two columns that is made here, and the book of
``GOVASSIST_DOCUMENTS``. Ours is all that is done before embedding, by the processes that read
papers: a file alone, and as many at once as there are processors. Rounds alternate, so that
whatever else the machine does slows all alike; the best round of each counts.
"""

from __future__ import annotations

import argparse
import io
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import made_documents
from rich.console import Console
from rich.table import Table
from setting import write_json

from ingest.workers import Limits, Readers

PAGES = 100
AIM = 0.5
"""Ours at once, in times of the fastest bare extractor on one processor."""

_BOOK = "reports/GeoTopo-komprimiert.pdf"
_FEW = 8
"""Pages that pdfminer.six, which is slow, is given."""

_LIMITS = Limits(seconds=600)


@dataclass(frozen=True, slots=True)
class Speed:
    """Pages a second of one file."""

    file: str
    pages: int
    pypdfium2: float
    pdfminer: float
    ours_alone: float
    ours_at_once: float

    @property
    def share(self) -> float:
        """Ours at once, in times of the fastest bare extractor."""
        return self.ours_at_once / max(self.pypdfium2, self.pdfminer)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Speed of reading PDF files.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3, help="of which the best counts")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to a file")
    options = parser.parse_args()
    readers = Readers(limits=_LIMITS)
    readers.start(readers.count)
    figures = [measure(name, data, readers, options.rounds) for name, data in _files(options.files)]
    readers.close()
    print_report(figures, readers.count)
    write_json(options.json, [{**asdict(speed), "share": speed.share} for speed in figures])


def measure(name: str, data: bytes, readers: Readers, rounds: int) -> Speed:
    """Read one file in each way.

    Args:
        name: The file's.
        data: Its bytes.
        readers: The processes that read.
        rounds: How often.

    Returns:
        Pages a second, each the best of the rounds.
    """
    pages = bare_pypdfium2(data)
    ways: list[tuple[Callable[[], object], int]] = [
        (lambda: bare_pypdfium2(data), pages),
        (lambda: bare_pdfminer(data, _FEW), min(pages, _FEW)),
        (lambda: ours(data, readers, 1), pages),
        (lambda: ours(data, readers, readers.count), pages * readers.count),
    ]
    times: list[list[float]] = [[] for _ in ways]
    for _ in range(rounds):
        for (way, _), taken in zip(ways, times, strict=True):
            begun = time.perf_counter()
            way()
            taken.append(time.perf_counter() - begun)
    rates = [n / min(taken) for (_, n), taken in zip(ways, times, strict=True)]
    return Speed(name, pages, *rates)


def bare_pypdfium2(data: bytes) -> int:
    """Extract the text of all pages; how many there are."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        text.get_text_bounded()
        text.close()
        page.close()
    pages = len(document)
    document.close()
    return pages


def bare_pdfminer(data: bytes, pages: int) -> None:
    """Extract the text of some pages."""
    from pdfminer.high_level import extract_text

    extract_text(io.BytesIO(data), maxpages=pages)


def ours(data: bytes, readers: Readers, times: int) -> None:
    """Read and parse a file so many times at once."""
    papers = [readers.read(data, Path(f"{number}.pdf")) for number in range(times)]
    for paper in papers:
        paper.result()


def print_report(figures: Sequence[Speed], processors: int) -> None:
    """Print a row for each file.

    Args:
        figures: What was measured.
        processors: How many files were read at once.
    """
    table = Table(title="Reading PDF files, pages a second")
    for column in ("file", "pages", "pypdfium2", "pdfminer.six", "ours, alone"):
        table.add_column(column, justify="left" if column == "file" else "right")
    table.add_column(f"ours, {processors} at once", justify="right")
    table.add_column("share of the fastest", justify="right")
    for f in figures:
        rates = (f.pypdfium2, f.pdfminer, f.ours_alone, f.ours_at_once)
        shown = (f"{rate:,.1f}" for rate in rates)
        table.add_row(f.file, str(f.pages), *shown, f"{f.share:.2f} (aim: {AIM})")
    Console(width=120).print(table)


def _files(named: Sequence[Path]) -> list[tuple[str, bytes]]:
    if named:
        return [(file.name, file.read_bytes()) for file in named]
    found = [("made here, two columns", made_documents.pdf(PAGES))]
    book = Path(os.environ.get("GOVASSIST_DOCUMENTS", "")) / _BOOK
    return [*found, (book.name, book.read_bytes())] if book.is_file() else found


if __name__ == "__main__":
    main()

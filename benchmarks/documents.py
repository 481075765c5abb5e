"""Reading of documents: words found, words extra, order and headings, beside bare extractors.

::

    python benchmarks/documents.py --documents DIR [FILE …]

Every file of the folder is compared with its truth (`documents_truths` says what of it
counts), ours as it would go into a library, PDFs also by bare extractors. The words of ours
are those of the title, the headings and the clean elements of the parse, page furniture left
out. Every file in ``nasty/`` is read in a process of its own: what comes out, how long it
takes, and its peak memory.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from documents_nasty import Outcome, outcomes
from documents_peers import peers
from documents_truths import Truth, truth_of
from documents_words import Score, compare, words
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from setting import write_json

from ingest.cleaning import clean
from ingest.headings import strip_number
from ingest.reader import read_paper
from ingest.types import ParsedPaper

WORDS_A_PAGE = 500
"""What a page is where a file has none."""

Read = TypeVar("Read")

COLUMNS = ("file", "reader", "recall", "precision", "order", "sections", "CPU ms a page")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of one file; ``sections`` is the share of the truth's headings."""

    file: str
    reader: str
    ms_a_page: float
    score: Score | None = None
    sections: float | None = None

    @property
    def row(self) -> tuple[str, ...]:
        """The cells of a table."""
        shares = (*asdict(self.score).values(),) if self.score else (None,) * 3
        shown = ("" if share is None else f"{share:.3f}" for share in (*shares, self.sections))
        return (self.file, self.reader, *shown, f"{self.ms_a_page:.1f}")


def main() -> None:
    """Measure and print."""
    made = argparse.ArgumentParser(description="Reading of documents beside bare extractors.")
    made.add_argument(
        "--documents",
        type=Path,
        default=os.environ.get("GOVASSIST_DOCUMENTS"),
        help="folder with the documents and their truths (default: GOVASSIST_DOCUMENTS)",
    )
    made.add_argument("--json", type=Path, metavar="FILE", help="write all figures to a file")
    made.add_argument("files", nargs="*", metavar="FILE", help="only these, by name")
    options = made.parse_args()
    files = documents(options.documents, options.files)
    nasty = [file for file in files if file.parent.name == "nasty"]
    readings = [r for file in files if file not in nasty for r in measured(file)]
    ended = outcomes(nasty)
    report(readings, ended)
    write_json(
        options.json,
        {"readings": [asdict(r) for r in readings], "nasty": [asdict(o) for o in ended]},
    )


def documents(folder: Path | None, names: Sequence[str]) -> list[Path]:
    """The documents of a folder.

    Args:
        folder: What the user named.
        names: Which of them, by the names of the files; all where there are none.

    Returns:
        Files, sorted; truths and the folder's own README are none.

    Raises:
        SystemExit: There is none.
    """
    found = sorted(folder.rglob("*.*")) if folder else []
    files = [f for f in found if ".truth." not in f.name and f.is_file() and f.stem != "README"]
    chosen = [file for file in files if not names or file.name in names]
    if not chosen:
        raise SystemExit("Name the folder with the documents: --documents DIR [FILE …].")
    return chosen


def measured(file: Path) -> Iterator[Reading]:
    """Read a file with ours and, where it is a PDF, with the bare extractors.

    Args:
        file: The document.

    Yields:
        A reading for each reader.
    """
    truth = truth_of(file)
    read_paper(file)  # what is imported and compiled once is no part of a page's time
    parsed, seconds = _timed(read_paper, file)
    found = our_words(parsed)
    pages = len(parsed.layout.pages) if parsed.layout else max(1, len(found) // WORDS_A_PAGE)
    yield _reading(file, "ours", 1000 * seconds / pages, found, truth, _titles(parsed))
    for name, peer in peers().items() if file.suffix == ".pdf" else ():
        peer(file)
        text, seconds = _timed(peer, file)
        yield _reading(file, name, 1000 * seconds / pages, words(text), truth)


def our_words(parsed: ParsedPaper) -> list[str]:
    """The words of a parsed paper in reading order: title, headings, elements, no furniture."""
    parts = [parsed.paper.title]
    path: tuple[str, ...] = ()
    for element in sorted(parsed.elements, key=lambda element: element.spans[0]):
        if element.kind == "furniture":
            continue
        kept = sum(a == b for a, b in zip(path, element.section, strict=False))
        parts += [*element.section[kept:], clean(parsed.text, element.spans).text]
        path = element.section
    return words("\n".join(parts))


def report(readings: Sequence[Reading], ended: Sequence[Outcome]) -> None:
    """Print the figures as tables, and as Markdown for docs/ingest.md.

    Args:
        readings: What was read of the documents.
        ended: What became of the nasty ones.
    """
    console = Console(width=140)
    rows = [reading.row for reading in readings]
    nasty = [outcome.row for outcome in ended]
    for title, columns, cells in (
        (f"Documents; a page is {WORDS_A_PAGE} words where a file has none", COLUMNS, rows),
        ("Nasty documents, each in a process of its own", Outcome.COLUMNS, nasty),
    ):
        table = Table(title=title)
        for i, column in enumerate(columns):
            table.add_column(column, justify="right" if i > 1 else "left", overflow="fold")
        for row in cells:
            table.add_row(*map(escape, row))
        console.print(table)
        print(f"\n| {' | '.join(columns)} |\n|{' --- |' * len(columns)}")
        print("\n".join(f"| {' | '.join(row)} |" for row in cells), "\n")


def _timed(read: Callable[[Path], Read], file: Path) -> tuple[Read, float]:
    before = time.process_time()  # other work on the machine is no part of a page's time
    done = read(file)
    return done, time.process_time() - before


def _reading(
    file: Path,
    reader: str,
    milliseconds: float,
    found: Sequence[str],
    truth: Truth | None,
    titles: frozenset[str] | None = None,
) -> Reading:
    name = f"{file.parent.name}/{file.name}"
    if truth is None:
        return Reading(name, reader, milliseconds)
    score = compare(found, words(truth.text), words(truth.neither))
    sections = None
    if titles is not None and truth.headings:
        sections = sum(map(titles.__contains__, map(_bare, truth.headings))) / len(truth.headings)
    return Reading(name, reader, milliseconds, score, sections)


def _titles(parsed: ParsedPaper) -> frozenset[str]:
    """The headings that were found, the title among them."""
    titles = {title for element in parsed.elements for title in element.section}
    return frozenset(map(_bare, {parsed.paper.title, *titles}))


def _bare(title: str) -> str:
    """The words of a title, without its number."""
    return " ".join(words(strip_number(title)))


if __name__ == "__main__":
    main()

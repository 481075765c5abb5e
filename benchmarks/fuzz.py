"""Damaged files: each must end in text or in a clear message.

::

    python benchmarks/fuzz.py [--count 10000] [--kinds pdf docx] [--keep DIR]

Seeds of every kind, made here and those of ``--documents``, are mutated (`mutations`) and read
by the processes that read papers, with their limits. Counted are the texts, the messages, and
the failures: errors nobody foresaw, crashes, and files that took too much time or memory.
The same ``--seed`` gives the same files. Exits with 1 where something failed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from random import Random
from typing import NamedTuple, get_args

import made_documents
from mutations import mutated
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from setting import write_json

from ingest.document import FileKind
from ingest.errors import UnreadableFile
from ingest.kinds import kind_of
from ingest.reader_process import ReaderFailed
from ingest.types import ParsedPaper
from ingest.workers import Readers, shared_readers

KINDS: tuple[FileKind, ...] = get_args(FileKind)
LARGEST = 200_000
"""Bytes of a seed; larger ones take too long, ten thousand times."""

_SUFFIXES = {"text": "txt", "markdown": "md", "jats": "xml"}
_AHEAD = 8


class Result(NamedTuple):
    """What became of one damaged file: ``text``, ``message``, or how its reader failed."""

    kind: FileKind
    outcome: str
    data: bytes
    told: str


def main() -> None:
    """Damage files, read them, and print what became of them."""
    options = _options()
    seeds = all_seeds(options.documents)
    tally: dict[FileKind, Counter[str]] = {kind: Counter() for kind in options.kinds}
    begun = time.monotonic()
    each = options.count // len(options.kinds)
    for result in results(shared_readers(), seeds, options.kinds, each, options.seed):
        tally[result.kind][result.outcome] += 1
        if result.outcome not in {"text", "message"}:
            _tell(result, options.keep)
    print_report(tally, time.monotonic() - begun)
    write_json(options.json, tally)
    sys.exit(any(set(counts) - {"text", "message"} for counts in tally.values()))


def all_seeds(documents: Path | None) -> dict[FileKind, list[bytes]]:
    """What is damaged: papers made here, and small files of a folder.

    Args:
        documents: The folder, or None.

    Returns:
        Files by kind.
    """
    seeds = made_documents.seeds()
    for file in sorted(documents.rglob("*.*")) if documents else []:
        is_seed = file.suffix in {".pdf", ".docx", ".html", ".nxml", ".md"}
        if is_seed and file.name != "README.md" and file.stat().st_size <= LARGEST:
            data = file.read_bytes()
            seeds[kind_of(data, file)].append(data)
    return seeds


def results(
    readers: Readers,
    seeds: dict[FileKind, list[bytes]],
    kinds: Sequence[FileKind],
    count: int,
    seed: int,
) -> Iterator[Result]:
    """Damage files and read them.

    Args:
        readers: What reads them.
        seeds: What is damaged, by kind.
        kinds: Which kinds.
        count: How many files of each.
        seed: Another one gives other files.

    Yields:
        What became of each.
    """
    waiting: deque[tuple[FileKind, bytes, Future[ParsedPaper]]] = deque()
    for number in range(count):
        for kind in kinds:
            draw = Random(f"{seed} {kind} {number}")
            data = mutated(draw.choice(seeds[kind]), seeds[kind], draw)
            waiting.append((kind, data, readers.read(data, path_of(kind))))
            if len(waiting) > _AHEAD:
                yield _result(*waiting.popleft())
    while waiting:
        yield _result(*waiting.popleft())


def path_of(kind: FileKind) -> Path:
    """What a damaged file of a kind is called."""
    return Path(f"a.{_SUFFIXES.get(kind, kind)}")


def print_report(tally: dict[FileKind, Counter[str]], seconds: float) -> None:
    """Print a row for each kind.

    Args:
        tally: Outcomes and how many there were of each, by kind.
        seconds: What reading took.
    """
    columns = ("text", "message", "error", "crash", "time", "memory")
    total = sum(counts.total() for counts in tally.values())
    table = Table(title=f"{total:,} damaged files, {total / seconds:.0f} a second")
    table.add_column("kind")
    for column in columns:
        table.add_column(column, justify="right")
    for kind, counts in tally.items():
        table.add_row(kind, *(f"{counts[column]:,}" for column in columns))
    Console().print(table)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Read damaged files.")
    documents = os.environ.get("GOVASSIST_DOCUMENTS")
    parser.add_argument("--count", type=int, default=10_000, help="files in all (default: 10,000)")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, help="only these kinds")
    parser.add_argument("--seed", type=int, default=1, help="another gives other files")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write files that failed here")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to a file")
    parser.add_argument(
        "--documents",
        type=Path,
        default=Path(documents) if documents else None,
        help="folder with more files to damage (default: GOVASSIST_DOCUMENTS)",
    )
    return parser.parse_args()


def _result(kind: FileKind, data: bytes, paper: Future[ParsedPaper]) -> Result:
    try:
        paper.result()
    except ReaderFailed as error:
        return Result(kind, error.fault, data, error.details or str(error))
    except UnreadableFile as error:
        return Result(kind, "message", data, str(error))
    return Result(kind, "text", data, "")


def _tell(result: Result, keep: Path | None) -> None:
    """Print how a reader failed, and keep what it failed on."""
    place = ""
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        number = len(list(keep.iterdir())) + 1
        file = keep / f"{result.outcome}-{number}{path_of(result.kind).suffix}"
        file.write_bytes(result.data)
        place = f" ({file})"
    Console(stderr=True).print(escape(f"{result.kind}, {result.outcome}{place}: {result.told}"))


if __name__ == "__main__":
    main()

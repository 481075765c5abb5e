"""What every script needs to start: no network, and where the papers and the public sets are."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "PYTHONDONTWRITEBYTECODE": "",  # modules are compiled once, as on a user's machine
}
"""The environment of every measurement."""


def parser(description: str | None, *, with_work: bool = False) -> argparse.ArgumentParser:
    """A parser with the options that all scripts have.

    Args:
        description: What the script measures.
        with_work: Whether it keeps libraries from run to run.

    Returns:
        The parser, to which a script may add its own.
    """
    made = argparse.ArgumentParser(description=description)
    made.add_argument(
        "--papers",
        type=Path,
        default=_from_environment("GOVASSIST_PAPERS"),
        help="folder with the papers, Markdown files (default: GOVASSIST_PAPERS)",
    )
    made.add_argument(
        "--benchmarks",
        type=Path,
        default=_from_environment("GOVASSIST_BENCHMARKS"),
        help="folder with the public test sets (default: GOVASSIST_BENCHMARKS)",
    )
    made.add_argument("--json", type=Path, metavar="FILE", help="write all figures to a file")
    if with_work:
        made.add_argument(
            "--work",
            type=Path,
            default=user_cache_path("govassist") / "benchmarks",
            help="folder for what is kept from run to run (default: the user's cache)",
        )
        made.add_argument(
            "--reuse",
            action="store_true",
            help="do with libraries that an older state of the code made",
        )
    return made


def paper_files(folder: Path | None) -> list[Path]:
    """The papers of a folder, by name.

    Args:
        folder: What the user named.

    Returns:
        At least one Markdown file.

    Raises:
        SystemExit: There is none.
    """
    files = sorted(folder.glob("*.md")) if folder else []
    if not files:
        raise SystemExit("Name the folder with the papers: --papers DIR, or GOVASSIST_PAPERS.")
    return files


def benchmark_folder(folder: Path | None, name: str) -> Path:
    """The folder of one public test set.

    Args:
        folder: What the user named, with a folder for every set.
        name: The set's.

    Returns:
        The set's folder.

    Raises:
        SystemExit: There is none.
    """
    if folder is None or not (folder / name).is_dir():
        raise SystemExit(
            f"Name the folder that holds {name}/: --benchmarks DIR, or GOVASSIST_BENCHMARKS."
        )
    return folder / name


def write_json(path: Path | None, figures: Any) -> None:
    """Write all figures to a file, where the user named one."""
    if path:
        path.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _from_environment(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None

"""What both scripts need to start: no network, and where the papers are."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
}
"""The environment of every measurement."""


def parser(description: str | None) -> argparse.ArgumentParser:
    """A parser with the options that both scripts have."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument(
        "--papers",
        type=Path,
        default=_from_environment("GOVASSIST_PAPERS"),
        help="folder with the papers, Markdown files (default: GOVASSIST_PAPERS)",
    )
    made.add_argument("--json", type=Path, metavar="FILE", help="write all figures to a file")
    return made


def evaluation_questions() -> Path | None:
    """The development questions in the folder ``GOVASSIST_EVALUATION``."""
    folder = _from_environment("GOVASSIST_EVALUATION")
    return folder / "questions-dev.jsonl" if folder else None


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


def _from_environment(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None

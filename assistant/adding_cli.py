"""The commands that put papers into a library: ``add`` and ``watch``."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from assistant.api import Assistant
from assistant.printing import print_report
from assistant.serialize import to_json
from assistant.terminal import (
    BAD_USE,
    DEFAULT_LIBRARY,
    Embedder,
    Json,
    Library,
    err,
    follow,
    notices,
    out,
    print_json,
    progress_bar,
    reported,
)
from assistant.watching import Change, check_folder
from assistant.watching import watch as keep_in_step
from ingest.files import find_papers

STOPPED = 130

Password = Annotated[
    str | None, typer.Option(help="What opens the files that are encrypted.", show_default=False)
]


@reported
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders with papers in them.")],
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
    password: Password = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read unchanged files, too, as after an update.")
    ] = False,
    json_: Json = False,
) -> None:
    """Add papers (PDF, Word, HTML, JATS XML, Markdown, text). Unchanged files are skipped."""
    from assistant.adding import Stopped
    from ingest.workers import shared_readers

    files = list(dict.fromkeys(file for path in paths for file in find_papers(path)))
    shared_readers().start(len(files))  # they load while the embedder does
    with (
        progress_bar() as progress,
        Assistant.open(
            library, embedder=embedder, progress=follow(progress, [file.name for file in files])
        ) as assistant,
    ):
        try:
            report = assistant.add(files, password=password, again=again)
        except Stopped as stopped:
            report = stopped.report
        notices(assistant)
    if json_:
        print_json(report)
    else:
        print_report(report, library)
    if len(report.files) < len(files):
        done = f"{len(report.files)} of {len(files)} files were done"
        err.print(f"Stopped when {done}. The same command goes on from there.")
        raise typer.Exit(STOPPED)
    if report.failed:
        raise typer.Exit(BAD_USE)


@reported
def watch(
    folder: Annotated[Path, typer.Argument(help="A folder with papers in it.")],
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
    password: Password = None,
    json_: Json = False,
) -> None:
    """Keep a library in step with a folder.

    Papers are added, replaced and removed as its files change. It runs until Ctrl-C.
    Papers that were read from elsewhere stay as they are.
    """
    check_folder(folder)

    def report(change: Change) -> None:
        if json_:
            print(json.dumps(to_json(change), ensure_ascii=False), flush=True)
        elif change.what == "failed":
            err.print(f"[bold red]failed[/]    {escape(change.reason or change.path)}")
        else:
            out.print(f"{change.what:<9} {escape(f'{change.title} ({change.path})')}")

    with (
        progress_bar() as progress,
        Assistant.open(library, embedder=embedder, progress=follow(progress)) as assistant,
    ):
        notices(assistant)
        err.print(f"Watching {escape(str(folder))}; stop with Ctrl-C.")
        try:
            keep_in_step(assistant, folder, threading.Event(), report, password)
        except KeyboardInterrupt:
            err.print("Stopped.")

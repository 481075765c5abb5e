"""What the commands of ``govassist`` share: options, output, errors."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Column
from rich.text import Text

from assistant.api import Assistant
from assistant.serialize import to_json
from assistant.settings import SearchSettings
from ingest.errors import GovernanceAssistantError, NotALibrary

BAD_USE = 2
DEFAULT_LIBRARY = Path("library")

out = Console(soft_wrap=True, emoji=False)  # a quote's `:key:` is no emoji
err = Console(stderr=True, soft_wrap=True, emoji=False)

Library = Annotated[
    Path, typer.Option("--library", "-l", envvar="GOVASSIST_LIBRARY", help="The library's folder.")
]
Embedder = Annotated[
    str | None,
    typer.Option(
        envvar="GOVASSIST_EMBEDDER",
        help="Another sentence-transformers model than the bundled one: a name or a folder.",
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        envvar="GOVASSIST_MODEL",
        help="Who writes answers: none (quotes), auto, or a model such as ollama:llama3.2, "
        "openai:NAME, gguf:/path/model.gguf.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def write_everything() -> None:
    """Let standard output and error take every character: in UTF-8 where they are no terminal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def reported(command: Callable[..., None]) -> Callable[..., None]:
    """Turn the project's own errors into one clear message and an exit code."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except GovernanceAssistantError as error:
            if options.get("json_"):
                print_json({"error": type(error).__name__, "message": str(error)})
            else:
                err.print(f"[bold red]Error:[/] {escape(str(error))}")
            raise typer.Exit(BAD_USE) from error

    return run


def open_library(
    library: Path,
    embedder: str | None,
    settings: SearchSettings | None = None,
    follow: Callable[[str, int, int], None] | None = None,
    model: str | None = None,
) -> Assistant:
    """Open a library that must exist: asking must not make an empty one by a typing error."""
    if not (library / "catalog.db").exists():
        raise NotALibrary(
            f"{library}: no library here. Make one with `govassist add papers/ "
            f"--library {library}`, or name another with --library."
        )
    assistant = Assistant.open(
        library, embedder=embedder, settings=settings, progress=follow, model=model
    )
    notices(assistant)
    return assistant


def notices(assistant: Assistant) -> None:
    """Tell what was repaired when the library was opened."""
    for notice in assistant.notices:
        err.print(f"[yellow]Note:[/] {escape(notice)}")


def progress_bar() -> Progress:
    """A bar on standard error, gone when all is done; nothing where that is no terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn(
            "{task.fields[name]}",
            markup=False,
            table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1),
        ),
    )
    return Progress(*columns, console=err, transient=True, expand=True, disable=not err.is_terminal)


class _Rate(ProgressColumn):
    """How many are done in a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


def follow(progress: Progress, names: Sequence[str] = ()) -> Callable[[str, int, int], None]:
    """What an assistant is given to show its progress on a bar.

    Args:
        progress: The bar.
        names: Of what is done, in order; each is shown while it is at work.

    Returns:
        What is to be called with what is done, how much of it, and how much there is.
    """
    tasks: dict[str, TaskID] = {}

    def show(what: str, done: int, total: int) -> None:
        if what not in tasks:
            tasks[what] = progress.add_task(what, total=total, name="")
        name = names[done] if done < len(names) else ""
        progress.update(tasks[what], completed=done, total=total, name=name, visible=done < total)

    return show


def print_json(value: Any) -> None:
    """Print plain data, or dataclasses of the public types, as JSON."""
    print(json.dumps(to_json(value), ensure_ascii=False, indent=2))

"""The command ``govassist``.

Exit codes: 0 done, 1 not found in the papers or worse than the baseline, 2 bad
use or bad input.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from assistant.adding_cli import add, watch
from assistant.api import Assistant
from assistant.conversations_cli import conversations, replay
from assistant.evaluation_cli import evaluate
from assistant.library_cli import duplicates, export, health, papers, remove
from assistant.printing import print_answer, print_hits
from assistant.terminal import (
    BAD_USE,
    DEFAULT_LIBRARY,
    Embedder,
    Json,
    Library,
    Model,
    follow,
    open_library,
    out,
    print_json,
    progress_bar,
    reported,
    write_everything,
)
from ingest.errors import BadSettings

NOT_FOUND = 1

cli = typer.Typer(
    name="govassist",
    help="Ask a library of papers on governance; answers quote and cite.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich would cost `--help` a quarter more
)
Papers = Annotated[
    list[str] | None,
    typer.Option("--paper", "-p", help="Look only in the paper with this id. May be repeated."),
]
Question = Annotated[str, typer.Argument(help="A question in plain words.")]


def main() -> None:
    """Run the command line."""
    write_everything()
    cli()


cli.command()(add)
cli.command()(watch)
cli.command()(papers)
cli.command()(remove)
cli.command()(export)
cli.command()(health)
cli.command()(duplicates)
cli.command()(reported(evaluate))
cli.command()(replay)
cli.add_typer(conversations, name="conversations")


@cli.command()
@reported
def search(
    question: Question,
    k: Annotated[int, typer.Option("-k", help="How many passages at most.")] = 10,
    papers: Papers = None,
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
    json_: Json = False,
) -> None:
    """Find the passages that come closest to a question."""
    with open_library(library, embedder) as assistant:
        hits = assistant.search(question, k=k, papers=papers or None)
        if json_:
            print_json({"question": question, "hits": hits})
        else:
            print_hits(assistant, hits)
    if not hits:
        raise typer.Exit(NOT_FOUND)


@cli.command()
@reported
def ask(
    question: Question,
    papers: Papers = None,
    conversation: Annotated[
        str | None,
        typer.Option("--conversation", "-c", help="Go on with the conversation of this id."),
    ] = None,
    model: Model = None,
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
    json_: Json = False,
) -> None:
    """Answer a question with citations."""
    if conversation and papers:
        raise BadSettings("A conversation has its own papers; leave --paper out.")
    with open_library(library, embedder, model=model) as assistant:
        if conversation:
            answer = assistant.conversations.open(conversation).ask(question)
        else:
            answer = assistant.ask(question, papers=papers or None)
    if json_:
        print_json(answer)
    else:
        print_answer(answer)
    if not answer.answered:
        raise typer.Exit(NOT_FOUND)


@cli.command()
@reported
def reembed(
    library: Library = DEFAULT_LIBRARY, embedder: Embedder = None, json_: Json = False
) -> None:
    """Make all vectors of the library anew, by another embedder."""
    from vectorstore.embedders import load_embedder
    from vectorstore.embedding import reembed as make_anew

    with progress_bar() as progress:
        chosen = load_embedder(embedder)
        make_anew(library, chosen, follow(progress))
    with Assistant.open(library, embedder=chosen) as assistant:
        passages = assistant.count_passages()
    if json_:
        print_json({"embedder": chosen.record, "passages": passages})
    else:
        said = f"{passages} passages in {library} now have vectors by {chosen.record}."
        out.print(escape(said))


@cli.command()
@reported
def app(
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
    model: Model = None,
    port: Annotated[
        int, typer.Option(envvar="PORT", min=1, max=65_535, help="The port to serve on.")
    ] = 8501,
    json_: Json = False,
) -> None:
    """Serve the chat app on this machine."""
    from assistant.views.serving import ADDRESS, check_port, serve

    check_port(port)
    os.environ["GOVASSIST_LIBRARY"] = str(library.absolute())
    if embedder:
        os.environ["GOVASSIST_EMBEDDER"] = embedder
    if model:
        os.environ["GOVASSIST_MODEL"] = model
    address = f"http://{ADDRESS}:{port}"
    if json_:
        print_json({"address": address, "library": str(library)})
    else:
        out.print(f"Governance Assistant: {address}  (stop with Ctrl-C)")
    sys.stdout.flush()
    serve(port)


@cli.command()
@reported
def doctor(
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
    model: Model = None,
    json_: Json = False,
) -> None:
    """Say what is installed, and whether the library is sound."""
    from assistant.doctor import examine

    findings = examine(library, embedder, model)
    if json_:
        print_json(findings)
    else:
        table = Table(show_header=False, box=None)
        for name, value in findings.shown():
            table.add_row(f"[bold]{name}[/]", escape(value))
        out.print(table)
    if not findings.sound:
        raise typer.Exit(BAD_USE)

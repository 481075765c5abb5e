"""``govassist conversations`` and ``govassist replay``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from assistant.conversations.conversation import ConversationTurn
from assistant.printing import print_answer, print_or_write
from assistant.terminal import (
    DEFAULT_LIBRARY,
    Embedder,
    Json,
    Library,
    Model,
    open_library,
    out,
    print_json,
    reported,
)

Id = Annotated[str, typer.Argument(help="The conversation's id, or its first 6 or more letters.")]

conversations = typer.Typer(
    help="List, show, rename, delete or export conversations.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@conversations.command("list")
@reported
def list_(
    search: Annotated[
        str, typer.Option("--search", "-s", help="Only those in which these words stand.")
    ] = "",
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
    json_: Json = False,
) -> None:
    """List conversations, the last changed first."""
    with open_library(library, embedder) as assistant:
        found = assistant.conversations.list(search)
    if json_:
        print_json(found)
        return
    table = Table("id", "title", "questions", "last changed")
    for one in found:
        changed = one.changed[:16].replace("T", " ")
        table.add_row(one.id, escape(one.title), str(one.turns), changed)
    out.print(table)


@conversations.command()
@reported
def show(
    conversation: Id,
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
    json_: Json = False,
) -> None:
    """Show a conversation."""
    with open_library(library, embedder) as assistant:
        found = assistant.conversations.open(conversation)
        title, turns = found.title, found.turns
    if json_:
        print_json({"title": title, "turns": turns})
        return
    out.print(f"[bold]{escape(title)}[/]")
    for turn in turns:
        _print_turn(turn)


@conversations.command()
@reported
def rename(
    conversation: Id,
    title: Annotated[str, typer.Argument(help="Its new title.")],
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
    json_: Json = False,
) -> None:
    """Give a conversation another title."""
    with open_library(library, embedder) as assistant:
        found = assistant.conversations.open(conversation)
        found.rename(title)
    if json_:
        print_json({"id": found.id, "title": found.title})
    else:
        out.print(f"{found.id} is now “{escape(found.title)}”.")


@conversations.command()
@reported
def delete(
    conversation: Id,
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
    json_: Json = False,
) -> None:
    """Delete a conversation, with the records of its answers."""
    with open_library(library, embedder) as assistant:
        found = assistant.conversations.open(conversation)
        found.delete()
    if json_:
        print_json({"deleted": found.id, "title": found.title})
    else:
        out.print(f"Deleted “{escape(found.title)}” ({found.id}).")


@conversations.command()
@reported
def export(
    conversation: Id,
    form: Annotated[
        str,
        typer.Option(
            "--as", help="markdown or json; or apa, bibtex, ris or csl for what was cited."
        ),
    ] = "markdown",
    to: Annotated[Path | None, typer.Option("--to", help="A file; printed where none.")] = None,
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
) -> None:
    """Write a conversation to a file, or its references."""
    with open_library(library, embedder) as assistant:
        text = assistant.conversations.open(conversation).export(form)  # type: ignore[arg-type]
    print_or_write(text, to)


@reported
def replay(
    record: Annotated[str, typer.Argument(help="The id of an answer's record.")],
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
    model: Model = None,
    json_: Json = False,
) -> None:
    """Answer a recorded question again, and show what changed."""
    with open_library(library, embedder, model=model) as assistant:
        again = assistant.replay(record)
    if json_:
        print_json(again)
        return
    out.print(f"[bold]{escape(again.before.question)}[/]  ({again.before.created[:16]})")
    for change in again.changes or ("Nothing changed.",):
        out.print(f"- {escape(change)}")
    if again.before.answer.text != again.after.answer.text:
        for name, one in (("Then", again.before), ("Now", again.after)):
            out.print(f"\n[bold]{name}, by {escape(one.model)}[/]")
            print_answer(one.answer)


def _print_turn(turn: ConversationTurn) -> None:
    out.print(f"\n[bold]{escape(turn.question)}[/]")
    if turn.answer:
        print_answer(turn.answer)
    else:
        out.print("[dim]This was not answered.[/]")

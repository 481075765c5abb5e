"""The commands about the papers of a library: list, correct, export, examine, remove."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from assistant.printing import print_health, print_or_write, print_paper
from assistant.references import author_names
from assistant.serialize import to_json
from assistant.terminal import (
    DEFAULT_LIBRARY,
    Embedder,
    Json,
    Library,
    open_library,
    out,
    print_json,
    reported,
)
from assistant.types import PaperHealth
from ingest.errors import BadCorrection

PaperId = Annotated[str, typer.Argument(help="The paper's id, or its first 6 or more letters.")]


def _option(what: str) -> Any:
    return typer.Option(help=f"With --edit: {what}", show_default=False)


@reported
def papers(  # noqa: PLR0913, PLR0917 - an option each
    edit: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Correct this paper by hand, with the options below."),
    ] = None,
    title: Annotated[str | None, _option("its title.")] = None,
    author: Annotated[
        list[str] | None, _option("an author, an organisation in braces. May be repeated.")
    ] = None,
    year: Annotated[int | None, _option("its year.")] = None,
    venue: Annotated[str | None, _option("its journal or proceedings.")] = None,
    doi: Annotated[str | None, _option("its DOI.")] = None,
    keyword: Annotated[list[str] | None, _option("a keyword. May be repeated.")] = None,
    abstract: Annotated[str | None, _option("its abstract.")] = None,
    language: Annotated[str | None, _option("its language: en, zh, …")] = None,
    take_back: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", help="With --edit: the value that the file gives again."),
    ] = None,
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
    json_: Json = False,
) -> None:
    """List the papers, or correct what is known about one."""
    given = {
        "title": title,
        "authors": author or None,
        "year": year,
        "venue": venue,
        "doi": doi,
        "keywords": keyword or None,
        "abstract": abstract,
        "language": language,
    }
    fields: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    fields |= dict.fromkeys(take_back or ())
    if edit:
        _edit(edit, fields, library, embedder, json_=json_)
    elif fields:
        raise BadCorrection("Say which paper to correct: `govassist papers --edit ID`.")
    else:
        _list(library, embedder, json_=json_)


def _edit(
    paper_id: str, fields: dict[str, Any], library: Path, embedder: str | None, *, json_: bool
) -> None:
    with open_library(library, embedder) as assistant:
        paper = assistant.update(paper_id, **fields)
    if json_:
        print_json(paper)
    else:
        print_paper(paper)


def _list(library: Path, embedder: str | None, *, json_: bool) -> None:
    with open_library(library, embedder) as assistant:
        listed = assistant.papers()
        counts = [assistant.count_passages(paper.id) for paper in listed]
    if json_:
        print_json([{**to_json(p), "passages": n} for p, n in zip(listed, counts, strict=True)])
        return
    table = Table("id", "title", "authors", "year", "passages")
    for paper, count in zip(listed, counts, strict=True):
        authors = ", ".join(author_names(paper))
        cells = (paper.id[:8], paper.title, authors, str(paper.year or ""), str(count))
        table.add_row(*map(escape, cells))
    out.print(table, soft_wrap=False)


@reported
def remove(
    paper_id: PaperId,
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
    json_: Json = False,
) -> None:
    """Take a paper out of the library. Its file stays, but one uploaded in the app goes, too."""
    with open_library(library, embedder) as assistant:
        removed = assistant.remove(paper_id)
    if json_:
        print_json({"removed": removed})
    else:
        out.print(f"Removed {escape(removed.title)} ({removed.id[:8]}).")


@reported
def export(
    form: Annotated[
        str, typer.Option("--as", help="bibtex, ris or csl (CSL-JSON); or apa, to be read.")
    ] = "bibtex",
    to: Annotated[Path | None, typer.Option("--to", help="A file; printed where none.")] = None,
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
) -> None:
    """Write the papers of the library as a bibliography."""
    with open_library(library, embedder) as assistant:
        text = assistant.export(form)  # type: ignore[arg-type]
    print_or_write(text, to)


@reported
def health(
    paper_id: Annotated[
        str | None, typer.Argument(help="Only this paper, by its id.", show_default=False)
    ] = None,
    library: Library = DEFAULT_LIBRARY,
    embedder: Embedder = None,
    json_: Json = False,
) -> None:
    """Say how well the papers could be read, the worst first."""
    with open_library(library, embedder) as assistant:
        found = assistant.health(paper_id)
    if json_:
        print_json(found)
    elif paper_id:
        print_health(found[0])
    else:
        _table(found)


def _table(found: list[PaperHealth]) -> None:
    table = Table("score", "id", "title", "what to look at")
    for one in found:
        problems = "\n".join(one.problems)
        table.add_row(str(one.score), one.paper.id[:8], escape(one.paper.title), escape(problems))
    out.print(table, soft_wrap=False)


@reported
def duplicates(
    library: Library = DEFAULT_LIBRARY, embedder: Embedder = None, json_: Json = False
) -> None:
    """Find papers that are much the same.

    Nothing is removed.
    """
    with open_library(library, embedder) as assistant:
        found = assistant.duplicates()
    if json_:
        print_json(found)
        return
    for pair in found:
        for paper in (pair.paper, pair.other):
            out.print(f"{paper.id[:8]}  {escape(paper.title)}  [dim]{escape(paper.source_path)}[/]")
        out.print(f"          {escape(', '.join(pair.reasons))}\n")
    said = "pair of papers is" if len(found) == 1 else "pairs of papers are"
    out.print(f"{len(found)} {said} much the same.")

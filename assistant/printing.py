"""What ``govassist`` prints of reports, hits and answers."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape

from assistant.api import Assistant
from assistant.references import author_names
from assistant.terminal import err, out
from assistant.types import QUOTING, AddReport, Answer, Hit, PaperHealth
from ingest.errors import BadSettings, LibraryUnwritable
from ingest.types import Paper


def print_answer(answer: Answer) -> None:
    """Print an answer, what it cites, which sentences are in doubt, and its notices."""
    if answer.standalone:
        out.print(f"[dim]Understood as: {escape(answer.standalone)}[/]\n")
    out.print(escape(answer.text))
    doubtful = [sentence for sentence in answer.sentences if sentence.verdict != "supported"]
    if doubtful:
        out.print()
    for sentence in doubtful:
        why = f" ({'; '.join(sentence.reasons)})" if sentence.reasons else ""
        said = escape(f"{sentence.verdict}{why}: {sentence.text}")
        out.print(f"[yellow]! {said}[/]")
    if answer.citations:
        out.print()
    for citation in answer.citations:
        out.print(f"[bold]{escape(f'[{citation.number}]')}[/] {escape(citation.reference)}")
        if citation.planted:
            out.print(f"    [yellow]{escape(citation.planted)}[/]")
    if answer.by != QUOTING:
        out.print(f"\n[dim]Written by {escape(answer.by)}.[/]")
    for notice in answer.notices:
        err.print(f"[yellow]Note:[/] {escape(notice)}")


def print_report(report: AddReport, library: Path) -> None:
    """Print what became of each file."""
    for file in report.files:
        if file.status == "failed":
            err.print(f"[bold red]failed[/]    {escape(file.reason or file.path)}")
        else:
            passages = f" ({file.passages} passages)" if file.passages else ""
            out.print(f"{file.status:<9} {escape(file.title or file.path)}{passages}")
        for warning in file.warnings:
            err.print(f"[yellow]Note:[/] {escape(Path(file.path).name)}: {escape(warning)}")
    for notice in report.notices:
        err.print(f"[yellow]Note:[/] {escape(notice)}")
    counts = ", ".join(
        f"{len(getattr(report, status))} {status}"
        for status in ("added", "replaced", "unchanged", "failed")
        if getattr(report, status)
    )
    out.print(f"{escape(str(library))}: {counts}")


def print_hits(assistant: Assistant, hits: list[Hit]) -> None:
    """Print passages with their places."""
    titles = {paper.id: paper.title for paper in assistant.papers()}
    for number, hit in enumerate(hits, 1):
        place = " > ".join((titles[hit.paper_id], *hit.section))
        out.print(f"[bold]{number}. {escape(place)}[/]  [dim]{hit.score:.2f}[/]")
        out.print(f"   {escape(hit.passage.text)}\n")


def print_paper(paper: Paper) -> None:
    """Print what is known about a paper, where it was found and how sure it is."""
    out.print(f"[bold]{escape(paper.title)}[/]  [dim]{paper.id[:8]}[/]")
    for name, where in paper.found.items():
        value = author_names(paper) if name == "authors" else getattr(paper, name)
        shown = "; ".join(value) if isinstance(value, (list, tuple)) else str(value or "none")
        out.print(f"{name:<13}{escape(shown)}  [dim]{where}, {paper.sureness(name)}[/]")


def print_health(health: PaperHealth) -> None:
    """Print how well a paper's file could be read."""
    print_paper(health.paper)
    out.print(f"\n{'score':<13}{health.score} of 100")
    if report := health.report:
        out.print(f"{'file':<13}{report.kind}, {report.pages or 'no'} pages")
        out.print(f"{'words':<13}{report.words:,} ({report.words_a_page:,.0f} a page)")
        out.print(f"{'characters':<13}{report.characters:,}")
        out.print(f"{'references':<13}{report.references:.0%} of the characters")
        out.print(f"{'footnotes':<13}{report.footnotes:.0%} of the characters")
        for left in report.left_out:
            out.print(f"{'left out':<13}{left.count} {escape(f'{left.what}: {left.why}')}")
    for problem in health.problems:
        out.print(f"[yellow]![/] {escape(problem)}")


def print_or_write(text: str, to: Path | None) -> None:
    """Print a text, or write it to a file that is not there yet.

    Args:
        text: The text.
        to: The file, which ``--to`` names; None to print.

    Raises:
        BadSettings: There is such a file.
        LibraryUnwritable: It cannot be written.
    """
    if to is None:
        print(text, end="" if text.endswith("\n") else "\n")
        return
    if to.exists():
        raise BadSettings(f"{to}: there is a file already. Name another with --to.")
    try:
        to.write_text(text, "utf-8")
    except OSError as error:
        raise LibraryUnwritable(f"{to}: cannot be written ({error.strerror}).") from error
    out.print(f"Written to {escape(str(to))}.")

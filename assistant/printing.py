"""What ``govassist`` prints of reports, hits and answers."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape

from assistant.api import Assistant
from assistant.terminal import err, out
from assistant.types import QUOTING, AddReport, Answer, Hit


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
            err.print(f"[yellow]Note:[/] {escape(file.path)}: {escape(warning)}")
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

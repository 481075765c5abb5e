"""The command ``govassist evaluate``.

Exit codes: 0 done, 1 worse than the baseline beyond chance, 2 bad use or bad input.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import SearchSettings
from assistant.terminal import (
    DEFAULT_LIBRARY,
    Embedder,
    Json,
    Library,
    Model,
    follow,
    open_library,
    print_json,
    progress_bar,
)

WORSE = 1

Questions = Annotated[Path, typer.Argument(help="Golden questions, JSON Lines.")]
Config = Annotated[Path | None, typer.Option(help="TOML file with search settings.")]
Depth = Annotated[int, typer.Option(help="How many passages of each question are ranked.")]
Run = Annotated[
    Path | None, typer.Option("--out", help="Write the run to this file, for --against.")
]
Compact = Annotated[
    bool, typer.Option("--compact", help="With --out: only what a comparison needs.")
]
Against = Annotated[
    Path | None, typer.Option(help="Compare with this run; exit code 1 when worse beyond chance.")
]
Report = Annotated[Path | None, typer.Option(help="Write a report to this HTML file.")]
Trec = Annotated[Path | None, typer.Option(help="Write TREC run and qrels files to this folder.")]
Answers = Annotated[
    bool,
    typer.Option(
        "--answers", help="Measure the answers, too, by quoting or by --model; not kept by --out."
    ),
]


def evaluate(  # noqa: PLR0913, PLR0917 - one for each option
    questions: Questions,
    library: Library = DEFAULT_LIBRARY,
    config: Config = None,
    depth: Depth = 20,
    run_file: Run = None,
    compact: Compact = False,
    against: Against = None,
    report: Report = None,
    trec: Trec = None,
    answers: Answers = False,
    embedder: Embedder = None,
    model: Model = None,
    json_: Json = False,
) -> None:
    """Measure retrieval on golden questions.

    With --against, compare it with an earlier run.
    """
    from assistant.evaluation import files
    from assistant.evaluation.answers import evaluate_answers
    from assistant.evaluation.compare import compare
    from assistant.evaluation.golden import read_golden
    from assistant.evaluation.trec import write_trec
    from assistant.evaluation_tables import print_answers, print_evaluation

    golden = read_golden(questions)
    settings = SearchSettings.from_file(config) if config else None
    baseline = files.read_run(against) if against else None
    with (
        progress_bar() as progress,
        open_library(
            library, embedder, settings, follow(progress), model=model or "none"
        ) as assistant,
    ):
        run = assistant.evaluate(golden, depth)
        comparison = compare(run, baseline) if baseline else None
        answered = evaluate_answers(assistant, golden, follow(progress)) if answers else None
        papers = {paper.id: paper.title for paper in assistant.papers()}
        if run_file:
            files.write_run(run_file, files.compact(run) if compact else run)
        if trec:
            write_trec(trec, run)
        if report:
            from assistant.evaluation.report import write_report

            write_report(report, assistant, run, baseline)
    if json_:
        print_json({"run": run, "comparison": comparison, "answers": answered})
    else:
        print_evaluation(run, comparison, papers)
        if answered:
            print_answers(answered)
    if comparison and comparison.worse:
        raise typer.Exit(WORSE)

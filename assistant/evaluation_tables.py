"""Runs and comparisons as tables in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from assistant.evaluation.answers import AnswersRun
from assistant.evaluation.compare import GATE, Comparison, Difference
from assistant.evaluation.types import Estimate, EvaluationRun, Refusal
from assistant.terminal import out

HEADLINE = (
    "hit@1",
    "hit@5",
    "hit@10",
    "precision@5",
    "recall@10",
    "MRR@10",
    "nDCG@10",
    "papers@10",
    "span_coverage@4000",
    "best_span_coverage@4000",
)
"""The metrics that are shown; --json and --out hold all."""

_IN_GROUPS = ("hit@5", "nDCG@10", "best_span_coverage@4000")
_COVERAGES = (0.25, 0.5, 0.75, 1.0)
_NAME_WIDTH = 21
_LONGEST = 40


def print_evaluation(
    run: EvaluationRun, comparison: Comparison | None, titles: Mapping[str, str]
) -> None:
    """Print a run: metrics, by group, refusal, and the comparison.

    Args:
        run: The run.
        comparison: With a baseline, or None.
        titles: The papers' titles by id.
    """
    out.print(
        f"{len(run.questions)} questions, {run.papers} papers, {run.passages} passages, "
        f"{escape(run.embedder)}, commit {run.commit[:8]}, index {run.fingerprint[:8]}"
    )
    if run.overall:
        out.print(_overall(run.overall))
        out.print(_groups(run, titles))
    if run.refusal:
        out.print(_refusal(run.refusal))
    if comparison:
        _print_comparison(comparison)


def print_answers(run: AnswersRun) -> None:
    """Print what the answers came to: where the papers answer, where not, and by type.

    Args:
        run: The answers' run.
    """
    titles = {"Answers, answerable questions": run.answerable}
    if run.auroc:
        gate = f"gate's AUROC {run.auroc.mean:.3f} {_interval(run.auroc)}"
        titles[f"Answers, other questions; {gate}"] = run.others
    for title, found in titles.items():
        table = _table(title, "metric", "mean", "95% interval", "n")
        for name, estimate in found.items():
            table.add_row(name, _figure(name, estimate.mean), _interval(estimate), str(estimate.n))
        out.print(table)
    table = _table("Answers by type", "", "n", "answer_half", "refused", "handled")
    for kind, found in run.by_type.items():
        cells = [
            f"{found[m].mean:.3f} {_interval(found[m])}" if m in found else ""
            for m in ("answer_half", "refused", "handled")
        ]
        table.add_row(_shortened(kind), str(found["refused"].n), *cells)
    out.print(table)


def _figure(name: str, mean: float) -> str:
    return f"{mean:.0f}" if name == "characters" else f"{mean:.3f}"


def _overall(overall: Mapping[str, Estimate]) -> Table:
    count = max(estimate.n for estimate in overall.values())
    table = _table(f"{count} answerable questions", "metric", "mean", "95% interval")
    for name in HEADLINE:
        if name in overall:
            table.add_row(name, f"{overall[name].mean:.3f}", _interval(overall[name]))
    return table


def _groups(run: EvaluationRun, titles: Mapping[str, str]) -> Table:
    table = _table("By type, language and paper", "", "n", *_IN_GROUPS)
    table.columns[0].max_width = _NAME_WIDTH
    for group, values in run.by.items():
        table.add_section()
        for value, estimates in values.items():
            name = _shortened(titles.get(value, value) if group == "paper" else value)
            cells = [f"{estimates[m].mean:.3f} {_interval(estimates[m])}" for m in _IN_GROUPS]
            table.add_row(name, str(estimates[_IN_GROUPS[0]].n), *cells)
    return table


def _refusal(refusal: Refusal) -> Table:
    """The risk where at least some share of the questions is answered, the surest first."""
    area = refusal.auroc
    title = f"Not in the papers: AUROC {area.mean:.3f} {_interval(area)}, {area.n} questions"
    table = _table(title, "share answered", "of these without an answer", "confidence from")
    for share in _COVERAGES:
        point = next(point for point in refusal.curve if point.coverage >= share)
        table.add_row(f"{point.coverage:.2f}", f"{point.risk:.3f}", f"{point.threshold:.3f}")
    return table


def _print_comparison(comparison: Comparison) -> None:
    title = f"Against {comparison.baseline_commit[:8]}, {comparison.questions} questions"
    numbers = ("baseline", "run", "difference", "p", "won/lost", "")
    table = _table(title, "metric", *numbers)
    for name in HEADLINE:
        if name in comparison.differences:
            table.add_row(*_compared(comparison.differences[name]))
    out.print(table)
    for name in GATE:
        difference = comparison.differences.get(name)
        if difference:
            _print_questions(f"{name} won", difference.won)
            _print_questions(f"{name} lost", difference.lost)
    for note in comparison.notes:
        out.print(f"[yellow]Note:[/] {escape(note)}")
    if comparison.worse:
        out.print(f"[bold red]Worse than the baseline:[/] {', '.join(comparison.worse)}")
    else:
        out.print(f"Not worse than the baseline beyond chance in {', '.join(GATE)}.")


def _compared(difference: Difference) -> Sequence[str]:
    change = difference.difference
    verdict = "worse" if difference.worse else "better" if difference.better else ""
    return (
        difference.metric,
        f"{difference.baseline:.3f}",
        f"{difference.run:.3f}",
        f"{change.mean:+.3f} {_interval(change, sign='+')}",
        f"{difference.p:.4f}",
        f"{len(difference.won)}/{len(difference.lost)}",
        verdict,
    )


def _table(title: str, name: str, *numbers: str) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE, pad_edge=False)
    table.add_column(name)
    for heading in numbers:
        table.add_column(heading, justify="right")
    return table


def _print_questions(what: str, ids: Sequence[str]) -> None:
    if ids:
        out.print(f"{what}: {escape(', '.join(ids))}")


def _interval(estimate: Estimate, sign: str = "") -> str:
    return rf"\[{estimate.low:{sign}.3f}, {estimate.high:{sign}.3f}]"


def _shortened(text: str) -> str:
    return escape(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")

"""Runs and comparisons as HTML: tiles, tables, verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from assistant import Paper
from assistant.evaluation.compare import GATE, Comparison, Difference
from assistant.evaluation.report import MetricTable, metric_tables, paper_names
from assistant.evaluation.report_figures import interval, number, signed
from assistant.evaluation.types import Estimate, EvaluationRun
from assistant.views.markup import block, details
from assistant.views.spoken import spoken
from assistant.views.words import _


def run_html(run: EvaluationRun, papers: Sequence[Paper]) -> str:
    """A run: what decides, all metrics, and those by type, language and paper.

    Args:
        run: The run.
        papers: The library's papers, for their names.

    Returns:
        HTML in which everything from questions and papers is escaped.
    """
    facts = _(
        "{questions} questions, {papers} papers, {passages} passages, {embedder}, commit {commit}",
        questions=len(run.questions),
        papers=run.papers,
        passages=run.passages,
        embedder=run.embedder,
        commit=run.commit[:8],
    )
    if not run.overall:
        nothing = _("None of the questions is answered by the papers, so there is nothing to find.")
        return block(f'<p>{escape(nothing)}</p><p class="note">{escape(facts)}</p>')
    note = _("Means; in brackets their 95% intervals, from the variation between questions.")
    tables = "".join(_metric_table(table, run.overall) for table in metric_tables(run.overall))
    names = {"type": {}, "language": {}, "paper": paper_names(papers)}
    titles = {"type": _("By type"), "language": _("By language"), "paper": _("By paper")}
    groups = "".join(
        _group_table(titles[group], values, names[group]) for group, values in run.by.items()
    )
    everything = details(_("All metrics"), tables)
    return block(
        f'{_tiles(run)}<p class="note">{escape(note)} {escape(facts)}</p>{groups}{everything}'
    )


def comparison_html(comparison: Comparison, questions: Mapping[str, str]) -> str:
    """Whether a run is better or worse than another, by which metrics and questions.

    Args:
        comparison: The comparison.
        questions: The wording of the questions by id.

    Returns:
        HTML in which everything from questions is escaped.
    """
    verdicts = "".join(f"<p><b>{escape(text)}</b></p>" for text in _verdicts(comparison))
    deciding = [comparison.differences[m] for m in GATE if m in comparison.differences]
    notes = "".join(f'<p class="note">{escape(spoken(note))}</p>' for note in comparison.notes)
    lists = "".join(_won_and_lost(difference, questions) for difference in deciding)
    label = _("All metrics")
    table = _difference_table(label, list(comparison.differences.values()))
    caption = _("What decides, over {n} questions that both have", n=comparison.questions)
    decided = _difference_table(caption, deciding)
    return block(f"{verdicts}{notes}{decided}{lists}{details(label, table)}")


def _verdicts(comparison: Comparison) -> list[str]:
    better = [m for m in GATE if m in comparison.differences and comparison.differences[m].better]
    verdicts = []
    if comparison.worse:
        verdicts.append(
            _("▼ Worse beyond chance in {metrics}.", metrics=", ".join(comparison.worse))
        )
    if better:
        verdicts.append(_("▲ Better beyond chance in {metrics}.", metrics=", ".join(better)))
    return verdicts or [_("● No difference beyond chance in {metrics}.", metrics=", ".join(GATE))]


def _tiles(run: EvaluationRun) -> str:
    meanings = {
        "hit@5": _("Questions with an answer among the first five passages"),
        "nDCG@10": _("How well the first ten passages are ordered, the best on top"),
        "best_span_coverage@4000": _("How much of a full answer is in the first 4,000 characters"),
    }
    tiles = [_tile(name, run.overall[name], meanings[name]) for name in GATE]
    if run.refusal:
        meaning = _("How well questions without an answer are told; 0.5 is a guess")
        tiles.append(_tile("AUROC", run.refusal.auroc, meaning))
    return f'<dl class="tiles">{"".join(tiles)}</dl>'


def _tile(name: str, estimate: Estimate, meaning: str) -> str:
    return (
        f"<div><dt>{escape(name)}</dt><dd><b>{number(estimate.mean)}</b> {interval(estimate)}"
        f'<br><span class="note">{escape(meaning)}</span></dd></div>'
    )


def _metric_table(table: MetricTable, overall: Mapping[str, Estimate]) -> str:
    captions = {
        "passages": _("By the number of passages read"),
        "characters": _("By the number of characters read"),
    }
    rows = [
        (family, *(_cell(overall.get(cells.get(cutoff, ""))) for cutoff in table.cutoffs))
        for family, cells in table.rows.items()
    ]
    return _table(captions[table.title], (_("Metric"), *table.cutoffs), rows)


def _group_table(
    title: str, values: Mapping[str, Mapping[str, Estimate]], names: Mapping[str, str]
) -> str:
    rows = [
        (
            escape(names.get(value, value.replace("_", " "))),
            str(found[GATE[0]].n),
            *(_cell(found.get(metric)) for metric in GATE),
        )
        for value, found in values.items()
    ]
    return _table(title, (_("Group"), _("Questions"), *GATE), rows)


def _difference_table(title: str, differences: Sequence[Difference]) -> str:
    rows = [
        (
            difference.metric,
            number(difference.baseline),
            number(difference.run),
            f"{signed(difference.difference.mean)} <span class='low'>"
            f"{interval(difference.difference)}</span>",
            f"{difference.p:.4f}",
            f"{len(difference.won)} / {len(difference.lost)}",
            _judged(difference),
        )
        for difference in differences
    ]
    head = (
        _("Metric"),
        _("Baseline"),
        _("Run"),
        _("Difference"),
        "p",
        _("Won / lost"),
        _("Beyond chance"),
    )
    return _table(title, head, rows)


def _judged(difference: Difference) -> str:
    if difference.worse:
        return escape(_("▼ worse"))
    return escape(_("▲ better") if difference.better else _("no"))


def _won_and_lost(difference: Difference, questions: Mapping[str, str]) -> str:
    shown = ""
    for title, ids in (
        (_("{metric}: questions won", metric=difference.metric), difference.won),
        (_("{metric}: questions lost", metric=difference.metric), difference.lost),
    ):
        if ids:
            items = "".join(
                f"<li>{escape(questions.get(key, ''))} <code>{escape(key)}</code></li>"
                for key in ids
            )
            shown += details(f"{title} ({len(ids)})", f'<ul class="ids">{items}</ul>')
    return shown


def _cell(estimate: Estimate | None) -> str:
    if estimate is None:
        return ""
    return f'{number(estimate.mean)}<br><span class="low">{interval(estimate)}</span>'


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows whose cells are HTML, under a head of plain words."""
    columns = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
        for first, *cells in rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(title)}"><table>'
        f"<caption>{escape(title)}</caption><thead><tr>{columns}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )

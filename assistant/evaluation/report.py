"""A run, or a comparison with a baseline, as one HTML page that needs nothing else.

Everything from papers and questions is data: the template escapes it, and a
content security policy lets the page run its own script and load nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assistant.evaluation.compare import GATE, compare
from assistant.evaluation.report_figures import (
    Figure,
    group_figure,
    interval,
    number,
    recall_figure,
    refusal_figure,
    signed,
)
from assistant.evaluation.report_questions import CHANGES, DECISIVE, OUTCOMES, question_views
from assistant.evaluation.types import EvaluationRun
from assistant.references import author_names
from ingest.errors import BadGolden
from ingest.types import Paper

if TYPE_CHECKING:
    from assistant.api import Assistant

_TEMPLATES = Path(__file__).parent / "templates"


class MetricTable(NamedTuple):
    """Metrics that are cut at the same places: a row for each, a column for each cutoff."""

    title: str
    cutoffs: Sequence[str]
    rows: Mapping[str, Mapping[str, str]]


class Setting(NamedTuple):
    """One thing that makes a run what it is; empty where a run does not have it."""

    name: str
    run: str
    baseline: str = ""


def write_report(
    path: Path, assistant: Assistant, run: EvaluationRun, baseline: EvaluationRun | None = None
) -> None:
    """Write a run as an HTML page; the same run gives the same bytes.

    Args:
        path: The file; folders on the way are made.
        assistant: An assistant on the library that was asked, for the passages' text.
        run: The run.
        baseline: A run to show beside it, or None.

    Raises:
        BadGolden: The file cannot be written, or the runs have no answerable
            question in common.
    """
    page = report_html(assistant, run, baseline)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, "utf-8", newline="\n")
    except OSError as error:
        raise BadGolden(
            f"{path}: the report cannot be written ({error.strerror}). "
            "Name a file in a folder that you may write to."
        ) from error


def report_html(
    assistant: Assistant, run: EvaluationRun, baseline: EvaluationRun | None = None
) -> str:
    """A run as an HTML page; the same run gives the same text.

    Args:
        assistant: See `write_report`.
        run: The run.
        baseline: A run to show beside it, or None.

    Returns:
        The page, which needs nothing else.

    Raises:
        BadGolden: The runs have no answerable question in common.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": number, "signed": signed, "interval": interval}
    script = (_TEMPLATES / "report.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    papers = assistant.papers()
    names = paper_names(papers)
    comparison = compare(run, baseline) if baseline else None
    return environment.get_template("report.html").render(
        run=run,
        baseline=baseline,
        comparison=comparison,
        gate=GATE,
        decisive=DECISIVE,
        outcomes=OUTCOMES,
        changes=CHANGES,
        tables=metric_tables(run.overall),
        metric_tables=metric_tables,
        settings=list(_settings(run, baseline)),
        papers=[(names[paper.id], paper) for paper in papers],
        groups=_groups(run, baseline, names),
        curves=list(_curves(run, baseline)),
        questions=list(question_views(assistant, names, run, baseline)),
        types=sorted({question.type for question in run.questions}),
        languages=sorted({question.language for question in run.questions}),
        style=(_TEMPLATES / "report.css").read_text("utf-8"),
        script=script,
        script_digest=digest,
    )


def metric_tables(names: Iterable[str]) -> list[MetricTable]:
    """Sort metrics by what they are cut at.

    Args:
        names: Names like ``recall@10``.

    Returns:
        A table of those cut at passages, and of those cut at characters, as far
        as there are any; its cells are the metrics' names.
    """
    families: dict[str, dict[str, str]] = {}
    for name in names:
        family, _, cutoff = name.partition("@")
        families.setdefault(family, {})[cutoff] = name
    tables = []
    for title, wanted in (("passages", False), ("characters", True)):
        rows = {f: cells for f, cells in families.items() if f.endswith("coverage") == wanted}
        cutoffs = sorted({cutoff for cells in rows.values() for cutoff in cells}, key=int)
        if rows:
            tables.append(MetricTable(title, cutoffs, rows))
    return tables


def paper_names(papers: Sequence[Paper]) -> dict[str, str]:
    """What to call papers: by authors and year, by title where that is not unique.

    Args:
        papers: The papers of a library.

    Returns:
        Names by id.
    """
    by_author = {paper.id: _authors_and_year(paper) for paper in papers}
    taken = Counter(by_author.values())
    return {
        paper.id: name if name and taken[name] == 1 else f"{paper.title} ({paper.id[:6]})"
        for paper in papers
        for name in (by_author[paper.id],)
    }


def _settings(run: EvaluationRun, baseline: EvaluationRun | None) -> Iterator[Setting]:
    ours, theirs = _described(run), _described(baseline) if baseline else {}
    for name in dict.fromkeys((*ours, *theirs)):
        yield Setting(name, ours.get(name, ""), theirs.get(name, ""))


def _described(run: EvaluationRun) -> dict[str, str]:
    return {
        "commit": run.commit,
        "index": run.fingerprint,
        "embedder": run.embedder,
        "papers": str(run.papers),
        "passages": str(run.passages),
        "ranked passages of each question": str(run.depth),
        **{f"settings: {name}": str(value) for name, value in run.settings.items()},
    }


def _groups(
    run: EvaluationRun, baseline: EvaluationRun | None, names: Mapping[str, str]
) -> list[Figure]:
    return [group_figure(group, run, baseline, names) for group, values in run.by.items() if values]


def _curves(run: EvaluationRun, baseline: EvaluationRun | None) -> Iterator[Figure]:
    if run.overall:
        yield recall_figure(run, baseline)
    if run.refusal:
        yield refusal_figure(run.refusal, baseline.refusal if baseline else None)


def _authors_and_year(paper: Paper) -> str:
    names = author_names(paper)
    shown = " and ".join(names) if len(names) <= 2 else f"{names[0]} et al."
    return f"{shown} ({paper.year})" if shown and paper.year else shown

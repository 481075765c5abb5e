"""The report as a file: the same bytes for the same run, and what is in it.

How it looks and works is tested in test_report_browser.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.evaluation.charts import Row, interval_chart
from assistant.evaluation.files import compact
from assistant.evaluation.marking import Texts
from assistant.evaluation.report import metric_tables, paper_names, write_report
from assistant.evaluation.types import Estimate, EvaluationRun, GoldenSpan
from ingest.errors import BadGolden
from ingest.types import Paper
from tests.assistant.evaluation.reports import QUESTIONS, by_words_alone

FEW = tuple(question for i, question in enumerate(QUESTIONS) if i % 6 == 0)


@pytest.fixture(scope="module")
def asked(samples_library: Path) -> Iterator[Assistant]:
    with Assistant.open(samples_library) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def run(asked: Assistant) -> EvaluationRun:
    return asked.evaluate(FEW)


@pytest.fixture(scope="module")
def baseline(samples_library: Path) -> EvaluationRun:
    return by_words_alone(samples_library, FEW)


def written(folder: Path, assistant: Assistant, *runs: EvaluationRun) -> str:
    write_report(folder / "report.html", assistant, *runs)
    return (folder / "report.html").read_text("utf-8")


def test_the_same_run_gives_the_same_bytes(
    asked: Assistant, run: EvaluationRun, baseline: EvaluationRun, tmp_path: Path
) -> None:
    pages = []
    for name in ("one", "new/folder/two"):
        path = tmp_path / f"{name}.html"
        write_report(path, asked, run, baseline)
        pages.append(path.read_bytes())
    assert pages[0] == pages[1]


def test_it_names_no_folder_of_this_machine_and_no_other_site(
    asked: Assistant, run: EvaluationRun, samples_library: Path, tmp_path: Path
) -> None:
    page = written(tmp_path, asked, run)
    assert str(samples_library) not in page
    assert "/samples/" not in page
    assert not re.search(r"https?://(?!www\.w3\.org/)", page)


def test_all_questions_of_the_samples_are_a_page_of_a_few_megabytes(
    asked: Assistant, samples_library: Path, tmp_path: Path
) -> None:
    run, baseline = asked.evaluate(QUESTIONS), by_words_alone(samples_library, QUESTIONS)
    page = written(tmp_path, asked, run, baseline)
    assert all(f'id="q-{question.id}"' in page for question in QUESTIONS)
    assert len(page.encode()) < 4_000_000


def test_what_a_run_cannot_have_is_left_out(asked: Assistant, tmp_path: Path) -> None:
    answerable = tuple(q for q in FEW if q.answerable)
    others = tuple(q for q in QUESTIONS if not q.answerable)
    one, rest = asked.evaluate(answerable[:1], depth=1), asked.evaluate(others)
    assert "No curve of risk and coverage" in written(tmp_path, asked, one)
    page = written(tmp_path, asked, rest)
    assert "None of the questions is answerable" in page
    assert "<svg" not in page


def test_a_baseline_without_rankings_is_said_to_have_none(
    asked: Assistant, run: EvaluationRun, baseline: EvaluationRun, tmp_path: Path
) -> None:
    page = written(tmp_path, asked, run, compact(baseline))
    assert page.count("The baseline keeps no rankings") == len(run.questions)
    assert 'aria-label="Baseline"' not in page


def test_a_question_for_which_the_baseline_found_nothing_says_so(
    asked: Assistant, run: EvaluationRun, baseline: EvaluationRun, tmp_path: Path
) -> None:
    results = (replace(baseline.results[0], ranking=()), *baseline.results[1:])
    page = written(tmp_path, asked, run, replace(baseline, results=results))
    assert page.count("Nothing was found.") == sum(not result.ranking for result in results)
    assert page.count('aria-label="Baseline"') == len(run.questions)


def test_questions_that_the_baseline_lacks_are_shown_alone(
    asked: Assistant, run: EvaluationRun, baseline: EvaluationRun, tmp_path: Path
) -> None:
    asked_otherwise = replace(baseline.questions[0], question="Something else?")
    baseline = replace(baseline, questions=(asked_otherwise, *baseline.questions[1:]))
    page = written(tmp_path, asked, run, baseline)
    assert page.count("The baseline does not have this question") == 1
    assert page.count('aria-label="Baseline"') == len(run.questions) - 1


def test_a_baseline_on_another_paper_shows_without_its_text(
    asked: Assistant, run: EvaluationRun, baseline: EvaluationRun, tmp_path: Path
) -> None:
    first = baseline.results[0]
    elsewhere = tuple(replace(passage, paper_id="f" * 64) for passage in first.ranking)
    results = (replace(first, ranking=elsewhere), *baseline.results[1:])
    page = written(tmp_path, asked, run, replace(baseline, results=results))
    assert page.count("The library does not hold this paper") == len(elsewhere)


def test_runs_with_nothing_in_common_are_refused(
    asked: Assistant, run: EvaluationRun, tmp_path: Path
) -> None:
    baseline = replace(run, questions=(), results=())
    with pytest.raises(BadGolden, match="no answerable question in common"):
        write_report(tmp_path / "report.html", asked, run, baseline)


def test_a_path_that_cannot_be_written_is_named(
    asked: Assistant, run: EvaluationRun, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    path = tmp_path / "file" / "report.html"
    with pytest.raises(BadGolden, match=re.escape(str(path))):
        write_report(path, asked, run)
    with pytest.raises(BadGolden, match=re.escape(str(tmp_path))):
        write_report(tmp_path, asked, run)


def test_pieces_are_the_passage_and_overlaps_go_to_the_higher_grade(asked: Assistant) -> None:
    passage = max(asked.passages(), key=lambda passage: len(passage.text))
    start, end = passage.spans[0]
    middle = (start + end) // 2
    golden = [
        GoldenSpan(passage.paper_id, start, middle, 2),
        GoldenSpan(passage.paper_id, middle - 20, end, 3),
        GoldenSpan("f" * 64, start, end, 3),
    ]
    pieces = Texts(asked).marked(passage.paper_id, passage.spans, golden)
    assert "".join(piece.text for piece in pieces) == passage.text
    assert [piece.golden for piece in pieces] == [0, 1]
    source = asked.source(passage.paper_id)
    assert pieces[0].text == source[start : middle - 20]


def test_labels_of_charts_are_letters_not_formulas() -> None:
    estimate = Estimate(0.5, 0.4, 0.6, 3)
    labels = ["$x_1$ & <b>", "多中心治理理论视域下社会治理体系的创新研究与实践"]
    chart = interval_chart([Row(label, estimate) for label in labels], 'a "chart" <of>')
    assert "$x_1$ &amp; &lt;b&gt;" in chart
    assert "多中心治理" in chart
    assert chart.startswith('<svg role="img" aria-label="a &quot;chart&quot; &lt;of&gt;"')


def test_metrics_are_sorted_by_what_they_are_cut_at() -> None:
    passages, characters = metric_tables(
        ["hit@1", "hit@10", "MRR@10", "hit@5", "span_coverage@4000"]
    )
    assert passages.cutoffs == ["1", "5", "10"]
    assert passages.rows["MRR"] == {"10": "MRR@10"}
    assert characters.rows == {"span_coverage": {"4000": "span_coverage@4000"}}


def test_papers_of_the_same_authors_and_year_go_by_their_titles() -> None:
    def paper(identity: str, authors: tuple[str, ...], year: int | None) -> Paper:
        return Paper(identity * 64, f"Title {identity}", "", authors, year=year)

    papers = [
        paper("a", ("Liu Yuzhu",), 2020),
        paper("b", ("Liu Yuzhu",), 2020),
        paper("c", ("Zhang Yi", "Yan", "Zhao"), 2021),
        paper("d", (), 2021),
    ]
    assert list(paper_names(papers).values()) == [
        "Title a (aaaaaa)",
        "Title b (bbbbbb)",
        "Zhang Yi et al. (2021)",
        "Title d (dddddd)",
    ]

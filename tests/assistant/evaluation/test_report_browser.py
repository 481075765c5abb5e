"""The report as an evaluator sees it: a file, opened in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, Page

from assistant import Assistant
from assistant.evaluation.compare import GATE, compare
from assistant.evaluation.report import write_report
from assistant.evaluation.types import EvaluationRun, GoldenQuestion, GoldenSpan
from assistant.types import Turn
from ingest.cleaning import clean
from ingest.types import Span
from tests.app.served import without_space
from tests.assistant.evaluation.reports import OTHER_COMMIT, QUESTIONS, by_words_alone
from tests.conftest import PATIENCE

DECISIVE = "nDCG@10"
PHONE, WIDE = 375, 1280
SHEET = 718
"""A4 between the margins that browsers print with, in pixels."""

PAYLOAD = "<script>alert(1)</script><img src=//example.org/a.png onerror=alert(2)> & <b>"
IN_TEXT = 'Costs rise <img src=x onerror="alert(3)"onload=1> and &lt;b&gt; stays.'
"""What looks like a tag, and is none that cleaning takes out."""


class Reported(NamedTuple):
    """A comparison, where it was written, and each source by paper."""

    path: Path
    run: EvaluationRun
    baseline: EvaluationRun
    sources: dict[str, str]


@pytest.fixture(scope="module")
def reported(samples_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Reported:
    path = tmp_path_factory.mktemp("report") / "report.html"
    baseline = by_words_alone(samples_library, QUESTIONS[::2])
    with Assistant.open(samples_library) as assistant:
        run = assistant.evaluate(QUESTIONS[::2])
        write_report(path, assistant, run, baseline)
        sources = {paper.id: assistant.source(paper.id) for paper in assistant.papers()}
    return Reported(path, run, baseline, sources)


@contextmanager
def opened(browser: Browser, path: Path, **options: Any) -> Iterator[Page]:
    """A page of its own; it may ask for nothing but the file, and complain of nothing."""
    heard: list[str] = []
    with browser.new_context(**options) as context:
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        page.on("request", lambda request: heard.append(request.url))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("dialog", lambda dialog: heard.append(f"dialog: {dialog.message}"))
        page.on("console", lambda said: heard.append(said.text))
        page.goto(path.as_uri())
        yield page
        page.wait_for_load_state()
    assert [said for said in heard if not said.startswith("data:")] == [path.as_uri()]


@pytest.fixture
def page(browser: Browser, reported: Reported) -> Iterator[Page]:
    with opened(browser, reported.path, viewport={"width": WIDE, "height": 900}) as page:
        yield page


def shown(page: Page) -> list[str]:
    """The ids of the questions that are not filtered out."""
    ids = page.locator("article.question:visible").evaluate_all("found => found.map(q => q.id)")
    return [identity.removeprefix("q-") for identity in ids]


def choice(page: Page, label: str) -> Locator:
    return page.locator("#filter").get_by_label(label)


def ids_of(run: EvaluationRun, wanted: Callable[[GoldenQuestion], bool]) -> list[str]:
    return [question.id for question in run.questions if wanted(question)]


def test_the_head_names_what_was_measured(page: Page, reported: Reported) -> None:
    run = reported.run
    head = page.locator("header").inner_text()
    assert f"{len(run.questions)} questions" in head
    assert run.embedder in head
    assert run.commit[:8] in head
    assert run.fingerprint[:8] in head
    assert f"commit {OTHER_COMMIT[:8]}" in head
    configuration = page.locator("#configuration").inner_text()
    assert run.fingerprint in configuration
    differing = page.locator("#configuration tr.differs").all_inner_texts()
    assert [row.split("\t")[0] for row in differing] == ["commit", "settings: dense"]


def test_every_metric_stands_with_its_interval(page: Page, reported: Reported) -> None:
    cells = page.locator("#metrics td:not(:empty)").all_inner_texts()
    expected = [f"{e.mean:.3f} [{e.low:.3f}, {e.high:.3f}]" for e in reported.run.overall.values()]
    assert sorted(cells) == sorted(expected)


def test_the_differences_are_those_of_the_comparison(page: Page, reported: Reported) -> None:
    comparison = compare(reported.run, reported.baseline)
    better = [name for name in GATE if comparison.differences[name].better]
    verdict = page.locator("#comparison .verdict", has_text="Better than the baseline")
    assert better
    assert ", ".join(better) in verdict.inner_text()
    page.get_by_text("All metrics").click()
    rows = page.locator("#comparison details tbody tr").all_inner_texts()
    for text, row in zip(rows, comparison.differences.values(), strict=True):
        cells = text.replace("\N{MINUS SIGN}", "-").split("\t")
        change = row.difference
        assert cells == [
            row.metric,
            f"{row.baseline:.3f}",
            f"{row.run:.3f}",
            f"{change.mean:+.3f} [{change.low:+.3f}, {change.high:+.3f}]",
            f"{row.p:.4f}",
            str(len(row.won)),
            str(len(row.lost)),
            cells[-1],
        ]
        assert ("better" in cells[-1], "worse" in cells[-1]) == (row.better, row.worse)


def test_charts_are_described_and_have_their_figures_behind_them(
    page: Page, reported: Reported
) -> None:
    charts = page.get_by_role("img").evaluate_all(
        "found => found.map(svg => [svg.tagName, svg.getAttribute('aria-label')])"
    )
    assert len(charts) == 3 * 3 + 2
    assert all(tag == "svg" and len(label) > 40 for tag, label in charts)
    figures = page.locator("figure")
    for i in range(figures.count()):
        assert not figures.nth(i).locator("table").is_visible()
        figures.nth(i).locator("summary").press("Enter")
        assert figures.nth(i).locator("table").is_visible()
    zh = page.get_by_role("figure", name="By language").locator("tr", has_text="zh").inner_text()
    assert f"{reported.run.by['language']['zh']['hit@5'].mean:.3f}" in zh


def test_text_in_charts_can_be_read_in_the_light_and_in_the_dark(
    browser: Browser, reported: Reported
) -> None:
    colours = set()
    for scheme in ("light", "dark"):
        with opened(browser, reported.path, color_scheme=scheme) as page:
            ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
            letters = page.locator("svg text").first.evaluate("text => getComputedStyle(text).fill")
            colours.add((ground, letters))
            assert brightness(ground) > 200 if scheme == "light" else brightness(ground) < 60
            assert abs(brightness(ground) - brightness(letters)) > 100
    assert len(colours) == 2


def brightness(colour: str) -> float:
    channels = [float(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    return sum(channels) / 3


def test_questions_are_filtered_by_type_outcome_and_words(page: Page, reported: Reported) -> None:
    run = reported.run
    assert shown(page) == [question.id for question in run.questions]
    choice(page, "Type").select_option("follow_up")
    follow_ups = ids_of(run, lambda q: q.type == "follow_up")
    assert shown(page) == follow_ups
    count = page.locator("#count")
    assert count.inner_text() == f"{len(follow_ups)} of {len(run.questions)} questions"
    page.get_by_role("button", name="Show all").click()
    choice(page, "Outcome").select_option("Answer in the first 5")
    found = {result.id for result in run.results if result.metrics.get("hit@5")}
    assert shown(page) == ids_of(run, lambda q: q.id in found)
    choice(page, "Outcome").select_option("Not in the papers")
    assert shown(page) == ids_of(run, lambda q: not q.answerable)
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("searchbox").fill("NORM entrepreneur")
    assert shown(page) == ["sample-003"]
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("searchbox").fill("no such words")
    assert shown(page) == []
    assert count.inner_text() == f"0 of {len(run.questions)} questions"
    page.get_by_role("button", name="Show all").click()
    assert len(shown(page)) == len(run.questions)


def test_won_and_lost_questions_are_marked_and_found(page: Page, reported: Reported) -> None:
    difference = compare(reported.run, reported.baseline).differences[DECISIVE]
    for word, sign, ids in (("Won", "▲", difference.won), ("Lost", "▼", difference.lost)):
        choice(page, DECISIVE).select_option(word)
        assert shown(page) == list(ids)
        assert all(sign in text for text in page.locator(".change:visible").all_inner_texts())
    won, another = difference.won[:2]
    page.get_by_role("link", name=won).last.click()
    assert page.locator(f"#q-{won} .body").is_visible()
    assert choice(page, DECISIVE).input_value() == ""
    assert not page.locator(f"#q-{another} .body").is_visible()


def test_a_question_shows_all_there_is_to_it(page: Page, reported: Reported) -> None:
    i, asked = next((i, q) for i, q in enumerate(reported.run.questions) if q.history)
    result = reported.run.results[i]
    question = page.locator(f"#q-{asked.id}")
    question.locator("summary").first.press("Enter")
    text = question.inner_text()
    for said in (asked.question, *(turn["content"] for turn in asked.history), asked.answer):
        assert said in text
    assert all(fact in text for fact in asked.key_facts)
    assert f"{result.confidence:.3f}" in text
    ranking = question.get_by_role("region", name="This run").locator("ol.ranking > li")
    assert ranking.count() == len(result.ranking)
    for row, passage in zip(ranking.all(), result.ranking, strict=True):
        shown = row.locator(".scores").inner_text()
        assert f"score {passage.score:.3f}" in shown
        assert all(f"{name} {score:.3f}" in shown for name, score in passage.scores.items())


def test_marks_are_where_golden_spans_are(page: Page, reported: Reported) -> None:
    on_page = page.locator("article.question").evaluate_all(
        """found => found.map(question =>
          [...question.querySelectorAll("section[aria-label='This run'] ol.ranking > li")].map(li =>
            [...li.querySelectorAll("mark")].map(mark => [mark.dataset.golden, mark.textContent])))
        """
    )
    assert any(row for question in on_page for row in question)
    for asked, result, rows in zip(
        reported.run.questions, reported.run.results, on_page, strict=True
    ):
        golden = (*asked.relevant, *asked.contradicted_by)
        for passage, marks in zip(result.ranking, rows, strict=True):
            source = reported.sources[passage.paper_id]
            for i, span in enumerate(golden):
                marked = "".join(text for position, text in marks if int(position) == i)
                here = passage.paper_id == span.paper
                expected = overlap(source, passage.spans, span) if here else ""
                assert without_space(marked) == without_space(expected), asked.id


def overlap(source: str, spans: tuple[Span, ...], golden: GoldenSpan) -> str:
    cut = [Span(max(start, golden.start), min(end, golden.end)) for start, end in spans]
    return clean(source, [span for span in cut if span.start < span.end]).text


def test_a_mark_can_be_told_without_colour(page: Page) -> None:
    page.get_by_role("button", name="Open these").click()
    mark = page.locator("mark.grade-3:visible").first
    assert "underline" in mark.evaluate("mark => getComputedStyle(mark).textDecorationLine")
    assert mark.evaluate("mark => mark.nextElementSibling.textContent") == "grade 3"


def test_missed_spans_are_listed_with_their_text(page: Page, reported: Reported) -> None:
    page.get_by_role("button", name="Open these").click()
    for asked, result in zip(reported.run.questions, reported.run.results, strict=True):
        matched = {i for passage in result.ranking for i in passage.matched}
        missed = [span for i, span in enumerate(asked.relevant) if i not in matched]
        if missed and not asked.contradicted_by:
            texts = page.locator(f"#q-{asked.id} .golden .missed .text").all_inner_texts()
            expected = [reported.sources[span.paper][span.start : span.end] for span in missed]
            assert list(map(without_space, texts)) == list(map(without_space, expected))


def test_rankings_stand_side_by_side_and_on_a_phone_below_each_other(
    browser: Browser, reported: Reported
) -> None:
    asked = reported.run.questions[0]
    for width in (WIDE, PHONE):
        with opened(browser, reported.path, viewport={"width": width, "height": 800}) as page:
            question = page.locator(f"#q-{asked.id}")
            question.locator("summary").first.click()
            before = question.get_by_role("region", name="Baseline").bounding_box()
            after = question.get_by_role("region", name="This run").bounding_box()
            assert before
            assert after
            if width == WIDE:
                assert before["y"] == after["y"]
                assert before["x"] + before["width"] <= after["x"]
            else:
                assert before["y"] + before["height"] <= after["y"]


def test_nothing_is_wider_than_a_phone(browser: Browser, reported: Reported) -> None:
    with opened(browser, reported.path, viewport={"width": PHONE, "height": 800}) as page:
        page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE
        tables = page.locator("#metrics .scroll").first
        assert tables.evaluate("box => box.scrollWidth > box.clientWidth")
        tables.evaluate("box => { window.scrolled = new Promise(done => box.onscroll = done); }")
        tables.press("ArrowRight")
        page.evaluate("window.scrolled")


def test_nothing_is_wider_than_a_sheet_of_paper(browser: Browser, reported: Reported) -> None:
    with opened(browser, reported.path, viewport={"width": SHEET, "height": 1000}) as page:
        page.emulate_media(media="print", color_scheme="dark")
        page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") == SHEET
        assert brightness(page.evaluate("getComputedStyle(document.body).backgroundColor")) == 255


def test_without_javascript_everything_is_there(browser: Browser, reported: Reported) -> None:
    with opened(browser, reported.path, java_script_enabled=False) as page:
        assert not page.locator("#filter").is_visible()
        questions = page.locator("article.question")
        assert questions.count() == len(reported.run.questions)
        last = questions.last
        assert not last.locator(".body").is_visible()
        last.locator("summary").click()
        assert last.locator("ol.ranking > li").first.is_visible()
        assert page.locator("#groups svg").first.is_visible()


def test_headings_go_down_one_step_at_a_time_and_ids_are_unique(page: Page) -> None:
    levels = page.locator("h1, h2, h3, h4, h5").evaluate_all(
        "found => found.map(heading => Number(heading.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = page.locator("[id]").evaluate_all("found => found.map(element => element.id)")
    assert len(ids) == len(set(ids))


def test_what_looks_like_a_program_is_shown_letter_for_letter(
    browser: Browser, tmp_path: Path
) -> None:
    paper = tmp_path / "paper.md"
    front = "---\nauthors: ['A <b>Bold</b> Name']\n---\n\n"
    paper.write_text(f"{front}# 1. Costs <i>now\n\n{IN_TEXT}\n", "utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(paper)
        assistant.update(assistant.papers()[0].id, title="Costs <svg onload=alert(4)>")
        passage = assistant.passages()[0]
        assert passage.text == IN_TEXT
        span = GoldenSpan(passage.paper_id, *passage.spans[0], 3)
        asked = GoldenQuestion(
            id="a%22'<b>",
            question=f"What do costs do? {PAYLOAD}",
            type=f"factoid{PAYLOAD}",
            history=(Turn(role="user", content=f"Costs {PAYLOAD}"),),
            relevant=(span,),
            answer=PAYLOAD,
            key_facts=(PAYLOAD,),
        )
        run = assistant.evaluate([asked])
        other = replace(run, commit=PAYLOAD, embedder=PAYLOAD, settings={PAYLOAD: PAYLOAD})
        write_report(tmp_path / "report.html", assistant, run, other)
    with opened(browser, tmp_path / "report.html") as page:
        page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")
        assert page.locator("img, iframe, object, link[rel=stylesheet]").count() == 0
        assert page.locator("script").count() == 1
        assert page.locator("mark").first.inner_text() == IN_TEXT
        question = page.locator("article.question")
        assert question.locator("h3").inner_text() == asked.question
        assert question.inner_text().count(PAYLOAD) == 5
        assert "Costs <svg onload=alert(4)>" in page.locator(".papers").inner_text()
        assert page.locator("#configuration").inner_text().count(PAYLOAD) == 4
        choice(page, "Type").select_option(asked.type)
        assert question.is_visible()

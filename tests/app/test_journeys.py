"""Whole visits in a real browser, each from a fresh library, with restarts in between."""

from __future__ import annotations

from pathlib import Path

from app_server import served
from playwright.sync_api import Page, expect

from assistant import Assistant
from tests.app.conftest import PHONE, OpenPage
from tests.app.served import Heard, ask
from tests.ingest.pdfs import typeset

QUESTION = "What is polycentric governance?"


def go_to(page: Page, view: str) -> None:
    page.get_by_role("link", name=view, exact=True).click()
    expect(page.get_by_role("heading", name=view, exact=True)).to_be_visible()


def test_a_student_asks_checks_a_quote_follows_up_and_takes_references_along(
    open_page: OpenPage, heard: Heard, samples_copy: Path, samples: Assistant, tmp_path: Path
) -> None:
    citation = samples.ask(QUESTION).citations[0]
    page = open_page()
    with served(samples_copy, tmp_path / "log", GOVASSIST_MODEL="none") as app:
        page.goto(app.address)
        answer = ask(page, QUESTION)
        answer.get_by_role("button", name="Source 1:").click()
        drawer = page.get_by_role("dialog")
        expect(drawer.locator("mark")).to_have_text(citation.quote)
        with page.expect_download() as begun:
            drawer.get_by_role("button", name="BibTeX").click()
        assert citation.paper.title in begun.value.path().read_text("utf-8")
        drawer.get_by_role("button", name="Read in the paper").click()
        expect(page.locator("mark").first).to_be_visible()
        assert citation.quote in page.locator("mark").first.inner_text()
        page.get_by_role("link", name="Chat", exact=True).click()
        expect(page.locator(".chip").first).to_be_visible()
        follow_up = ask(page, "And why does it matter for China?")
        expect(follow_up.get_by_text("Understood as:")).to_be_visible()
        page.get_by_role("button", name="Export and link").last.click()
        with page.expect_download() as begun:
            page.get_by_role("dialog").get_by_role("button", name="Markdown").click()
        text = begun.value.path().read_text("utf-8")
        page.goto("about:blank")
    assert QUESTION in text
    assert citation.quote in text
    with served(samples_copy, tmp_path / "log", GOVASSIST_MODEL="none") as app:
        page.goto(app.address)
        go_to(page, "Conversations")
        page.get_by_role("button", name="Open", exact=True).click()
        expect(page.locator(".asked")).to_have_text([QUESTION, "And why does it matter for China?"])
    heard.check()


PAPER = [
    ("title", "Keeping the Lamps of Varnholt"),
    ("section", "1. Who keeps them"),
    ("text", "The lamps of Varnholt are governed by the lamplighters' assembly of nine wards."),
    ("section", "2. What it costs"),
    ("text", "Each ward pays the assembly for oil in spring, and for glass in autumn."),
]
ASKED = "Who governs the lamps of Varnholt?"


def test_staff_upload_a_pdf_ask_it_alone_and_delete_it(
    open_page: OpenPage, heard: Heard, samples_copy: Path, tmp_path: Path
) -> None:
    page = open_page()
    pdf = tmp_path / "lamps.pdf"
    pdf.write_bytes(typeset(PAPER))
    with served(samples_copy, tmp_path / "log", GOVASSIST_MODEL="none") as app:
        page.goto(app.address)
        go_to(page, "Library")
        page.get_by_text("Add papers").click()
        page.locator("input[type=file]").set_input_files(pdf)
        page.get_by_role("button", name="Add 1 file").click()
        expect(page.get_by_text("lamps.pdf").first).to_be_visible()
        expect(page.get_by_role("heading", name=PAPER[0][1])).to_be_visible()
        page.goto("about:blank")
    with served(samples_copy, tmp_path / "log", GOVASSIST_MODEL="none") as app:
        page.goto(app.address)
        go_to(page, "Library")
        page.get_by_role("searchbox", name="Search by title").fill("Varnholt")
        page.keyboard.press("Enter")
        expect(page.get_by_text("1 of 6 papers").first).to_be_visible()
        only = page.get_by_role("button", name="Ask only this paper")
        expect(only).to_have_count(1)
        only.click()
        answer = ask(page, ASKED)
        expect(answer.get_by_text("1 paper searched")).to_be_visible()
        answer.get_by_role("button", name="Source 1:").click()
        drawer = page.get_by_role("dialog")
        expect(drawer.locator("mark")).to_contain_text("assembly of nine wards")
        expect(drawer.get_by_role("img")).to_be_visible()
        page.keyboard.press("Escape")
        go_to(page, "Search")
        expect(page.get_by_role("button", name="Search", exact=True)).to_be_visible()
        page.get_by_role("textbox", name="Question").fill(ASKED)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Open in the paper").first.click()
        expect(page.get_by_role("heading", name=PAPER[0][1], level=1)).to_be_visible()
        expect(page.locator("mark").first).to_be_visible()
        go_to(page, "Library")
        expect(page.get_by_role("button", name="Delete")).to_have_count(1)
        page.get_by_role("button", name="Delete").click()
        page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        expect(page.get_by_text("was deleted")).to_be_visible()
    assert not list((samples_copy / "uploads").iterdir())
    with Assistant.open(samples_copy) as assistant:
        assert len(assistant.papers()) == 5
        assert not [hit for hit in assistant.search(ASKED) if "Varnholt" in hit.passage.text]
    heard.check()


def test_an_evaluator_makes_a_test_runs_it_and_compares(
    open_page: OpenPage, heard: Heard, samples_copy: Path, tmp_path: Path
) -> None:
    page = open_page()
    with served(samples_copy, tmp_path / "log", GOVASSIST_MODEL="none") as app:
        page.goto(app.address)
        ask(page, QUESTION)
        page.get_by_text("Ask next").wait_for()
        page.get_by_role("button", name="Make this a test").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("checkbox").nth(1).check(force=True)
        dialog.get_by_role("button", name="Save").click()
        expect(dialog.get_by_text("Saved. 1 question is collected")).to_be_visible()
        dialog.get_by_role("button", name="Close").last.click()
        page.goto("about:blank")
    with served(samples_copy, tmp_path / "log", GOVASSIST_MODEL="none") as app:
        page.goto(app.address)
        go_to(page, "Evaluation")
        for _ in range(2):
            page.get_by_role("button", name="Run the evaluation").click()
            expect(page.get_by_role("heading", name="The last run")).to_be_visible()
            page.reload()
        page.get_by_role("tab", name="Compare").click()
        expect(page.get_by_text("No difference beyond chance").first).to_be_visible()
        page.get_by_role("tab", name="Questions", exact=True).click()
        expect(page.get_by_text("1 question is collected")).to_be_visible()
        page.get_by_role("main").get_by_text(QUESTION).click()
        expect(page.locator("mark").first).to_be_visible()
    heard.check()


def test_a_reader_of_chinese_is_spoken_to_in_chinese(
    open_page: OpenPage, heard: Heard, samples_copy: Path, tmp_path: Path
) -> None:
    page = open_page(locale="zh-CN", viewport=PHONE)
    with served(samples_copy, tmp_path / "log", GOVASSIST_MODEL="none") as app:
        page.goto(app.address)
        box = page.get_by_role("textbox", name="提出关于治理的问题")
        box.fill("什么是多中心治理")
        box.press("Enter")
        page.get_by_role("button", name="来源 1").click()
        expect(page.get_by_role("dialog").get_by_text("逐字一致")).to_be_visible()
        expect(page.get_by_role("dialog").locator("mark")).to_be_visible()
    heard.check()

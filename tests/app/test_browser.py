"""What only a browser shows: clicks in an answer, its source beside it, text that stays text."""

from __future__ import annotations

from pathlib import Path

from app_server import served
from playwright.sync_api import expect

from assistant import Assistant
from tests.app.conftest import HOSTILE_SENTENCE, HOSTILE_TITLE, PHONE, OpenPage
from tests.app.served import Heard, ask, without_space
from tests.assistant.models.provider import FakeProvider

QUESTION = "What is polycentric governance?"


def test_a_chip_opens_the_quote_in_its_place_by_mouse_and_by_keyboard(
    open_page: OpenPage, heard: Heard, samples_copy: Path, samples: Assistant, tmp_path: Path
) -> None:
    citations = samples.ask(QUESTION).citations
    page = open_page()
    with served(samples_copy, tmp_path / "log") as app:
        page.goto(app.address)
        answer = ask(page, QUESTION)
        assert citations[0].quote in answer.inner_text()
        answer.get_by_role("button", name="Source 1:").click()
        drawer = page.get_by_role("dialog")
        marked = drawer.locator("mark").inner_text()
        drawer.get_by_role("button", name="Next").click()
        expect(drawer.locator("mark")).to_have_text(citations[1].quote)
        page.keyboard.press("Escape")
        expect(drawer).to_have_count(0)
        answer.get_by_role("button", name="Source 2:").focus()
        page.keyboard.press("Enter")
        expect(drawer.locator("mark")).to_have_text(citations[1].quote)
    assert marked == citations[0].quote
    text = samples.source(citations[0].paper.id)
    verbatim = "".join(text[start:end] for start, end in citations[0].spans)
    assert without_space(marked) == without_space(verbatim)
    heard.check()


def test_an_answer_begins_in_view_and_a_phone_never_scrolls_sideways(
    open_page: OpenPage, samples_copy: Path, tmp_path: Path
) -> None:
    page = open_page(viewport=PHONE)
    with served(samples_copy, tmp_path / "log") as app:
        page.goto(app.address)
        for question in (QUESTION, "What is participatory governance?"):
            ask(page, question)
        expect(page.locator(".asked").last).to_be_in_viewport()
        page.locator(".chip").last.click()
        expect(page.get_by_role("dialog").locator("mark")).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_on_a_phone_the_sidebar_closes_after_a_choice(
    open_page: OpenPage, samples_copy: Path, tmp_path: Path
) -> None:
    page = open_page(viewport=PHONE)
    with served(samples_copy, tmp_path / "log") as app:
        page.goto(app.address)
        expect(page.get_by_role("button", name="What ").first).to_be_visible()
        page.get_by_test_id("stExpandSidebarButton").click()
        library = page.get_by_role("link", name="Library")
        expect(library).to_be_in_viewport()
        library.click()
        expect(page.get_by_role("heading", name="Library")).to_be_visible()
        expect(library).not_to_be_in_viewport()


def test_text_that_looks_like_html_or_markdown_shows_letter_for_letter(
    open_page: OpenPage, heard: Heard, hostile_library: Path, tmp_path: Path
) -> None:
    question = "What does <i>polycentric</i> *governance* cost in $?"
    page = open_page()
    with served(hostile_library, tmp_path / "log") as app:
        page.goto(app.address)
        answer = ask(page, question)
        asked = page.locator(".asked").inner_text()
        source = answer.locator(".sources button").first
        summary = source.inner_text()
        source.click()
        drawer = page.get_by_role("dialog")
        marked = drawer.locator("mark").inner_text()
        title = drawer.locator(".ga h2").inner_text()
    assert asked == question
    assert HOSTILE_TITLE in summary
    assert title == HOSTILE_TITLE
    assert marked == HOSTILE_SENTENCE
    heard.check()


def test_a_model_is_stopped_and_an_answer_survives_a_reload(
    open_page: OpenPage, provider: FakeProvider, samples_copy: Path, tmp_path: Path
) -> None:
    provider.behave("hang midway")
    settings = {
        "GOVASSIST_MODEL": "openai:tiny",
        "GOVASSIST_BASE_URL": provider.url,
        "GOVASSIST_WINDOW": "8192",
    }
    page = open_page()
    with served(samples_copy, tmp_path / "log", **settings) as app:
        page.goto(app.address)
        box = page.get_by_role("textbox", name="Ask about governance…")
        box.fill(QUESTION)
        box.press("Enter")
        page.get_by_role("button", name="Stop").wait_for()
        page.wait_for_url("**conversation=**")
        page.reload()
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_text("Stopped before the answer was complete.")).to_be_visible()
        expect(page.get_by_role("button", name="Stop")).to_have_count(0)
        provider.behave("hang first")
        page.get_by_role("button", name="Answer again").click()
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_role("button", name="Stop")).to_have_count(0)
        expect(page.get_by_text("Stopped before the answer was complete.")).to_be_visible()

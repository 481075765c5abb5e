"""Screenshots of every view of the app, light and dark, wide and on a phone.

    python benchmarks/pictures.py [--out pictures] [--docs]

They are taken of a new library of the samples. ``--docs`` puts those that the README shows
into ``docs/images``.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from app_server import ROOT, chromium, served
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from assistant import Assistant
from assistant.evaluation.background import evaluations_of
from assistant.evaluation.golden import read_golden

PATIENCE_MS = 120_000
SETTLED_MS = 1_200
"""How long a page may still move after what was waited for is there."""

WIDE = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)
IN_README = ("welcome", "answer", "source", "library", "concepts", "evaluation")
QUESTION = "What is polycentric governance?"
FOLLOW_UP = "And why does it matter for China?"
REFUSED = "Who won the football championship of 1974?"


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "pictures")
    parser.add_argument("--docs", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = chromium(playwright)
        if browser is None:
            raise SystemExit("Chromium or Chrome is not installed.")
        library = _library(Path(folder))
        with served(library, Path(folder) / "log", GOVASSIST_MODEL="none") as app:
            for path in _pictures(browser, app.address, options.out):
                print(path)
    if options.docs:
        for name in IN_README:
            shutil.copy(
                options.out / f"{name}-wide-light.png", ROOT / "docs/images" / f"{name}.png"
            )


def _library(folder: Path) -> Path:
    """The samples, with conversations, a rating, a golden question and a run of it."""
    library = folder / "library"
    with Assistant.open(library, model="none") as assistant:
        assistant.add(ROOT / "samples")
        first = assistant.conversations.create()
        first.ask(QUESTION)
        first.ask(FOLLOW_UP)
        refused = assistant.conversations.create().ask(REFUSED)
        assistant.rate(refused.record, good=False, reason="I had hoped for a date.")
        questions = read_golden(ROOT / "tests/retrieval/golden/samples.jsonl")
        evaluations = evaluations_of(assistant)
        evaluations.start(assistant, "samples", questions, assistant.settings).thread.join()
    return library


def _pictures(browser: Browser, address: str, out: Path) -> Iterator[Path]:
    for size, viewport in (("wide", WIDE), ("phone", PHONE)):
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport=viewport, color_scheme=scheme, locale="en-GB", device_scale_factor=1.5
            )
            context.set_default_timeout(PATIENCE_MS)
            page = context.new_page()
            for name, show in VIEWS.items():
                show(page, address)
                page.wait_for_timeout(SETTLED_MS)
                path = out / f"{name}-{size}-{scheme}.png"
                page.screenshot(path=path)
                yield path
            context.close()


def _welcome(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_text("For example").wait_for()


def _answer(page: Page, address: str) -> None:
    _ask(page, address, QUESTION)


def _source(page: Page, address: str) -> None:
    _ask(page, address, QUESTION)
    page.locator(".chip").first.click()
    page.get_by_text("Copy quote with reference").wait_for()


def _refused(page: Page, address: str) -> None:
    _ask(page, address, REFUSED)


def _ask(page: Page, address: str, question: str) -> None:
    _welcome(page, address)
    page.get_by_role("textbox", name="Ask about governance…").fill(question)
    page.keyboard.press("Enter")
    page.locator(".sources").first.wait_for()


def _at(path: str, ready: str) -> Callable[[Page, str], None]:
    """Shows a view; it is there when an element of a selector is."""

    def show(page: Page, address: str) -> None:
        page.goto(f"{address}/{path}")
        page.locator(ready).first.wait_for()

    return show


def _reading(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    page.get_by_role("button", name="Read", exact=True).first.click()
    page.get_by_text("Back to the library").wait_for()


def _search(page: Page, address: str) -> None:
    page.goto(f"{address}/search")
    page.get_by_role("button", name="Search", exact=True).wait_for()
    page.get_by_role("textbox", name="Question").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".passage").first.wait_for()


def _evaluation(page: Page, address: str) -> None:
    page.goto(f"{address}/evaluation")
    page.get_by_role("tab", name="Results").click()
    page.get_by_role("button", name="Download the run").wait_for()


VIEWS: dict[str, Callable[[Page, str], None]] = {
    "welcome": _welcome,
    "answer": _answer,
    "source": _source,
    "refused": _refused,
    "conversations": _at("conversations", ".ga"),
    "library": _at("library", "text=Zhima Luosang"),
    "reading": _reading,
    "concepts": _at("concepts?concept=polycentric+governance", "text=Export as Markdown"),
    "search": _search,
    "evaluation": _evaluation,
    "settings": _at("settings", "h1"),
}

if __name__ == "__main__":
    main()

"""How soon the app reacts, in a real browser: first page, answer, rerun, citation.

    python benchmarks/reactions.py [--rounds 5]

The first page is timed from the start of the server's process, on a library of the samples that
exists already, to the page that shows its example questions and takes one; in turn with it a
page of Streamlit that has a box for questions and nothing else. Everything else is timed from
a key or a click to what it brings being visible, in a page that is open.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from app_server import ROOT, Served, chromium, served, served_empty
from playwright.sync_api import Browser, Page, sync_playwright

from assistant import Assistant

PATIENCE_MS = 120_000
QUESTIONS = ("What is polycentric governance?", "What does participatory governance mean?")

Times = dict[str, list[float]]


def main() -> None:
    """Time the reactions, and print them as the rows of a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    times: Times = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = chromium(playwright)
        if browser is None:
            raise SystemExit("Chromium or Chrome is not installed.")
        library = Path(folder) / "library"
        with Assistant.open(library) as assistant:
            assistant.add(ROOT / "samples")
        for number in range(options.rounds):
            _round(browser, library, Path(folder) / f"log{number}", times)
    print("| reaction | median | slowest |\n| --- | --- | --- |")
    for name, taken in times.items():
        print(f"| {name} | {statistics.median(taken):.2f} s | {max(taken):.2f} s |")


def _round(browser: Browser, library: Path, log: Path, times: Times) -> None:
    started = time.perf_counter()
    with served_empty(log) as empty:
        page = _opened(browser, empty)
        times.setdefault("an empty page of Streamlit, from its server's start", []).append(
            time.perf_counter() - started
        )
        page.context.close()
    started = time.perf_counter()
    with served(library, log, GOVASSIST_MODEL="none") as app:
        page = _opened(browser, app)
        times.setdefault("a question can be typed, from the server's start", []).append(
            time.perf_counter() - started
        )
        page.get_by_role("button", name="What is meant by").first.wait_for()
        times.setdefault("its example questions, from the server's start", []).append(
            time.perf_counter() - started
        )
        for number, question in enumerate(QUESTIONS):
            name = "first answer, quoting" if number == 0 else "later answer, quoting"
            _timed(times, name, partial(_ask, page, question), partial(_answered, page, number))
        _timed(
            times,
            "opening a citation",
            page.locator(".chip").last.click,
            page.get_by_role("dialog").locator("mark").wait_for,
        )
        page.keyboard.press("Escape")
        _timed(
            times,
            "rerun (Edit the question)",
            page.get_by_role("button", name="Edit the question").click,
            page.get_by_role("textbox", name="Your question").wait_for,
        )
        for view in ("Conversations", "Library", "Concepts", "Search", "Evaluation", "Settings"):
            _timed(
                times,
                f"going to {view}",
                page.get_by_role("link", name=view, exact=True).click,
                page.get_by_role("heading", name=view, exact=True).wait_for,
            )
        page.context.close()


def _opened(browser: Browser, app: Served) -> Page:
    """A page of a browser of its own, in which a question can be typed."""
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(app.address)
    page.get_by_role("textbox", name="Ask about governance…").wait_for()
    return page


def _timed(times: Times, name: str, act: Callable[[], None], wait: Callable[[], None]) -> None:
    started = time.perf_counter()
    act()
    wait()
    times.setdefault(name, []).append(time.perf_counter() - started)


def _ask(page: Page, question: str) -> None:
    box = page.get_by_role("textbox", name="Ask about governance…")
    box.fill(question)
    box.press("Enter")


def _answered(page: Page, before: int) -> None:
    page.locator(".sources").nth(before).wait_for()


if __name__ == "__main__":
    main()

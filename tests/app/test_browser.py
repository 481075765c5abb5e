"""The app as a reader sees it: served by Streamlit, in a real browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Locator, Page, WebSocket

from assistant import Assistant
from tests.app.conftest import HOSTILE_SENTENCE, HOSTILE_TITLE
from tests.conftest import PATIENCE, ROOT

QUESTION = "What is polycentric governance?"


@dataclass
class Heard:
    """What a page asked for and complained of."""

    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("request", lambda request: self.note(request.url))
        page.on("websocket", self.note_socket)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )

    def note_socket(self, opened: WebSocket) -> None:
        self.note(opened.url)

    def note(self, url: str) -> None:
        parts = urlparse(url)
        if parts.scheme not in {"data", "blob"}:
            self.hosts.add(parts.hostname or url)

    def check(self) -> None:
        assert self.hosts == {"localhost"}
        assert not self.complaints


@contextmanager
def served(library: Path, log: Path) -> Iterator[str]:
    """The app's address while it is served."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    options = ["--server.port", str(port), "--server.address", "localhost"]
    environment = {**os.environ, "GOVASSIST_LIBRARY": str(library)}
    with (
        log.open("w") as output,
        subprocess.Popen(
            [*command, *options], cwd=ROOT, env=environment, stdout=output, stderr=output
        ) as server,
    ):
        try:
            wait_until_served(server, f"http://localhost:{port}/_stcore/health", log)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()


def wait_until_served(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    for _ in range(PATIENCE * 4):
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).close()
        except OSError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.25)
        else:
            return
    pytest.fail(f"The app was not served: {log.read_text()}")


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def page(browser: Browser, heard: Heard) -> Iterator[Page]:
    with browser.new_context() as context:
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        heard.listen(page)
        yield page


def ask(page: Page, question: str) -> Locator:
    """Type and send a question; the answer's sources."""
    box = page.get_by_role("textbox", name="Ask about governance…")
    box.fill(question)
    box.press("Enter")
    sources = page.locator("details")
    sources.first.wait_for()
    return sources


def without_space(text: str) -> str:
    return "".join(text.split())


def test_a_reader_asks_checks_a_quote_and_looks_at_the_papers(
    page: Page, heard: Heard, samples_library: Path, samples: Assistant, tmp_path: Path
) -> None:
    citation = samples.ask(QUESTION).citations[0]
    with served(samples_library, tmp_path / "log") as address:
        page.goto(address)
        source = ask(page, QUESTION).first
        assert citation.quote in page.locator(".quote").first.inner_text()
        assert not source.locator("mark").is_visible()
        source.get_by_text(f"[1] {citation.reference}").click()
        marked = source.locator("mark").inner_text()
        page.get_by_role("link", name="Papers").click()
        page.get_by_role("heading", name="Papers").wait_for()
        page.locator("h2").nth(4).wait_for()
        assert page.locator("h2").count() == 5
    assert marked == citation.quote
    assert marked in citation.passage.text
    text = samples.source(citation.paper.id)
    verbatim = "".join(text[start:end] for start, end in citation.spans)
    assert without_space(marked) == without_space(verbatim)
    heard.check()


def test_text_that_looks_like_html_or_markdown_shows_letter_for_letter(
    page: Page, heard: Heard, hostile_library: Path, tmp_path: Path
) -> None:
    question = "What does <i>polycentric</i> *governance* cost in $?"
    with served(hostile_library, tmp_path / "log") as address:
        page.goto(address)
        source = ask(page, question).first
        asked = page.locator(".asked").inner_text()
        summary = source.locator("summary").inner_text()
        source.locator("summary").click()
        marked = source.locator("mark").inner_text()
        page.get_by_role("link", name="Papers").click()
        title = page.get_by_role("heading", name="Costs").inner_text()
    assert asked == question
    assert HOSTILE_TITLE in summary
    assert title == HOSTILE_TITLE
    assert marked == HOSTILE_SENTENCE
    heard.check()

"""A whole app in this process, driven without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from playwright.sync_api import Browser, Page, expect
from streamlit.testing.v1 import AppTest

from assistant import Assistant
from tests.app.served import Heard
from tests.app.shelf import PAGE, OpenLibrary
from tests.conftest import PATIENCE, ROOT

expect.set_options(timeout=PATIENCE * 1000)

OpenApp = Callable[..., AppTest]
"""Of a library, and of parameters of the address by name."""
OpenPage = Callable[..., Page]
"""With the options of a browser's context, such as ``locale`` and ``viewport``."""

PHONE = {"width": 390, "height": 844}

HOSTILE_TITLE = "Costs <img src=//example.org/a.png onerror=alert(1)> of *stars*, $5 or $6"
HOSTILE_SENTENCE = (
    "Polycentric governance costs $5 :smile: or $6 < 7 & 2 * 3 * 4, and nothing -> more."
)


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenApp]:
    """Opens the app on a library; afterwards the libraries are closed."""

    def opened(library: Path, **parameters: str) -> AppTest:
        monkeypatch.setenv("GOVASSIST_LIBRARY", str(library))
        app = AppTest.from_file(ROOT / "app.py", default_timeout=300)
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.run()

    yield opened
    st.cache_resource.clear()


@pytest.fixture
def library_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenLibrary]:
    """Opens the view on a library; afterwards the libraries are closed."""

    def opened(library: Path, script: str = PAGE, **parameters: str) -> AppTest:
        monkeypatch.setenv("GOVASSIST_LIBRARY", str(library))
        app = AppTest.from_string(script, default_timeout=300)
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.run()

    yield opened
    st.cache_resource.clear()


@pytest.fixture(scope="session")
def hostile_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One paper whose text and title look like Markdown and HTML."""
    folder = tmp_path_factory.mktemp("hostile")
    paper = folder / "paper.md"
    front = '---\nauthors: ["A <b>Bold</b> Name"]\n---\n\n'
    paper.write_text(f"{front}# 1. Costs :red[now]\n\n{HOSTILE_SENTENCE}\n", encoding="utf-8")
    with Assistant.open(folder / "library") as assistant:
        assistant.add(paper)
        # By hand: of front matter, markup is read as such.
        assistant.update(assistant.papers()[0].id, title=HOSTILE_TITLE)
    return folder / "library"


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def open_page(browser: Browser, heard: Heard) -> Iterator[OpenPage]:
    """Opens pages of browsers of their own, in a light room, that are listened to."""
    contexts = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(**{"locale": "en-GB", **options})
        contexts.append(context)
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        heard.listen(page)
        return page

    yield opened
    for context in contexts:
        context.close()

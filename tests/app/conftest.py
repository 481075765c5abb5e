"""A whole app in this process, driven without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant import Assistant
from tests.conftest import ROOT

OpenApp = Callable[[Path], AppTest]

HOSTILE_TITLE = "Costs <img src=//example.org/a.png onerror=alert(1)> of *stars*, $5 or $6"
HOSTILE_SENTENCE = (
    "Polycentric governance costs $5 :smile: or $6 < 7 & 2 * 3 * 4, and nothing -> more."
)


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenApp]:
    """Opens the app on a library; afterwards the libraries are closed."""

    def opened(library: Path) -> AppTest:
        monkeypatch.setenv("GOVASSIST_LIBRARY", str(library))
        return AppTest.from_file(ROOT / "app.py", default_timeout=300).run()

    yield opened
    st.cache_resource.clear()


@pytest.fixture(scope="session")
def hostile_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One paper whose text and title look like Markdown and HTML."""
    folder = tmp_path_factory.mktemp("hostile")
    paper = folder / "paper.md"
    front = f'---\ntitle: "{HOSTILE_TITLE}"\nauthors: ["A <b>Bold</b> Name"]\n---\n\n'
    paper.write_text(f"{front}# 1. Costs :red[now]\n\n{HOSTILE_SENTENCE}\n", encoding="utf-8")
    with Assistant.open(folder / "library") as assistant:
        assistant.add(paper)
    return folder / "library"

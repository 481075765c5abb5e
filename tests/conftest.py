"""What the tests share: samples, the five papers where they are, real embedder and browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from app_server import chromium
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from assistant import Assistant
from tests.assistant.models.provider import FakeProvider, fake_provider
from vectorstore.embedders import load_embedder
from vectorstore.protocols import Embedder

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")  # a failure is one of the change, never of chance or of load

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
PATIENCE = 120
"""Seconds until a server or a page that does not come is given up."""


@pytest.fixture(scope="session")
def papers_folder() -> Path:
    """The five papers; the tests that need them are skipped where they are not given."""
    return _given("GOVASSIST_PAPERS", "the five papers")


@pytest.fixture(scope="session")
def documents_folder() -> Path:
    """Public documents that nobody here wrote; skipped where they are not given."""
    return _given("GOVASSIST_DOCUMENTS", "public documents")


def _given(variable: str, what: str) -> Path:
    folder = os.environ.get(variable)
    if not folder:
        pytest.skip(f"{variable} is not set: tests on {what} are left out")
    return Path(folder)


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="session")
def samples_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the samples, made once; tests only read it."""
    path = tmp_path_factory.mktemp("samples") / "library"
    with Assistant.open(path) as assistant:
        assistant.add(SAMPLES)
    return path


@pytest.fixture(scope="session")
def papers_library(tmp_path_factory: pytest.TempPathFactory, papers_folder: Path) -> Path:
    """A library of the five papers, made once; tests only read it."""
    path = tmp_path_factory.mktemp("papers") / "library"
    with Assistant.open(path) as assistant:
        assistant.add(papers_folder)
    return path


@pytest.fixture
def samples(samples_library: Path) -> Iterator[Assistant]:
    with Assistant.open(samples_library) as assistant:
        yield assistant


@pytest.fixture
def samples_copy(samples_library: Path, tmp_path: Path) -> Path:
    """A library of the samples that a test may change."""
    return Path(shutil.copytree(samples_library, tmp_path / "library"))


@pytest.fixture
def samples_quoting(samples_copy: Path) -> Iterator[Assistant]:
    """An assistant that answers by quoting, on a library of its own."""
    with Assistant.open(samples_copy, model="none") as assistant:
        yield assistant


@pytest.fixture
def five_papers(papers_library: Path) -> Iterator[Assistant]:
    with Assistant.open(papers_library) as assistant:
        yield assistant


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    """A provider of models, made up."""
    with fake_provider() as provider:
        yield provider


@pytest.fixture
def named_provider(provider: FakeProvider, monkeypatch: pytest.MonkeyPatch) -> FakeProvider:
    """The same; the environment names it, and the window of its models."""
    monkeypatch.setenv("GOVASSIST_BASE_URL", provider.url)
    monkeypatch.setenv("GOVASSIST_WINDOW", "8192")
    return provider


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser, headless; the tests that need one are skipped without it."""
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        if browser is None:
            pytest.skip("no browser: Chromium or Chrome is not installed")
        yield browser
        browser.close()

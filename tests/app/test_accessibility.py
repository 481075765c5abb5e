"""Every view by axe-core: no serious finding, light and dark, wide and on a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from app_server import Served, served
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from assistant import Assistant
from tests.app.conftest import PHONE, OpenPage
from tests.app.served import ask

QUESTION = "What is polycentric governance?"
SERIOUS = {"serious", "critical"}
VIEWS = ("Conversations", "Library", "Concepts", "Search", "Evaluation", "Settings")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@pytest.fixture(scope="module")
def app(samples_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("accessibility")
    library = Path(shutil.copytree(samples_library, folder / "library"))
    with served(library, folder / "log", GOVASSIST_MODEL="none") as app:
        yield app


def findings(page: Page) -> list[str]:
    """What axe-core finds serious, each with where it stands."""
    page.wait_for_timeout(1000)
    results = Axe().run(page, options=RULES)
    return [
        f"{found['id']} ({found['impact']}): {node['html'][:200]}"
        for found in results.response["violations"]
        if found["impact"] in SERIOUS
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["wide", "phone"])
def test_no_view_has_a_serious_finding(
    open_page: OpenPage, app: Served, scheme: str, width: str, samples: Assistant
) -> None:
    size = {"viewport": PHONE} if width == "phone" else {}
    page = open_page(color_scheme=scheme, **size)
    found: dict[str, list[str]] = {}
    page.goto(app.address)
    page.get_by_text("For example").wait_for()
    found["Welcome"] = findings(page)
    answer = ask(page, QUESTION)
    page.get_by_text("Ask next").wait_for()
    found["Chat"] = findings(page)
    answer.locator(".chip").first.click()
    page.get_by_role("dialog").get_by_text("Copy quote with reference").wait_for()
    found["Source"] = findings(page)
    page.keyboard.press("Escape")
    for view in VIEWS:
        page.goto(f"{app.address}/{view.lower()}")
        expect(page.get_by_role("heading", name=view, exact=True)).to_be_visible()
        found[view] = findings(page)
    paper = samples.papers()[0].id
    page.goto(f"{app.address}/paper?paper={paper}")
    page.get_by_role("heading", level=1).wait_for()
    found["Reading"] = findings(page)
    assert {view: errors for view, errors in found.items() if errors} == {}

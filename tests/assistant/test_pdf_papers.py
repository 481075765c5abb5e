"""A PDF, from adding it to a citation with its page and its place on it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from assistant import Assistant
from assistant.views.markup import place
from ingest.layout import Box
from tests.ingest.pdfs import Sheet, prose, typeset

FIRST = 271
"""The number that is printed on the first page."""

ASKED = "Who appoints the keeper of a lighthouse?"
ANSWER = "The council of the harbour appoints the keeper of every lighthouse for seven years."


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pages and more in two columns, the answer in the middle of them."""
    story = [("title", "Lighthouse councils"), ("text", "Mira Vale"), ("section", "1 Keepers")]
    story += [("text", prose(seed, 5)) for seed in range(40)]
    story.insert(24, ("text", f"{prose(90, 1)} {ANSWER} {prose(91, 1)}"))
    file = tmp_path_factory.mktemp("pdf") / "lighthouses.pdf"
    file.write_bytes(typeset(story, Sheet(columns=2, first_page=FIRST)))
    return file


@pytest.fixture
def library(tmp_path: Path, pdf: Path) -> Path:
    with Assistant.open(tmp_path / "library", model="none") as assistant:
        assistant.add(pdf)
    return tmp_path / "library"


def words_in(file: Path, box: Box) -> str:
    """The words that pdfium finds in a box."""
    with pdfium.PdfDocument(file) as document:
        page = document[box.page - 1]
        height = page.get_height()
        bounds = (box.left, height - box.bottom, box.right, height - box.top)
        return str(page.get_textpage().get_text_bounded(*bounds))


def test_an_answer_cites_the_page_and_the_quote_lies_in_its_boxes(library: Path, pdf: Path) -> None:
    with Assistant.open(library, model="none") as assistant:
        answer = assistant.ask(ASKED)
        [citation] = [c for c in answer.citations if ANSWER in c.quote]
        boxes = assistant.boxes(citation.paper.id, citation.spans)
    found = " ".join(words_in(pdf, box) for box in boxes)
    assert "".join(found.split()).replace("-", "") == "".join(citation.quote.split())
    first, last = citation.passage.pages or (0, 0)
    assert {box.page for box in boxes} <= set(range(first, last + 1))
    assert first > 1
    printed = [first + FIRST - 1, last + FIRST - 1]
    pages = f"p. {printed[0]}" if first == last else f"pp. {printed[0]}-{printed[1]}"
    assert citation.reference.endswith(f". {pages}")
    shown = place(citation.passage)
    assert f"{pages} (page" in shown
    assert f" {first}" in shown.partition(f"{pages} (page")[2].partition(" of the file)")[0]


def test_places_outlive_the_program_and_go_with_the_paper(library: Path) -> None:
    with Assistant.open(library, model="none") as assistant:
        [paper] = assistant.papers()
        passages = assistant.passages()
        assert all(passage.pages for passage in passages)
        assert all(assistant.boxes(paper.id, passage.spans) for passage in passages)
        assistant.remove(paper.id)
    rows = (library / "catalog.db").read_bytes()
    assert b"lighthouse" not in rows


def test_a_file_without_pages_has_no_boxes(samples_library: Path) -> None:
    with Assistant.open(samples_library, model="none") as assistant:
        passage = assistant.passages()[0]
        assert passage.pages is None
        assert assistant.boxes(passage.paper_id, passage.spans) == []


def test_a_password_opens_a_file(tmp_path: Path) -> None:
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(typeset([("title", "Harbours"), ("text", prose(1))], encrypt="harbour"))
    with Assistant.open(tmp_path / "library", model="none") as assistant:
        [without] = assistant.add(locked).files
        [wrong] = assistant.add(locked, password="lake").files
        [opened] = assistant.add(locked, password="harbour").files
    assert "--password" in (without.reason or "")
    assert "password does not open" in (wrong.reason or "")
    assert opened.status == "added"

"""Scans: pictures of pages that we print, read by Tesseract, refused where it is not installed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.formats import pdf
from ingest.layout import Layout
from tests.ingest.pdfs import drawn, joined, scanned, typeset

PATH = Path("scan.pdf")
STORY = [
    ("title", "Fares of the river"),
    ("text", "The ferries of the northern towns cross the river at every hour of the day. " * 2),
    ("text", "In winter the masters of the guild meet at the mill and choose who may sail. " * 2),
]

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed: scans cannot be read"
)


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def read(data: bytes) -> Document:
    return pdf.read(data, PATH)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def layout(document: Document) -> Layout:
    assert document.layout
    return document.layout


@needs_tesseract
class TestWithTesseract:
    def test_a_scan_has_the_words_of_what_was_scanned(self) -> None:
        data = typeset(STORY)
        assert words(read(scanned(data)).text) == words(read(data).text)

    def test_it_is_marked_with_its_confidence(self) -> None:
        found = read(scanned(typeset(STORY)))
        [page] = layout(found).pages
        assert page.state == "recognised"
        assert page.confidence is not None
        assert 0.5 < page.confidence <= 1
        assert any("read from pictures by Tesseract" in notice for notice in found.notices)

    def test_words_stand_where_they_are_printed(self) -> None:
        data = typeset(STORY)
        boxes = []
        for document in (read(data), read(scanned(data))):
            start = document.text.index("masters")
            boxes += layout(document).boxes([(start, start + len("masters"))])  # type: ignore[list-item]
        assert boxes[0] == pytest.approx(boxes[1], abs=5)

    def test_two_columns_are_read_one_after_the_other(self) -> None:
        def page(canvas: Canvas) -> None:
            for i in range(9):
                canvas.drawString(60, 700 - 14 * i, "The ferries cross the river at every hour")
                canvas.drawString(310, 700 - 14 * i, "In winter the masters meet at the mill")

        text = read(scanned(drawn(page))).text
        assert text.rindex("every hour") < text.index("In winter")

    def test_a_picture_without_letters_is_nothing_to_add(self) -> None:
        def square(canvas: Canvas) -> None:
            canvas.rect(100, 300, 300, 300, fill=1)

        with pytest.raises(UnreadableFile, match=r"^scan\.pdf: .*no text"):
            read(scanned(drawn(square)))


@pytest.mark.usefixtures("no_tesseract")
class TestWithoutTesseract:
    def test_a_scan_is_refused_with_what_to_install(self) -> None:
        with pytest.raises(UnreadableFile, match=r"^scan\.pdf: .*apt install tesseract-ocr"):
            read(scanned(typeset(STORY)))

    def test_other_pages_are_read_and_the_pictures_named(self) -> None:
        text = typeset(STORY)
        found = read(joined(text, scanned(text)))
        assert [page.state for page in layout(found).pages] == ["text", "picture"]
        assert "masters" in found.text
        [notice] = found.notices
        assert notice.startswith("Page 2 is without text")
        assert "brew install tesseract" in notice
        assert ("pages", 1) in [(left.what, left.count) for left in found.left_out]

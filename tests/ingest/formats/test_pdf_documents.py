"""Documents that nobody here wrote: reading order against their truths, nasty files.

The truths, and what of them counts, are those of ``benchmarks/documents.py``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import our_words
from documents_truths import truth_of
from documents_words import compare, words

from ingest.errors import UnreadableFile
from ingest.reader import read_paper
from ingest.types import ParsedPaper
from tests.ingest.helpers import passages

BARS = {"recall": 0.98, "precision": 0.97, "order": 0.95}
TWO_COLUMNS = ("papers/N18-3011.pdf", "papers/multicolumn.pdf")


@pytest.mark.parametrize("name", TWO_COLUMNS)
def test_two_columns_are_read_in_order(documents_folder: Path, name: str) -> None:
    truth = truth_of(documents_folder / name)
    assert truth
    found = our_words(read_paper(documents_folder / name))
    score = compare(found, words(truth.text), words(truth.neither))
    assert {bar: getattr(score, bar) for bar in BARS if getattr(score, bar) < BARS[bar]} == {}


@pytest.fixture(scope="module")
def paper(documents_folder: Path) -> ParsedPaper:
    return read_paper(documents_folder / "papers" / "N18-3011.pdf")


class TestConferencePaper:
    def test_head(self, paper: ParsedPaper) -> None:
        assert paper.paper.title == "Construction of the Literature Graph in Semantic Scholar"
        assert len(paper.paper.authors) == 23
        assert paper.paper.authors[0] == "Waleed Ammar"
        assert paper.paper.affiliations[0].startswith("Allen Institute")
        assert (paper.paper.abstract or "").startswith("We describe a deployed scalable system")

    def test_pages_have_the_printed_numbers(self, paper: ParsedPaper) -> None:
        assert paper.layout
        assert [page.label for page in paper.layout.pages] == [str(n) for n in range(84, 92)]
        assert all(passage.cited_pages for passage in passages(paper))

    def test_every_reference_is_one_element(self, paper: ParsedPaper) -> None:
        listed = [element for element in paper.elements if element.section == ("References",)]
        assert [element.kind for element in listed] == ["reference"] * 27

    def test_footnotes_are_paragraphs_of_their_own(self, paper: ParsedPaper) -> None:
        notes = [block for block in paper.text.split("\n\n") if block.startswith("[^")]
        assert [note.partition("]")[0] for note in notes] == [f"[^{n}" for n in range(1, 16)]


def test_a_book_has_its_chapters_and_page_labels(documents_folder: Path) -> None:
    book = read_paper(documents_folder / "reports" / "GeoTopo-komprimiert.pdf")
    assert book.layout
    assert [page.label for page in book.layout.pages[:5]] == ["i", "ii", "iii", "1", "2"]
    chapters = {element.section[0] for element in book.elements if element.section}
    assert "1 Topologische Grundbegriffe" in chapters
    assert "1.3. STETIGKEIT" not in book.text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("habibi-rotated.pdf", "habibi"),
        ("issue-297.pdf", "test example"),
        ("toy.pdf", "Something"),
        ("r6-empty-password.pdf", "pdf encryption test"),
        ("with-attachment.pdf", "Lorem ipsum"),
        ("mistitled_outlines_example.pdf", "Foo"),
        ("Seige_of_Vicksburg_Sample_OCR.pdf", "VICKSBURG"),
        ("grayscale-image.pdf", None),
        ("unreadablemetadata.pdf", None),
        ("libreoffice-writer-password.pdf", None),
        ("r6-user-password.pdf", None),
    ],
)
def test_nasty_files_give_text_or_say_why_not(
    documents_folder: Path, name: str, text: str | None
) -> None:
    path = documents_folder / "nasty" / name
    if text is None:
        with pytest.raises(UnreadableFile, match=name):
            read_paper(path)
    else:
        assert text in read_paper(path).text


@pytest.mark.parametrize(
    ("name", "password"),
    [("libreoffice-writer-password.pdf", "openpassword"), ("r6-user-password.pdf", "asdfzxcv")],
)
def test_the_password_opens_them(documents_folder: Path, name: str, password: str) -> None:
    assert read_paper(documents_folder / "nasty" / name, password).text

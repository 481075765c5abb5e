"""The head of a PDF's first page: kickers, titles, authors, affiliations, boxes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.formats import pdf
from ingest.reader import parse
from ingest.types import ParsedPaper
from tests.ingest.helpers import sections
from tests.ingest.pdfs import body, centred, drawn, fill, prose, wrapped, write

PATH = Path("paper.pdf")
TITLE = "Fares of the northern river"


def parsed(data: bytes) -> ParsedPaper:
    return parse(pdf.read(data, PATH), paper_id="0" * 64, path=PATH)


class TestKickers:
    @pytest.mark.parametrize(
        ("kicker", "size", "font"),
        [
            ("RESEARCH ARTICLE", 8, "Times-Bold"),
            ("Article", 12, "Times-Bold"),
            ("INSTITUTE OF RIVERS", 13, "Times-Roman"),
            ("river studies", 16, "Times-Italic"),
        ],
    )
    def test_what_stands_above_the_title_is_not_the_title(
        self, kicker: str, size: float, font: str
    ) -> None:
        def page(canvas: Canvas) -> None:
            write(canvas, 60, 60, kicker, size, font)
            write(canvas, 60, 100, TITLE, 18, "Times-Bold")
            write(canvas, 60, 125, "Ann Sand and Bo Reed", 11)
            write(canvas, 60, 160, "Introduction", 12, "Times-Bold")
            fill(canvas, 60, 180, body(1, 30))

        found = parsed(drawn(page))
        assert found.paper.title == TITLE
        assert found.paper.authors == ("Ann Sand", "Bo Reed")
        assert sections(found) == [("Introduction",)]

    def test_text_above_a_large_heading_stays_text(self) -> None:
        def page(canvas: Canvas) -> None:
            fill(canvas, 60, 80, body(1, 6))
            write(canvas, 60, 300, "Fares and mills", 14, "Times-Bold")
            fill(canvas, 60, 330, body(2, 30))

        found = pdf.read(drawn(page), PATH)
        assert found.text.split("\n\n")[0] == " ".join(body(1, 6))


class TestAuthorsSideBySide:
    CELLS = (
        ("Ann Sand", "University of the North", "Aubry, France", "sand@north.example"),
        ("Bo Reed", "RIT Belin", "Belin, France", "reed@rit.example"),
        ("Cy Moor", "Mill Academy", "Celle, Germany", "moor@mill.example"),
    )

    def page(self, middles: Sequence[float], abstract: str) -> bytes:
        """A title above authors side by side, above text in two columns."""

        def draw(canvas: Canvas) -> None:
            centred(canvas, 297, 80, TITLE, 16)
            for middle, lines in zip(middles, self.CELLS, strict=False):
                for number, line in enumerate(lines):
                    centred(canvas, middle, 110 + 12 * number, line, 11 - number / 2)
            write(canvas, 60, 180, abstract, 11, "Times-Bold")
            fill(canvas, 60, 195, body(1, 60, 225)[:45])
            fill(canvas, 310, 181, body(2, 60, 225)[:46])

        return drawn(draw)

    @pytest.mark.parametrize("middles", [(172, 422), (120, 297, 475)])
    @pytest.mark.parametrize("abstract", ["Abstract", "1. Introduction"])
    def test_they_are_authors_and_not_text(self, middles: Sequence[float], abstract: str) -> None:
        found = parsed(self.page(middles, abstract))
        assert found.paper.title == TITLE
        names = tuple(cell[0] for cell in self.CELLS[: len(middles)])
        assert found.paper.authors == names
        whole = " ".join((*body(1, 60, 225)[:45], *body(2, 60, 225)[:46]))
        assert whole in found.text.split("\n\n")

    def test_names_side_by_side_in_one_line_are_not_in_the_columns(self) -> None:
        def draw(canvas: Canvas) -> None:
            centred(canvas, 297, 80, TITLE, 16)
            centred(canvas, 172, 110, "Ann Sand")
            centred(canvas, 422, 110, "Bo Reed")
            fill(canvas, 60, 150, body(1, 60, 225)[:45])
            fill(canvas, 310, 150, body(2, 60, 225)[:45])

        blocks = pdf.read(drawn(draw), PATH).text.split("\n\n")
        assert blocks[1] == "Ann Sand Bo Reed"
        assert blocks[2].startswith(prose(1, 1))


class TestRepeatedTitles:
    def test_a_manuscript_repeats_its_title_above_its_text(self) -> None:
        def cover(canvas: Canvas) -> None:
            centred(canvas, 297, 100, TITLE, 14)
            for number, line in enumerate(
                ("Ann Sand, PhD", "Associate Professor", "University of the North", "3 May 2019")
            ):
                centred(canvas, 297, 130 + 14 * number, line, 12)

        def text(number: int, canvas: Canvas) -> None:
            centred(canvas, 297, 40, "FARES AND RIVERS", 9)
            if number == 1:
                centred(canvas, 297, 100, TITLE, 14)
            fill(canvas, 60, 120, body(number, 60))

        document = pdf.read(drawn(cover, *(lambda c, n=n: text(n, c) for n in range(1, 6))), PATH)
        found = parse(document, paper_id="0" * 64, path=PATH)
        assert found.paper.title == TITLE
        assert found.paper.authors == ("Ann Sand",)
        assert [left.count for left in document.left_out] == [5]


class TestAffiliations:
    def test_a_raised_number_before_an_institution_opens_no_section(self) -> None:
        def page(canvas: Canvas) -> None:
            write(canvas, 60, 60, TITLE, 16, "Times-Bold")
            end = write(canvas, 60, 90, "Ann Sand", 11)
            write(canvas, end, 86, "1", 7)
            end = write(canvas, 60, 112, "1", 6)
            write(canvas, end + 2, 115, "University of the North, Aubry, France", 9)
            write(canvas, 60, 130, "* Correspondence: sand@north.example", 9)
            fill(canvas, 60, 160, wrapped(f"Abstract: {prose(1, 4)}", 470))
            write(canvas, 60, 250, "Keywords: fares; mills")
            write(canvas, 60, 280, "1. Introduction", 12, "Times-Bold")
            fill(canvas, 60, 300, body(2, 30))

        found = parsed(drawn(page))
        assert found.paper.keywords == ("fares", "mills")
        assert found.paper.abstract == prose(1, 4)
        assert found.paper.affiliations == ("University of the North, Aubry, France",)
        assert sections(found)[-1] == ("1. Introduction",)


class TestBoxes:
    """Notes on the article to the left of its abstract, above two columns of text."""

    KEYWORDS = ("Fares", "Northern river", "Mills of the guild")

    @pytest.mark.parametrize(
        ("label", "beside"),
        [("A B S T R A C T", "A R T I C L E  I N F O"), ("Abstract", "Article info")],
    )
    @pytest.mark.parametrize("more", [(), [f"D{number}" for number in range(10, 20)]])
    def test_notes_and_abstract_are_read_apart(
        self, label: str, beside: str, more: Sequence[str]
    ) -> None:
        left, right = body(2, 60, 225)[:36], body(3, 60, 225)[:37]
        notes = ["Keywords:", *self.KEYWORDS, *(["JEL classification:", *more] if more else [])]

        def page(canvas: Canvas) -> None:
            write(canvas, 60, 80, TITLE, 16)
            write(canvas, 60, 105, "Ann Sand and Bo Reed", 11)
            write(canvas, 60, 140, beside, 9)
            write(canvas, 210, 140, label, 9)
            fill(canvas, 60, 156, notes, 7)
            fill(canvas, 210, 156, wrapped(prose(1, 8), 325, 8), 8)
            write(canvas, 60, 332, "1. Introduction", 11.5)
            fill(canvas, 60, 350, left)
            fill(canvas, 310, 332, right)

        found = parsed(drawn(page))
        assert found.paper.authors == ("Ann Sand", "Bo Reed")
        assert found.paper.keywords == self.KEYWORDS
        assert found.paper.abstract == prose(1, 8)
        assert " ".join((*left, *right)) in found.text.split("\n\n")


class TestItalicHeadings:
    @staticmethod
    def page(*lines: str) -> bytes:
        """A text in which lines in italics stand between paragraphs."""

        def draw(canvas: Canvas) -> None:
            write(canvas, 60, 60, TITLE, 18, "Times-Bold")
            write(canvas, 60, 100, "Introduction", 12, "Times-Bold")
            top = fill(canvas, 60, 118, body(1, 6))
            for number, line in enumerate(lines):
                write(canvas, 60, top + 8, line, 10, "Times-Italic")
                top = fill(canvas, 60, top + 24, body(number + 2, 6))

        return drawn(draw)

    def test_they_are_headings_below_those_in_bold(self) -> None:
        assert sections(parsed(self.page("The early fares", "The late fares"))) == [
            ("Introduction",),
            ("Introduction", "The early fares"),
            ("Introduction", "The late fares"),
        ]

    @pytest.mark.parametrize("line", ["And so it is.", "as the guild says"])
    def test_sentences_and_single_lines_are_none(self, line: str) -> None:
        assert sections(parsed(self.page(line, line))) == [("Introduction",)]
        assert sections(parsed(self.page("The early fares"))) == [("Introduction",)]

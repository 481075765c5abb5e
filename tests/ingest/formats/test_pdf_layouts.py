"""What publishers' pages have beside the text: numbers of notes, banners, drop caps, sidebars."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Document
from ingest.formats import pdf
from ingest.passages import make_passages
from ingest.reader import parse
from ingest.types import ParsedPaper
from tests.ingest.helpers import count_words
from tests.ingest.pdfs import body, drawn, fill, joined, prose, wrapped, write

PATH = Path("paper.pdf")


def read(data: bytes) -> Document:
    return pdf.read(data, PATH)


def parsed(data: bytes) -> ParsedPaper:
    return parse(read(data), paper_id="0" * 64, path=PATH)


def labels(data: bytes) -> list[str]:
    layout = read(data).layout
    return [page.label for page in layout.pages] if layout else []


class TestPageNumbers:
    def test_marks_of_footnotes_are_no_page_numbers(self) -> None:
        def page(number: int) -> bytes:
            def draw(canvas: Canvas) -> None:
                fill(canvas, 60, 70, body(number))
                if number > 1:
                    write(canvas, 60, 768, str(number - 1), 5)
                    write(canvas, 65, 771, prose(number + 50, 1), 8)

            return drawn(draw)

        assert labels(joined(*map(page, range(1, 7)))) == [""] * 6

    @pytest.mark.parametrize("gap", [5, 20])
    def test_numbers_of_chapters_are_no_page_numbers(self, gap: float) -> None:
        def first(canvas: Canvas) -> None:
            fill(canvas, 60, 70, body(99))

        def chapter(number: int, canvas: Canvas) -> None:
            end = write(canvas, 60, 70, str(number), 14)
            write(canvas, end + gap, 70, f"On {prose(number, 1).split()[0]} and fares", 14)
            fill(canvas, 60, 110, body(number))

        pages = [lambda canvas, n=n: chapter(n, canvas) for n in range(1, 5)]
        assert labels(drawn(first, *pages)) == [""] * 5

    @pytest.mark.parametrize("gap", [5, 20])
    def test_numbers_beside_running_heads_are(self, gap: float) -> None:
        def page(number: int, canvas: Canvas) -> None:
            end = write(canvas, 60, 40, str(number), 8)
            write(canvas, end + gap, 40, "Annals of the river", 8)
            fill(canvas, 60, 70, body(number))

        pages = [lambda canvas, n=n: page(n, canvas) for n in range(84, 89)]
        assert labels(drawn(*pages)) == ["84", "85", "86", "87", "88"]


class TestTitle:
    BANNER = (
        "Contents lists available at ScienceDirect",
        "journal homepage: www.example.org/river",
    )

    def first_page(self, canvas: Canvas) -> None:
        write(canvas, 180, 60, self.BANNER[0], 8)
        write(canvas, 220, 90, "River Development", 17)
        write(canvas, 180, 115, self.BANNER[1], 8)
        write(canvas, 60, 170, "Fares of the northern river", 13.5)
        write(canvas, 60, 195, "Ann Sand")
        fill(canvas, 60, 240, body(1, 30))

    def test_the_journals_name_between_lines_of_the_publisher_is_no_title(self) -> None:
        found = parsed(drawn(self.first_page))
        assert found.paper.title == "Fares of the northern river"
        assert "# River Development" not in found.text

    def test_the_block_that_the_file_names_is_the_title(self) -> None:
        def page(canvas: Canvas) -> None:
            canvas.setTitle("Fares of the Northern River")
            write(canvas, 60, 90, "River Development", 17)
            write(canvas, 60, 170, "Fares of the northern river", 13.5)
            fill(canvas, 60, 240, body(1, 30))

        assert read(drawn(page)).text.startswith(
            "River Development\n\n# Fares of the northern river\n\n"
        )

    def test_the_name_of_a_section_is_no_title_whatever_the_file_says(self) -> None:
        def page(canvas: Canvas) -> None:
            canvas.setTitle("Introduction")
            write(canvas, 60, 90, "Fares of the northern river", 17)
            write(canvas, 60, 170, "Introduction", 13.5)
            fill(canvas, 60, 240, body(1, 30))

        assert parsed(drawn(page)).paper.title == "Fares of the northern river"


class TestDropCaps:
    @staticmethod
    def page(cap: str, text: str, size: float, lines: int) -> bytes:
        """A paragraph that a letter of some lines' height begins, and another one."""

        def draw(canvas: Canvas) -> None:
            write(canvas, 60, 80, "Fares of the northern river", 18)
            write(canvas, 60, 125, "Introduction", 12)
            end = write(canvas, 60, 126 + 12 * lines, cap, size) + 3
            beside = wrapped(text, 530 - end)
            fill(canvas, end, 138, beside[:lines])
            rest = wrapped(" ".join(beside[lines:]), 470)
            top = fill(canvas, 60, 138 + 12 * lines, rest)
            fill(canvas, 72, top, wrapped(prose(7, 1), 400)[:1])
            fill(canvas, 60, top + 12, body(8, 9))

        return drawn(draw)

    @pytest.mark.parametrize(("size", "lines"), [(29, 2), (46, 3), (63, 4)])
    def test_the_paragraph_is_whole_and_in_order(self, size: float, lines: int) -> None:
        text = f"he idea of fares is old. {prose(5, 8)}"
        found = read(self.page("T", text, size, lines)).text.split("\n\n")
        assert found[2] == f"T{text}"
        assert found[3].startswith(prose(7, 1).split()[0])

    def test_capitals_behind_it_belong_to_its_word(self) -> None:
        found = read(self.page("T", f"HE idea of fares is old. {prose(5, 8)}", 46, 3))
        assert "THE idea of fares" in found.text

    def test_an_article_is_a_word_of_its_own(self) -> None:
        text = f"ferry crosses a river. A ferry has fares. {prose(5, 8)}"
        assert f"A {text}" in read(self.page("A", text, 46, 3)).text

    def test_the_first_letter_of_a_browser(self, browser: Browser) -> None:
        page = browser.new_page()
        text = f"The idea of fares is old. {prose(5, 8)}"
        page.set_content(
            "<style>body { font: 11pt/1.35 serif } p { margin: 0; text-align: justify }"
            ".d::first-letter { float: left; font-size: 46pt; line-height: 38pt;"
            " padding-right: 3pt }</style>"
            f"<h1>Fares of the river</h1><p class=d>{text}</p><p>{prose(6, 2)}</p>"
        )
        data = page.pdf(format="A4")
        page.close()
        assert read(data).text.split("\n\n")[1:] == [text, prose(6, 2)]

    def test_its_place_is_where_it_is_printed(self) -> None:
        found = read(self.page("T", f"he idea of fares is old. {prose(5, 8)}", 46, 3))
        assert found.layout
        at = found.text.index("The idea")
        [cap] = found.layout.corners[found.layout.ranges[:, 0] == at]
        assert cap[2] - cap[0] == pytest.approx(stringWidth("T", "Times-Roman", 46), abs=1)
        assert (cap[1] < 138, cap[3] > 162) == (True, True)


class TestSidebar:
    LINES = (
        "OPEN ACCESS",
        "Edited by:",
        "Mary Major,",
        "University of Elsewhere",
        "Reviewed by:",
        "Paul Minor,",
        "Institute of Mills",
        "Received: 3 May 2020",
        "Accepted: 2 January 2021",
        "Citation:",
        "Sand A (2021) Fares of",
        "the river. Ferries 3:",
        "12.",
    )

    def pages(self, title_left: float, beside: Sequence[str] = LINES, size: float = 7) -> bytes:
        """A first page with a narrow column to the left of its text, and a second one."""
        lines = body(1, 90, 370)

        def first(canvas: Canvas) -> None:
            write(canvas, title_left, 90, "Fares of the northern river and its ferries", 18)
            write(canvas, title_left, 115, "Ann Sand", 11)
            write(canvas, 180, 150, "1. Introduction", 12)
            fill(canvas, 35, 400, beside, size)
            fill(canvas, 180, 170, lines[:48])

        def second(canvas: Canvas) -> None:
            fill(canvas, 180, 60, lines[48:])

        return drawn(first, second)

    @pytest.mark.parametrize("title_left", [35, 180])
    def test_it_does_not_interrupt_the_text(self, title_left: float) -> None:
        found = parsed(self.pages(title_left))
        assert found.paper.title == "Fares of the northern river and its ferries"
        assert " ".join(body(1, 90, 370)) in found.text.split("\n\n")
        assert found.text.rindex("Edited by:") > found.text.rindex(prose(1, 90)[-40:])
        cited = [p for p in make_passages(found, count_words) if p.text in prose(1, 90)]
        assert sum(len(p.text.split()) for p in cited) == len(prose(1, 90).split())

    def test_labels_beside_their_lines_stay_there(self) -> None:
        names = [f"{name}:" for name in ("Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida")]
        found = read(self.pages(180, names, 8)).text
        assert found.index("Gus:") < found.index(body(1, 90, 370)[47])

    def test_a_left_column_in_smaller_type_comes_first(self) -> None:
        def page(canvas: Canvas) -> None:
            fill(canvas, 60, 100, wrapped(prose(1, 25), 225, 9), 9)
            fill(canvas, 310, 100, body(2, 28, 225))

        found = read(drawn(page)).text
        assert found.index(prose(1, 1)[:30]) < found.index(prose(2, 1)[:30])

"""Columns of PDF files where few lines tell of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.formats import pdf
from tests.ingest.pdfs import body, centred, drawn, fill, prose, write

PATH = Path("paper.pdf")


def read(data: bytes) -> str:
    return pdf.read(data, PATH).text


class TestLastPages:
    @staticmethod
    def first(canvas: Canvas) -> None:
        fill(canvas, 60, 80, body(1, 60, 225)[:50])
        fill(canvas, 310, 80, body(2, 60, 225)[:50])

    @pytest.mark.parametrize("lines", [1, 2, 3, 5])
    def test_few_lines_stand_in_the_columns_of_the_pages_before(self, lines: int) -> None:
        text = body(3, 60, 225)

        def last(canvas: Canvas) -> None:
            for left, begin in ((60, 0), (310, lines)):
                fill(canvas, left, 80, [*text[begin : begin + lines - 1], "a short end."])

        found = read(drawn(self.first, last))
        assert "|" not in found
        order = [*text[: lines - 1], "a short end.", *text[lines : 2 * lines - 1], "a short end."]
        assert " ".join(order) in found.replace("\n\n", " ")

    def test_a_table_over_both_columns_is_not_cut(self) -> None:
        def last(canvas: Canvas) -> None:
            for number in range(6):
                row = (prose(number, 1)[:24], "12", "yes", "7")
                for left, cell in zip((60, 250, 330, 420), row, strict=True):
                    write(canvas, left, 80 + 14 * number, cell)

        rows = [line for line in read(drawn(self.first, last)).split("\n") if line.startswith("|")]
        assert all(line.count("|") == 5 for line in rows)
        assert len(rows) == 7


class TestFirstPages:
    def test_a_title_in_the_left_column_is_apart_from_the_top_of_the_right_one(self) -> None:
        def page(canvas: Canvas) -> None:
            write(canvas, 60, 80, "Fares of the northern river", 16)
            write(canvas, 310, 80, "III. OPPORTUNITIES OF FERRIES", 10, "Times-Bold")
            fill(canvas, 60, 120, body(1, 60, 225)[:45])
            fill(canvas, 310, 105, body(2, 60, 225)[:46])

        found = read(drawn(page)).split("\n\n")
        assert found[0] == "# Fares of the northern river"
        assert found[2].endswith("III. OPPORTUNITIES OF FERRIES")


class TestSpanningLines:
    def test_the_first_line_of_a_column_is_not_the_end_of_a_line_above_all(self) -> None:
        def page(canvas: Canvas) -> None:
            centred(canvas, 297, 80, "Fares of the northern river", 16)
            centred(canvas, 297, 104, "This line spans the page and both of its columns.")
            write(canvas, 60, 122, "1. Introduction", 11, "Times-Bold")
            fill(canvas, 60, 140, body(1, 60, 225)[:45])
            fill(canvas, 310, 120, body(2, 60, 225)[:46])

        found = read(drawn(page))
        assert " ".join((*body(1, 60, 225)[:45], *body(2, 60, 225)[:46])) in found.split("\n\n")

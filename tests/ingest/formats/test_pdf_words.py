"""Words of PDF files: characters of all planes, marks, hyphens, numbers of lines, watermarks."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.formats import pdf
from ingest.passages import make_passages
from ingest.reader import parse
from tests.ingest.helpers import count_words
from tests.ingest.pdfs import body, drawn, fill, prose, wrapped, write

PATH = Path("paper.pdf")


def mapped(text: str, sign: str, code: str) -> bytes:
    """A page with a line of text, of which one sign stands for what is coded in UTF-16."""
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /Made def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"1 beginbfchar <{ord(sign):02X}> <{code}> endbfchar\n"
        "endcmap end end"
    )
    drawing = f"BT /F 10 Tf 60 700 Td ({text}) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(drawing)} >> stream\n{drawing}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode 6 0 R >>",
        f"<< /Length {len(cmap)} >> stream\n{cmap}\nendstream",
    ]
    made = b"%PDF-1.4\n"
    places = []
    for number, made_of in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj {made_of} endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF"
    return made + (table + trailer).encode()


class TestCharactersAboveTheFirstPlane:
    def test_an_italic_letter_of_mathematics_is_one_character(self) -> None:
        line = "The fare x is what the guild asks, and xx is what it asks twice."
        found = parse(pdf.read(mapped(line, "x", "D835DC65"), PATH), paper_id="0" * 64, path=PATH)
        [passage] = make_passages(found, count_words)
        assert passage.text == line.replace("x", "\U0001d465")

    def test_half_of_one_is_a_sign_that_says_so(self) -> None:
        found = pdf.read(mapped("The fare x is what the guild asks.", "a", "D835"), PATH)
        assert "The f\ufffdre x" in found.text


class TestRaisedMarks:
    @pytest.mark.parametrize("mark", ["a,*", "b,1", "a,c,*", "1,†", "1,2*", "2,3", "‡"])
    def test_marks_of_several_kinds_belong_to_no_name(self, mark: str) -> None:
        def page(canvas: Canvas) -> None:
            write(canvas, 60, 60, "Fares of the northern river", 18, "Times-Bold")
            end = 60.0
            for name in ("Ann Sand", "Bo Reed"):
                end = write(canvas, end, 90, name, 11)
                end = write(canvas, end, 86, mark, 7)
                end = write(canvas, end, 90, ", ", 11) if name == "Ann Sand" else end
            write(canvas, 60, 130, "1. Introduction", 12, "Times-Bold")
            fill(canvas, 60, 150, body(1, 30))

        found = parse(pdf.read(drawn(page), PATH), paper_id="0" * 64, path=PATH)
        assert found.paper.authors == ("Ann Sand", "Bo Reed")


class TestWatermarks:
    def test_words_set_aslant_are_left_out_and_counted(self) -> None:
        def page(number: int, canvas: Canvas) -> None:
            canvas.saveState()
            canvas.translate(300, 400)
            canvas.rotate(45)
            write(canvas, -150, A4[1], "DRAFT COPY", 60)
            canvas.restoreState()
            fill(canvas, 60, 80, body(number, 60))

        found = pdf.read(drawn(*(lambda c, n=n: page(n, c) for n in (1, 2))), PATH)
        assert "DRAFT" not in found.text
        assert [(left.what, left.count) for left in found.left_out] == [("words of watermarks", 4)]
        assert " ".join(body(1, 60)) in found.text

    def test_upright_words_in_the_margin_are_no_watermark(self) -> None:
        def page(canvas: Canvas) -> None:
            fill(canvas, 60, 80, body(1, 60))
            canvas.rotate(90)
            canvas.drawString(300, -30, "Printed at the mill")

        assert "Printed at the mill" in pdf.read(drawn(page), PATH).text

    def test_a_page_of_nothing_else_is_read(self) -> None:
        def page(canvas: Canvas) -> None:
            canvas.rotate(20)
            write(canvas, 200, 300, "Ferries cross the river.", 14)

        assert "Ferries" in pdf.read(drawn(page), PATH).text


class TestNumbersOfLines:
    @staticmethod
    def pages(every: int, leading: float = 20, left: float = 70) -> bytes:
        """Three pages of which lines are numbered throughout."""
        text = body(1, 200)

        def page(number: int, canvas: Canvas) -> None:
            for place in range(30):
                at = 30 * number + place
                write(canvas, 90, 80 + leading * place, text[at])
                if (at + 1) % every == 0:
                    width = stringWidth(str(at + 1), "Times-Roman", 7)
                    write(canvas, left - width, 80 + leading * place, str(at + 1), 7)

        return drawn(*(lambda canvas, n=n: page(n, canvas) for n in range(3)))

    @pytest.mark.parametrize("every", [1, 5])
    def test_they_are_left_out_and_counted(self, every: int) -> None:
        found = pdf.read(self.pages(every), PATH)
        assert found.text == " ".join(body(1, 200)[:90])
        assert [(left.what, left.count) for left in found.left_out] == [
            ("numbers of lines", 90 // every)
        ]

    def test_numbers_on_both_sides_of_two_columns(self) -> None:
        left, right = body(1, 70, 225)[:50], body(2, 70, 225)[:50]

        def page(canvas: Canvas) -> None:
            fill(canvas, 60, 80, left)
            fill(canvas, 310, 80, right)
            fill(canvas, 20, 81, [str(number) for number in range(1, 51)])
            fill(canvas, 560, 81, [str(number) for number in range(51, 101)])

        assert pdf.read(drawn(page), PATH).text == " ".join((*left, *right))

    def test_numbers_of_references_stay(self) -> None:
        def first(canvas: Canvas) -> None:
            fill(canvas, 60, 80, body(1, 60))

        def last(canvas: Canvas) -> None:
            write(canvas, 60, 60, "References", 12, "Times-Bold")
            for number in range(1, 21):
                write(canvas, 60, 60 + 26 * number, str(number))
                fill(canvas, 84, 60 + 26 * number, wrapped(prose(number, 2), 400)[:2])

        assert pdf.read(drawn(first, last), PATH).left_out == ()


class TestHyphensOfCompounds:
    @staticmethod
    def read(*lines: str) -> str:
        """Lines, in a document that hyphenates often."""
        cut = [f"{prose(number, 1)[:60]} fer-\nries cross." for number in range(8)]
        text = [line for part in (*lines, *cut) for line in part.split("\n")]

        def page(canvas: Canvas) -> None:
            fill(canvas, 60, 80, text)

        return pdf.read(drawn(page), PATH).text

    @pytest.mark.parametrize(
        "compound", ["long-term", "policy-relevant", "state-owned", "evidence-based"]
    )
    def test_words_that_only_end_compounds_keep_it(self, compound: str) -> None:
        cut = compound.replace("-", "-\n")
        found = self.read(f"Masters of guilds, who met at mills, were asked about {cut} fares.")
        assert f"about {compound} fares" in found
        assert "ferries cross" in found

    def test_what_ends_a_compound_elsewhere_keeps_it(self) -> None:
        found = self.read(
            "The state-funded ferries are few, and others are found to be guild-\nfunded there."
        )
        assert "guild-funded" in found

    def test_a_word_that_is_written_together_elsewhere_loses_it(self) -> None:
        found = self.read(
            "A longterm fare is one which the guild has written, and each long-\nterm fare is."
        )
        assert "each longterm fare" in found

    def test_parts_of_words_are_joined(self) -> None:
        found = self.read(
            "The rules are non-binding, as all the masters of mills say, and irrel-\nevant here."
        )
        assert "irrelevant here" in found

"""PDF files made for the purpose: reading order, furniture, notes, places, what is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.cleaning import clean
from ingest.document import Claim, Document
from ingest.errors import UnreadableFile
from ingest.formats import pdf
from ingest.formats.pdf.spelling import normal
from ingest.layout import Layout
from ingest.reader import parse
from ingest.types import Span
from tests.ingest.helpers import count_words, sections, texts
from tests.ingest.pdfs import Sheet, drawn, prose, typeset

PATH = Path("paper.pdf")
FILLER = "Ferries cross the river at every hour of the day and the guild keeps a book of fares."


def read(data: bytes, password: str | None = None) -> Document:
    return pdf.read(data, PATH, password)


def paragraphs(document: Document) -> list[str]:
    return document.text.split("\n\n")


def text_lines(
    canvas: Canvas, left: float, top: float, lines: Sequence[str], leading: float = 12
) -> None:
    """Lines of text from a point of the page, measured from above."""
    for number, line in enumerate(lines):
        canvas.drawString(left, A4[1] - top - number * leading, line)


class TestReadingOrder:
    def test_the_left_column_comes_first_below_a_title_over_both(self) -> None:
        story = [("title", "Fares of the river"), ("section", "1 Crossing")]
        story += [("text", f"Paragraph {i} begins. {prose(i, 4)}") for i in range(12)]
        found = read(typeset(story, Sheet(columns=2)))
        assert found.text.startswith("# Fares of the river\n\n## 1 Crossing\n\n")
        order = [p for p in paragraphs(found) if p.startswith("Paragraph")]
        assert [p.split()[1] for p in order] == [str(i) for i in range(12)]

    def test_three_columns(self) -> None:
        story = [("text", f"Start{i} {prose(i, 6)}") for i in range(30)]
        found = read(typeset(story, Sheet(columns=3)))
        assert [p.split()[0] for p in paragraphs(found)] == [f"Start{i}" for i in range(30)]

    def test_columns_that_the_file_draws_row_by_row(self) -> None:
        left = [f"left {i} {prose(i)[:28]}" for i in range(20)]
        right = [f"right {i} {prose(i + 50)[:28]}" for i in range(20)]

        def page(canvas: Canvas) -> None:
            for i in range(20):
                text_lines(canvas, 60, 100 + 12 * i, [left[i]])
                text_lines(canvas, 310, 100 + 12 * i, [right[i]])

        words = read(drawn(page)).text.split()
        assert words.index("right") > max(i for i, word in enumerate(words) if word == "left")

    def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page(self) -> None:
        story = [("text", f"Start{i} {prose(i, 18)}") for i in range(10)]
        found = read(typeset(story, Sheet(columns=2)))
        assert found.layout
        assert len(found.layout.pages) > 1
        assert [p.split()[0] for p in paragraphs(found)] == [f"Start{i}" for i in range(10)]

    @pytest.mark.parametrize("indented", [True, False])
    def test_paragraphs_are_told_by_indents_or_by_gaps(self, indented: bool) -> None:
        story = [("text", f"Start{i} {prose(i, i % 3 * 2 + 1)}") for i in range(8)]
        found = read(typeset(story, Sheet(indented=indented)))
        assert [p.split()[0] for p in paragraphs(found)] == [f"Start{i}" for i in range(8)]

    def test_each_reference_is_a_paragraph(self) -> None:
        story = [("section", "References")]
        story += [("reference", f"Author{i}, B. 2001. {prose(i, 2)}") for i in range(9)]
        found = read(typeset(story, Sheet(columns=2)))
        assert [p.split(",")[0] for p in paragraphs(found)[1:]] == [f"Author{i}" for i in range(9)]


class TestFurniture:
    def test_running_heads_and_page_numbers_go_and_are_counted(self) -> None:
        story = [("text", prose(i, 12)) for i in range(30)]
        found = read(typeset(story, Sheet(head="Annals of the river 7")))
        assert found.layout
        pages = len(found.layout.pages)
        assert "Annals" not in found.text
        assert [left.count for left in found.left_out] == [2 * pages]

    def test_the_printed_number_is_the_pages_label(self) -> None:
        story = [("text", prose(i, 12)) for i in range(30)]
        found = read(typeset(story, Sheet(first_page=84)))
        assert found.layout
        assert [page.label for page in found.layout.pages][:3] == ["84", "85", "86"]

    def test_a_page_of_nothing_else_keeps_its_text(self) -> None:
        page = lambda canvas: text_lines(canvas, 60, 60, ["The same words."])  # noqa: E731
        assert paragraphs(read(drawn(page, page))) == ["The same words."] * 2

    def test_a_preprint_stamp_in_the_margin_is_left_out(self) -> None:
        def page(canvas: Canvas) -> None:
            text_lines(canvas, 60, 100, [FILLER[:80]] * 6)
            canvas.rotate(90)
            canvas.drawString(300, -30, "arXiv:2401.01234v2 [cs.CY] 5 Jan 2024")

        found = read(drawn(page))
        assert "arXiv" not in found.text
        assert found.left_out[0].count == 1


class TestWords:
    def test_hyphens_of_line_ends_go_and_those_of_words_stay(self) -> None:
        lines = [
            "The decision-making of the guilds is slow, and the gover-",
            "nance of fares is slower. The council trusts in decision-",
            "making by lot, and the governance of mills is like it, in",
            "a town that has many of them and few of the regula-",
            "tions which others have written down in all these years.",
        ]
        found = read(drawn(lambda canvas: text_lines(canvas, 60, 100, lines)))
        assert "governance of fares" in found.text
        assert "decision-making by lot" in found.text
        assert "regulations" in found.text

    def test_a_cut_word_has_a_box_in_each_line(self) -> None:
        lines = ["The river is crossed by fer-", "ries at every hour of the day."] * 4
        found = read(drawn(lambda canvas: text_lines(canvas, 60, 100, lines)))
        assert found.layout
        start = found.text.index("ferries")
        first, second = found.layout.boxes([Span(start, start + len("ferries"))])
        assert first.top < second.top
        assert first.left > second.left

    def test_chinese_lines_are_joined_without_spaces(self) -> None:
        def page(canvas: Canvas) -> None:
            pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
            canvas.setFont("STSong-Light", 10)
            text_lines(canvas, 60, 100, lines)

        lines = [
            "治理理论的核心是多元主体的共同参与和协商",
            "合作治理的机制。",
            "另一段从这里开始。",
        ]
        assert read(drawn(page)).text == f"{lines[0]}{lines[1]}\n\n{lines[2]}"

    def test_ligatures_are_letters(self) -> None:
        assert normal("e\ufb03cient") == "efficient"
        assert normal("co\u00adoper\u00adate") == "cooperate"
        assert normal("x\u00b2") == "x\u00b2"

    def test_what_looks_like_markdown_is_read_as_it_stands(self) -> None:
        line = "The set <b> of all a_b_c and |x| in (4) is #1 in C:\\new, not [a](b)."
        found = read(drawn(lambda canvas: text_lines(canvas, 60, 100, [line])))
        cleaned = clean(found.text, [Span(0, len(found.text))]).text
        assert cleaned == line

    def test_raised_numbers_are_marks_behind_words_and_powers_behind_units(self) -> None:
        def page(canvas: Canvas) -> None:
            text_lines(canvas, 60, 100, [FILLER[:70]] * 3)
            for left, word, raised in ((60, "guilds", "2"), (160, "9 km", "2")):
                canvas.drawString(left, 600, word)
                end = left + canvas.stringWidth(word, "Times-Roman", 10)
                canvas.setFont("Times-Roman", 6)
                canvas.drawString(end, 604, raised)
                canvas.setFont("Times-Roman", 10)

        found = read(drawn(page))
        assert "guilds<sup>2</sup>" in found.text
        assert "9 km²" in found.text


class TestNotesAndTables:
    def test_footnotes_follow_the_paragraph_that_they_cut(self) -> None:
        def first(canvas: Canvas) -> None:
            text_lines(canvas, 60, 100, [prose(i)[:70] for i in range(50)])
            canvas.setFont("Times-Roman", 5)
            canvas.drawString(60, 94, "1")
            canvas.setFont("Times-Roman", 8)
            canvas.drawString(63, 90, "The book is kept at the mill.")

        def second(canvas: Canvas) -> None:
            text_lines(canvas, 60, 100, ["and no master of the guild has seen it."])

        found = paragraphs(read(drawn(first, second)))
        assert len(found) == 2
        assert found[0].endswith("and no master of the guild has seen it.")
        assert found[1] == "[^1]: The book is kept at the mill."

    def test_a_table_is_rows_of_cells_and_its_caption_a_paragraph(self) -> None:
        rows = [("Town", "Ferries", "Fare"), ("Aubry", "12", "3"), ("Belin", "7", "4")]

        def page(canvas: Canvas) -> None:
            text_lines(canvas, 60, 100, [FILLER[:80]] * 4)
            text_lines(canvas, 60, 180, ["Table 1: Ferries and fares."])
            for number, row in enumerate(rows):
                for left, cell in zip((60, 200, 300), row, strict=True):
                    text_lines(canvas, left, 210 + 14 * number, [cell])

        found = paragraphs(read(drawn(page)))
        assert found[1:] == [
            "Table 1: Ferries and fares.",
            "| Town | Ferries | Fare |\n| --- | --- | --- |\n| Aubry | 12 | 3 |\n| Belin | 7 | 4 |",
        ]

    def test_headings_have_levels_by_number_and_size(self) -> None:
        story = [("title", "Fares of the river")]
        for section in ("1 Crossing", "1.1 By day", "1.2 By night", "2 Fares"):
            kind = "subsection" if "." in section else "section"
            story += [(kind, section), ("text", prose(len(story)))]
        parsed = parse(read(typeset(story)), paper_id="0" * 64, path=PATH)
        assert parsed.paper.title == "Fares of the river"
        assert sections(parsed) == [
            ("1 Crossing",),
            ("1 Crossing", "1.1 By day"),
            ("1 Crossing", "1.2 By night"),
            ("2 Fares",),
        ]
        assert len(texts(parsed)) == 4


class TestPlaces:
    def test_every_word_of_the_text_has_its_box(self) -> None:
        story = [("title", "Fares of the river"), *[("text", prose(i, 6)) for i in range(9)]]
        found = read(typeset(story, Sheet(columns=2, head="Annals")))
        layout = _layout(found)
        covered = {i for start, end, _ in layout.ranges for i in range(start, end)}
        uncovered = {found.text[i] for i in range(len(found.text)) if i not in covered}
        assert uncovered <= set("\n #")

    @pytest.mark.parametrize("turn", [0, 90, 180, 270])
    def test_boxes_are_on_the_page_as_it_is_shown(self, turn: int) -> None:
        def page(canvas: Canvas) -> None:
            canvas.setPageRotation(turn)
            text_lines(canvas, 100, 400, ["Ferries cross"])

        data = drawn(page)
        found = read(data)
        assert found.text == "Ferries cross"
        boxes = _layout(found).boxes([Span(0, len(found.text))])
        sides = [min(b.left for b in boxes), min(b.top for b in boxes)]
        sides += [max(b.right for b in boxes), max(b.bottom for b in boxes)]
        assert _inked(data, 0) == pytest.approx(tuple(sides), abs=4)

    def test_boxes_are_on_the_page_as_it_is_cropped(self) -> None:
        def page(canvas: Canvas) -> None:
            canvas.setCropBox((50, 300, 500, 800))
            text_lines(canvas, 100, 200, ["Ferries cross"])

        data = drawn(page)
        [box] = _layout(read(data)).boxes([Span(0, 13)])
        assert _inked(data, 0) == pytest.approx(box[1:], abs=4)

    def test_empty_pages_are_in_the_layout(self) -> None:
        text = lambda canvas: text_lines(canvas, 60, 100, [FILLER[:60]])  # noqa: E731
        pages = _layout(read(drawn(text, lambda canvas: None, text))).pages
        assert [page.state for page in pages] == ["text", "empty", "text"]
        assert (pages[1].width, pages[1].height) == pytest.approx(A4, abs=0.1)

    def test_what_is_outside_of_the_page_is_not_read(self) -> None:
        def page(canvas: Canvas) -> None:
            text_lines(canvas, 60, 100, ["Ferries cross"])
            text_lines(canvas, 60, -40, ["A printer's remark"])

        assert read(drawn(page)).text == "Ferries cross"


class TestProperties:
    def test_title_and_authors_are_claimed(self) -> None:
        found = read(
            typeset([("text", FILLER)], title="Fares of the river", author="Ann Sand, Bo Li")
        )
        assert found.claims == (
            Claim("title", "Fares of the river", "document properties"),
            Claim("authors", ("Ann Sand", "Bo Li"), "document properties"),
        )

    @pytest.mark.parametrize(
        "title", ["Microsoft Word - fares.doc", "untitled", "paper", "paper.pdf", "x\x02\x03y\x04z"]
    )
    def test_what_programs_write_is_no_title(self, title: str) -> None:
        assert read(typeset([("text", FILLER)], title=title)).claims == ()

    def test_a_property_that_is_no_text_is_left_out(self) -> None:
        data = typeset([("text", FILLER)], title="Fares of the river", author="Ann Sand")
        broken = re.sub(rb"/Author \([^)]*\)", b"/Author <FEFFDC00DC00>", data)
        assert broken != data
        assert read(broken).claims == (Claim("title", "Fares of the river", "document properties"),)

    def test_the_foot_of_the_first_page_names_the_proceedings(self) -> None:
        def page(canvas: Canvas) -> None:
            text_lines(canvas, 60, 100, [prose(i)[:70] for i in range(50)])
            text_lines(canvas, 60, 780, ["Proceedings of the Guild 2018, pages 84-91"])

        assert read(drawn(page)).claims == (
            Claim("venue", "Proceedings of the Guild 2018", "imprint"),
            Claim("year", 2018, "imprint"),
        )

    def test_a_running_head_gives_the_doi_and_a_note_does_not(self) -> None:
        def page(canvas: Canvas) -> None:
            text_lines(canvas, 60, 40, ["https://doi.org/10.1000/182"])
            text_lines(canvas, 60, 100, [prose(i)[:70] for i in range(50)])
            canvas.setFont("Times-Roman", 5)
            canvas.drawString(60, 64, "1")
            canvas.setFont("Times-Roman", 8)
            canvas.drawString(63, 60, "https://doi.org/10.2000/364")

        assert read(drawn(page, page)).claims == (Claim("doi", "10.1000/182", "imprint"),)

    def test_embedded_files_are_counted_and_never_read(self) -> None:
        with pdfium.PdfDocument(typeset([("text", FILLER)])) as document:
            document.new_attachment("secret.txt").set_data(b"the contents of the attachment")
            written = BytesIO()
            document.save(written)
        found = read(written.getvalue())
        assert ("embedded files", 1) in [(left.what, left.count) for left in found.left_out]
        assert "contents" not in found.text


class TestRefused:
    def test_an_encrypted_file_asks_for_its_password(self) -> None:
        data = drawn(lambda canvas: text_lines(canvas, 60, 100, ["Ferries."]), password="boat")
        with pytest.raises(UnreadableFile, match=r"^paper\.pdf: .*--password"):
            read(data)
        with pytest.raises(UnreadableFile, match="does not open"):
            read(data, "ship")
        assert read(data, "boat").text == "Ferries."

    @pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.4\n%%EOF", b"%PDF-" + b"x" * 5000])
    def test_a_damaged_file_says_so(self, data: bytes) -> None:
        with pytest.raises(UnreadableFile, match=r"^paper\.pdf: a damaged PDF file"):
            read(data)

    @pytest.mark.parametrize("part", range(1, 12))
    def test_a_truncated_file_is_read_or_refused(self, part: int) -> None:
        data = typeset([("text", prose(i)) for i in range(20)])
        problem = ""
        try:
            read(data[: len(data) * part // 12])
        except UnreadableFile as error:
            problem = str(error)
        assert problem.startswith("paper.pdf: " if problem else "")

    def test_only_empty_pages_are_nothing_to_add(self) -> None:
        with pytest.raises(UnreadableFile, match="all its pages are empty"):
            read(drawn(lambda canvas: None))


def _layout(document: Document) -> Layout:
    assert document.layout
    return document.layout


def _inked(data: bytes, index: int) -> tuple[float, float, float, float]:
    """The box of all that is dark on a page as pdfium shows it, in points."""
    with pdfium.PdfDocument(data) as document:
        picture = document[index].render(scale=4, grayscale=True).to_pil()
    left, top, right, bottom = picture.point(lambda value: 255 * (value < 128)).getbbox()
    return left / 4, top / 4, right / 4, bottom / 4


def test_passages_know_their_pages() -> None:
    from ingest.passages import make_passages

    story = [("text", f"Start{i} {prose(i, 6)}") for i in range(40)]
    parsed = parse(read(typeset(story, Sheet(first_page=9))), paper_id="0" * 64, path=PATH)
    found = make_passages(parsed, count_words)
    assert found[0].cited_pages == "p. 9"
    assert found[-1].pages == (len(parsed.layout.pages),) * 2 if parsed.layout else False

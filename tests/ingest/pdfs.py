"""What the tests of PDF files share: Markdown to PDF by a browser, and drawn pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from random import Random
from xml.sax.saxutils import escape

import pypdfium2 as pdfium
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, PdfMargins
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

_STYLE = """
body { font: 11px/1.4 "Liberation Serif", serif; margin: 0; }
h1 { font-size: 20px; column-span: all; }
h2 { font-size: 15px; } h3 { font-size: 13px; } h4 { font-size: 12px; }
p { margin: 0 0 6px; }
"""
ONE_COLUMN = ""
TWO_COLUMNS = "main { column-count: 2; column-gap: 24px; text-align: justify; }"
INDENTED = (
    "main { column-count: 2; column-gap: 18px; text-align: justify; hyphens: auto; }"
    "p { margin: 0; text-indent: 14px; }"
)
_MARGIN: PdfMargins = {"top": "70px", "bottom": "70px", "left": "60px", "right": "60px"}
_HEADER = '<div style="font-size: 8px; margin-left: 60px">{head}</div>'
_FOOTER = (
    '<div style="font-size: 8px; width: 100%; text-align: center">'
    '<span class="pageNumber"></span></div>'
)


def printed(browser: Browser, markdown: str, style: str, *, head: str = "") -> bytes:
    """Markdown as a PDF with a running head and page numbers."""
    numbered = re.sub(r"(?m)^(\d+)([.)] )", r"\1\\\2", markdown)
    reader = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table")
    sheet = f"<style>{_STYLE}{style}</style>"
    html = f"<html lang='en'><meta charset='utf-8'>{sheet}<main>{reader.render(numbered)}</main>"
    page = browser.new_page()
    try:
        page.set_content(html)
        return page.pdf(
            format="A4",
            margin=_MARGIN,
            display_header_footer=True,
            header_template=_HEADER.format(head=head),
            footer_template=_FOOTER,
        )
    finally:
        page.close()


_WORDS = (
    "ferries cross the river at every hour of day and guild keeps a book in which fares stand "
    "when water is high masters meet by mill to choose who may sail with grain or salt from "
    "northern towns that pay less than others since their fathers built this bridge of stone"
).split()


def prose(seed: int, sentences: int = 3) -> str:
    """Sentences of which no two are alike."""
    chance = Random(seed)
    made = (" ".join(chance.choices(_WORDS, k=chance.randint(8, 16))) for _ in range(sentences))
    return " ".join(f"{sentence.capitalize()}." for sentence in made)


@dataclass(frozen=True)
class Sheet:
    """How a document is set: columns, whether paragraphs are indented, head and foot."""

    columns: int = 1
    indented: bool = False
    head: str = ""
    first_page: int = 1


def typeset(story: Sequence[tuple[str, str]], sheet: Sheet | None = None, **options: str) -> bytes:
    """A document of blocks, each with its kind: title, section, subsection, text, reference.

    ``options`` are those of ReportLab's documents, such as the title.
    """
    sheet = sheet or Sheet()
    written = BytesIO()
    template = BaseDocTemplate(written, pagesize=A4, **options)
    width = (A4[0] - 2 * 60 - (sheet.columns - 1) * 20) / sheet.columns
    frames = [
        Frame(60 + i * (width + 20), 70, width, A4[1] - 140, 0, 0, 0, 0)
        for i in range(sheet.columns)
    ]

    def furniture(canvas: Canvas, _: object) -> None:
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(60, A4[1] - 45, sheet.head)
        number = canvas.getPageNumber() + sheet.first_page - 1
        canvas.drawCentredString(A4[0] / 2, 40, str(number))

    template.addPageTemplates(PageTemplate("all", frames, onPage=furniture))
    styles = _styles(indented=sheet.indented)
    template.build([Paragraph(escape(text), styles[kind]) for kind, text in story])
    return written.getvalue()


def _styles(*, indented: bool) -> dict[str, ParagraphStyle]:
    text = ParagraphStyle("text", fontName="Times-Roman", fontSize=10, leading=12, alignment=4)
    text = text.clone("set", firstLineIndent=14) if indented else text.clone("set", spaceAfter=6)
    bold = text.clone("bold", fontName="Times-Bold", alignment=0, firstLineIndent=0, spaceBefore=8)
    return {
        "text": text,
        "title": bold.clone("title", fontSize=18, leading=22, spaceAfter=10),
        "section": bold.clone("section", fontSize=13, leading=16, spaceAfter=4),
        "subsection": bold.clone("subsection", fontSize=11, leading=14, spaceAfter=4),
        "reference": text.clone("reference", firstLineIndent=-12, leftIndent=12),
    }


def drawn(*pages: Callable[[Canvas], None], password: str = "") -> bytes:
    """Pages that are drawn by hand, A4."""
    written = BytesIO()
    canvas = Canvas(written, pagesize=A4, encrypt=password or None)
    for draw in pages:
        canvas.setFont("Times-Roman", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def write(
    canvas: Canvas,
    left: float,
    top: float,
    text: str,
    size: float = 10,
    font: str = "Times-Roman",
) -> float:
    """A line of text, and where it ends."""
    canvas.setFont(font, size)
    canvas.drawString(left, A4[1] - top, text)
    return left + float(stringWidth(text, font, size))


def centred(canvas: Canvas, middle: float, top: float, text: str, size: float = 10) -> None:
    """A line of text around a middle."""
    write(canvas, middle - stringWidth(text, "Times-Roman", size) / 2, top, text, size)


def wrapped(text: str, width: float, size: float = 10) -> list[str]:
    """Text in lines of a width."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if stringWidth(longer, "Times-Roman", size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def fill(canvas: Canvas, left: float, top: float, lines: Sequence[str], size: float = 10) -> float:
    """Lines below one another, and where the next one would stand."""
    for line in lines:
        write(canvas, left, top, line, size)
        top += 1.2 * size
    return top


def body(seed: int, sentences: int = 60, width: float = 470) -> list[str]:
    return wrapped(prose(seed, sentences), width)


def scanned(pdf: bytes) -> bytes:
    """A PDF of pictures of the pages of another one."""
    written = BytesIO()
    canvas = Canvas(written, pagesize=A4)
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            picture = page.render(scale=200 / 72).to_pil()
            canvas.drawImage(ImageReader(picture), 0, 0, *A4)
            canvas.showPage()
    canvas.save()
    return written.getvalue()


def joined(*files: bytes) -> bytes:
    """One PDF of the pages of several."""
    written = BytesIO()
    with pdfium.PdfDocument.new() as whole:
        for data in files:
            with pdfium.PdfDocument(data) as part:
                whole.import_pages(part)
        whole.save(written)
    return written.getvalue()

"""Documents of every kind that is read, made here: seeds of fuzzing, and PDFs of any length."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph

from ingest.document import FileKind

_TITLE = "How ferries are governed"
_WORDS = (
    "the council of each harbour hears complaints in public and sets fares by lot so that no "
    "captain serves twice in a year nor keeps what passengers left behind on deck in winter"
).split()
_SENTENCES_A_PAGE = 32


def seeds() -> dict[FileKind, list[bytes]]:
    """A small paper of each kind."""
    return {
        "text": [_text().encode()],
        "markdown": [_markdown().encode()],
        "html": [_html().encode()],
        "jats": [_jats().encode()],
        "docx": [_docx()],
        "pdf": [pdf(2), pdf(2, packed=False)],
    }


def pdf(pages: int, *, packed: bool = True) -> bytes:
    """A paper in two columns.

    Args:
        pages: How many.
        packed: Whether its pages are compressed.

    Returns:
        The file.
    """
    file = io.BytesIO()
    width, height = A4[0] / 2 - 54, A4[1] - 108
    frames = [Frame(left, 54, width, height) for left in (45, A4[0] / 2 + 9)]
    document = BaseDocTemplate(
        file, title=_TITLE, author="Mira Vale", pageCompression=packed, invariant=1
    )
    document.addPageTemplates(PageTemplate("columns", frames))
    document.build(list(_flowables(pages)))
    return file.getvalue()


def _flowables(pages: int) -> Iterator[Paragraph | PageBreak]:
    styles = getSampleStyleSheet()
    yield Paragraph(_TITLE, styles["Title"])
    yield Paragraph("Mira Vale", styles["Normal"])
    for page in range(pages):
        yield Paragraph(f"{page + 1} Rule of the month", styles["Heading2"])
        for paragraph in range(_SENTENCES_A_PAGE // 4):
            text = " ".join(_sentence(page * 100 + paragraph * 4 + i) for i in range(4))
            yield Paragraph(text, styles["Normal"])
        yield PageBreak()


def _sentence(number: int) -> str:
    words = [_WORDS[(number * 7 + i * (1 + number % 5)) % len(_WORDS)] for i in range(14)]
    return f"Rule {number} says that {' '.join(words)}."


def _paragraphs() -> list[str]:
    return [" ".join(_sentence(4 * i + j) for j in range(4)) for i in range(4)]


def _text() -> str:
    return "\n\n".join([_TITLE, "Mira Vale", "1 Rules", *_paragraphs()])


def _markdown() -> str:
    table = "| rule | year |\n| --- | --- |\n| one | 1999 |"
    note = "The mark stands for a note.[^1]\n\n[^1]: See *elsewhere*."
    front = f"---\ntitle: {_TITLE}\nauthor: [Mira Vale]\nyear: 2021\n---"
    return "\n\n".join([front, "## 1. Rules", *_paragraphs(), table, "- one\n- two", note])


def _html() -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in _paragraphs())
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{_TITLE}</title>"
        "<meta name='citation_author' content='Mira Vale'><script>let x = 1;</script></head>"
        f"<body><nav><a href='/'>Home</a></nav><main><h1>{_TITLE}</h1><h2>1. Rules</h2>"
        f"{paragraphs}<table><tr><th>rule</th><td>one &amp; two</td></tr></table>"
        "<ul><li>one<ul><li>two</li></ul></li></ul><p>Note<sup>1</sup></p></main></body></html>"
    )


def _jats() -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in _paragraphs())
    return (
        "<?xml version='1.0' encoding='UTF-8'?><article xml:lang='en'><front><article-meta>"
        f"<title-group><article-title>{_TITLE}</article-title></title-group><contrib-group>"
        "<contrib contrib-type='author'><name><surname>Vale</surname><given-names>Mira"
        "</given-names></name></contrib></contrib-group><pub-date><year>2021</year></pub-date>"
        f"</article-meta></front><body><sec><title>Rules</title>{paragraphs}<p>See <xref "
        "ref-type='bibr' rid='r1'>1</xref>.</p></sec></body><back><ref-list><ref id='r1'>"
        "<mixed-citation>Vale, 1999.</mixed-citation></ref></ref-list></back></article>"
    )


def _docx() -> bytes:
    document = docx.Document()
    document.core_properties.author = "Mira Vale"
    document.add_heading(_TITLE, 0)
    document.add_heading("Rules", 1)
    for text in _paragraphs():
        document.add_paragraph(text)
    document.add_paragraph("one", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "rule"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()

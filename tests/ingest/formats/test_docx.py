from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
import matplotlib
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from fontTools.agl import toUnicode  # type: ignore[import-untyped]

from ingest.document import Document, LeftOut
from ingest.errors import UnreadableFile
from ingest.formats.docx import read
from ingest.formats.docx.symbols import sign
from tests.ingest.formats.bombs import laughs
from tests.ingest.formats.zips import zipped
from tests.ingest.written import add_footnotes, add_item, cite_footnote, new_list, saved

PATH = Path("paper.docx")
W = nsdecls("w")
MC = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def read_docx(document: Any) -> Document:
    return read(saved(document), PATH)


def blocks(document: Any) -> list[str]:
    return read_docx(document).text.strip().split("\n\n")


def with_xml(document: Any, xml: str) -> Any:
    """A paragraph with markup at its end."""
    paragraph = document.add_paragraph("Before ")
    paragraph._p.append(parse_xml(xml))
    return paragraph


def test_title_headings_and_paragraphs() -> None:
    document = docx.Document()
    document.add_heading("On towns", 0)
    document.add_heading("Methods", 1)
    document.add_heading("Sampling", 2)
    document.add_paragraph("We count_all * towns.")
    assert blocks(document) == [
        "# On towns",
        "## Methods",
        "### Sampling",
        r"We count\_all * towns.",
    ]


@pytest.mark.parametrize(
    ("title", "whole"),
    [("On towns", "# On towns: And rivers"), ("Why towns?", "# Why towns? And rivers")],
)
def test_a_subtitle_is_part_of_the_title(title: str, whole: str) -> None:
    document = docx.Document()
    document.add_heading(title, 0)
    document.add_paragraph("And rivers", "Subtitle")
    document.add_paragraph("Jane Roe")
    document.add_paragraph("A subtitle below no title", "Subtitle")
    assert blocks(document) == [whole, "Jane Roe", "A subtitle below no title"]


def test_headings_of_a_word_in_another_language() -> None:
    document = docx.Document()
    style = document.styles["Heading 1"]
    style.element.set(style.element.attrib.keys()[-1], "berschrift1")
    paragraph = document.add_paragraph("Methoden")
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:pStyle {W} w:val="berschrift1"/>'))
    assert blocks(document) == ["## Methoden"]


def test_headings_by_their_outline_and_by_a_style_made_of_one() -> None:
    document = docx.Document()
    outlined = document.add_paragraph("Results")
    outlined._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="1"/>'))
    own = document.styles.add_style("Chapter", 1)
    own.base_style = document.styles["Heading 1"]
    document.add_paragraph("Discussion", style="Chapter")
    assert blocks(document) == ["### Results", "## Discussion"]


def test_a_first_line_that_is_larger_is_the_title_and_bold_lines_are_headings() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("On towns").font.size = Pt(20)
    document.add_paragraph().add_run("How we did it").bold = True
    document.add_paragraph("We asked. ").add_run("Loudly.").bold = True
    assert blocks(document) == ["# On towns", "**How we did it**", "We asked. Loudly."]


def test_lists_are_numbered_as_they_are_printed() -> None:
    document = docx.Document()
    bullets, numbers = new_list(document, "bullet"), new_list(document, "decimal", "%1)")
    romans = new_list(document, "lowerRoman")
    for text, depth in (("towns", 0), ("villages", 1), ("roads", 0)):
        add_item(document, text, bullets, depth)
    document.add_paragraph("And then:")
    for text in ("one", "two"):
        add_item(document, text, numbers)
    document.add_paragraph("A break.")
    add_item(document, "three", numbers)
    add_item(document, "first", romans)
    assert blocks(document) == [
        "- towns\n  - villages\n- roads",
        "And then:",
        "1) one\n2) two",
        "A break.",
        "3) three",
        "i. first",
    ]


@pytest.mark.parametrize(
    ("form", "labels"),
    [
        ("upperLetter", ["A.", "B."]),
        ("upperRoman", ["I.", "II."]),
        ("chineseCounting", ["一.", "二."]),
    ],
)
def test_headings_get_their_numbers(form: str, labels: list[str]) -> None:
    document = docx.Document()
    number = new_list(document, form)
    for title in ("Methods", "Results"):
        add_item(document, title, number).style = document.styles["Heading 1"]
    expected = [f"## {label} {t}" for label, t in zip(labels, ("Methods", "Results"), strict=True)]
    assert blocks(document) == expected


def test_numbers_with_a_word_are_read_and_make_no_list() -> None:
    document = docx.Document()
    articles = new_list(document, "decimal", "Article\u00a0%1")
    chapters = new_list(document, "upperRoman", "Chapter %1:")
    for title in ("Purposes", "Members"):
        add_item(document, title, chapters).style = document.styles["Heading 1"]
        add_item(document, f"Of {title.lower()}, in short.", articles)
    assert blocks(document) == [
        "## Chapter I: Purposes",
        "Article 1 Of purposes, in short.",
        "## Chapter II: Members",
        "Article 2 Of members, in short.",
    ]


def test_long_items_are_paragraphs() -> None:
    document = docx.Document()
    number = new_list(document, "decimal")
    add_item(document, "Short.", number)
    add_item(document, "word " * 80, number)
    assert [block[:8] for block in blocks(document)] == ["1. Short", "2. word "]


def test_tables_with_merged_and_nested_cells() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"c{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "tall | bar"
    inner = table.cell(1, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "in", "side"
    assert blocks(document) == [
        "| wide |  | c02 |\n| --- | --- | --- |\n"
        "| c10 in, side | c11 | tall \\| bar |\n| c20 | c21 |  |"
    ]


def test_a_table_of_one_cell_is_a_frame() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "First."
    cell.add_paragraph("Second.")
    assert blocks(document) == ["First.", "Second."]


def test_notes_stand_behind_the_paragraph_with_their_mark() -> None:
    document = docx.Document()
    add_footnotes(document, ["See <Roe>.", "See Doe.", "In a cell."])
    add_footnotes(document, ["At the end."], "endnote")
    cite_footnote(document.add_paragraph("One."), 2)
    cite_footnote(document.add_paragraph("Two."), 1)
    cite_footnote(document.add_paragraph("Three."), 1, "endnote")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "a"
    cite_footnote(table.cell(0, 1).paragraphs[0], 3)
    document.add_paragraph("Last.")
    assert blocks(document) == [
        "One.<sup>1</sup>",
        "[^1]: See Doe.",
        "Two.<sup>2</sup>",
        r"[^2]: See \<Roe\>.",
        "Three.<sup>i</sup>",
        "[^i]: At the end.",
        "| a | <sup>3</sup> |\n| --- | --- |",
        "[^3]: In a cell.",
        "Last.",
    ]


def test_what_stands_within_paragraphs() -> None:
    document = docx.Document()
    with_xml(document, f"<w:hyperlink {W}><w:r><w:t>a link</w:t></w:r></w:hyperlink>")
    with_xml(document, f"<w:ins {W}><w:r><w:t>inserted</w:t></w:r></w:ins>")
    with_xml(
        document, f"<w:sdt {W}><w:sdtContent><w:r><w:t>control</w:t></w:r></w:sdtContent></w:sdt>"
    )
    with_xml(
        document,
        f"<w:r {W}><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:t>s</w:t></w:r>",
    )
    with_xml(
        document,
        f'<w:fldSimple {W} w:instr="REF x"><w:r><w:instrText>REF x</w:instrText>'
        "<w:t>Figure 1</w:t></w:r></w:fldSimple>",
    )
    assert blocks(document) == [
        "Before a link",
        "Before inserted",
        "Before control",
        "Before co-ops",
        "Before Figure 1",
    ]


SYM = f'<w:r {W}><w:sym w:font="{{}}" w:char="{{}}"/><w:t xml:space="preserve"> x</w:t></w:r>'


@pytest.mark.parametrize(
    ("font", "code", "written"),
    [
        ("Symbol", "F062", "β"),
        ("Symbol", "0044", "Δ"),
        ("Symbol", "F0A3", "≤"),
        ("Symbol", "F020", ""),
        ("Wingdings", "F0E0", "→"),
        ("Arial", "2192", "→"),
    ],
)
def test_symbols_are_read(font: str, code: str, written: str) -> None:
    document = docx.Document()
    with_xml(document, SYM.format(font, code))
    assert blocks(document) == [" ".join(["Before", *filter(None, [written]), "x"])]
    assert read_docx(document).left_out == ()


@pytest.mark.parametrize(
    ("font", "code"),
    [("Symbol", "F0E6"), ("Wingdings", "F022"), ("Webdings", "0041"), ("Own", "F041"), ("Own", "")],
)
def test_symbols_that_nobody_knows_are_counted(font: str, code: str) -> None:
    document = docx.Document()
    with_xml(document, SYM.format(font, code))
    assert blocks(document) == ["Before x"]
    assert [(left.what, left.count) for left in read_docx(document).left_out] == [("symbols", 1)]


def test_letters_that_are_set_in_symbol_are_signs() -> None:
    document = docx.Document()
    document.add_paragraph("Let ").add_run("\uf062").font.name = "Symbol"
    assert blocks(document) == ["Let β"]


def test_the_signs_of_symbol_are_adobes() -> None:
    """The metrics of the font name its signs; letters stand for the signs that look like them."""
    metrics = Path(matplotlib.get_data_path(), "fonts", "pdfcorefonts", "Symbol.afm").read_text()
    alike = {"\u2206": "Δ", "\u2126": "Ω", "\u00b5": "μ", "\u2329": "\u27e8", "\u232a": "\u27e9"}
    serif = {"registerserif": "®", "copyrightserif": "©", "trademarkserif": "™"}
    named = serif | {f"{called[:-5]}sans": mark for called, mark in serif.items()}
    for code, called in re.findall(r"(?m)^C (\d+) ;.*?N (\w+) ;", metrics):
        expected = named.get(called) or toUnicode(called)
        expected = expected if expected.isprintable() else ""
        assert sign("Symbol", int(code)) == alike.get(expected, expected), called


def test_what_stands_in_a_content_control_only_where_it_is_filled() -> None:
    document = docx.Document()
    asks = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
    told = '<w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr>'
    run = "<w:r><w:t>Click here to enter text.</w:t></w:r>"
    sdt = f"<w:sdt {W}>{{}}<w:sdtContent>{{}}</w:sdtContent></w:sdt>"
    with_xml(document, sdt.format(asks, run))
    with_xml(document, sdt.format(told, "<w:r><w:t>filled</w:t></w:r>"))
    table = document.add_table(1, 2)
    table.cell(0, 1).text = "b"
    document.element.body.insert(0, parse_xml(sdt.format(asks, f"<w:p>{run}</w:p>")))
    row = table.rows[0]._tr
    row.replace(row.tc_lst[0], parse_xml(sdt.format(asks, f"<w:tc><w:p>{run}</w:p></w:tc>")))
    assert blocks(document) == ["Before", "Before filled", "|  | b |\n| --- | --- |"]
    left = [(left.what, left.count) for left in read_docx(document).left_out]
    assert left == [("empty content controls", 2)]


def test_raised_text_is_a_mark_an_exponent_or_a_unit() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text, raised in (
        ("Towns grow.", False), ("4,7", True), (" On 10", False), ("-3", True), (" km", False),
        ("2", True), (" for the 5", False), ("th", True), (" time", False), ("12", True),
    ):  # fmt: skip
        paragraph.add_run(text).font.superscript = raised
    assert blocks(document) == [
        "Towns grow.<sup>4,7</sup> On 10^-3 km2 for the 5th time<sup>12</sup>"
    ]


def test_equations_can_be_read() -> None:
    document = docx.Document()
    m = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    t = "<m:r><m:t>{}</m:t></m:r>".format
    fraction = f"<m:f><m:num>{t('a+b')}</m:num><m:den>{t('2')}</m:den></m:f>"
    square = f"<m:sSup><m:e>{t('x')}</m:e><m:sup>{t('2')}</m:sup></m:sSup>"
    total = (
        f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{t("i")}</m:sub>'
        f"<m:sup>{t('n')}</m:sup><m:e>{t('k')}</m:e></m:nary>"
    )
    with_xml(document, f"<m:oMath {m}>{t('y=')}{fraction}{t('+')}{square}{t('+')}{total}</m:oMath>")
    assert blocks(document) == [r"Before y=(a+b)/2+x^2+∑\_i^n k"]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    with_xml(
        document,
        f"<w:r {W} {MC}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}"
        f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>",
    )
    assert blocks(document) == ["Before", "In the box."]


def test_what_is_left_out_is_said() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Draft of May"
    document.sections[0].footer.paragraphs[0].text = "Page"
    with_xml(document, f"<w:del {W}><w:r><w:delText>gone</w:delText></w:r></w:del>")
    document.add_paragraph().add_run("unseen").font.hidden = True
    document.add_comment(document.paragraphs[0].runs[0], "Really?", "Roe")
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("Methods\t3", style="toc 1")
    read = read_docx(document)
    assert read.text == "Before\n"
    assert {(left.what, left.count) for left in read.left_out} == {
        ("deletions", 1),
        ("hidden passages", 1),
        ("comments", 1),
        ("headers and footers", 2),
        ("lines of tables of contents", 1),
    }
    assert all(isinstance(left, LeftOut) and left.why for left in read.left_out)


@pytest.mark.parametrize(
    ("title", "creator", "expected"),
    [
        (
            "On towns and roads",
            "Jane Roe; John Doe",
            {"On towns and roads", ("Jane Roe", "John Doe")},
        ),
        ("Microsoft Word - draft.doc", "user-17", set()),
        ("Document1", "", set()),
        ("paper_final.docx", "Administrator of 3 machines", set()),
    ],
)
def test_properties_count_where_they_are_plausible(
    title: str, creator: str, expected: set[object]
) -> None:
    document = docx.Document()
    document.add_paragraph("Text.")
    document.core_properties.title, document.core_properties.author = title, creator
    claims = read_docx(document).claims
    assert {claim.value for claim in claims} == expected
    assert {claim.where for claim in claims} <= {"document properties"}


def test_a_strict_file_is_read_as_well() -> None:
    namespace = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = "<w:body><w:p><w:r><w:t>Text.</w:t></w:r></w:p></w:body>"
    xml = f"<w:document xmlns:w='{namespace}'>{body}</w:document>"
    assert read(zipped({"word/document.xml": xml}), PATH).text == "Text.\n"


DOCUMENT = f"<w:document {W}><w:body>{{}}</w:body></w:document>"
BROKEN = {
    "no body": (zipped({"word/document.xml": f"<w:document {W}/>"}), "without a body"),
    "no text": (zipped({"word/other.xml": "<x/>"}), "without a text"),
    "cut off": (zipped({"word/document.xml": "x" * 9000})[:60], "a damaged zip archive"),
    "bad XML": (zipped({"word/document.xml": "<w:p>"}), "part word/document.xml is damaged XML"),
    "deep": (
        zipped({"word/document.xml": DOCUMENT.format("<w:sdt>" * 300 + "</w:sdt>" * 300)}),
        "damaged XML.*[Dd]epth",
    ),
    "a zip bomb": (zipped({"word/document.xml": "0" * 50_000_000}), "a zip bomb"),
    "a large zip bomb": (
        zipped({"word/document.xml": "<x/>", **{f"{i}.bin": bytes(60_000_000) for i in range(9)}}),
        "a zip bomb.*540 MB",
    ),
    "many parts": (zipped({f"{i}": "" for i in range(10_001)}), "a zip bomb.*10,001 parts"),
    "an XML bomb": (zipped({"word/document.xml": laughs(DOCUMENT)}), "XML bombs"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_says_why(case: str) -> None:
    data, message = BROKEN[case]
    with pytest.raises(UnreadableFile, match=rf"^paper\.docx: .*{message}"):
        read(data, PATH)


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    data = zipped({"word/document.xml": "<x>" + "0" * 2_000_000 + "</x>"})
    size = (2_000_007).to_bytes(4, "little")
    assert data.count(size) == 2
    with pytest.raises(UnreadableFile, match="a damaged zip archive"):
        read(data.replace(size, (999_999).to_bytes(4, "little")), PATH)


def test_a_file_cut_anywhere_ends_in_text_or_a_message() -> None:
    document = docx.Document()
    document.add_paragraph("Text.")
    data = saved(document)
    messages = []
    for end in range(0, len(data) - 1, 997):
        with pytest.raises(UnreadableFile) as error:
            read(data[:end], PATH)
        messages.append(str(error.value))
    assert all(re.match(r"paper\.docx: .+\. .+\.$", message) for message in messages)

"""Papers of known structure, written as Markdown, HTML, JATS and Word."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import count
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest import markdown
from ingest.document import FileKind


@dataclass(frozen=True)
class Paragraph:
    text: str
    note: str = ""


@dataclass(frozen=True)
class Items:
    texts: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    level: int
    title: str
    blocks: tuple[Paragraph | Items | Table, ...]


@dataclass(frozen=True)
class Written:
    title: str
    authors: tuple[str, ...]
    abstract: str
    sections: tuple[Section, ...]
    references: tuple[str, ...]


def as_markdown(paper: Written) -> bytes:
    numbers = count(1)
    blocks = [
        markdown.heading(1, paper.title),
        markdown.line(", ".join(paper.authors)),
        markdown.heading(2, "Abstract"),
        markdown.line(paper.abstract),
    ]
    for section in paper.sections:
        blocks.append(markdown.heading(section.level + 1, section.title))
        for block in section.blocks:
            blocks.extend(_markdown_block(block, numbers))
    blocks.append(markdown.heading(2, "References") if paper.references else "")
    blocks.extend(map(markdown.line, paper.references))
    return markdown.joined(blocks).encode()


def _markdown_block(block: Paragraph | Items | Table, numbers: Iterator[int]) -> Iterator[str]:
    if isinstance(block, Table):
        yield markdown.table(block.rows)
    elif isinstance(block, Items):
        yield markdown.items(
            (0, f"{n}." if block.ordered else "-", text) for n, text in enumerate(block.texts, 1)
        )
    elif block.note:
        number = str(next(numbers))
        yield markdown.line(f"{block.text}{markdown.mark(number)}")
        yield markdown.note(number, block.note)
    else:
        yield markdown.line(block.text)


def as_html(paper: Written) -> bytes:
    notes: list[str] = []
    body = [f"<h1>{escape(paper.title)}</h1>", f"<p>{escape(', '.join(paper.authors))}</p>"]
    body += ["<h2>Abstract</h2>", f"<p>{escape(paper.abstract)}</p>"]
    for section in paper.sections:
        body.append(f"<h{section.level + 1}>{escape(section.title)}</h{section.level + 1}>")
        body += [_html_block(block, notes) for block in section.blocks]
    if paper.references:
        body += ["<h2>References</h2>", *(f"<p>{escape(r)}</p>" for r in paper.references)]
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/all'>All</a></li></ul></nav>"
    foot = "".join(f'<li id="fn{n}"><p>{escape(text)}</p></li>' for n, text in enumerate(notes, 1))
    ends = f'<section class="footnotes" role="doc-endnotes"><ol>{foot}</ol></section>'
    head = f"<head><meta charset='utf-8'><title>{escape(paper.title)}</title></head>"
    page = f"{menu}<main>{''.join(body)}{ends if foot else ''}</main><footer>Imprint</footer>"
    return f"<!DOCTYPE html><html lang='en'>{head}<body>{page}</body></html>".encode()


def _html_block(block: Paragraph | Items | Table, notes: list[str]) -> str:
    if isinstance(block, Table):
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    if isinstance(block, Items):
        kind = "ol" if block.ordered else "ul"
        return f"<{kind}>{''.join(f'<li>{escape(text)}</li>' for text in block.texts)}</{kind}>"
    if not block.note:
        return f"<p>{escape(block.text)}</p>"
    notes.append(block.note)
    number = len(notes)
    return f'<p>{escape(block.text)}<sup><a href="#fn{number}">{number}</a></sup></p>'


def as_jats(paper: Written) -> bytes:
    numbers = count(1)
    names = "".join(_jats_name(author) for author in paper.authors)
    meta = (
        f"<title-group><article-title>{escape(paper.title)}</article-title></title-group>"
        f"<contrib-group>{names}</contrib-group><abstract><p>{escape(paper.abstract)}</p></abstract>"
    )
    body, depth = "", 0
    for section in paper.sections:
        body += "</sec>" * (depth - section.level + 1)
        body += f"<sec><title>{escape(section.title)}</title>"
        body += "".join(_jats_block(block, numbers) for block in section.blocks)
        depth = section.level
    body += "</sec>" * depth
    refs = "".join(
        f"<ref><mixed-citation>{escape(r)}</mixed-citation></ref>" for r in paper.references
    )
    back = f"<back><ref-list><title>References</title>{refs}</ref-list></back>" if refs else ""
    front = f"<front><article-meta>{meta}</article-meta></front>"
    return f"<?xml version='1.0'?><article>{front}<body>{body}</body>{back}</article>".encode()


def _jats_name(author: str) -> str:
    given, surname = author.rsplit(" ", 1)
    name = f"<name><surname>{surname}</surname><given-names>{given}</given-names></name>"
    return f'<contrib contrib-type="author">{name}</contrib>'


def _jats_block(block: Paragraph | Items | Table, numbers: Iterator[int]) -> str:
    if isinstance(block, Table):
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
        inner = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table-wrap><table><tbody>{inner}</tbody></table></table-wrap>"
    if isinstance(block, Items):
        kind = "order" if block.ordered else "bullet"
        items = "".join(f"<list-item><p>{escape(t)}</p></list-item>" for t in block.texts)
        return f'<list list-type="{kind}">{items}</list>'
    if not block.note:
        return f"<p>{escape(block.text)}</p>"
    note = f"<fn><label>{next(numbers)}</label><p>{escape(block.note)}</p></fn>"
    return f"<p>{escape(block.text)}{note}</p>"


def as_docx(paper: Written) -> bytes:
    document = docx.Document()
    notes: list[str] = []
    document.add_heading(paper.title, 0)
    document.add_paragraph(", ".join(paper.authors))
    document.add_heading("Abstract", 1)
    document.add_paragraph(paper.abstract)
    for section in paper.sections:
        document.add_heading(section.title, section.level)
        for number, block in enumerate(section.blocks):
            _add_to_docx(document, block, notes, f"{section.title}{number}")
    if paper.references:
        document.add_heading("References", 1)
    for reference in paper.references:
        document.add_paragraph(reference)
    add_footnotes(document, notes)
    return saved(document)


def _add_to_docx(
    document: Any, block: Paragraph | Items | Table, notes: list[str], name: str
) -> None:
    if isinstance(block, Table):
        table = document.add_table(len(block.rows), len(block.rows[0]))
        for row, texts in zip(table.rows, block.rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    elif isinstance(block, Items):
        number = new_list(document, "decimal" if block.ordered else "bullet")
        for text in block.texts:
            add_item(document, text, number)
    else:
        paragraph = document.add_paragraph(block.text)
        if block.note:
            notes.append(block.note)
            cite_footnote(paragraph, len(notes))


def new_list(document: Any, form: str, text: str = "%1.") -> int:
    """A new list of a Word file, of nine levels; its number."""
    numbering = document.part.numbering_part.element
    number = 1000 + len(numbering)
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text.replace("1", str(i + 1))}"/></w:lvl>'
        for i in range(9)
    )
    kind = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(kind))
    instance = (
        f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    )
    numbering.append(parse_xml(instance))
    return number


def add_item(document: Any, text: str, number: int, depth: int = 0) -> Any:
    paragraph = document.add_paragraph(text)
    properties = (
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    )
    paragraph._p.get_or_add_pPr().append(parse_xml(properties))
    return paragraph


def cite_footnote(paragraph: Any, number: int, kind: str = "footnote") -> None:
    run = f'<w:r {nsdecls("w")}><w:{kind}Reference w:id="{number}"/></w:r>'
    paragraph._p.append(parse_xml(run))


def add_footnotes(document: Any, texts: list[str], kind: str = "footnote") -> None:
    """Add the part with the notes, which python-docx does not write."""
    notes = "".join(
        f'<w:{kind} w:id="{n}"><w:p><w:r><w:{kind}Ref/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:{kind}>'
        for n, text in enumerate(texts, 1)
    )
    line = "<w:p><w:r><w:t>separator</w:t></w:r></w:p>"
    rule = f'<w:{kind} w:type="separator" w:id="0">{line}</w:{kind}>'
    root = f"<w:{kind}s {nsdecls('w')}>{rule}{notes}</w:{kind}s>"
    form = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = Part(PackURI(f"/word/{kind}s.xml"), form, root.encode(), document.part.package)
    relation = RELATIONSHIP_TYPE.FOOTNOTES if kind == "footnote" else RELATIONSHIP_TYPE.ENDNOTES
    document.part.relate_to(part, relation)


def saved(document: Any) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


WRITERS: dict[FileKind, Callable[[Written], bytes]] = {
    "markdown": as_markdown,
    "html": as_html,
    "jats": as_jats,
    "docx": as_docx,
}

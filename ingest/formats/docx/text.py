"""The blocks of a Word file: headings, paragraphs, lists, tables, notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ingest import markdown, patterns
from ingest.formats.docx.inline import DELETED, Cited, Inline, chosen, is_unfilled
from ingest.formats.docx.numbering import Numbering
from ingest.formats.docx.styles import Style, Styles, has, size
from ingest.formats.xml import Node, attribute, child, children, descendants, name

_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
_LONG_ITEM = 60
"""Words from which an item of a list is a paragraph of its own."""

_LARGE = 1.2
"""How much larger than running text a title without a style is."""

_MAX_TITLE, _MAX_HEADING = 40, 18
_MAX_SPAN = 50
_LABEL = re.compile(r"\S{1,12}(?: \S{1,12}){0,3}")


class Writer:
    """Writes a Word file as blocks of Markdown, each note behind the block that has its mark.

    Args:
        body: The body of its main part.
        styles: Its styles.
        numbering: Its lists.
        notes: Its footnotes and endnotes by kind and id.
    """

    def __init__(
        self, body: Node, styles: Styles, numbering: Numbering, notes: dict[tuple[str, str], Node]
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._inline = Inline(only_endnotes=not any(kind == "footnote" for kind, _ in notes))
        used = [styles.of(paragraph) for paragraph in descendants(body, "p")]
        self._titled = any(style.role == "title" for style in used)
        self._styled = any(style.level for style in used)
        self._written: set[Node] = set()

    @property
    def left_out(self) -> Counter[str]:
        """How often things were met that are not in the text, by kind."""
        return self._inline.left_out

    def blocks(self, holder: Node) -> Iterator[str]:
        """The blocks within an element.

        Args:
            holder: A body, a cell, a text box, …

        Yields:
            Blocks in order, items gathered to lists.
        """
        items: list[tuple[int, str, str]] = []
        cited: list[Cited] = []
        number = ""
        for node in self._held(holder):
            if name(node) == "tbl":
                yield from self._gathered(items, cited)
                yield from self._table(node)
                continue
            if node in self._written:
                continue
            style = self._styles.of(node)
            label, (text, marks) = self._numbered(style), self._inline.read(node)
            if style.numbered and _is_item(style, label, text):
                if style.numbered[0] != number:
                    yield from self._gathered(items, cited)
                number, depth = style.numbered
                items.append((depth, label, text))
                cited.extend(marks)
            elif text.strip():
                yield from self._gathered(items, cited)
                yield self._paragraph(node, style, f"{label} {text}" if label else text)
                yield from self._noted(marks)
            for box in _boxes(node):
                yield from self._gathered(items, cited)
                yield from self.blocks(box)
        yield from self._gathered(items, cited)

    def _held(self, holder: Node) -> Iterator[Node]:
        """The paragraphs and tables of an element, what is left out counted."""
        for node in _inner(holder):
            kind = name(node)
            if kind == "AlternateContent" and len(node):
                yield from self._held(chosen(node))
            elif kind in DELETED:
                self.left_out["deleted"] += 1
            elif kind == "sdt":
                self.left_out["unfilled"] += 1
            elif kind == "altChunk":
                self.left_out["embedded"] += 1
            elif kind == "p" and self._styles.of(node).role == "contents":
                self.left_out["contents"] += 1
            elif kind in {"p", "tbl"}:
                yield node

    def _numbered(self, style: Style) -> str:
        """What is printed before a paragraph: its number or its bullet."""
        written = self._numbering.label(*style.numbered) if style.numbered else ""
        label = " ".join(written.split())
        return label if _LABEL.fullmatch(label) else ""

    def _paragraph(self, node: Node, style: Style, text: str) -> str:
        if style.role == "title" or self._is_title(node, style, text):
            self._titled = True
            return markdown.heading(1, self._with_subtitle(node, text))
        if style.level:
            return markdown.heading(style.level + 1, text)
        if not self._styled and _is_bold(node) and _is_short(text, _MAX_HEADING):
            return f"**{markdown.flat(text)}**"
        return markdown.line(text)

    def _with_subtitle(self, node: Node, title: str) -> str:
        """A title, and the subtitle that stands below it."""
        below = next(node.itersiblings(), None)
        if below is None or name(below) != "p" or self._styles.of(below).role != "subtitle":
            return title
        text, marks = self._inline.read(below)
        if marks or not text.strip():
            return title
        self._written.add(below)
        return f"{title.rstrip()}{'' if title.rstrip()[-1] in ':?!' else ':'} {text}"

    def _is_title(self, node: Node, style: Style, text: str) -> bool:
        """Whether a paragraph is the title of a file that styles none: the first, and large."""
        if self._titled:
            return False
        self._titled = True
        largest = max([style.size, *(size(run) for run in descendants(node, "r"))])
        large = largest >= _LARGE * self._styles.usual_size
        return large and not style.level and _is_short(text, _MAX_TITLE)

    def _gathered(self, items: list[tuple[int, str, str]], cited: list[Cited]) -> Iterator[str]:
        """The list of the items so far, and the notes whose marks stand in them."""
        if items:
            yield markdown.items(items)
            yield from self._noted(cited)
            items.clear()
            cited.clear()

    def _noted(self, cited: list[Cited]) -> Iterator[str]:
        """The notes to marks, each behind its first."""
        for kind, note_id, number in cited:
            note = self._notes.pop((kind, note_id), None)
            if note is not None:
                text, marks = self._flat(note)
                yield markdown.note(number, text)
                yield from self._noted(marks)

    def _table(self, table: Node) -> Iterator[str]:
        """A table; one of a single column is a frame around paragraphs."""
        rows = [list(_cells(row)) for row in _inner(table) if _is_row(row)]
        if all(len(row) <= 1 for row in rows):
            for cell in (cell for row in rows for cell in row if cell is not None):
                yield from self.blocks(cell)
            return
        cited: list[Cited] = []
        yield markdown.table([[self._cell(cell, cited) for cell in row] for row in rows])
        yield from self._noted(cited)

    def _cell(self, cell: Node | None, cited: list[Cited]) -> str:
        text, marks = ("", []) if cell is None else self._flat(cell)
        cited.extend(marks)
        return text

    def _flat(self, holder: Node) -> tuple[str, list[Cited]]:
        """The text of a cell or a note in one line, tables in it too, and the notes it cites."""
        parts: list[str] = []
        cited: list[Cited] = []
        for node in self._held(holder):
            if name(node) == "tbl":
                rows = [list(_cells(row)) for row in _inner(node) if _is_row(row)]
                texts = [[self._cell(cell, cited) for cell in row] for row in rows]
                parts.append("; ".join(", ".join(filter(None, row)) for row in texts))
            else:
                label, (text, marks) = (
                    self._numbered(self._styles.of(node)),
                    self._inline.read(node),
                )
                parts.append(f"{label} {text}" if label and text.strip() else text)
                cited.extend(marks)
                parts.extend(self._cell(box, cited) for box in _boxes(node))
        return " ".join(part.strip() for part in parts if part.strip()), cited


def _is_item(style: Style, label: str, text: str) -> bool:
    """Whether a paragraph is an item of a list, and not too long to be told from others."""
    plain = style.role == "text" and not style.level and " " not in label
    return bool(label and text.strip()) and plain and patterns.words(text) < _LONG_ITEM


def _is_short(text: str, words: int) -> bool:
    return patterns.words(text) <= words and not patterns.is_terminated(text.strip())


def _is_bold(paragraph: Node) -> bool:
    """Whether all letters of a paragraph are bold by themselves."""
    runs = [run for run in descendants(paragraph, "r") if child(run, "t") is not None]
    return bool(runs) and all(has(child(run, "rPr"), "b") for run in runs)


def _inner(holder: Node) -> Iterator[Node]:
    """The elements within another, also those within marks of changes and filled controls."""
    for node in children(holder):
        if name(node) in _WRAPPERS and not is_unfilled(node):
            yield from _inner(node)
        else:
            yield node


def _is_row(node: Node) -> bool:
    return name(node) == "tr" and child(node, "trPr", "del") is None


def _cells(row: Node) -> Iterator[Node | None]:
    """The cells of a row; None where there is none or an empty one, or another goes on."""
    yield from [None] * _count(row, "trPr", "gridBefore")
    for cell in (node for node in _inner(row) if name(node) in {"tc", "sdt"}):
        merged = child(cell, "tcPr", "vMerge")
        goes_on = merged is not None and attribute(merged, "val") != "restart"
        yield None if goes_on or name(cell) == "sdt" else cell
        yield from [None] * (_count(cell, "tcPr", "gridSpan") - 1)


def _count(node: Node, *path: str) -> int:
    value = attribute(child(node, *path), "val")
    return min(int(value), _MAX_SPAN) if value.isdecimal() else 0


def _boxes(node: Node) -> Iterator[Node]:
    """The contents of the text boxes that hang on a paragraph."""
    for inner in children(node):
        if name(inner) == "txbxContent":
            yield inner
        elif name(inner) == "AlternateContent" and len(inner):
            yield from _boxes(chosen(inner))
        elif name(inner) not in DELETED:
            yield from _boxes(inner)

"""The blocks of a web page's main content: headings, paragraphs, lists, tables, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ingest import markdown, patterns
from ingest.formats import tables
from ingest.formats.html.inline import BLOCKS, has_blocks, inline, notes_cited, own, piece
from ingest.formats.xml import Node, attribute, children, descendants, name

_HEADING = re.compile(r"h([1-6])")
_NOTES = re.compile(r"(?:^|\s)(?:doc-)?(?:foot|end)notes?(?:$|\s)")
_LISTS = ("ul", "ol", "menu")
_LONG_ITEM = 60
"""Words from which an item of a list is a paragraph of its own."""


class Writer:
    """Writes a page as blocks of Markdown, notes that are marked up behind the marks of them."""

    def __init__(self, main: Node) -> None:
        self._holders = [node for node in main.iter() if _is_notes(node)]
        self._notes = {attribute(n, "id"): n for h in self._holders for n in _notes(h)}
        self._kinds: dict[str, Callable[[Node], Iterator[str]]] = {
            **dict.fromkeys(_LISTS, self._list),
            **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
            "dl": self._definitions,
            "table": self._table,
            "pre": _code,
        }

    def blocks(self, holder: Node) -> Iterator[str]:
        """The blocks within an element.

        Args:
            holder: The main content, a section, a cell, …

        Yields:
            Blocks in order; text that stands beside blocks is a paragraph.
        """
        line, cited = own(holder.text), list[tuple[str, str]]()
        for node in holder:
            if name(node) in BLOCKS or has_blocks(node):
                yield markdown.line(line)
                yield from self._cited(cited)
                yield from self._block(node)
                line, cited = own(node.tail), []
            else:
                line += piece(node, line[-4:]) + own(node.tail)
                cited += notes_cited(node)
        yield markdown.line(line)
        yield from self._cited(cited)

    def _block(self, node: Node) -> Iterator[str]:
        if node in self._holders:
            yield from self._cited([(attribute(n, "id"), str(i)) for i, n in _numbered(node)])
        elif name(node) in self._kinds:
            yield from self._kinds[name(node)](node)
        else:
            yield from self.blocks(node)

    def _cited(self, cited: list[tuple[str, str]]) -> Iterator[str]:
        """Notes by their ids and labels, each where it is first cited."""
        for note_id, label in cited:
            note = self._notes.pop(note_id, None)
            if note is not None:
                yield markdown.note(label or note_id, inline(note))

    def _list(self, node: Node) -> Iterator[str]:
        """A list; one that holds whole sections is a frame around them."""
        if next(descendants(node, "h1", "h2", "h3", "h4", "table", "pre"), None) is not None:
            for item in children(node):
                yield from self.blocks(item)
            return
        items: list[tuple[int, str, str]] = []
        for depth, bullet, text in _items(node, 0):
            if patterns.words(text) < _LONG_ITEM:
                items.append((depth, bullet, text))
                continue
            yield markdown.items(items)
            items.clear()
            yield markdown.items([(0, bullet, text)])
        yield markdown.items(items)
        yield from self._cited(notes_cited(node))

    def _definitions(self, node: Node) -> Iterator[str]:
        items: list[tuple[int, str, str]] = []
        for part in descendants(node, "dt", "dd"):
            if next(a for a in part.iterancestors() if name(a) == "dl") is not node:
                continue  # of a list in this one, written with what it stands in
            text = inline(part)
            if name(part) == "dd" and items and items[-1][2].endswith(":"):
                items[-1] = (0, "-", f"{items[-1][2]} {text}")
            else:
                items.append((0, "-", f"{text.strip()}:" if name(part) == "dt" else text))
        yield markdown.items(items)
        yield from self._cited(notes_cited(node))

    def _table(self, node: Node) -> Iterator[str]:
        """A table of data; one for the layout is a frame around what is in its cells."""
        for caption in children(node, "caption"):
            yield markdown.flat(inline(caption))
        if _is_layout(node):
            for cell in _cells(node):
                yield from self.blocks(cell)
            return
        yield markdown.table(tables.rows(node, inline))
        yield from self._cited(notes_cited(node))


def _heading(node: Node) -> Iterator[str]:
    yield markdown.heading(int(name(node)[1]), inline(node))


def _code(node: Node) -> Iterator[str]:
    """Text as it was typed, fenced, so that none of its lines is taken for a heading."""
    lines = "".join(node.itertext()).replace("`", "").rstrip().splitlines()
    written = (markdown.escaped(line.rstrip()) for line in lines)
    yield "\n".join(["```", *filter(None, written), "```"]) if any(lines) else ""


def _is_notes(node: Node) -> bool:
    """Whether an element is marked up as a footnote or as the place of all footnotes."""
    marks = (attribute(node, key).lower() for key in ("class", "role", "type"))
    return bool(name(node)) and any(map(_NOTES.search, marks))


def _notes(holder: Node) -> Iterator[Node]:
    """The notes in their place: the outermost elements with ids, or the place itself."""
    inner = [note for part in children(holder) for note in _outermost(part)]
    return iter(inner or [holder] if attribute(holder, "id") else inner)


def _outermost(node: Node) -> Iterator[Node]:
    if attribute(node, "id") and name(node) in {"li", "p", "div", "aside", "dd"}:
        yield node
    else:
        for inner in children(node):
            yield from _outermost(inner)


def _numbered(holder: Node) -> Iterator[tuple[int, Node]]:
    return enumerate(_notes(holder), 1)


def _items(node: Node, depth: int) -> Iterator[tuple[int, str, str]]:
    """The items of a list and of the lists in them."""
    start = attribute(node, "start", "1")
    first = int(start) if re.fullmatch(r"\d{1,9}", start) else 1
    for number, item in enumerate(children(node, "li"), first):
        text = own(item.text)
        for inner in item:
            nested = name(inner) in _LISTS
            text += (" " if nested else piece(inner, text[-4:])) + own(inner.tail)
        yield depth, f"{number}." if name(node) == "ol" else "-", text
        for inner in children(item, *_LISTS):
            yield from _items(inner, depth + 1)


def _is_layout(table: Node) -> bool:
    """Whether a table only puts things beside one another."""
    if attribute(table, "role") in {"presentation", "none"}:
        return True
    if next(children(table, "caption", "thead"), None) is not None:
        return False
    nested = descendants(table, "table", "h1", "h2", "h3", "h4", "pre")
    rows = [list(children(row, "td", "th")) for row in descendants(table, "tr")]
    return any(node is not table for node in nested) or all(len(row) <= 1 for row in rows)


def _cells(table: Node) -> Iterator[Node]:
    """The cells of a table, not of those in it."""
    for part in children(table):
        if name(part) in {"td", "th"}:
            yield part
        elif name(part) != "caption":
            yield from _cells(part)

"""The blocks of a JATS article: sections, paragraphs, lists, tables, figures, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ingest import markdown
from ingest.formats import tables
from ingest.formats.jats.inline import inline, named, note_label, parts
from ingest.formats.xml import Node, attribute, child, children, descendants, name

_SECTIONS = {
    "sec": "",
    "app": "Appendix",
    "ack": "Acknowledgements",
    "glossary": "",
    "notes": "",
    "ref-list": "References",
    "fn-group": "",
}
"""Elements with a heading of their own, and what it is called where it has no title."""

_BLOCKS = frozenset(
    "list def-list table-wrap table-wrap-group table fig fig-group boxed-text disp-quote "
    "verse-group statement preformat code speech disp-formula-group supplementary-material".split()
)
"""Elements that end a paragraph in which they stand."""

_PASSED_OVER = frozenset("title label subtitle caption graphic object-id permissions".split())
_FRAMES = ("boxed-text", "statement", "fig-group", "table-wrap-group")
_HOLDERS = frozenset({"p", "sec", "list", "fig", "table-wrap", "app", "ref", "fn", "disp-quote"})


class Writer:
    """Writes an article as blocks of Markdown, each note behind the block that has its mark."""

    def __init__(self, article: Node) -> None:
        self._notes = {attribute(fn, "id"): fn for fn in descendants(article, "fn")}
        self._written: set[Node] = set()
        self._kinds: dict[str, Callable[[Node, int], Iterator[str]]] = {
            "p": self._paragraph,
            "list": self._list,
            "def-list": self._definitions,
            "table-wrap": self._table,
            "fig": self._figure,
            "supplementary-material": self._figure,
            **dict.fromkeys(_FRAMES, self._box),
            "ref": self._reference,
            "fn": self._note,
            **dict.fromkeys(_SECTIONS, self._section),
        }

    def blocks(self, node: Node, level: int) -> Iterator[str]:
        """The blocks within an element.

        Args:
            node: A body, a section, a quotation, …
            level: How deep a heading in it is; 0 where its titles are no headings.

        Yields:
            Blocks in order.
        """
        for inner in children(node):
            if name(inner) not in _PASSED_OVER:
                yield from self.block(inner, level)

    def block(self, node: Node, level: int) -> Iterator[str]:
        """The blocks that an element is.

        Args:
            node: A paragraph, a section, a figure, …
            level: As in `blocks`.

        Yields:
            Blocks in order.
        """
        write = self._kinds.get(name(node))
        if write:
            yield from write(node, level)
        elif next(descendants(node, *_HOLDERS), None) is not None:
            yield from self.blocks(node, level)
        else:
            yield markdown.line(inline(node))

    def _section(self, node: Node, level: int) -> Iterator[str]:
        title = " ".join(_titles(node)) or _SECTIONS[name(node)]
        yield markdown.heading(level, title) if level else markdown.flat(title)
        yield from self.blocks(node, level + 1 if level else 0)

    def _paragraph(self, node: Node, level: int) -> Iterator[str]:
        """A paragraph, in parts where lists, tables or figures stand in it."""
        for part in parts(node, _BLOCKS):
            if isinstance(part, str):
                yield markdown.line(part)
            else:
                yield from self.block(part, level)
        yield from self._marked(node)

    def _marked(self, node: Node) -> Iterator[str]:
        """The notes whose marks stand in an element."""
        for inner in descendants(node, "xref", "fn"):
            note = self._notes.get(attribute(inner, "rid")) if name(inner) == "xref" else inner
            if note is not None:
                yield from self._note(note, 0)

    def _note(self, node: Node, _level: int) -> Iterator[str]:
        if node not in self._written:
            self._written.add(node)
            texts = [inline(part) for part in children(node) if name(part) != "label"]
            text = " ".join(texts) if texts else inline(node)
            own = re.match(r"\s*(?:\x02([^\x03]+)\x03)", text)
            label = own[1] if own else note_label(node)
            yield markdown.note(label, text[own.end() :] if own else text)

    def _list(self, node: Node, _level: int) -> Iterator[str]:
        yield markdown.items(_items(node, 0))
        yield from self._marked(node)

    def _definitions(self, node: Node, level: int) -> Iterator[str]:
        yield markdown.heading(level, " ".join(_titles(node))) if level else ""
        pairs = ([inline(part) for part in children(item)] for item in children(node, "def-item"))
        yield markdown.items((0, "-", ": ".join(pair)) for pair in pairs)

    def _table(self, node: Node, level: int) -> Iterator[str]:
        yield from self._figure(node, level)
        for table in descendants(node, "table"):
            yield markdown.table(tables.rows(table, inline))
        for foot in children(node, "table-wrap-foot"):
            yield from self.blocks(foot, 0)

    def _figure(self, node: Node, _level: int) -> Iterator[str]:
        texts = [inline(p) for c in children(node, "caption") for p in children(c, "p")]
        yield markdown.flat(_sentences([*_titles(node), *texts]))
        yield from self._marked(node) if name(node) == "fig" else ()

    def _box(self, node: Node, _level: int) -> Iterator[str]:
        yield markdown.flat(_sentences(_titles(node)))
        yield from self.blocks(node, 0)

    def _reference(self, node: Node, _level: int) -> Iterator[str]:
        label = "".join(inline(part) for part in children(node, "label")).strip(" .[]()")
        texts = (_citation(part) for part in children(node) if name(part) != "label")
        text = " ".join(filter(None, texts))
        yield markdown.flat(f"{label}. {text}" if label.isdigit() else text)


def _titles(node: Node) -> list[str]:
    """The label and the title of an element, also those in its caption."""
    caption = child(node, "caption")
    holders = [node] if caption is None else [node, caption]
    given = (inline(part) for holder in holders for part in children(holder, "label", "title"))
    return [text.strip() for text in given if text.strip()]


def _sentences(texts: list[str]) -> str:
    """Texts in a row, a full stop behind those that end in no sign."""
    ended = (text if re.search(r"\W$", text) else f"{text}." for text in texts[:-1])
    return " ".join([*ended, *texts[-1:]])


def _items(node: Node, depth: int) -> Iterator[tuple[int, str, str]]:
    """The items of a list and of the lists in them."""
    ordered = attribute(node, "list-type") == "order"
    for number, item in enumerate(children(node, "list-item"), 1):
        nested = list(descendants(item, "list"))
        inner = [part for part in children(item) if name(part) not in {"label", "list"}]
        label = "".join(inline(part) for part in children(item, "label")).strip()
        bullet = f"{number}." if ordered else "-"
        text = " ".join(inline(part) for part in inner)
        yield depth, label if re.fullmatch(r"\(?\w{1,3}[.)]", label) else bullet, text
        for inner_list in nested:
            yield from _items(inner_list, depth + 1)


def _citation(node: Node) -> str:
    """A reference; where only its parts are given, they are put in the usual order."""
    if name(node) == "citation-alternatives":
        return next(map(_citation, children(node)), "")
    own = "".join([node.text or "", *(part.tail or "" for part in node)])
    if re.search(r"\w|[.,;:]", own) or not len(node):
        return inline(node)
    people = [named(n) for n in descendants(node, "name", "collab", "string-name")]
    others = [part for part in children(node) if name(part) not in {"person-group", "name"}]
    return ". ".join(filter(None, [", ".join(people), *(inline(part) for part in others)])) + "."

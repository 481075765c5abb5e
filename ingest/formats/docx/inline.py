"""What stands within a paragraph of a Word file, as plain text with the marks of notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

from ingest import markdown
from ingest.formats.docx.numbering import roman
from ingest.formats.docx.styles import has
from ingest.formats.docx.symbols import SHIFTED, sign
from ingest.formats.equations import in_line
from ingest.formats.raised import raised
from ingest.formats.xml import Node, attribute, child, children, name

DELETED = frozenset({"del", "moveFrom"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_CODE = re.compile(r"[0-9A-Fa-f]{1,4}$")

Cited: TypeAlias = tuple[str, str, str]
"""The kind of a note, its id, and its printed number."""


class Inline:
    """Reads paragraphs; numbers the notes as they are cited, and counts what is left out."""

    def __init__(self, *, only_endnotes: bool) -> None:
        self.left_out: Counter[str] = Counter()
        self._cited: list[Cited] = []
        self._only_endnotes = only_endnotes
        self._counts: Counter[str] = Counter()

    def read(self, paragraph: Node) -> tuple[str, list[Cited]]:
        """The text of a paragraph or of another holder of runs, and the notes cited in it."""
        text = ""
        self._cited = []
        for run in self._runs(paragraph):
            text += self._run(run, text[-4:])
        return text, self._cited

    def _runs(self, holder: Node) -> Iterator[Node]:
        """The runs and equations of a paragraph, also in links, fields and content controls."""
        for node in children(holder):
            kind = name(node)
            if kind in DELETED:
                self.left_out["deleted"] += 1
            elif is_unfilled(node):
                self.left_out["unfilled"] += 1
            elif kind in {"r", "oMath", "oMathPara"}:
                yield node
            elif not kind.endswith("Pr"):
                yield from self._runs(node)

    def _run(self, run: Node, before: str) -> str:
        if name(run) != "r":
            return in_line(run)
        properties = child(run, "rPr")
        text = "".join(self._piece(node) for node in children(run))
        font = attribute(child(properties, "rFonts"), "ascii")
        if font:
            text = SHIFTED.sub(lambda match: self._sign(font, ord(match[0])), text)
        if has(properties, "vanish") and text.strip():
            self.left_out["hidden"] += 1
            return ""
        place = attribute(child(properties, "vertAlign"), "val")
        marked = "\x02" in text or place != "superscript"
        return text if marked else raised(text, before)

    def _piece(self, node: Node) -> str:
        kind = name(node)
        if kind == "t":
            return node.text or ""
        if kind in _NOTES:
            return self._note(_NOTES[kind], attribute(node, "id"))
        if kind == "sym":
            code = attribute(node, "char")
            return self._sign(attribute(node, "font"), int(code, 16) if _CODE.match(code) else 0)
        if kind == "AlternateContent":
            return self._piece(chosen(node)) if len(node) else ""
        if kind in {"Choice", "Fallback", "ruby", "rubyBase", "r"}:
            return "".join(self._piece(inner) for inner in children(node))
        return _SIGNS.get(kind, "")

    def _sign(self, font: str, code: int) -> str:
        found = sign(font, code)
        self.left_out["symbols"] += not found
        return found

    def _note(self, kind: str, note_id: str) -> str:
        self._counts[kind] += 1
        count = self._counts[kind]
        small = kind == "endnote" and not self._only_endnotes
        number = roman(count) if small else str(count)
        self._cited.append((kind, note_id, number))
        return markdown.mark(number)


def is_unfilled(node: Node) -> bool:
    """Whether an element is a content control that only asks for what belongs in it."""
    return name(node) == "sdt" and has(child(node, "sdtPr"), "showingPlcHdr")


def chosen(alternates: Node) -> Node:
    """Of contents that say the same for newer and older programs, the newer one."""
    return next(children(alternates, "Choice"), alternates[0])

"""Styles of a Word file: which paragraphs are titles, headings, items, lines of the contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.formats.xml import Node, attribute, child, children

Role = Literal["text", "title", "subtitle", "contents"]

_HEADING = re.compile(r"heading ([1-9])")
_CONTENTS = re.compile(r"toc (?:heading|\d)|contents (?:heading|\d)|table of (?:contents|figures)")
_TITLES: dict[str, Role] = {"title": "title", "subtitle": "subtitle"}
_USUAL = 20
"""Half points of text where a file says nothing."""


@dataclass(frozen=True, slots=True)
class Style:
    """What is said of a paragraph.

    ``level`` is that of a heading, 1 the outermost, 0 for none; ``numbered`` is the list
    and the depth in it; ``size`` is in half points.
    """

    role: Role
    level: int
    numbered: tuple[str, int] | None
    size: int


class Styles:
    """The styles of paragraphs by their ids, which differ from language to language.

    The names of built-in styles are English in every Word, so they tell titles and headings.
    """

    def __init__(self, root: Node | None) -> None:
        nodes = [] if root is None else list(children(root, "style"))
        self._nodes = {attribute(node, "styleId"): node for node in nodes}
        normal = (n for n in nodes if is_on(n, "default") and attribute(n, "type") == "paragraph")
        self._normal = attribute(next(normal, None), "styleId")
        self._usual = size(child(root, "docDefaults", "rPrDefault")) or _USUAL
        self._known: dict[str, Style] = {}

    def of(self, paragraph: Node) -> Style:
        """The style of a paragraph, what it says itself counted in."""
        properties = child(paragraph, "pPr")
        style = self._style(_value(properties, "pStyle") or self._normal)
        level = _outline(properties) or style.level
        return Style(style.role, level, _numbered(properties) or style.numbered, style.size)

    @property
    def usual_size(self) -> int:
        """The size of running text, in half points."""
        return self._style(self._normal).size

    def _style(self, style_id: str) -> Style:
        if style_id not in self._known:
            self._known[style_id] = self._resolved(style_id)
        return self._known[style_id]

    def _resolved(self, style_id: str) -> Style:
        """A style with what it takes over from those that it is based on."""
        role: Role = "text"
        level, points = 0, 0
        numbered: tuple[str, int] | None = None
        for node in self._chain(style_id):
            called = _value(node, "name").lower()
            if role == "text":
                contents = _CONTENTS.fullmatch(called)
                role = "contents" if contents else _TITLES.get(called, "text")
            heading = _HEADING.fullmatch(called)
            level = level or _outline(child(node, "pPr")) or (int(heading[1]) if heading else 0)
            numbered = numbered or _numbered(child(node, "pPr"))
            points = points or size(node)
        return Style(role, level, numbered, points or self._usual)

    def _chain(self, style_id: str) -> Iterator[Node]:
        """A style and those that it is based on; a ring of them ends."""
        seen: set[str] = set()
        while style_id in self._nodes and style_id not in seen:
            seen.add(style_id)
            yield self._nodes[style_id]
            style_id = _value(self._nodes[style_id], "basedOn")


def is_on(node: Node | None, wanted: str) -> bool:
    """Whether an attribute says yes."""
    return attribute(node, wanted) in {"1", "true", "on"}


def has(properties: Node | None, wanted: str) -> bool:
    """Whether properties have one that is on, such as bold."""
    found = child(properties, wanted)
    return found is not None and attribute(found, "val", "1") not in {"0", "false", "off", "none"}


def size(holder: Node | None) -> int:
    """The size that a run or a style sets itself, in half points; 0 where it sets none."""
    value = _value(child(holder, "rPr"), "sz")
    return int(value) if value.isdecimal() else 0


def _outline(properties: Node | None) -> int:
    """The level of an outline that properties set, 1 the outermost; 0 for none."""
    value = _value(properties, "outlineLvl")
    return int(value) + 1 if value in set("012345678") else 0


def _numbered(properties: Node | None) -> tuple[str, int] | None:
    numbers = child(properties, "numPr")
    number = _value(numbers, "numId")
    if not number:
        return None
    depth = _value(numbers, "ilvl")
    return number, int(depth) if depth in set("012345678") else 0


def _value(holder: Node | None, wanted: str) -> str:
    return attribute(child(holder, wanted), "val")

"""What stands within a paragraph of a web page, as plain text with the marks of notes."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest import markdown
from ingest.formats.equations import in_line
from ingest.formats.raised import raised
from ingest.formats.xml import Node, attribute, children, name

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section "
    "summary table tbody td tfoot th thead tr ul".split()
)
"""Elements that begin a line of their own."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_ANCHOR_SIGNS = frozenset("# ¶ § ↩ ↩︎ ^ ↑ 🔗".split())


def own(text: str | None) -> str:
    """A piece of a page's text, its white space as a browser shows it."""
    return re.sub(r"[ \t\r\n\f]+", " ", _CONTROLS.sub("", text or ""))


def inline(node: Node) -> str:
    """The text of an element, blocks in it apart by spaces."""
    text = own(node.text)
    for inner in node:
        text += piece(inner, text[-4:]) + own(inner.tail)
    return text


def piece(node: Node, before: str) -> str:
    """An element in a line.

    Args:
        node: The element.
        before: The line so far, or its end.

    Returns:
        Its text.
    """
    kind = name(node)
    if kind == "sup":
        return _raised(node, before)
    if kind in _SPECIAL:
        return _SPECIAL[kind](node)
    text = inline(node) if kind else ""
    return f" {text} " if kind in BLOCKS else text


def _link(node: Node) -> str:
    text = inline(node)
    if text.strip() in _ANCHOR_SIGNS:
        return ""
    return markdown.mark(text) if attribute(node, "role") == "doc-noteref" else text


def _raised(node: Node, before: str) -> str:
    """Raised text: a mark where it links within the page, else as `raised` tells."""
    text = inline(node)
    links = [link for link in node.iter() if name(link) == "a"]
    within = bool(links) and all(attribute(link, "href").startswith("#") for link in links)
    if "\x02" in text:
        return text
    return markdown.mark(text) if within and text.strip() else raised(text, before)


def notes_cited(node: Node) -> list[tuple[str, str]]:
    """The ids of the notes to which marks in an element link, and the marks, in order."""
    marks = (n for n in node.iter() if name(n) == "sup" or attribute(n, "role") == "doc-noteref")
    links = (link for mark in marks for link in mark.iter() if name(link) == "a")
    return [
        (attribute(link, "href")[1:], inline(link).strip("\x02\x03 []()"))
        for link in links
        if attribute(link, "href").startswith("#")
    ]


def has_blocks(node: Node) -> bool:
    """Whether an element holds blocks of its own."""
    return any(name(inner) in BLOCKS or has_blocks(inner) for inner in children(node))


_SPECIAL: dict[str, Callable[[Node], str]] = {
    "a": _link,
    "math": in_line,
    "br": lambda _: "\n",
    "q": lambda node: f"“{inline(node)}”",
    **dict.fromkeys(("del", "rp", "rt"), lambda _: ""),
}
"""Elements whose text is not just that of what is in them."""

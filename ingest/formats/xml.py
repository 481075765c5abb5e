"""XML from untrusted files: no entity is expanded, nothing is loaded or fetched."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from ingest.errors import UnreadableFile

Node: TypeAlias = Any
"""An element of lxml, which has no types of its own."""

_NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")


def parse(data: bytes, path: Path, part: str = "") -> Node:
    """Parse XML.

    Named entities of HTML, which articles use and their unread DTD defines, become
    characters. Entities that a file defines itself are not expanded, so that neither
    their number nor what they point to matters.

    Args:
        data: The bytes of the XML.
        path: The file, for messages.
        part: Which part of the file it is, for messages.

    Returns:
        The root element; comments and processing instructions are left out.

    Raises:
        UnreadableFile: It is not well-formed, or larger or deeper than any paper.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        return etree.fromstring(_NAMED.sub(_character, data), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(f"{path}: {_complaint(error.msg or '', part)}") from None


def name(node: Node) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(node: Node | None, wanted: str, default: str = "") -> str:
    """The value of an attribute, whatever its namespace; the default where there is none."""
    for key, value in () if node is None else node.items():
        if key.rpartition("}")[2] == wanted:
            return str(value)
    return default


def children(node: Node, *names: str) -> Iterator[Node]:
    """The elements right within another, of some names or of all."""
    return (child for child in node if name(child) and (not names or name(child) in names))


def child(node: Node | None, *path: str) -> Node | None:
    """The first element at a path of names below another; None for none."""
    for step in path:
        node = None if node is None else next(children(node, step), None)
    return node


def descendants(node: Node, *names: str) -> Iterator[Node]:
    """The elements within another that have one of some names, in order."""
    return (inner for inner in node.iter() if name(inner) in names)


def plain(node: Node | None) -> str:
    """All text within an element, white space collapsed; nothing for None."""
    return "" if node is None else " ".join("".join(node.itertext()).split())


def _character(match: re.Match[bytes]) -> bytes:
    text = html.entities.html5.get(match[1].decode("ascii"))
    return match[0] if text is None else "".join(f"&#{ord(c)};" for c in text).encode("ascii")


def _complaint(reason: str, part: str) -> str:
    """What is wrong with XML that the parser refuses, and what to do."""
    where = f"its part {part}" if part else "it"
    if "amplification" in reason or "external entity" in reason:
        return (
            f"{where} defines entities that grow or reach out of the file, as XML bombs do "
            f"({reason}). It is not read; get the paper from its publisher."
        )
    return f"{where} is damaged XML ({reason}). Get the file anew from its source."

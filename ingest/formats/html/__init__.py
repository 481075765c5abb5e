"""Web pages: their main content as a browser shows it. Nothing is fetched, no script runs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from ingest import markdown
from ingest.document import Document, LeftOut
from ingest.errors import UnreadableFile
from ingest.formats import xml
from ingest.formats.html.head import claims
from ingest.formats.html.inline import inline
from ingest.formats.html.main import main_content, words
from ingest.formats.html.text import Writer
from ingest.formats.xml import Node, descendants, name

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 4096
"""So many bytes at the beginning of a page can declare its encoding."""

_USUAL = "cp1252"
_READ_AS = {"iso8859-1": _USUAL, "ascii": _USUAL, "gb2312": "gb18030", "gbk": "gb18030"}
"""Encodings that browsers read as larger ones."""

_TOO_DEEP = (
    "its elements are nested more deeply than on any page that people write. "
    "Print it to PDF in a browser and add that."
)


def read(data: bytes, path: Path) -> Document:
    """Read a web page.

    Args:
        data: The file's bytes.
        path: Where it lies, for the messages.

    Returns:
        Its main content as Markdown; what its head says as claims.

    Raises:
        UnreadableFile: It is nested too deeply.
    """
    text, notices = decode(data)
    try:
        page = _xhtml(data, path)
        page = _page(text, path) if page is None else page
        given = tuple(claims(page))
        title = next((str(claim.value) for claim in given if claim.field == "title"), "")
        before = words(page)
        blocks = list(_blocks(page, title))
        left_out = tuple(_left_out(page, before))
    except RecursionError:
        raise UnreadableFile(f"{path}: {_TOO_DEEP}") from None
    return Document("html", markdown.joined(blocks), given, left_out=left_out, notices=notices)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode a page by its byte order mark, by what it declares, or as browsers do.

    Args:
        data: The file's bytes.

    Returns:
        Its text, and what is doubtful about it.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _declared(data)
    notices: tuple[str, ...] = ()
    if not encoding:
        try:
            return data.decode("utf-8"), ()
        except UnicodeDecodeError:
            encoding = _USUAL
            notices = ("The page declares no encoding; it was read as Windows-1252.",)
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    if "\ufffd" in text and not notices:
        notices = (f"Some characters are not those of the encoding it declares ({encoding}).",)
    return text, notices


def _declared(data: bytes) -> str:
    """The encoding that a page declares; empty for none that is known."""
    match = _DECLARED.search(data[:_HEAD])
    if not match:
        return ""
    try:
        encoding = codecs.lookup(match[1].decode("ascii", "ignore")).name
        b"x".decode(encoding, "replace")
    except (LookupError, UnicodeError):
        return ""
    # What declares itself in ASCII is none of the encodings with two or four bytes a sign.
    return (
        "utf-8" if encoding.startswith(("utf-16", "utf-32")) else _READ_AS.get(encoding, encoding)
    )


def _xhtml(data: bytes, path: Path) -> Node | None:
    """The root of a page that is well-formed XML; None for all others."""
    if b"http://www.w3.org/1999/xhtml" not in data[:_HEAD]:
        return None
    try:
        root = xml.parse(data, path)
    except UnreadableFile:
        return None
    return root if name(root) == "html" else None


def _page(text: str, path: Path) -> Node:
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    root = etree.fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser)
    if root is None:
        raise UnreadableFile(f"{path}: a web page without anything in it. Nothing to add.")
    if any("depth" in entry.message for entry in parser.error_log):
        raise UnreadableFile(f"{path}: {_TOO_DEEP}")
    return root


def _blocks(page: Node, given_title: str) -> Iterator[str]:
    """The main content, below a title from the page's head where it has none itself."""
    heading = next(map(inline, descendants(page, "h1")), "")
    main = main_content(page)
    if next(descendants(main, "h1"), None) is None:
        yield markdown.heading(1, given_title or heading)
    yield from Writer(main).blocks(main)


def _left_out(page: Node, before: int) -> Iterator[LeftOut]:
    beside = before - words(page)
    pictures = sum(1 for _ in descendants(page, "img", "svg"))
    if beside:
        yield LeftOut("words beside the main content", beside, "menus, banners and the like")
    if pictures:
        yield LeftOut("pictures", pictures, "only text is read")

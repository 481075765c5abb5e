"""JATS XML, the archives' format for journal articles: what its elements say is taken over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest import markdown
from ingest.document import Document, LeftOut
from ingest.errors import UnreadableFile
from ingest.formats import xml
from ingest.formats.jats.front import claims, is_main, paragraphs, title
from ingest.formats.jats.inline import inline
from ingest.formats.jats.oasis import as_html
from ingest.formats.jats.text import Writer
from ingest.formats.xml import Node, attribute, child, children, descendants, name, plain

_FOR_OTHERS = frozenset({"graphical", "toc", "teaser"})
_LEFT_OUT = (
    ("pictures", ("graphic", "media"), "only their captions are text"),
    ("further documents", ("sub-article", "response"), "reviews and replies are no part of it"),
    ("supplements", ("supplementary-material",), "they are files of their own"),
)


def read(data: bytes, path: Path) -> Document:
    """Read an article in JATS XML.

    Args:
        data: The file's bytes.
        path: Where it lies, for the messages.

    Returns:
        Title, abstract, body, notes and references as Markdown; the front as claims.

    Raises:
        UnreadableFile: It is damaged, or nested too deeply.
    """
    article = xml.parse(data, path)
    as_html(article)
    try:
        given = tuple(claims(article))
        left_out = tuple(_left_out(article))
        return Document("jats", markdown.joined(_blocks(article)), given, left_out=left_out)
    except RecursionError:
        raise UnreadableFile(
            f"{path}: its elements are nested more deeply than in any article. "
            "Get the file anew from its source."
        ) from None


def _blocks(article: Node) -> Iterator[str]:
    """The article in reading order, its references last."""
    writer = Writer(article)
    meta = child(article, "front", "article-meta")
    if meta is not None:
        yield markdown.heading(1, title(meta))
        for abstract in children(meta, "abstract", "trans-abstract"):
            yield from _abstract(writer, abstract)
    for part in children(article, "body", "floats-group"):
        yield from writer.blocks(part, 2)
    back = [inner for part in children(article, "back") for inner in children(part)]
    for part in sorted(back, key=lambda part: name(part) == "ref-list"):
        yield from writer.block(part, 2)


def _abstract(writer: Writer, abstract: Node) -> Iterator[str]:
    """An abstract: the paper's with its parts run in, one for others or translated as a section."""
    if attribute(abstract, "abstract-type") in _FOR_OTHERS:
        return
    if not is_main(abstract):
        yield markdown.heading(2, plain(child(abstract, "title")) or _usual_title(abstract))
        yield from writer.blocks(abstract, 3)
        return
    yield markdown.heading(2, "Abstract")
    last: Node | None = None
    for paragraph in paragraphs(abstract):
        part = next((a for a in paragraph.iterancestors() if name(a) == "sec"), None)
        label = "" if part is last else plain(child(part, "title"))
        yield markdown.line(f"{label}: {inline(paragraph)}" if label else inline(paragraph))
        last = part


def _usual_title(abstract: Node) -> str:
    language = attribute(abstract, "lang")
    translated = name(abstract) == "trans-abstract"
    return f"Abstract ({language})" if translated and language else "Summary"


def _left_out(article: Node) -> Iterator[LeftOut]:
    for what, names, why in _LEFT_OUT:
        count = sum(1 for _ in descendants(article, *names))
        if count:
            yield LeftOut(what, count, why)

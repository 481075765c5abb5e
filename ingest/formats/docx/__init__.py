"""Word files (.docx): what is printed as their text, read from their parts."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ingest import markdown, patterns
from ingest.document import Claim, Document, LeftOut, Value
from ingest.errors import UnreadableFile
from ingest.formats import xml
from ingest.formats.archive import Archive
from ingest.formats.docx.numbering import Numbering
from ingest.formats.docx.styles import Styles
from ingest.formats.docx.text import Writer
from ingest.formats.xml import Node, attribute, child, children, descendants, plain
from ingest.metadata import split_list
from ingest.names import people

_REASONS = {
    "deleted": ("deletions", "tracked changes are read as accepted"),
    "hidden": ("hidden passages", "they are not printed"),
    "contents": ("lines of tables of contents", "the headings are in the text"),
    "unfilled": ("empty content controls", "they only ask for what belongs in them"),
    "symbols": ("symbols", "their font says nowhere what they are"),
    "embedded": ("embedded documents", "embedded files are never opened"),
    "comments": ("comments", "they are no part of the paper"),
    "headers": ("headers and footers", "they stand on every page"),
    "pictures": ("pictures", "only text is read"),
}
_GENERIC = re.compile(
    r"(?i)(?:microsoft )?(?:word )?(?:document|untitled|title|template|new document)?\s*\d*|"
    r"microsoft word - .*|.*\.\w{3,4}"
)


def read(data: bytes, path: Path) -> Document:
    """Read a Word file.

    Args:
        data: The file's bytes.
        path: Where it lies, for the messages.

    Returns:
        Its text as Markdown, tracked changes accepted; its properties as claims.

    Raises:
        UnreadableFile: It is damaged, a zip bomb, or nested too deeply.
    """
    package = _Package(data, path)
    main = package.main()
    body = child(main, "body")
    if body is None:
        raise UnreadableFile(f"{path}: a Word file without a body. Save it anew in Word.")
    try:
        writer = Writer(
            body,
            Styles(package.related("styles")),
            Numbering(package.related("numbering")),
            dict(_notes(package)),
        )
        text = markdown.joined(writer.blocks(body))
        left_out = tuple(_left_out(writer.left_out + _unread(package, body)))
        return Document("docx", text, tuple(_claims(package)), left_out=left_out)
    except RecursionError:
        raise UnreadableFile(
            f"{path}: its elements are nested more deeply than in any paper. Save it anew in Word."
        ) from None


class _Package:
    """The parts of a Word file, found by their relationships."""

    def __init__(self, data: bytes, path: Path) -> None:
        self._archive = Archive(data, path)
        self._path = path
        self._name = next(self._targets("", "officeDocument"), "word/document.xml")

    def main(self) -> Node:
        """The main part."""
        root = self._part(self._name)
        if root is None:
            raise UnreadableFile(
                f"{self._path}: a Word file without a text ({self._name} is missing). "
                "Get the file anew from its source."
            )
        return root

    def related(self, kind: str) -> Node | None:
        """The first part of a kind that belongs to the main part; None for none."""
        return next(self.all_related(kind), None)

    def all_related(self, kind: str) -> Iterator[Node]:
        """All parts of a kind that belong to the main part."""
        parts = (self._part(name) for name in self._targets(self._name, kind))
        return (part for part in parts if part is not None)

    def properties(self) -> Node | None:
        """The part with title, author and keywords; None for none."""
        return next((self._part(name) for name in self._targets("", "core-properties")), None)

    def _targets(self, source: str, kind: str) -> Iterator[str]:
        folder, _, name = source.rpartition("/")
        relations = self._part(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in () if relations is None else children(relations, "Relationship"):
            inside = attribute(relation, "TargetMode") != "External"
            if inside and attribute(relation, "Type").endswith(f"/{kind}"):
                target = posixpath.join("/", folder, attribute(relation, "Target"))
                yield posixpath.normpath(target).lstrip("/")

    def _part(self, name: str) -> Node | None:
        if name not in self._archive.names:
            return None
        return xml.parse(self._archive.read(name), self._path, name)


def _notes(package: _Package) -> Iterator[tuple[tuple[str, str], Node]]:
    for kind in ("footnote", "endnote"):
        root = package.related(f"{kind}s")
        for note in () if root is None else children(root, kind):
            if attribute(note, "type", "normal") == "normal":
                yield (kind, attribute(note, "id")), note


def _claims(package: _Package) -> Iterator[Claim]:
    """What the properties say, where it can be what they are meant for."""
    properties = package.properties()
    title = plain(child(properties, "title"))
    language = plain(child(properties, "language")).lower().partition("-")[0]
    values: dict[str, Value] = {
        "title": "" if _GENERIC.fullmatch(title) or patterns.words(title) < 2 else title,
        "authors": people(plain(child(properties, "creator"))),
        "keywords": split_list(plain(child(properties, "keywords"))),
        "language": language if re.fullmatch("[a-z]{2}", language) else "",
    }
    return (Claim(field, value, "document properties") for field, value in values.items() if value)


def _unread(package: _Package, body: Node) -> Counter[str]:
    """How much there is beside the text."""
    comments = package.related("comments")
    running = (*package.all_related("header"), *package.all_related("footer"))
    return Counter(
        {
            "comments": 0 if comments is None else sum(1 for _ in children(comments, "comment")),
            "headers": sum(1 for part in running if plain(part)),
            "pictures": sum(1 for _ in descendants(body, "blip", "imagedata")),
            "embedded": sum(1 for _ in descendants(body, "OLEObject")),
        }
    )


def _left_out(counts: Counter[str]) -> Iterator[LeftOut]:
    for kind, (what, why) in _REASONS.items():
        if counts[kind]:
            yield LeftOut(what, counts[kind], why)

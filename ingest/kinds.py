"""The kind of a file, told by its content first and by its name second."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.document import FileKind
from ingest.errors import UnreadableFile

_MARKDOWN = frozenset({".md", ".markdown"})
_HEAD = 65_536
"""So many bytes at the beginning of a file tell its kind."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE = "Make a PDF of it: pages that are pictures are read there."
_FOREIGN = (
    (b"{\\rtf", "a Rich Text file (RTF)", "Save it as .docx in Word or LibreOffice."),
    (b"\x89PNG\r\n", "a picture (PNG)", _PICTURE),
    (b"\xff\xd8\xff", "a picture (JPEG)", _PICTURE),
    (b"GIF8", "a picture (GIF)", _PICTURE),
    (b"II*\x00", "a picture (TIFF)", _PICTURE),
    (b"MM\x00*", "a picture (TIFF)", _PICTURE),
    (b"%!PS", "a PostScript file", "Convert it to PDF, for example with `ps2pdf`."),
)
"""What other files begin with, what they are, and what to do with them."""

_ARCHIVES = (
    ("xl/workbook.xml", "an Excel workbook", "Save its sheets as text or PDF."),
    ("xl/workbook.bin", "an Excel workbook", "Save its sheets as text or PDF."),
    ("ppt/presentation.xml", "a PowerPoint file", "Save it as PDF."),
    ("META-INF/container.xml", "an e-book (EPUB)", "Convert it to HTML or PDF."),
    ("content.xml", "an OpenDocument file", "Save it as .docx or PDF."),
)
"""By what part archives are known, what they are, and what to do with them."""

_PROLOG = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!(?i:doctype)(?!\s+(?i:html)\b)[^\[>]*(?:\[.*?\]\s*)?>)+",
    re.DOTALL,
)
_HTML = re.compile(r"(?i)<!doctype\s+html\b|<(?:html|head|body)\b")
_FRAGMENT = re.compile(
    r"(?i)<(?:title|meta|link|main|article|section|div|header|h[1-6]|p|table|ul|ol|center)"
    r"(?:\s[^<>]*)?>"
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])")
_IN_ARTICLE = re.compile(rb"<(?:\w+:)?(?:article-meta|front|front-stub|sec|ref-list)\b")


def kind_of(data: bytes, path: Path) -> FileKind:
    """The kind of a file.

    Args:
        data: Its bytes.
        path: Where it lies.

    Returns:
        Its kind; whatever is nothing else is text.

    Raises:
        UnreadableFile: It is of a kind that is not read.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_archive(data, path)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        raise UnreadableFile(f"{path}: {_old_office(data)}")
    for magic, what, advice in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableFile(f"{path}: {what}, which is not read. {advice}")
    named_markdown = path.suffix.lower() in _MARKDOWN
    return _of_markup(data, path) or ("markdown" if named_markdown else "text")


def _in_archive(data: bytes, path: Path) -> FileKind:
    from ingest.formats.archive import Archive

    names = Archive(data, path).names
    if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return "docx"
    what, advice = next(
        ((what, advice) for part, what, advice in _ARCHIVES if part in names),
        ("a zip archive", "Unpack it, and add the papers in it."),
    )
    raise UnreadableFile(f"{path}: {what}, which is not read. {advice}")


def _old_office(data: bytes) -> str:
    """What is wrong with a file in the container of old Office files, and what to do."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted with a password. Open it in Word or LibreOffice and save it without one."
    if "WordDocument".encode("utf-16-le") in data:
        return "a Word file of before 2007 (.doc), which is not read. Save it as .docx."
    return "an old Office file, which is not read. Save it as .docx or PDF."


def _of_markup(data: bytes, path: Path) -> FileKind | None:
    """The kind of a file that begins as XML or HTML; None for any other text."""
    text = _beginning(data)
    prolog = _PROLOG.match(text)
    rest = text[prolog.end() :] if prolog else text
    if _HTML.match(rest):
        return "html"
    root = _ROOT.match(rest)
    if root and root[1] == "article" and _IN_ARTICLE.search(data.replace(b"\x00", b"")):
        return "jats"
    if _FRAGMENT.match(rest) and path.suffix.lower() not in _MARKDOWN:
        return "html"
    if root and (text.startswith("<?xml") or path.suffix.lower() in {".xml", ".nxml"}):
        raise UnreadableFile(
            f"{path}: XML of another kind (its root is <{root[1]}>), and only articles in JATS and "
            "XHTML are read. Convert it to one of them, or to text."
        )
    return None


def _beginning(data: bytes) -> str:
    """The beginning of a file as text, near enough to see its markup."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
    text = data.removeprefix(b"\xef\xbb\xbf")[:_HEAD].decode(encoding, "ignore")
    return text.lstrip("\ufeff \t\r\n")

"""Opening PDF files: passwords, damage, document properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.document import Claim
from ingest.errors import UnreadableFile
from ingest.metadata import split_list

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_PROGRAM = re.compile(
    r"(?i)^(?:microsoft (?:word|powerpoint|excel)|powerpoint presentation|untitled|unknown|"
    r"document\d*|title|layout \d|author|user|admin(?:istrator)?|owner|anonymous)\b|"
    r"\.(?:docx?|pdf|tex|dvi|indd|qxd|rtf|odt|pptx?|html?)$"
)


ENCRYPTED = "an encrypted PDF file. Give its password with `--password`."
STILL_ENCRYPTED = "the password does not open this PDF file. Check `--password`."


@contextmanager
def opened(data: bytes, path: Path, password: str | None) -> Iterator[pdfium.PdfDocument]:
    """A PDF file, open.

    Args:
        data: The file's bytes.
        path: Where it lies, for the messages.
        password: What opens it, where it is encrypted.

    Yields:
        The open file.

    Raises:
        UnreadableFile: It is damaged or has no pages, or the password is missing or wrong.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data, password=password)
    except pdfium.PdfiumError as error:
        raise UnreadableFile(f"{path}: {_reason(error.err_code, password)}") from error
    try:
        if not len(document):
            raise UnreadableFile(f"{path}: a PDF file without pages. Nothing to add.")
        yield document
    finally:
        document.close()


def _reason(code: int | None, password: str | None) -> str:
    """What is wrong with a file, and what to do."""
    from pypdfium2 import raw

    if code == raw.FPDF_ERR_PASSWORD and password is None:
        return ENCRYPTED
    if code == raw.FPDF_ERR_PASSWORD:
        return STILL_ENCRYPTED
    if code == raw.FPDF_ERR_SECURITY:
        return "encrypted in a way that is not read. Save it without encryption first."
    return (
        "a damaged PDF file, or none at all. Get it anew, or open it in a PDF viewer and "
        "save it from there."
    )


def properties(document: pdfium.PdfDocument, path: Path) -> Iterator[Claim]:
    """What the file says about its paper, where that is plausible.

    Args:
        document: An open file.
        path: Where it lies: its name is no title.

    Yields:
        Title, authors, keywords.
    """
    title = " ".join(_property(document, "Title").split())
    if _is_plausible(title) and title.lower() not in {path.stem.lower(), path.name.lower()}:
        yield Claim("title", title, "document properties")
    author = " ".join(_property(document, "Author").split())
    if _is_plausible(author) and " " in author:
        yield Claim("authors", split_list(author), "document properties")
    keywords = split_list(_property(document, "Keywords"))
    if keywords and all(map(_is_plausible, keywords)):
        yield Claim("keywords", keywords, "document properties")


def _property(document: pdfium.PdfDocument, name: str) -> str:
    """A property; empty where there is none, or it is no text."""
    try:
        return str(document.get_metadata_value(name))
    except UnicodeDecodeError:
        return ""


def _is_plausible(value: str) -> bool:
    """Whether a value was written by a person, and is not the name of a program or file."""
    if len(value) < 4 or len(value) > 300 or _PROGRAM.search(value):
        return False
    odd = sum(not (c.isprintable() and c != "\ufffd") for c in value)
    return odd == 0 and sum(c.isalpha() for c in value) * 2 > len(value)

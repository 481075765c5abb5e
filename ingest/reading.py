"""A file's bytes to a `Document`, by the reader for its kind."""

from __future__ import annotations

from pathlib import Path

from ingest.document import Document
from ingest.kinds import kind_of


def read_document(data: bytes, path: Path, password: str | None = None) -> Document:
    """Read a file.

    Args:
        data: Its bytes.
        path: Where it lies, for its kind and for messages; it is not opened.
        password: What opens the file, where it is encrypted.

    Returns:
        What is in it.

    Raises:
        UnreadableFile: Its kind is not read, it is damaged, encrypted, or empty.
    """
    kind = kind_of(data, path)
    if kind == "pdf":
        from ingest.formats import pdf

        return pdf.read(data, path, password)
    if kind == "docx":
        from ingest.formats import docx

        return docx.read(data, path)
    if kind == "html":
        from ingest.formats import html

        return html.read(data, path)
    if kind == "jats":
        from ingest.formats import jats

        return jats.read(data, path)
    from ingest.formats import plain

    return plain.read(data, path, kind)

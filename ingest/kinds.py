"""The kind of a file, told by its content first and by its name second."""

from __future__ import annotations

from pathlib import Path

from ingest.document import FileKind


def kind_of(data: bytes, path: Path) -> FileKind:
    """The kind of a file.

    Args:
        data: Its bytes.
        path: Where it lies.

    Returns:
        Its kind; whatever is nothing else is text.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return "markdown" if path.suffix.lower() in {".md", ".markdown"} else "text"

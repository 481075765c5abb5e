"""A file to a parsed paper. Text and Markdown."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ingest.blocks import front_matter_end, split_blocks
from ingest.errors import NothingToRead, UnreadableFile
from ingest.frontmatter import read_head
from ingest.structure import build_elements
from ingest.types import RETRIEVABLE, Paper, ParsedPaper

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".text"})
"""Suffixes of the files that are read."""


def file_id(data: bytes) -> str:
    """The id of a paper: SHA-256 of the file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Raises:
        UnreadableFile: It is missing, not a file, or may not be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"{path}: no such file. Check the path.") from None
    except PermissionError:
        raise UnreadableFile(
            f"{path}: no permission to read it. Try `chmod u+r {path}`."
        ) from None
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot be read ({error.strerror}).") from error


def decode(data: bytes, path: Path) -> str:
    """Decode a text file; spans index what this returns, newlines untouched.

    Raises:
        UnreadableFile: It is empty, binary, or not UTF-8.
    """
    if not data.strip():
        raise UnreadableFile(f"{path}: the file is empty. Nothing to add.")
    if b"\x00" in data:
        raise UnreadableFile(
            f"{path}: a binary file (it has NUL bytes), not text. "
            "Convert it to UTF-8 text or Markdown first."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            f"{path}: not UTF-8 text (byte 0x{data[error.start]:02x} at offset {error.start}, "
            f"line {line}). Convert it, for example with "
            f"`iconv -f LATIN1 -t UTF-8 {path.name} > new.md`."
        ) from None


def parse(text: str, *, paper_id: str, path: Path) -> ParsedPaper:
    """Find metadata, sections and paragraphs in a decoded text.

    Args:
        text: The file's text, newlines untouched.
        paper_id: See `file_id`.
        path: Where the file lies.

    Returns:
        The paper, its text, and its elements in reading order.

    Raises:
        UnreadableFile: There are no sentences to retrieve.
    """
    yaml_text, start = front_matter_end(text)
    blocks = split_blocks(text, start)
    head = read_head(blocks, yaml_text)
    elements = (*head.elements, *build_elements(blocks[head.length :]))
    if not any(element.kind in RETRIEVABLE for element in elements):
        raise UnreadableFile(f"{path}: no paragraphs of text found in it. Nothing to add.")
    paper = Paper(
        id=paper_id,
        title=head.title or path.stem,
        source_path=str(path),
        authors=head.authors,
        affiliations=head.affiliations,
        year=head.year,
        venue=head.venue,
        keywords=head.keywords,
        abstract=head.abstract,
        found=head.found if head.title else {**head.found, "title": "file name"},
    )
    return ParsedPaper(paper, text, elements)


def read_paper(path: Path) -> ParsedPaper:
    """Read and parse one file.

    Raises:
        UnreadableFile: See `read_bytes`, `decode` and `parse`.
    """
    data = read_bytes(path)
    return parse(decode(data, path), paper_id=file_id(data), path=path)


def find_papers(path: Path) -> list[Path]:
    """The papers at a path: the file itself, or a folder's files, all levels deep.

    Hidden files and a folder's own README are not papers.

    Raises:
        NothingToRead: No such path, or a folder without a readable kind of file.
        UnreadableFile: A folder may not be listed.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise NothingToRead(f"{path}: no such file or folder. Check the path.")
    try:
        next(path.iterdir(), None)
    except PermissionError:
        raise UnreadableFile(f"{path}: no permission to list this folder.") from None
    found = sorted(
        file
        for file in path.rglob("*")
        if file.suffix.lower() in SUFFIXES
        and file.stem.lower() != "readme"
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
        and file.is_file()
    )
    if not found:
        kinds = ", ".join(sorted(SUFFIXES))
        raise NothingToRead(f"{path}: no papers in this folder. Put files in it ({kinds}).")
    return found

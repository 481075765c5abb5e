"""A file to a parsed paper. Text and Markdown."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Any

from ingest.blocks import split_blocks
from ingest.cleaning import clean
from ingest.errors import NothingToRead, UnreadableFile
from ingest.frontmatter import read_head, split_off_labels
from ingest.headings import find_headings
from ingest.metadata import front_matter
from ingest.sections import split_off_headings, split_sections
from ingest.structure import build_elements
from ingest.types import RETRIEVABLE, Paper, ParsedPaper

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".text"})
"""Suffixes of the files that are read."""

_KINDS = ", ".join(sorted(SUFFIXES))

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def file_id(data: bytes) -> str:
    """The id of a paper: SHA-256 of the file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Args:
        path: Where it lies.

    Returns:
        Its bytes.

    Raises:
        UnreadableFile: It is missing, of a kind that is not read, or may not be read.
    """
    if path.suffix.lower() not in SUFFIXES and path.is_file():
        kind = f"{path.suffix} files are" if path.suffix else "a file without suffix is"
        raise UnreadableFile(
            f"{path}: {kind} not read, only {_KINDS}. Convert it to text or Markdown first."
        )
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"{path}: no such file. Check the path.") from None
    except PermissionError:
        raise UnreadableFile(f"{path}: no permission to read it. Try `chmod u+r {path}`.") from None
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot be read ({error.strerror}).") from error


def decode(data: bytes, path: Path) -> str:
    """Decode a text file; spans index what this returns, newlines untouched.

    Args:
        data: The file's bytes.
        path: Where it lies, for the messages.

    Returns:
        Its text.

    Raises:
        UnreadableFile: It is empty, binary, or not UTF-8.
    """
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        raise UnreadableFile(f"{path}: the file is empty. Nothing to add.")
    if data.startswith(_UTF16):
        raise UnreadableFile(
            f"{path}: UTF-16 text, and only UTF-8 is read. Convert it, for example with "
            f"`iconv -f UTF-16 -t UTF-8 {path.name} > new.md`."
        )
    if b"\x00" in data or len(_CONTROL.findall(data[:4096])) > 4:
        raise UnreadableFile(
            f"{path}: a binary file, not text (it has control bytes). "
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
    given, start = front_matter(text)
    blocks = split_off_headings(split_off_labels(split_blocks(text, start)))
    headings = find_headings(blocks)
    head = read_head(blocks, headings)
    body = split_sections(blocks[head.length :], headings[head.length :])
    elements = (*head.elements, *build_elements(body))
    if not any(element.kind in RETRIEVABLE for element in elements):
        elements = tuple(build_elements(split_sections(blocks, headings)))
    if not any(element.kind in RETRIEVABLE for element in elements):
        raise UnreadableFile(f"{path}: no paragraphs of text found in it. Nothing to add.")
    abstract = [clean(text, e.spans).text for e in head.elements if e.kind == "abstract"]
    values: dict[str, Any] = {
        "title": head.title or path.stem,
        "authors": head.authors,
        "affiliations": head.affiliations,
        "year": head.year,
        "keywords": head.keywords,
        "abstract": " ".join(abstract) or None,
        **given,
    }
    found = {"title": "file name"} | head.found | dict.fromkeys(given, "front matter")
    paper = Paper(id=paper_id, source_path=str(path), found=found, **values)
    return ParsedPaper(paper, text, elements)


def read_paper(path: Path) -> ParsedPaper:
    """Read and parse one file.

    Args:
        path: Where it lies.

    Returns:
        The paper, its text, and its elements.

    Raises:
        UnreadableFile: See `read_bytes`, `decode` and `parse`.
    """
    data = read_bytes(path)
    return parse(decode(data, path), paper_id=file_id(data), path=path)


def find_papers(path: Path) -> list[Path]:
    """The papers at a path: the file itself, or a folder's files, all levels deep.

    Hidden files and a folder's own README are not papers; links to folders are
    not followed.

    Args:
        path: A file or a folder.

    Returns:
        Files, sorted.

    Raises:
        NothingToRead: No such path, or a folder without a readable kind of file.
        UnreadableFile: A folder may not be listed.
    """
    if _is_file(path):
        return [path]
    if not path.is_dir():
        broken = "a link that leads nowhere" if path.is_symlink() else "no such file or folder"
        raise NothingToRead(f"{path}: {broken}. Check the path.")
    found = sorted(file for file in _files(path) if _is_paper(file, path))
    if not found:
        raise NothingToRead(f"{path}: no papers in this folder. Put files in it ({_KINDS}).")
    return found


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as error:
        raise NothingToRead(f"{path}: cannot be opened ({error.strerror}).") from None


def _files(folder: Path) -> list[Path]:
    def refuse(error: OSError) -> None:
        raise UnreadableFile(f"{error.filename}: this folder cannot be listed ({error.strerror}).")

    walk = os.walk(folder, onerror=refuse)
    return [Path(parent) / name for parent, _, names in walk for name in names]


def _is_paper(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    readable = file.suffix.lower() in SUFFIXES and file.is_file()
    return readable and not hidden and file.stem.lower() != "readme"

"""Files on disk: which of them are papers, their bytes and their ids."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from ingest.errors import NothingToRead, UnreadableFile

SUFFIXES = frozenset(".pdf .docx .html .htm .xhtml .xml .nxml .md .markdown .txt .text".split())
"""Suffixes of the files that are papers where they lie in a folder."""

MAX_BYTES = 200_000_000
"""The size of the largest file that is read."""

_KINDS = "PDF, Word (.docx), HTML, JATS XML, Markdown, text"


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
        UnreadableFile: It is missing, too large, or may not be read.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFile(
                f"{path}: {size / 1e6:,.0f} MB, and only files of up to {MAX_BYTES / 1e6:,.0f} MB "
                "are read. Make it smaller, for example by compressing its pictures."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"{path}: no such file. Check the path.") from None
    except PermissionError:
        raise UnreadableFile(f"{path}: no permission to read it. Try `chmod u+r {path}`.") from None
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot be read ({error.strerror}).") from error


def find_papers(path: Path) -> list[Path]:
    """The papers at a path: the file itself, or a folder's files, all levels deep.

    A file in a folder is a paper by its suffix, or where it begins as a PDF does.
    Hidden files and a folder's own README are not papers, nor is what a browser puts
    beside a saved page, in a folder with the page's name; links to folders are not
    followed.

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
    parts = file.relative_to(folder)
    if any(part.startswith(".") for part in parts.parts) or file.stem.lower() == "readme":
        return False
    if any(_is_beside_page(folder / parent) for parent in parts.parents):
        return False
    return file.is_file() and (file.suffix.lower() in SUFFIXES or _begins_as_pdf(file))


def _is_beside_page(folder: Path) -> bool:
    """Whether a folder holds the pictures and frames of a saved web page beside it."""
    page = folder.name.removesuffix("_files")
    pages = (folder.with_name(f"{page}{suffix}") for suffix in (".html", ".htm", ".xhtml"))
    return bool(page) and page != folder.name and any(page.is_file() for page in pages)


def _begins_as_pdf(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(5) == b"%PDF-"
    except OSError:
        return False

"""Files on disk: which of them are papers, their bytes and their ids."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
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


def is_there(path: Path) -> bool:
    """Whether there is such a file, as far as can be told.

    Args:
        path: Where it lies.

    Returns:
        False only where it is known to be gone: a file whose folder may not be entered, or
        whose disk does not answer, is not.
    """
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _refuse(_folder: Path, error: UnreadableFile) -> None:
    raise error


def find_papers(path: Path, shut: Callable[[Path, UnreadableFile], None] = _refuse) -> list[Path]:
    """The papers at a path: the file itself, or a folder's files, all levels deep.

    A file in a folder is a paper by its suffix, or where it begins as a PDF does.
    Hidden files and a folder's own README are not papers, nor is what a browser puts
    beside a saved page, in a folder with the page's name; links to folders are not
    followed.

    Args:
        path: A file or a folder.
        shut: Told about each folder that may not be listed, and why; the others are searched
            if it returns.

    Returns:
        Files, sorted.

    Raises:
        NothingToRead: No such path, or a folder without a readable kind of file.
        UnreadableFile: A folder may not be listed; unless `shut` says otherwise.
    """
    if _is_file(path):
        return [path]
    if not path.is_dir():
        broken = "a link that leads nowhere" if path.is_symlink() else "no such file or folder"
        raise NothingToRead(f"{path}: {broken}. Check the path.")
    found = sorted(file for file in _files(path, shut) if _is_paper(file, path))
    if not found:
        raise NothingToRead(f"{path}: no papers in this folder. Put files in it ({_KINDS}).")
    return found


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as error:
        if isinstance(error, PermissionError) and path.suffix.lower() in SUFFIXES:
            return True  # whoever reads it says what is wrong, and goes on to the next
        raise NothingToRead(f"{path}: cannot be opened ({error.strerror}).") from None


def _files(folder: Path, shut: Callable[[Path, UnreadableFile], None]) -> Iterator[Path]:
    def tell(path: Path, error: OSError) -> None:
        told = f"{path}: this folder cannot be listed ({error.strerror})."
        advice = f"Allow it, for example by `chmod u+rx {path}`, then start again."
        shut(path, UnreadableFile(f"{told} {advice}"))

    walk = os.walk(folder, onerror=lambda error: tell(Path(error.filename), error))
    for parent, folders, names in walk:
        folders[:] = [name for name in folders if not name.startswith(".")]
        try:
            Path(parent, os.pardir).stat()
        except OSError as error:  # names may be read in it, and nothing more
            folders.clear()
            tell(Path(parent), error)
        else:
            yield from (Path(parent, name) for name in names)


def _is_paper(file: Path, folder: Path) -> bool:
    parts = file.relative_to(folder)
    if any(part.startswith(".") for part in parts.parts) or file.stem.lower() == "readme":
        return False
    if any(_is_beside_page(folder / parent) for parent in parts.parents):
        return False
    return _is_file(file) if file.suffix.lower() in SUFFIXES else _begins_as_pdf(file)


def _is_beside_page(folder: Path) -> bool:
    """Whether a folder holds the pictures and frames of a saved web page beside it."""
    page = folder.name.removesuffix("_files")
    pages = (folder.with_name(f"{page}{suffix}") for suffix in (".html", ".htm", ".xhtml"))
    return bool(page) and page != folder.name and any(_is_file(page) for page in pages)


def _begins_as_pdf(file: Path) -> bool:
    try:
        if not file.is_file():  # a pipe would be waited for
            return False
        with file.open("rb") as opened:
            return opened.read(5) == b"%PDF-"
    except OSError:
        return False

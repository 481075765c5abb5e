"""Files on disk: which of them are papers, their bytes and their ids."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from ingest.errors import NothingToRead, UnreadableFile

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".text"})
"""Suffixes of the files that are read."""

_KINDS = ", ".join(sorted(SUFFIXES))


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

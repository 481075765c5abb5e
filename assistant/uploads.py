"""Files that somebody uploads: kept in the library's folder for as long as their papers are in.

A hidden file, ``.NAME.new``, says that ``NAME`` is being added or removed. It keeps others from
taking the name; where a process was killed, the next upload finds it, and undoes what was begun.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.types import FileReport
from assistant.upload_names import safe_name
from ingest.files import SUFFIXES, file_id, is_there, read_bytes
from ingest.formats.pdf.opening import ENCRYPTED, STILL_ENCRYPTED
from ingest.types import Paper
from vectorstore.folder import check_room, clear_errors

if TYPE_CHECKING:
    from assistant.shelf import Shelf

MOST_FILES = 20
MOST_MEGABYTES = 100
"""The size of the largest file that is taken, in units of 2 to the 20th bytes."""

_ABANDONED = 24 * 3600
"""After so many seconds, what was begun is taken for left behind by a process that was killed."""

_ONE_AT_A_TIME = threading.Lock()
"""Held while a file is received: two sessions would both take the same one for new."""

_KINDS = "Upload PDF, Word (.docx), HTML, JATS XML, Markdown or text."
_IN_OTHER_WORDS = {
    ENCRYPTED: "Encrypted with a password. Give the password, and add the file again.",
    STILL_ENCRYPTED: "The password does not open it. Correct it, and add the file again.",
}
"""What is told on a command line, for somebody who uploads."""


class Upload(Protocol):
    """A file as a browser sends it."""

    name: str
    size: int

    def getvalue(self) -> bytes:
        """Its bytes."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file that was uploaded.

    ``report`` has the file's own name for its path. ``is_locked`` says that the file needs a
    password, or another one than was given.
    """

    report: FileReport
    is_locked: bool = False


def receive(
    assistant: Shelf, files: Iterable[Upload], password: str | None = None
) -> Iterator[Received]:
    """Add files that were uploaded, one after the other.

    A file that fails, and one whose paper is in the library already, leaves nothing behind.

    Args:
        assistant: The library.
        files: At most `MOST_FILES`, each of at most `MOST_MEGABYTES`; others are refused.
        password: What opens the files that are encrypted.

    Yields:
        What became of each file, in their order.

    Raises:
        LibraryBusy: Another process is writing; the files before are in.
        LibraryUnwritable: No room or no permission.
    """
    _undo_abandoned(assistant)
    for number, file in enumerate(files, 1):
        refusal = _too_many(number) or _refusal(file)
        if refusal:
            yield Received(FileReport(file.name, "failed", reason=refusal))
        else:
            yield _received(assistant, file, password)


def uploaded_file(paper: Paper, uploads: Path) -> Path | None:
    """Where the file of a paper lies that was uploaded; also where the library was moved.

    Args:
        paper: A paper.
        uploads: The library's folder of such files.

    Returns:
        The file; None where the paper's file lies elsewhere.
    """
    path = uploads / Path(paper.source_path).name
    if str(path) == paper.source_path:
        return path
    return path if path.is_file() and file_id(read_bytes(path)) == paper.id else None


@contextmanager
def removed_with(paper: Paper, uploads: Path) -> Iterator[None]:
    """Remove the file of a paper that was uploaded, when the paper has been removed.

    Args:
        paper: A paper.
        uploads: The library's folder of such files.

    Yields:
        Nothing; the paper is to be removed meanwhile.
    """
    file = uploaded_file(paper, uploads)
    if file is None or not uploads.is_dir():
        yield
        return
    with clear_errors(uploads):
        _mark(file).touch()
    try:
        yield
        file.unlink(missing_ok=True)
    finally:
        _mark(file).unlink(missing_ok=True)


def _too_many(number: int) -> str:
    if number <= MOST_FILES:
        return ""
    return f"At most {MOST_FILES} files are taken at once. Add this one afterwards."


def _refusal(file: Upload) -> str:
    """Why a file is not taken, before it is read; empty where it is."""
    if file.size > MOST_MEGABYTES * 2**20:
        return (
            f"{file.size / 2**20:,.0f} MB, and at most {MOST_MEGABYTES} MB are taken. Make it "
            "smaller, for example by compressing its pictures."
        )
    if Path(file.name).suffix.lower() in SUFFIXES or file.getvalue().startswith(b"%PDF-"):
        return ""
    return f"Not a kind of file that is read. {_KINDS}"


def _received(assistant: Shelf, file: Upload, password: str | None) -> Received:
    with _ONE_AT_A_TIME, _stored(assistant, file) as path:
        report = assistant.add(path, password=password).files[0]
    if report.reason is None:
        return Received(replace(report, path=file.name))
    reason = report.reason.removeprefix(f"{path}: ")
    told = _IN_OTHER_WORDS.get(reason, f"{reason[:1].upper()}{reason[1:]}")
    return Received(replace(report, path=file.name, reason=told), reason in _IN_OTHER_WORDS)


@contextmanager
def _stored(assistant: Shelf, file: Upload) -> Iterator[Path]:
    """Keep a file, under a name of its own; for good only where a paper comes of it."""
    uploads = assistant.uploads
    with clear_errors(uploads):
        check_room(uploads.parent)
        uploads.mkdir(exist_ok=True)
        path = _reserved(uploads, safe_name(file.name))
    try:
        with clear_errors(uploads):
            part = path.with_name(f".{path.name}.part")
            part.write_bytes(file.getvalue())
            part.replace(path)
        yield path
    finally:
        _settle(path, assistant.papers())


def _reserved(uploads: Path, name: str) -> Path:
    """A path that is free, and marked as taken."""
    stem, suffix = Path(name).stem, Path(name).suffix
    for number in count(1):
        path = uploads / (name if number == 1 else f"{stem} {number}{suffix}")
        with suppress(FileExistsError):
            _mark(path).touch(exist_ok=False)
            if not path.exists():
                return path
            _mark(path).unlink()
    raise AssertionError("there is always one more number")


def _mark(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _settle(path: Path, papers: Iterable[Paper]) -> None:
    """Delete what storing a file left behind, and the file itself unless a paper is of it."""
    path.with_name(f".{path.name}.part").unlink(missing_ok=True)
    if not any(_is_of(path, paper) for paper in papers):
        path.unlink(missing_ok=True)
    _mark(path).unlink(missing_ok=True)


def _undo_abandoned(assistant: Shelf) -> None:
    for mark in list(assistant.uploads.glob(".*.new")):
        with suppress(FileNotFoundError):  # another session was faster
            if _is_abandoned(mark):
                name = mark.name.removeprefix(".").removesuffix(".new")
                _settle(mark.with_name(name), assistant.papers())


def _is_abandoned(file: Path) -> bool:
    return time.time() - file.stat().st_mtime > _ABANDONED


def _is_of(path: Path, paper: Paper) -> bool:
    """Whether a file is the one of a paper, rather than a copy of it."""
    if str(path) == paper.source_path:
        return True
    return not is_there(Path(paper.source_path)) and uploaded_file(paper, path.parent) == path

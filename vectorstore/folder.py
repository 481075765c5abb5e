"""A library's folder: whether it is one and has room, its lock, the model it names."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import filelock

from ingest.errors import (
    EmbedderMismatch,
    GovernanceAssistantError,
    LibraryBusy,
    LibraryUnwritable,
    NotALibrary,
)
from vectorstore.protocols import ModelRecord

CATALOG = "catalog.db"
CONVERSATIONS = "conversations.db"
MODEL = "model.json"
LOCK = ".lock"
UPLOADS = "uploads"
GOLDEN = "golden.jsonl"
RUNS = "runs"
_NAMES = frozenset(
    {CATALOG, CONVERSATIONS, MODEL, LOCK, UPLOADS, GOLDEN, RUNS, "chroma", "lexical"}
)
_FREE_BYTES = 50_000_000
_FULL = ("disk", "space", "full", "file too large", "readonly", "read-only", "unable to open")


def check_folder(path: Path) -> None:
    """See that a folder is a library, or could become one.

    Args:
        path: The folder.

    Raises:
        NotALibrary: It is a file, or holds other things.
    """
    if path.exists() and not path.is_dir():
        raise NotALibrary(f"{path}: a file, not a library's folder. Name another path.")
    if not path.exists() or (path / CATALOG).exists():
        return
    others = sorted(file.name for file in path.iterdir() if not _is_ours(file.name))
    if others:
        shown = ", ".join(others[:3]) + (", …" if len(others) > 3 else "")
        raise NotALibrary(
            f"{path}: this folder is not a library; it holds {shown}. "
            "Name another folder, or a new one that is then made."
        )


def _is_ours(name: str) -> bool:
    """Whether a library has a file of this name, or SQLite one beside it."""
    return any(name == ours or name.startswith((f"{ours}-", f"{ours}.")) for ours in _NAMES)


def check_room(path: Path) -> None:
    """See that the disk has room for another paper.

    Args:
        path: The library's folder.

    Raises:
        LibraryUnwritable: It has not.
    """
    free = shutil.disk_usage(path).free
    if free < _FREE_BYTES:
        raise LibraryUnwritable(
            f"{path}: only {free // 1_000_000} MB free on this disk, and adding a paper needs "
            f"{_FREE_BYTES // 1_000_000} MB. Make room, then add again."
        )


def check_model(
    path: Path, made_by: ModelRecord | None, record: ModelRecord, *, trust_file: bool
) -> None:
    """Compare an embedder with the one that made a library's vectors.

    What it is called does not count: a folder may be spelled in several ways.

    Args:
        path: The library's folder.
        made_by: What the catalog says of the vectors; None for a new library.
        record: The embedder about to be used.
        trust_file: Whether ``model.json`` counts, too; not after an interrupted change.

    Raises:
        EmbedderMismatch: The catalog or ``model.json`` names another.
    """
    for other in (made_by, _read_model(path) if trust_file else None):
        if other is not None and replace(other, name=record.name) != record:
            raise EmbedderMismatch(
                f"{path}: its vectors were made by {other}, and you are opening it with "
                f"{record}. Open it with the first, or re-embed it with "
                f"`govassist reembed --library {path} --embedder {record.name}`."
            )


def _read_model(path: Path) -> ModelRecord | None:
    try:
        return ModelRecord(**json.loads((path / MODEL).read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise EmbedderMismatch(
            f"{path / MODEL}: not a record of an embedder ({error}), so it is not known which one "
            f"made the vectors. Make them anew with `govassist reembed --library {path}`."
        ) from error


def write_model(path: Path, record: ModelRecord) -> None:
    """Write ``model.json``, whole or not at all."""
    new = path / f"{MODEL}.new"
    new.write_text(json.dumps(record.as_dict(), indent=2) + "\n", "utf-8")
    new.replace(path / MODEL)


@contextmanager
def clear_errors(path: Path) -> Iterator[None]:
    """Translate what engines raise, mostly when the disk does not let them write.

    Args:
        path: The library's folder.

    Yields:
        Nothing.

    Raises:
        LibraryUnwritable: No room or no permission.
    """
    try:
        yield
    except GovernanceAssistantError:
        raise
    except PermissionError as error:
        raise LibraryUnwritable(
            f"{path}: no permission to write here ({error.strerror}). "
            "Name another folder, or change its permissions."
        ) from error
    except OSError as error:
        raise LibraryUnwritable(_unwritable(path, error)) from error
    except Exception as error:
        if _is_engines(error):
            raise LibraryUnwritable(_unwritable(path, error)) from error
        raise


def _is_engines(error: Exception) -> bool:
    """Whether Chroma, SQLite or Tantivy could not write; Tantivy raises plain ValueErrors."""
    if type(error).__module__.partition(".")[0] in {"chromadb", "sqlite3"}:
        return True
    return isinstance(error, ValueError) and any(sign in str(error).lower() for sign in _FULL)


def _unwritable(path: Path, error: Exception) -> str:
    return (
        f"{path}: the library could not be written ({str(error).strip()}). Check that the disk has "
        "room; the papers that were finished are kept, the unfinished one is not in."
    )


@contextmanager
def locked(
    path: Path, lock: filelock.ReadWriteLock, timeout: float, *, write: bool
) -> Iterator[None]:
    """Hold a library's lock, shared or alone.

    Args:
        path: The library's folder.
        lock: Its lock.
        timeout: Seconds to wait.
        write: Alone rather than shared.

    Yields:
        Nothing.

    Raises:
        LibraryBusy: It was not free in time.
    """
    try:
        held = lock.acquire_write(timeout) if write else lock.acquire_read(timeout)
    except filelock.Timeout:
        raise LibraryBusy(
            f"{path}: another process is writing to this library, and has been for "
            f"{timeout:.0f} seconds. Wait until it has finished, then try again."
        ) from None
    with held:
        yield

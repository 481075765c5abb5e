"""Keeping a library in step with a folder."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.types import FileReport
from ingest.errors import LibraryBusy, NothingToRead, UnreadableFile
from ingest.files import find_papers, is_there
from ingest.types import Paper

if TYPE_CHECKING:
    from assistant.shelf import Shelf

QUIET_MS = 1_000
"""A folder must have been quiet for so long: a file that is being copied is not whole."""

_LONGEST_MS = 60_000
"""After so long it is looked at although it never is quiet."""

_TICK_MS = 1_000


@dataclass(frozen=True, slots=True)
class Change:
    """Something that became of a file and its paper; ``reason`` says why a file failed.

    A folder that may not be listed has failed, too.
    """

    what: Literal["added", "replaced", "moved", "removed", "failed"]
    path: str
    title: str | None = None
    reason: str | None = None


def watch(
    assistant: Shelf,
    folder: str | Path,
    stop: threading.Event,
    report: Callable[[Change], None],
    password: str | None = None,
) -> None:
    """Keep a library in step with a folder until told to stop.

    What is in the folder is added first. Then new and changed files are added when the folder
    is quiet, and papers whose file in the folder is gone are removed; those are removed, too,
    whose file went while nobody watched. A file that fails is tried again when it changes.
    A folder that may not be listed is left out, and the papers from it are kept.

    Args:
        assistant: The library.
        folder: The folder, all levels deep.
        stop: Ends it when set; files at work are finished first.
        report: Told about each change of the library, and each file that fails.
        password: What opens the files that are encrypted.

    Raises:
        NothingToRead: There is no such folder, or it is gone; its papers are kept.
        UnreadableFile: It lies in a folder that may not be entered; its papers are kept.
        LibraryUnwritable: No room or no permission.
    """
    import watchfiles

    folder = Path(folder).resolve()
    check_folder(folder)
    pending = {folder}
    for changes in watchfiles.watch(
        folder,
        watch_filter=None,
        stop_event=stop,
        step=QUIET_MS,
        debounce=_LONGEST_MS,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    ):
        check_folder(folder)
        pending.update(Path(path) for _, path in changes)
        if pending:
            try:
                for change in _brought_in_step(assistant, folder, pending, password):
                    report(change)
            except (LibraryBusy, NothingToRead):  # a file went while it was looked at
                continue  # at the next tick
            pending.clear()


def check_folder(folder: Path) -> None:
    """See that a folder is there to be watched.

    Args:
        folder: The folder.

    Raises:
        NothingToRead: There is no such folder.
        UnreadableFile: It lies in a folder that may not be entered.
    """
    try:
        is_folder = folder.is_dir()
    except OSError as error:
        told = f"{folder}: cannot be opened ({error.strerror})."
        raise UnreadableFile(f"{told} Its papers are kept; check its permissions.") from None
    if not is_folder:
        raise NothingToRead(f"{folder}: no such folder. Its papers are kept; check the path.")


def _brought_in_step(
    assistant: Shelf, folder: Path, changed: Set[Path], password: str | None
) -> Iterator[Change]:
    """Add the files among what has changed, and remove the papers whose files are gone."""
    before = {paper.id: paper.source_path for paper in assistant.papers()}
    files, shut = _files(folder, changed)
    yield from shut
    if files:
        added = assistant.add(files, password=password)
        after = {paper.id: paper.source_path for paper in assistant.papers()}
        moved = {key for key, path in before.items() if after.get(key, path) != path}
        yield from filter(None, (_change(file, moved) for file in added.files))
    for paper in assistant.papers():
        if _is_gone(paper, folder):
            assistant.remove(paper.id)
            yield Change("removed", paper.source_path, paper.title)


def _files(folder: Path, changed: Set[Path]) -> tuple[list[Path], list[Change]]:
    """The papers in a folder that have changed or lie in a folder that has; such folders shut."""
    shut: list[Change] = []

    def has_changed(path: Path) -> bool:
        return not changed.isdisjoint((path, *path.parents))

    def tell(path: Path, error: UnreadableFile) -> None:
        if has_changed(path):
            shut.append(Change("failed", str(path), reason=str(error)))

    try:
        found = find_papers(folder, tell)
    except NothingToRead:
        found = []
    return [file for file in found if has_changed(file)], shut


def _change(file: FileReport, moved: Set[str]) -> Change | None:
    if file.status != "unchanged":
        return Change(file.status, file.path, file.title, file.reason)
    return Change("moved", file.path, file.title) if file.paper_id in moved else None


def _is_gone(paper: Paper, folder: Path) -> bool:
    path = Path(paper.source_path)
    return path.is_relative_to(folder) and not is_there(path)

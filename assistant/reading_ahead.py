"""Files that are read by other processes while those before them are embedded."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from assistant.halves import without_halves
from ingest.errors import UnreadableFile
from ingest.files import file_id, read_bytes
from ingest.types import ParsedPaper
from ingest.workers import shared_readers

_AHEAD = 2
"""So many files for each process are begun before they are needed."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A file that is being read, or need not be, or cannot be."""

    path: Path
    identity: str
    paper: Future[ParsedPaper] | None = None
    problem: UnreadableFile | None = None


class ReadAhead:
    """Reads files a few at a time, and no more than are needed soon: memory stays flat.

    Args:
        is_settled: Says of a path and the id of its bytes whether they need not be read.
        password: What opens the files that are encrypted.
    """

    def __init__(self, is_settled: Callable[[Path, str], bool], password: str | None) -> None:
        self._is_settled = is_settled
        self._password = password
        self._readers = shared_readers()

    def files(self, paths: Sequence[Path]) -> Generator[Begun]:
        """Files in their order; some behind each are being read, too.

        Args:
            paths: Where they lie.

        Yields:
            Each file, begun.
        """
        waiting: deque[Begun] = deque()
        try:
            for path in paths:
                waiting.append(self.begin(path))
                if len(waiting) > _AHEAD * self._readers.count:
                    yield waiting.popleft()
            while waiting:
                yield waiting.popleft()
        finally:
            for file in waiting:
                if file.paper:
                    file.paper.cancel()

    def begin(self, path: Path) -> Begun:
        """Begin to read one file, where that is needed."""
        try:
            _check_name(path)
            data = read_bytes(path)
        except UnreadableFile as error:
            return Begun(path, "", problem=error)
        identity = file_id(data)
        if self._is_settled(path, identity):
            return Begun(path, identity)
        return Begun(path, identity, self._readers.read(data, path, self._password))


def _check_name(path: Path) -> None:
    """Refuse a path that is not UTF-8, which the catalog cannot hold."""
    readable = without_halves(str(path))
    if readable != str(path):
        raise UnreadableFile(
            f"{readable}: the name of the file or of its folder is not UTF-8. Rename it."
        )

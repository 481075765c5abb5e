"""Files are read by processes of their own, which may crash, hang or want too much memory.

Each of a few threads has one such process (`ingest.reader_process`), ends it where a file
takes too much, and starts another when it is gone. They are plain child processes, so that
notebooks, scripts without a main guard and programs with threads can have them.
"""

from __future__ import annotations

import atexit
import itertools
import os
import queue
import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableFile
from ingest.messages import Answer, Request, Sight
from ingest.reader_process import ReaderFailed, ReaderProcess
from ingest.types import ParsedPaper

_MOST = 4
_NOW, _SOON = 0, 1
"""A picture somebody waits for is made before the files that are to be read."""

_SMALL = 200_000

_sharing = threading.Lock()
"""Held while the shared readers are looked up: ``cache`` lets two threads make some each."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take.

    ``seconds`` of computing are for a file of up to 200 kB, and larger ones may take longer in
    proportion, for how many pages a file has is not known before it is opened: a hundred pages
    of nothing but text have 150 kB, and take 7 s on a slow machine. Windows knows no such limit:
    there it is ten times as long until a file is given up, and so it is elsewhere where a
    reader only waits. ``megabytes`` are of memory, and kept on Linux.
    """

    seconds: float = 20.0
    megabytes: int = 1024

    def seconds_for(self, data: bytes) -> float:
        """How long a file may be worked on."""
        return self.seconds * max(1.0, len(data) / _SMALL)


@dataclass(frozen=True, slots=True)
class _Job:
    request: Request
    data: bytes
    result: Future[Any]


_Jobs = queue.PriorityQueue[tuple[int, int, _Job | None]]


class Readers:
    """Processes that read files, a few at a time.

    Args:
        count: How many processes; where None, one for each processor and at most four.
        limits: What a file may take; the defaults where None.
    """

    def __init__(self, count: int | None = None, limits: Limits | None = None) -> None:
        self.count = count or min(_MOST, _processors())
        self._limits = limits or Limits()
        self._jobs: _Jobs = queue.PriorityQueue()
        self._order = itertools.count()
        self._threads: list[_Reader] = []
        self._lock = threading.Lock()

    def start(self, files: int) -> None:
        """Start as many processes as some files need, so that they are ready then."""
        with self._lock:
            for _ in range(len(self._threads), min(files, self.count)):
                self._threads.append(_Reader(self._jobs, self._limits.megabytes))
                self._threads[-1].start()

    def read(self, data: bytes, path: Path, password: str | None = None) -> Future[ParsedPaper]:
        """Read and parse a file, when a process is free.

        Args:
            data: Its bytes.
            path: Where it lies, for its kind and for messages; it is not opened.
            password: What opens the file, where it is encrypted.

        Returns:
            What will hold the paper, or raise `UnreadableFile`; where the reader failed on
            the file, that is a `ReaderFailed`.
        """
        request = Request(str(path), password, self._limits.seconds_for(data))
        return self._begun(_Job(request, data, Future()), _SOON)

    def picture(self, data: bytes, path: Path, sight: Sight) -> Future[bytes]:
        """Draw a page of a PDF file, when a process is free; a large file may not take longer.

        Args:
            data: The file's bytes.
            path: Where it lies, for messages; it is not opened.
            sight: Which page, and what to mark.

        Returns:
            What will hold a PNG, or raise `UnreadableFile`, see `read`.
        """
        request = Request(str(path), None, self._limits.seconds, sight)
        return self._begun(_Job(request, data, Future()), _NOW)

    def _begun(self, job: _Job, turn: int) -> Future[Any]:
        self._jobs.put((turn, next(self._order), job))
        self.start(len(self._threads) + 1)
        return job.result

    def close(self) -> None:
        """End the processes, whatever they do; files that wait are not read."""
        with suppress(queue.Empty):
            while job := self._jobs.get_nowait()[-1]:
                job.result.cancel()
        with self._lock:
            for _ in self._threads:
                self._jobs.put((_SOON, next(self._order), None))
            while self._threads:
                self._threads.pop().end()


class _Reader(threading.Thread):
    """A thread with a process of its own, and another when that is gone."""

    def __init__(self, jobs: _Jobs, megabytes: int) -> None:
        super().__init__(name="govassist reader", daemon=True)
        self._jobs = jobs
        self._megabytes = megabytes
        self._process: ReaderProcess | None = None

    def run(self) -> None:
        """Read files until there is none more to read."""
        with suppress(OSError):  # it is tried again with the first file
            self._process = ReaderProcess(self._megabytes)
        while job := self._jobs.get()[-1]:
            if job.result.set_running_or_notify_cancel():
                try:
                    job.result.set_result(self._read(job))
                except Exception as error:
                    job.result.set_exception(error)
            del job  # its bytes, while the next one is waited for
        if self._process:
            self._process.end()

    def end(self) -> None:
        """See that it and its process are gone."""
        while self.is_alive():
            if self._process:
                self._process.kill()
            self.join(0.1)

    def _read(self, job: _Job) -> ParsedPaper | bytes:
        """Read a file; once more in a new process, where a file before it may be to blame."""
        used = bool(self._process and self._process.has_read)
        try:
            return self._attempt(job)
        except ReaderFailed as error:
            if used and error.fault in {"crash", "memory"}:
                return self._attempt(job)
            raise

    def _attempt(self, job: _Job) -> ParsedPaper | bytes:
        path = job.request.path
        try:
            if not (self._process and self._process.is_alive):
                self._process = ReaderProcess(self._megabytes)
        except OSError as error:
            raise ReaderFailed(
                f"{path}: no process could be started to read it ({error}). See that there is "
                "memory left, and that `govassist doctor` runs; then add it again.",
                "start",
            ) from error
        return _made(self._process.read(job.request, job.data), path)


def shared_readers() -> Readers:
    """The readers of this process: started when first used, ended with it."""
    with _sharing:
        return _shared()


@cache
def _shared() -> Readers:
    readers = Readers()
    atexit.register(readers.close)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: _forget(readers))
    return readers


def _forget(readers: Readers) -> None:
    """A fork has the pipes of its parent's readers, and must leave them alone."""
    atexit.unregister(readers.close)
    _shared.cache_clear()


def _made(answer: Answer, path: str) -> ParsedPaper | bytes:
    if made := answer.paper or answer.picture:
        return made
    if answer.traceback:
        what = answer.traceback.strip().rpartition("\n")[2]
        raise ReaderFailed(
            f"{path}: the reader made a mistake on this file ({what}). Please report it; "
            "meanwhile, give the paper in another format.",
            "error",
            answer.traceback,
        )
    raise UnreadableFile(answer.unreadable)


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

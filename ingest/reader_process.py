"""One process that reads files (`ingest.worker`), as its parent sees it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir
from typing import BinaryIO, Literal, TypeAlias, cast
from uuid import uuid4

from ingest.errors import UnreadableFile
from ingest.messages import OUT_OF_MEMORY, Answer, BadMessage, Request, built, receive, send

Fault: TypeAlias = Literal["start", "error", "crash", "time", "memory"]

_START_SECONDS = 60
_DYING_SECONDS = 1
_ADVICE = (
    "It may be damaged: save it anew with another program, or give the paper in another format."
)
_ROOT = Path(__file__).parent.parent


class ReaderFailed(UnreadableFile):
    """A reader failed on a file, as no reader should.

    ``fault`` says how: by an error nobody foresaw, whose traceback is in ``details``, by a
    crash, by taking too much time or memory; or no process could be started to read it.
    """

    def __init__(self, message: str, fault: Fault, details: str = "") -> None:
        super().__init__(message)
        self.fault = fault
        self.details = details


class ReaderProcess:
    """A process that reads one file after the other.

    Args:
        megabytes: Of memory, that it may have.

    Raises:
        OSError: It cannot be started.
    """

    def __init__(self, megabytes: int) -> None:
        self._megabytes = megabytes
        # The process makes this folder, and removes it when this one dies, at any moment.
        self._scratch = Path(gettempdir(), f"govassist-{uuid4().hex}")
        scratch = str(self._scratch)
        self._process = subprocess.Popen(  # noqa: S603 - nothing in it is from outside
            [sys.executable, "-P", "-m", "ingest.worker", str(megabytes), scratch],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(scratch),
            start_new_session=True,  # Ctrl-C in a terminal is not for it
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self.has_read = False
        self.is_alive = True
        with self._killed_after(_START_SECONDS):
            ready = self._received()
        if ready is None:
            self.end()
            raise ChildProcessError("it ended before it was ready")

    def read(self, request: Request, data: bytes) -> Answer:
        """Let it read a file.

        Args:
            request: Which file.
            data: Its bytes.

        Returns:
            What became of it.

        Raises:
            ReaderFailed: The process is gone: it crashed, or took too much.
        """
        with self._killed_after(request.patience) as late:
            answer = self._received() if self._sent(request, data) else None
        self.has_read = True
        if answer is None:
            raise self._failure(request, late=late.is_set())
        if late.is_set():
            self.end()
        return answer

    def kill(self) -> None:
        """Let it die, and what it started; any thread may say so."""
        if self._process.returncode is not None:
            return
        with suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """See that it is gone."""
        self.kill()
        self._process.wait()
        self.is_alive = False
        shutil.rmtree(self._scratch, ignore_errors=True)
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was not sent cannot be sent any more
                cast("BinaryIO", stream).close()

    def _sent(self, request: Request, data: bytes) -> bool:
        try:
            send(cast("BinaryIO", self._process.stdin), request, data)
        except OSError:
            return False
        return True

    def _received(self) -> Answer | None:
        try:
            head, _ = receive(cast("BinaryIO", self._process.stdout), self._megabytes * 2**20)
            return built(Answer, head)
        except (BadMessage, OSError):
            return None

    @contextmanager
    def _killed_after(self, seconds: float) -> Iterator[threading.Event]:
        """Kill the process if it takes longer; the event says whether it did."""
        late = threading.Event()

        def kill() -> None:
            late.set()
            self.kill()

        timer = threading.Timer(seconds, kill)
        timer.daemon = True
        timer.start()
        try:
            yield late
        finally:
            timer.cancel()
            timer.join()  # else it might kill amidst the next file

    def _failure(self, request: Request, *, late: bool) -> ReaderFailed:
        """End the process, and say what was wrong with it."""
        with suppress(subprocess.TimeoutExpired):  # one that has crashed is gone in no time
            self._process.wait(_DYING_SECONDS)
        code = self._process.returncode
        self.end()
        if late or code == -getattr(signal, "SIGXCPU", 24):
            seconds = request.patience if late else request.seconds
            fault: Fault = "time"
            what = f"not read within {seconds:.0f} seconds, and given up"
        elif code in {OUT_OF_MEMORY, -getattr(signal, "SIGKILL", 9)}:
            fault = "memory"
            what = f"needs more than {self._megabytes:,} MB of memory to read"
        else:
            fault = "crash"
            what = f"the reader crashed on this file ({_described(code)})"
        return ReaderFailed(f"{request.path}: {what}. {_ADVICE}", fault)


def _described(code: int | None) -> str:
    """What the exit code of a crashed process means."""
    if code is None:
        return "it gave an answer without meaning"
    return f"exit code {code}" if code >= 0 else signal.strsignal(-code) or f"signal {-code}"


def _environment(scratch: str) -> dict[str, str]:
    """That of this process, with this package, a place for temporary files, and few threads."""
    paths = filter(None, (str(_ROOT), os.environ.get("PYTHONPATH")))
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), scratch),
        **dict.fromkeys(("OMP_NUM_THREADS", "OMP_THREAD_LIMIT"), "1"),
    }

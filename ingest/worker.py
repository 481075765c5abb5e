"""The process that reads files for another: ``python -m ingest.worker MEGABYTES SCRATCH``.

It may crash, hang or take too much memory, and nothing else does. It takes requests from
standard input and answers on standard output until the input ends; then it removes the folder
of its temporary files. See `ingest.reader_process`.
"""

from __future__ import annotations

import faulthandler
import os
import queue
import shutil
import sys
import threading
import time
import traceback
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import BinaryIO, NoReturn

from ingest.errors import InputError
from ingest.files import file_id
from ingest.messages import (
    OUT_OF_MEMORY,
    Answer,
    BadMessage,
    Request,
    Sight,
    built,
    receive,
    send,
)
from ingest.reader import parse
from ingest.reading import read_document

_GRACE = 10
"""Seconds after which a reader ends by itself that should have been ended, for its parent died."""


_FIRST = (
    b"This is the first of the texts that are read here, so that whatever is loaded once for plain "
    b"English is loaded now, and not with a file."
)


def main() -> None:
    """Read files until nobody wants more."""
    Path(sys.argv[2]).mkdir(0o700)
    requests, answers = _own_streams()
    _limit_resources(int(sys.argv[1]))
    waiting: queue.SimpleQueue[tuple[Request, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, waiting), daemon=True).start()
    _answer(Request("first.md", None, 0), _FIRST)
    with suppress(BrokenPipeError):  # nobody wants more
        send(answers, Answer())  # ready
        while True:
            _serve(*waiting.get(), answers)
    _leave()


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output, kept from libraries that print or read."""
    requests, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nowhere, stream)
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")


def _limit_resources(megabytes: int) -> None:
    """Allow so much memory and no core dumps, where the system can be told so."""
    if sys.platform == "win32":
        return
    import resource

    limit = megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # macOS knows the limit and does not keep it
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _limit_computing(seconds: float) -> None:
    """Allow so many more seconds, where the system can be told so; it ends the process then."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (ceil(time.process_time() + seconds), most))


def _listen(requests: BinaryIO, waiting: queue.SimpleQueue[tuple[Request, bytes]]) -> None:
    """Take in requests; where they end, so does the process, even amidst a file."""
    try:
        while True:
            head, data = receive(requests, sys.maxsize)
            waiting.put((built(Request, head), data))
    except BadMessage:
        _leave()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _leave() -> NoReturn:
    """End, with the folder for what libraries write on the way."""
    shutil.rmtree(sys.argv[2], ignore_errors=True)
    os._exit(0)


def _serve(request: Request, data: bytes, answers: BinaryIO) -> None:
    faulthandler.dump_traceback_later(request.patience + _GRACE, exit=True)
    _limit_computing(request.seconds)
    try:
        send(answers, _answer(request, data))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    faulthandler.cancel_dump_traceback_later()


def _answer(request: Request, data: bytes) -> Answer:
    path = Path(request.path)
    try:
        if request.sight:
            return Answer(picture=_picture(request, request.sight, data))
        document = read_document(data, path, request.password)
        return Answer(parse(document, paper_id=file_id(data), path=path))
    except InputError as error:
        return Answer(unreadable=str(error))
    except MemoryError:
        raise
    except Exception:
        return Answer(traceback=traceback.format_exc())


def _picture(request: Request, sight: Sight, data: bytes) -> bytes:
    from ingest.formats.pdf.picture import render

    return render(data, Path(request.path), sight.page, sight.boxes, request.password)


if __name__ == "__main__":
    main()

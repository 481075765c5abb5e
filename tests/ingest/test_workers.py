"""Readers that crash, hang, and want too much: the file fails with a reason, and nothing else."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from ingest.document import Claim, LeftOut
from ingest.errors import UnreadableFile
from ingest.layout import Box, Layout, Page, PlacedWord
from ingest.messages import Answer, BadMessage, built, receive, send
from ingest.reader import read_paper
from ingest.reader_process import ReaderFailed
from ingest.types import HealthReport, ParsedPaper, Span
from ingest.workers import Limits, Readers, shared_readers
from tests.conftest import PATIENCE, SAMPLES
from tests.vectorstore.helpers import child, finished, wait_for

GOOD = (
    b"# Ferries\n\nThe ferry guild sets the fares each spring, and in the autumn it is the turn of "
    b"the town to say what it thinks of them.\n"
)
LIMITS = Limits(seconds=30, megabytes=700)

WICKED = '''
"""Makes the reader of text do what a file says, in the processes that read."""

import os
import re
import time

from ingest.formats import plain

read = plain.read


def obey(data, path, kind):
    if plain.__dict__.get("poisoned"):
        os.abort()
    match data.split():
        case [b"crash"]:
            os.abort()
        case [b"exit"]:
            os._exit(7)
        case [b"hang"]:
            re.fullmatch(r"(a+)+", "a" * 60 + "b")
        case [b"sleep"]:
            time.sleep(600)
        case [b"hunger"]:
            return bytearray(2**30)
        case [b"mistake"]:
            return {}["no such key"]
        case [b"print"]:
            print("noise", flush=True)
            os.write(1, b"noise")
            os.write(2, b"noise")
        case [b"poison"]:
            plain.poisoned = True
    return read(data, path, kind)


plain.read = obey
'''


@pytest.fixture
def wicked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every process that reads loads `WICKED` when it starts."""
    (tmp_path / "sitecustomize.py").write_text(WICKED, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.fixture
def readers(wicked: None) -> Iterator[Readers]:
    readers = Readers(1, LIMITS)
    yield readers
    readers.close()


def failure(readers: Readers, data: bytes) -> ReaderFailed:
    error = readers.read(data, Path("a.md")).exception(PATIENCE)
    assert isinstance(error, ReaderFailed)
    return error


def title(readers: Readers, data: bytes = GOOD) -> str:
    return readers.read(data, Path("a.md")).result(PATIENCE).paper.title


def plain(value: Any) -> Any:
    """A value whose layouts can be compared."""
    if isinstance(value, Layout):
        return value.pages, value.ranges.tolist(), value.corners.tolist()
    if is_dataclass(value):
        return type(value), [plain(getattr(value, field.name)) for field in fields(value)]
    return value


def full_paper() -> ParsedPaper:
    """A paper that has something in every field."""
    parsed = read_paper(SAMPLES / "yan.md")
    pages = [Page("iv", 612, 792.5), Page("", 612, 792, "recognised", 0.75)]
    words = [
        PlacedWord(Span(0, 4), Box(1, 1.5, 2, 3, 4)),
        PlacedWord(Span(5, 9), Box(2, 1, 2, 3, 4)),
    ]
    claims = (Claim("year", 2021, "imprint"), Claim("authors", ("A \ud800", "B"), "first line"))
    report = HealthReport("pdf", 2, 9, 9, 0.5, ("x",), left_out=(LeftOut("files", 1, "unsafe"),))
    return replace(
        parsed, layout=Layout.of(pages, words), claims=claims, report=report, sketch=(2**60, 3)
    )


def test_a_paper_comes_through_as_it_was() -> None:
    parsed = full_paper()
    assert all(getattr(parsed, field.name) for field in fields(parsed))
    stream = io.BytesIO()
    send(stream, Answer(parsed), b"\x00bytes")
    stream.seek(0)
    head, body = receive(stream, 10**9)
    received = built(Answer, head).paper
    assert plain(received) == plain(parsed)
    assert received is not None
    assert isinstance(received.elements[0].spans[0], Span)
    assert received.layout is not None
    assert received.layout.ranges.dtype == np.int32
    assert body == b"\x00bytes"


@pytest.mark.parametrize(
    "head",
    [
        None,
        7,
        {"nonsense": 1},
        {"paper": {"text": "no paper"}},
        {"unreadable": 7},
        {"paper": {"paper": {"id": "x"}, "text": "", "elements": 5}},
    ],
)
def test_an_answer_of_another_form_is_refused(head: object) -> None:
    with pytest.raises(BadMessage):
        built(Answer, head)


@pytest.mark.parametrize("data", [b"", b"\x00" * 8, b"\xff" * 16 + b"x", b"\x00" * 15 + b"\x05{"])
def test_a_message_cut_short_or_too_long_is_refused(data: bytes) -> None:
    with pytest.raises(BadMessage):
        receive(io.BytesIO(data), 1000)


def test_the_same_paper_as_read_here() -> None:
    files = sorted(SAMPLES.glob("*.md"))
    papers = [shared_readers().read(file.read_bytes(), file) for file in files]
    assert [paper.result(PATIENCE) for paper in papers] == [read_paper(file) for file in files]


def test_what_cannot_be_read_says_why() -> None:
    error = shared_readers().read(b"", Path("empty.md")).exception(PATIENCE)
    assert type(error) is UnreadableFile
    assert str(error) == "empty.md: the file is empty. Nothing to add."


@pytest.mark.parametrize(
    ("data", "fault", "told"),
    [
        (b"crash", "crash", "crashed on this file (Aborted)"),
        (b"exit", "crash", "crashed on this file (exit code 7)"),
        (b"hunger", "memory", "needs more than 700 MB of memory"),
        (b"mistake", "error", "KeyError: 'no such key'"),
    ],
)
def test_a_file_that_breaks_its_reader(
    readers: Readers, data: bytes, fault: str, told: str
) -> None:
    error = failure(readers, data)
    assert error.fault == fault
    assert str(error).startswith("a.md: ")
    assert told in str(error)
    assert title(readers) == "Ferries"


@pytest.mark.parametrize(
    ("data", "seconds", "told"), [(b"hang", 2, "within 2 seconds"), (b"sleep", 0.3, "within 3 sec")]
)
def test_a_file_that_takes_too_long(wicked: None, data: bytes, seconds: float, told: str) -> None:
    """Also in C code that holds Python's lock; one that waits for another may take longer."""
    readers = Readers(1, Limits(seconds))
    error = failure(readers, data)
    assert error.fault == "time"
    assert f"a.md: not read {told}" in str(error)
    assert title(readers) == "Ferries"
    readers.close()


def test_a_large_file_may_take_longer() -> None:
    limits = Limits(seconds=20)
    assert limits.seconds_for(b"x" * 1000) == 20
    assert limits.seconds_for(b"x" * 2_000_000) == 200


def test_a_file_is_not_blamed_for_the_one_before(readers: Readers) -> None:
    assert title(readers, b"poison") == "a"
    assert title(readers) == "Ferries"


def test_what_a_reader_prints_is_not_taken_for_an_answer(
    readers: Readers, capfd: pytest.CaptureFixture[str]
) -> None:
    assert title(readers, b"print") == "a"
    assert capfd.readouterr() == ("", "")


def test_files_are_read_at_the_same_time(wicked: None) -> None:
    """One process hangs, the other goes on."""
    readers = Readers(2, LIMITS)
    slow = readers.read(b"sleep", Path("slow.md"))
    assert [title(readers) for _ in range(3)] == ["Ferries"] * 3
    assert not slow.done()
    readers.close()


def test_closed_nothing_runs_any_more(readers: Readers) -> None:
    before = set(psutil.Process().children())
    hanging, waiting = (readers.read(b"hang", Path("a.md")) for _ in range(2))
    while not hanging.running():
        time.sleep(0.01)
    readers.close()
    assert set(psutil.Process().children()) == before
    assert isinstance(hanging.exception(), ReaderFailed)
    assert waiting.cancelled()


USE = """
import os, sys, time
from pathlib import Path
import psutil
from ingest.workers import shared_readers
readers = shared_readers()
good = b"# Ferries\\n\\nThe guild sets the fares.\\n"
assert readers.read(good, Path("a.md")).result(60).paper.title == "Ferries"
"""


def test_a_process_that_ends_takes_its_readers_along(wicked: None) -> None:
    code = USE + "readers.read(b'hang', Path('a.md')); print(psutil.Process().children()[0].pid)"
    process = child(code)
    pid = int(finished(process))
    assert not psutil.pid_exists(pid)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_a_process_that_is_killed_takes_its_readers_along(
    wicked: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what they had written to disk."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    code = USE + "readers.read(b'sleep', Path('a.md')); print('go', flush=True); time.sleep(600)"
    process = child(code)
    wait_for(process.stdout, "go")
    assert psutil.Process(process.pid).children()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    left = (p for p in psutil.process_iter(["cmdline"]) if str(scratch) in str(p.info["cmdline"]))
    assert psutil.wait_procs(list(left), PATIENCE)[1] == []  # also one that was just starting
    assert list(scratch.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_fork_leaves_the_readers_of_its_parent_alone() -> None:
    code = USE + (
        "pid = os.fork()\n"
        "assert shared_readers().read(good, Path('a.md')).result(60).paper.title == 'Ferries'\n"
        "if pid:\n"
        "    assert os.waitpid(pid, 0)[1] == 0\n"
        "    assert shared_readers() is readers\n"
        "    assert readers.read(good, Path('b.md')).result(60).paper.title == 'Ferries'\n"
    )
    finished(child(code))


def test_a_folder_with_modules_of_python_names_does_no_harm(tmp_path: Path) -> None:
    """The working directory is not searched for modules."""
    (tmp_path / "json.py").write_text("raise SystemExit('shadowed')", "utf-8")
    code = (
        "import os, sys; from pathlib import Path; from ingest.workers import shared_readers; "
        f"os.chdir({str(tmp_path)!r}); "
        "print(shared_readers().read(b'# A\\n\\nA text.\\n', Path('a.md')).result(60).paper.title)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    assert done.stdout == "A\n"

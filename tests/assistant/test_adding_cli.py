"""``govassist add`` and ``watch`` as they run in a terminal, and without one."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import PATIENCE
from tests.ordinary import ordinary
from tests.vectorstore.helpers import TOPICS, write_papers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")

COMMAND = [sys.executable, "-c", "from assistant.cli import main; main()"]
ENVIRONMENT = {**os.environ, "COLUMNS": "120", "TERM": "xterm", "NO_COLOR": "1"}


class Terminal:
    """A command whose standard error is a terminal; its standard output is a file."""

    def __init__(self, out: Path, *arguments: str | Path, prefix: Sequence[str] = ()) -> None:
        self._master, slave = os.openpty()
        self._out = out
        with out.open("w") as stdout:
            self.process = subprocess.Popen(
                [*prefix, *COMMAND, *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=slave,
                env=ENVIRONMENT,
                start_new_session=True,
            )
        os.close(slave)
        self.shown = ""

    def wait_for(self, pattern: str) -> None:
        """Read what is shown until it has something."""
        while not re.search(pattern, self.shown):
            try:
                self.shown += os.read(self._master, 4096).decode(errors="replace")
            except OSError:  # the other side is closed
                raise AssertionError(f"{pattern} is not in {self.shown}") from None

    def press_ctrl_c(self) -> None:
        """What a terminal sends when Ctrl-C is pressed: to all processes of the group."""
        os.killpg(self.process.pid, signal.SIGINT)

    def finish(self) -> tuple[int, str]:
        """Wait for its end; exit code and standard output."""
        try:
            while data := os.read(self._master, 4096):
                self.shown += data.decode(errors="replace")
        except OSError:  # the other side is closed
            pass
        os.close(self._master)
        code = self.process.wait(PATIENCE)
        self.shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self.shown)  # colours and the like
        assert "Traceback" not in self.shown
        return code, self._out.read_text("utf-8")


def govassist(
    *arguments: str | Path, prefix: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*prefix, *COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env=ENVIRONMENT,
    )


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    write_papers(tmp_path / "papers", sections=6)
    return tmp_path / "papers"


def test_a_terminal_shows_how_far_adding_is(tmp_path: Path, papers: Path) -> None:
    terminal = Terminal(tmp_path / "out", "add", papers, "-l", tmp_path / "library")
    terminal.wait_for(rf"[2-5]/{len(TOPICS)}")
    code, out = terminal.finish()
    assert code == 0
    assert out.count("added") == len(TOPICS) + 1
    assert "adding papers" in terminal.shown
    assert "canals.md" in terminal.shown
    assert re.search(r"\d\.\d/s", terminal.shown)
    assert re.search(r"\d:\d\d:\d\d", terminal.shown)


def test_without_a_terminal_nothing_is_shown(tmp_path: Path, papers: Path) -> None:
    added = govassist("add", papers, "-l", tmp_path / "library", "--json")
    assert added.returncode == 0
    assert added.stderr == ""
    assert len(json.loads(added.stdout)["files"]) == len(TOPICS)
    again = govassist("add", papers / "canals.md", "-l", tmp_path / "library", "--again", "--json")
    assert [file["status"] for file in json.loads(again.stdout)["files"]] == ["replaced"]


def test_stopped_by_ctrl_c_the_same_command_goes_on(tmp_path: Path, papers: Path) -> None:
    library = tmp_path / "library"
    terminal = Terminal(tmp_path / "out", "add", papers, "-l", library)
    terminal.wait_for(rf"[1-3]/{len(TOPICS)}")
    terminal.press_ctrl_c()
    code, out = terminal.finish()
    assert code == 130
    told = re.search(r"Stopped when (\d) of 6 files were done", terminal.shown)
    assert told is not None
    assert "The same command goes on from there" in terminal.shown
    done = int(told[1])
    assert f"{done} added" in out
    assert len(json.loads(govassist("papers", "-l", library, "--json").stdout)) == done
    rest = json.loads(govassist("add", papers, "-l", library, "--json").stdout)["files"]
    assert [file["status"] for file in rest] == ["unchanged"] * done + ["added"] * (6 - done)


def test_a_folder_is_watched_until_ctrl_c(tmp_path: Path, papers: Path) -> None:
    out, library = tmp_path / "out", tmp_path / "library"
    terminal = Terminal(out, "watch", papers, "-l", library)
    terminal.wait_for("stop with Ctrl-C")
    end = time.monotonic() + PATIENCE
    while out.read_text("utf-8").count("added") < len(TOPICS) and time.monotonic() < end:
        time.sleep(0.1)
    (papers / "canals.md").unlink()
    while "removed" not in out.read_text("utf-8") and time.monotonic() < end:
        time.sleep(0.1)
    terminal.press_ctrl_c()
    code, told = terminal.finish()
    assert code == 0
    assert "Stopped." in terminal.shown
    assert told.count("added     How ") == len(TOPICS)
    assert f"removed   How canals are governed ({papers / 'canals.md'})" in told
    assert len(json.loads(govassist("papers", "-l", library, "--json").stdout)) == len(TOPICS) - 1


def wait_for(out: Path, *words: str) -> None:
    """Wait until a command has written some words to a file."""
    end = time.monotonic() + PATIENCE
    while not all(word in out.read_text("utf-8") for word in words) and time.monotonic() < end:
        time.sleep(0.1)


def test_a_folder_that_may_not_be_listed_does_not_end_watching(
    tmp_path: Path, papers: Path
) -> None:
    out, library, shut = tmp_path / "out", tmp_path / "library", papers / "lost+found"
    shut.mkdir()
    (papers / "canals.md").rename(shut / "canals.md")
    assert govassist("add", shut, "-l", library).returncode == 0
    shut.chmod(0)
    terminal = Terminal(out, "watch", papers, "-l", library, prefix=ordinary())
    terminal.wait_for("is folder cannot be listed")
    wait_for(out, *(name for name in TOPICS if name != "canals"))
    (papers / "new.md").write_text("# How inns are run\n\nThe inn is run by two sisters.\n")
    wait_for(out, "How inns are run")
    again = govassist("add", papers / "new.md", "-l", library, prefix=ordinary())
    shut.chmod(0o700)
    terminal.press_ctrl_c()
    code, told = terminal.finish()
    assert (code, again.returncode) == (0, 0)
    assert re.search(r"failed +\S+lost\+found:\s+this\s+folder", terminal.shown)
    assert terminal.shown.count("failed") == 1
    assert told.count("added     How ") == len(TOPICS)
    assert "removed" not in told  # nobody can tell whether its paper is gone
    assert len(json.loads(govassist("papers", "-l", library, "--json").stdout)) == len(TOPICS) + 1


def test_a_paper_whose_folder_may_not_be_entered_is_not_added_again(
    tmp_path: Path, papers: Path
) -> None:
    library, copy = tmp_path / "library", tmp_path / "copy.md"
    copy.write_bytes((papers / "canals.md").read_bytes())
    assert govassist("add", papers / "canals.md", "-l", library).returncode == 0
    papers.chmod(0)
    added = govassist("add", copy, "-l", library, "--json", prefix=ordinary())
    watched = govassist("watch", papers / "deep", "-l", library, prefix=ordinary())
    papers.chmod(0o700)
    assert [file["status"] for file in json.loads(added.stdout)["files"]] == ["unchanged"]
    assert watched.returncode == 2
    assert "Traceback" not in watched.stderr


def test_a_folder_to_watch_that_is_not_there_makes_no_library(tmp_path: Path) -> None:
    told = govassist("watch", tmp_path / "none", "-l", tmp_path / "library")
    assert told.returncode == 2
    assert "no such folder" in told.stderr
    assert not (tmp_path / "library").exists()

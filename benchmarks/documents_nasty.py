"""What becomes of nasty files: each is read in a process of its own, and watched.

Called as a script with a file and perhaps a password, it is that process.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from speed_steps import peak_megabytes

LIMIT_S = 20
"""After how many seconds a process counts as hanging."""

PASSWORDS = {
    "libreoffice-writer-password.pdf": "openpassword",
    "r6-user-password.pdf": "asdfzxcv",
}
"""The passwords of encrypted files, which are read without and with them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How reading a file ended: with text, a message, a traceback, or not at all."""

    COLUMNS: ClassVar = ("file", "outcome", "seconds", "peak MB")

    file: str
    outcome: str
    seconds: float
    peak_mb: float | None = None

    @property
    def row(self) -> tuple[str, ...]:
        """The cells of a table."""
        peak = "" if self.peak_mb is None else f"{self.peak_mb:.0f}"
        return self.file, self.outcome, f"{self.seconds:.1f}", peak


def outcomes(files: Sequence[Path]) -> list[Outcome]:
    """Read files one after the other, encrypted ones without and with their password.

    Args:
        files: What to read.

    Returns:
        How each ended.
    """
    return [
        _outcome(file, password)
        for file in files
        for password in dict.fromkeys(["", PASSWORDS.get(file.name, "")])
    ]


def _outcome(file: Path, password: str) -> Outcome:
    name = f"{file.name}, with its password" if password else file.name
    command = [sys.executable, __file__, str(file), *filter(None, [password])]
    before = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    except subprocess.TimeoutExpired:
        return Outcome(name, "HANGS", time.perf_counter() - before)
    seconds = time.perf_counter() - before
    if done.returncode:
        last = done.stderr.strip().rpartition("\n")[2]
        return Outcome(name, f"CRASHES ({done.returncode}): {last}", seconds)
    said = json.loads(done.stdout.splitlines()[-1])
    return Outcome(name, said["outcome"].replace(f"{file}: ", "message: "), seconds, said["mb"])


def _peak_megabytes() -> float:
    """The peak memory of this process; that of getrusage begins with the parent's."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return peak_megabytes()
    peak = re.search(r"VmHWM:\s*(\d+) kB", status.read_text())
    return int(peak[1]) / 1000 if peak else peak_megabytes()


def _main(file: Path, password: str | None = None) -> None:
    from ingest.errors import InputError
    from ingest.reader import read_paper

    try:
        words = len(read_paper(file, password).text.split())
        outcome = f"text: {words} words"
    except InputError as error:
        outcome = str(error)
    print(json.dumps({"outcome": outcome, "mb": _peak_megabytes()}))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), *sys.argv[2:])

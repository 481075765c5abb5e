"""With the network cut off, everything works and nothing tries to get out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SAMPLES

SCRIPT = """
import socket, sys
from assistant import Assistant
try:
    socket.create_connection(("192.0.2.1", 80), timeout=2)
except OSError:
    pass
else:
    sys.exit("the network is not cut off")

OLLAMA_OF_THIS_MACHINE = ("127.0.0.1", 11434)

def refuse(event, arguments):
    if event not in {"socket.connect", "socket.getaddrinfo"}:
        return
    place = arguments[1] if event == "socket.connect" else arguments[:2]
    if place != OLLAMA_OF_THIS_MACHINE:
        sys.exit(f"tried to get out: {event} {arguments}")

sys.addaudithook(refuse)
with Assistant.open(sys.argv[1]) as assistant:
    assistant.add(sys.argv[2])
    answer = assistant.ask("What is polycentric governance?")
    assert answer.answered and answer.citations, answer
    print(answer.text)
"""


def cut_off() -> list[str]:
    """A command prefix that runs what follows in a network namespace without routes."""
    for prefix in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
        if (
            shutil.which("unshare")
            and not subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode
        ):
            return prefix
    pytest.skip("this system lets nobody make a network namespace: `unshare --net` is refused")


def test_ingest_and_answer_without_a_network(tmp_path: Path) -> None:
    """Even the first use, which prepares the embedder, asks no network."""
    environment = {**os.environ, "GOVASSIST_CACHE": str(tmp_path / "cache")}
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "library"), str(SAMPLES)]
    result = subprocess.run(
        [*cut_off(), *command],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=300,
    )
    assert result.returncode == 0, result.stderr
    assert "Liu Yuzhu" in result.stdout
    assert (tmp_path / "cache").is_dir()

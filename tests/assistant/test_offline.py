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
model, allowed = {"none": ("none", []), "default": (None, [("127.0.0.1", 11434)])}[sys.argv[3]]
try:
    socket.create_connection(("192.0.2.1", 80), timeout=2)
except OSError:
    pass
else:
    sys.exit("the network is not cut off")

def refuse(event, arguments):
    place = arguments[1] if event == "socket.connect" else arguments[:2]
    if event in {"socket.connect", "socket.getaddrinfo"} and place not in allowed:
        sys.exit(f"tried to get out: {event} {arguments}")

sys.addaudithook(refuse)
with Assistant.open(sys.argv[1], model=model) as assistant:
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


@pytest.mark.parametrize("model", ["none", "default"])
def test_ingest_and_answer_without_a_network(tmp_path: Path, model: str) -> None:
    """Even the first use, which prepares the embedder, asks no network.

    By default an Ollama on this machine is looked for, and nothing else.
    """
    environment = {**os.environ, "GOVASSIST_CACHE": str(tmp_path / "cache")}
    environment.pop("GOVASSIST_MODEL", None)
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "library"), str(SAMPLES), model]
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

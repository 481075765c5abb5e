"""The app, served to a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parent.parent
PATIENCE = 120
"""Seconds until a server that does not come is given up."""

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
).split()
"""What keeps a browser without a screen from asking for anything but the app."""


class NotServedError(Exception):
    """The app ended, or did not come; the message is what it printed."""


@dataclass(frozen=True, slots=True)
class Served:
    """An app that is served: where, and by which process."""

    address: str
    process: int


@contextmanager
def served(library: Path, log: Path, **settings: str) -> Iterator[Served]:
    """Serve the app on a free port of this machine.

    Args:
        library: The library's folder.
        log: Where what the server prints is written.
        **settings: Further variables of its environment.

    Yields:
        The app, once it answers.

    Raises:
        NotServedError: It does not come.
    """
    port = _free_port()
    govassist = str(Path(sys.executable).with_name("govassist"))
    command = [govassist, "app", "--library", str(library), "--port", str(port)]
    with _running(command, port, log, settings) as app:
        yield app


@contextmanager
def served_empty(log: Path) -> Iterator[Served]:
    """Serve a page of Streamlit with a title and a box for questions, to compare with.

    Args:
        log: Where what the server prints is written.

    Yields:
        The page, once its server answers.

    Raises:
        NotServedError: It does not come.
    """
    port = _free_port()
    page = str(Path(__file__).with_name("empty_page.py"))
    command = [sys.executable, "-m", "streamlit", "run", page, "--server.port", str(port)]
    with _running(command, port, log, {}) as served_page:
        yield served_page


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def _running(
    command: Sequence[str], port: int, log: Path, settings: Mapping[str, str]
) -> Iterator[Served]:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **settings}
    with (
        log.open("w") as output,
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output
        ) as server,
    ):
        try:
            _wait_for(server, f"http://localhost:{port}/_stcore/health", log)
            yield Served(f"http://localhost:{port}", server.pid)
        finally:
            server.terminate()


def _wait_for(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).close()
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise NotServedError(log.read_text())


def installed_browser() -> str | None:
    """The path of Chromium or Chrome; None where there is none."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def chromium(playwright: Playwright) -> Browser | None:
    """A headless browser of this machine; None where there is none."""
    installed = installed_browser()
    if installed is None:
        return None
    return playwright.chromium.launch(executable_path=installed, args=QUIET)

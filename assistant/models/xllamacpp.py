"""llama.cpp's server with one model, inside this process.

xllamacpp's call for a chat in process cannot be cancelled before the first token, and
goes on reading a prompt of a minute for nobody. llama.cpp's own server, which the same
object is, notices who leaves. It is talked to over a socket file in a folder of this
user's alone, so there is no network port. Where Python knows no socket files (Windows),
it is a port of this machine. Either way it asks for a key that only this process knows.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.models.errors import ModelBroke

if TYPE_CHECKING:
    from httpx import AsyncClient

_BATCH = 256
"""Tokens of a prompt that are read in one go; cancelling waits for it."""

_CACHE = 256
"""Megabytes for what was read of former prompts."""


class Server:
    """llama.cpp's server with one model, behind a socket file.

    ``address`` is its address where it has a port, ``key`` what it asks for.

    Args:
        path: The model file.
        window: Tokens of context.
        port: Whether to listen on a port of this machine instead of a socket file.

    Raises:
        ModelBroke: It cannot be loaded.
    """

    def __init__(self, path: Path, window: int, *, port: bool = False) -> None:
        import xllamacpp

        self.key = secrets.token_urlsafe(32)
        folder = tempfile.mkdtemp(prefix="govassist-")
        self._tidy_up = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._socket = None
        if not port and hasattr(socket, "AF_UNIX"):
            self._socket = str(Path(folder) / "llama.sock")
        params = xllamacpp.CommonParams()
        params.model.path = str(path)
        params.hostnames = [self._socket or "127.0.0.1"]
        params.api_keys = [self.key]
        params.n_ctx = window
        params.n_batch = params.n_ubatch = _BATCH
        params.n_parallel = 1
        params.cache_ram_mib = _CACHE
        params.sse_ping_interval = 1
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = _threads()
        params.ui = params.endpoint_slots = params.warmup = False
        params.offline = True
        params.cors_origins = ""
        params.verbosity = 0
        try:
            self._server: Any = xllamacpp.Server(params)
        except RuntimeError as error:
            self._tidy_up()
            raise ModelBroke(
                f"{path} cannot be loaded by llama.cpp. Is it a whole GGUF file of a chat model, "
                f"and is there memory for it and {window:,} tokens (GOVASSIST_WINDOW)?"
            ) from error
        self.address: str = "http://localhost" if self._socket else self._server.listening_address

    def ask(self, path: str, body: object = None) -> dict[str, Any]:
        """Ask for JSON: get, or post where there is a body."""
        import httpx

        with httpx.Client(
            transport=httpx.HTTPTransport(uds=self._socket), **self._common()
        ) as client:
            reply = client.request("GET" if body is None else "POST", path, json=body)
            answer: dict[str, Any] = reply.raise_for_status().json()
            return answer

    def client(self) -> AsyncClient:
        """A client for one request; it waits as long as it takes."""
        import httpx

        transport = httpx.AsyncHTTPTransport(uds=self._socket)
        return httpx.AsyncClient(transport=transport, **self._common())

    def close(self) -> None:
        """End it; the memory is free after that."""
        self._server = None
        self._tidy_up()

    def _common(self) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.key}"}
        return {"base_url": self.address, "headers": headers, "timeout": None, "trust_env": False}


def _threads() -> int:
    """Half of the processors, since they mostly come in pairs that share one core.

    llama.cpp by itself counts the processors of the whole machine, also those that a
    container may not use, and is then slower a hundred times.
    """
    told = os.environ.get("GOVASSIST_THREADS", "")
    if told.isdecimal() and int(told):
        return int(told)
    usable = getattr(os, "sched_getaffinity", None)
    return max(1, (len(usable(0)) if usable else os.cpu_count() or 1) // 2)

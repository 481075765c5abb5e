"""A provider's port, made up: it talks like OpenAI or like Ollama, and fails on demand."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

REPLY = "Rules are made by those who keep them."
"""What a well-behaved provider answers, word by word."""

MODEL = "tiny"
WINDOW = 2048


@dataclass(frozen=True, slots=True)
class Request:
    """A request that came in; ``body`` is its JSON, ``closed`` is set when the other end left."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str]
    at: float
    closed: threading.Event = field(default_factory=threading.Event)


class FakeProvider:
    """A threaded HTTP server on a free port of this machine.

    ``url`` is what goes into ``base_url`` (it ends in ``/v1``), ``root`` is without
    ``/v1``. ``details`` are the lists and the like that are told, by path. ``behave``
    chooses what becomes of the requests for an answer from now on, ``say`` what they are
    answered; ``requests`` are those that came, without those for ``details``.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.replies: list[str] = [REPLY]
        self.details: dict[str, dict[str, Any]] = {"/v1/models": {"data": [{"id": MODEL}]}}
        self.redirections: dict[str, str] = {}
        self.over = threading.Event()
        self._behaviour = "answer"
        handler = type("Handler", (_Handler,), {"provider": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.root = f"http://127.0.0.1:{self._server.server_port}"
        self.url = f"{self.root}/v1"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    def behave(self, name: str) -> None:
        """Choose a behaviour: the name of one of `BEHAVIOURS`."""
        assert name in BEHAVIOURS, name
        self._behaviour = name
        self.requests.clear()

    def say(self, *replies: str) -> None:
        """Choose what is answered: one reply after the other, the last one from then on."""
        self.replies = list(replies)

    def reply(self) -> str:
        """The reply whose turn it is."""
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def serve(self, handler: _Handler) -> None:
        """Answer as was chosen."""
        BEHAVIOURS[self._behaviour](handler)

    def close(self) -> None:
        """Stop serving, and let those go that hang."""
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def fake_provider() -> Iterator[FakeProvider]:
    provider = FakeProvider()
    try:
        yield provider
    finally:
        provider.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    provider: ClassVar[FakeProvider]
    request_seen: Request

    def do_GET(self) -> None:
        self._tell()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length", "0"))) or b"{}")
        self.request_seen = Request(self.path, body, dict(self.headers), time.monotonic())
        if self.path in self.provider.details:
            self._tell()
            return
        self.close_connection = True
        self.provider.requests.append(self.request_seen)
        try:
            self.provider.serve(self)
            self.wfile.flush()
        except OSError:
            self.request_seen.closed.set()

    def _tell(self) -> None:
        if elsewhere := self.provider.redirections.get(self.path):
            self.json(302, {}, Location=elsewhere)
            return
        told = self.provider.details.get(self.path)
        self.json(404 if told is None else 200, told or {"error": {"message": "no such page"}})

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""

    def json(self, status: int, body: object, **headers: str) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def start(self, kind: str = "text/event-stream") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def raw(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def delta(self, text: str, finish: str | None = None) -> None:
        if self.path == "/api/chat":
            message = {"role": "assistant", "content": text}
            done = {"done_reason": finish} if finish else {}
            line = {"model": MODEL, "message": message, "done": bool(finish), **done}
            self.raw(json.dumps(line).encode() + b"\n")
            return
        choice = {"index": 0, "delta": {"content": text} if text else {}, "finish_reason": finish}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": MODEL}
        self.raw(f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n".encode())

    def end(self) -> None:
        if self.path != "/api/chat":
            self.raw(b"data: [DONE]\n\n")
        self.raw(b"")

    def error(self, status: int, message: str, **headers: str) -> None:
        body: Any = {"error": {"message": message, "type": "made_up", "code": None}}
        self.json(status, {"error": message} if self.path == "/api/chat" else body, **headers)

    def hang(self) -> None:
        """Send nothing until the other end leaves."""
        self.connection.settimeout(0.02)
        while not self.provider.over.is_set():
            try:
                if not self.connection.recv(1):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        self.request_seen.closed.set()


def _answer(handler: _Handler) -> None:
    handler.start()
    for word in handler.provider.reply().split(" "):
        handler.delta(f"{word} ")
    handler.delta("", "stop")
    handler.end()


def _slowly(handler: _Handler) -> None:
    """A word every 20 ms, for ever."""
    handler.start()
    while not handler.provider.over.is_set():
        handler.delta("word ")
        time.sleep(0.02)


def _refuse_key(handler: _Handler) -> None:
    shown = handler.headers.get("authorization", "")
    handler.error(401, f"Incorrect API key provided: {shown}")


def _busy(handler: _Handler) -> None:
    handler.error(429, "Rate limit reached", Retry_After="1")


def _busy_for_long(handler: _Handler) -> None:
    handler.error(429, "Rate limit reached", Retry_After="3600")


def _out_of_quota(handler: _Handler) -> None:
    error = {"message": "You exceeded your current quota", "code": "insufficient_quota"}
    handler.json(429, {"error": error})


def _fail(handler: _Handler) -> None:
    handler.error(500, f"Out of memory; your key was {handler.headers.get('authorization')}")


def _once(first: Callable[[_Handler], None]) -> Callable[[_Handler], None]:
    def behaviour(handler: _Handler) -> None:
        (first if len(handler.provider.requests) == 1 else _answer)(handler)

    return behaviour


def _hang_first(handler: _Handler) -> None:
    handler.hang()


def _hang_midway(handler: _Handler) -> None:
    handler.start()
    handler.delta("Rules ")
    handler.delta("are ")
    handler.hang()


def _reset(handler: _Handler) -> None:
    handler.connection.close()


def _cut(handler: _Handler) -> None:
    """The connection is lost inside a chunk."""
    handler.start()
    handler.delta("Rules ")
    handler.wfile.write(b"40\r\ndata: {")


def _cut_neatly(handler: _Handler) -> None:
    """The stream ends as if all was well, but before its end."""
    handler.start()
    handler.delta("Rules ")
    handler.raw(b"")


def _error_midway(handler: _Handler) -> None:
    handler.start()
    handler.delta("Rules ")
    error = {"message": "The GPU went away", "code": 500, "type": "server_error"}
    handler.raw(f"data: {json.dumps({'error': error})}\n\n".encode())
    handler.end()


def _empty(handler: _Handler) -> None:
    handler.start()
    handler.delta("", "stop")
    handler.end()


def _no_body(handler: _Handler) -> None:
    handler.json(200, b"")


def _malformed_json(handler: _Handler) -> None:
    handler.start()
    handler.raw(b'data: {"choices": [\n\n')
    handler.end()


def _malformed_stream(handler: _Handler) -> None:
    handler.json(200, b"<html><body>Log in to the wireless network</body></html>")


def _wrong_json(handler: _Handler) -> None:
    handler.start()
    handler.raw(b'data: {"choices": "none", "id": 7}\n\n')
    handler.end()


def _endless(handler: _Handler) -> None:
    """10 MB in pieces of 1 KB."""
    handler.start()
    for _ in range(10_000):
        handler.delta("word " * 200)
    handler.delta("", "stop")
    handler.end()


def _huge(handler: _Handler) -> None:
    """10 MB in one piece."""
    handler.start()
    handler.delta("word " * 2_000_000)
    handler.delta("", "stop")
    handler.end()


def _no_temperature(handler: _Handler) -> None:
    if "temperature" in handler.request_seen.body:
        handler.error(400, "Unsupported value: 'temperature' does not support 0.0 with this model.")
    else:
        _answer(handler)


BEHAVIOURS: dict[str, Callable[[_Handler], None]] = {
    "answer": _answer,
    "slowly": _slowly,
    "401": _refuse_key,
    "403": lambda handler: handler.error(403, "Your country is not supported"),
    "404": lambda handler: handler.error(404, "The model does not exist"),
    "400": lambda handler: handler.error(400, "This model's maximum context length is 2048 tokens"),
    "429": _busy,
    "429 once": _once(_busy),
    "429 for an hour": _busy_for_long,
    "429 quota": _out_of_quota,
    "500": _fail,
    "500 once": _once(_fail),
    "reset": _reset,
    "reset once": _once(_reset),
    "hang first": _hang_first,
    "hang midway": _hang_midway,
    "cut": _cut,
    "cut neatly": _cut_neatly,
    "error midway": _error_midway,
    "empty": _empty,
    "no body": _no_body,
    "malformed json": _malformed_json,
    "malformed stream": _malformed_stream,
    "wrong json": _wrong_json,
    "endless": _endless,
    "huge": _huge,
    "no temperature": _no_temperature,
}
"""What may become of a request for an answer."""

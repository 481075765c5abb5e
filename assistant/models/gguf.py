"""Model files (GGUF), run by llama.cpp inside this process."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncGenerator, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.models.errors import ModelBroke, ModelNotInstalled, ModelUnreachable
from assistant.models.faults import Speaker, translated
from assistant.models.names import ModelName
from assistant.models.places import THIS_MACHINE
from assistant.models.streaming import Delta, Patience, Streamer
from assistant.models.types import Message, ModelInfo
from assistant.models.xllamacpp import Server

DEFAULT_WINDOW = 8192
"""Tokens at most, where the user does not say: more takes more memory."""


class GgufModel:
    """A model file; loaded when it is made, which takes seconds.

    Args:
        name: The model's name; the file's path is its second part.
        window: Tokens of context, or None for 8,192.
        patience: How long to wait for tokens. While the prompt is read, each batch of it
            counts as a sign of life.

    Raises:
        ModelBroke: The file cannot be loaded.
        ModelNotInstalled: The file or the package is missing.
    """

    def __init__(self, name: ModelName, window: int | None, patience: Patience) -> None:
        name.provider.check_installed()
        path = _existing(name.model)
        self._speaker = Speaker(f"gguf:{path.name}", THIS_MACHINE)
        self._streamer = Streamer(self._speaker, patience)
        self._server: Server | None = Server(path, window or DEFAULT_WINDOW)
        meta = self._server.ask("/v1/models")["data"][0]["meta"]
        longest = meta.get("n_ctx_train") or meta["n_ctx"]
        self._info = ModelInfo(str(name), THIS_MACHINE, min(meta["n_ctx"], longest), hosted=False)
        self._count = lru_cache(maxsize=4096)(self._tokens)

    @property
    def info(self) -> ModelInfo:
        """What it is; raises nothing."""
        return self._info

    def count_tokens(self, text: str) -> int:
        """Tokens in a text, exactly.

        Args:
            text: Any text.

        Returns:
            Tokens.

        Raises:
            ModelError: The model was closed, or failed.
        """
        return self._count(text)

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: threading.Event | None = None,
    ) -> Iterator[str]:
        """See `assistant.models.types.ChatModel`."""
        request = {
            "messages": [{"role": each.role, "content": each.content} for each in messages],
            "max_tokens": max_tokens,
            "temperature": 0.0,
            "stream": True,
            "return_progress": True,
            "chat_template_kwargs": {"enable_thinking": False},
        }
        yield from self._streamer.stream(lambda: self._deltas(request), stop)

    def close(self) -> None:
        """Give back the memory."""
        self._streamer.close()
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def _tokens(self, text: str) -> int:
        try:
            return len(self._running.ask("/tokenize", {"content": text})["tokens"])
        except Exception as error:  # of httpx, or an answer that is none
            raise translated(error, self._speaker).error from error

    @property
    def _running(self) -> Server:
        if self._server is None:
            raise ModelUnreachable(f"{self._speaker.at} has been closed. Open it again.")
        return self._server

    async def _deltas(self, request: dict[str, Any]) -> AsyncGenerator[Delta, None]:
        async with (
            self._running.client() as client,
            client.stream("POST", "/v1/chat/completions", json=request) as reply,
        ):
            if reply.status_code != 200:
                await reply.aread()
                raise _Refused({"code": reply.status_code, **reply.json()["error"]})
            async for line in reply.aiter_lines():
                if line.startswith("data: {"):
                    yield _delta(json.loads(line.removeprefix("data: ")))


class _Refused(Exception):  # noqa: N818 - like the errors that are shown
    """What llama.cpp says when it does not answer; read by `assistant.models.faults`."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(str(error.get("message") or ""))
        self.status_code = error.get("code")


def _delta(event: dict[str, Any]) -> Delta:
    if "error" in event:
        raise _Refused(event["error"])
    choice: dict[str, Any] = next(iter(event.get("choices") or ()), {})
    text = (choice.get("delta") or {}).get("content") or ""
    return Delta(text, last=bool(choice.get("finish_reason")))


def _existing(name: str) -> Path:
    path = Path(name).expanduser()
    if not path.is_file():
        raise ModelNotInstalled(f"{path}: there is no such model file. Is the path right?")
    with path.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise ModelBroke(f"{path} is no GGUF file. Get the model in that format.")
    return path

"""What servers of models tell about themselves; asked with short time-outs and no text."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from math import inf
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from assistant.models.places import is_local

_NO_CHAT = ("embed", "bge-", "minilm", "rerank", "whisper")
_NO_CHAT_FAMILIES = ("bert", "nomic-bert", "nomic-bert-moe", "jina-bert-v2", "xlm-roberta")
_LENGTHS = (
    ("meta", "n_ctx"),
    ("max_model_len",),
    ("loaded_context_length",),
    ("context_length",),
    ("context_window",),
    ("max_context_length",),
    ("meta", "n_ctx_train"),
)
"""Where servers say how many tokens a model takes: what was loaded before what is possible."""

_AGAIN = 5.0
"""Seconds before a server that was silent is asked again."""

Told = TypeVar("Told")


class _Stay(HTTPRedirectHandler):
    """Follows no redirections, since they could lead off this machine."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def ask(
    address: str, body: object = None, *, key: str = "", timeout: float = 2.0
) -> dict[str, Any] | None:
    """Ask a server for JSON; no proxy is used for this machine.

    Args:
        address: The whole address.
        body: What to post, or None to get.
        key: A key to send, if any.
        timeout: Seconds to wait for the connection, and for each piece of the answer.

    Returns:
        The object that it sent, or None where it sent none, for whatever reason.
    """
    handlers = [ProxyHandler({})] if is_local(address) else []
    headers = {"Content-Type": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    data = None if body is None else json.dumps(body).encode()
    try:
        request = Request(address, data, headers)  # noqa: S310 - places.checked lets only HTTP pass
        with build_opener(_Stay, *handlers).open(request, timeout=timeout) as reply:
            answer = json.loads(reply.read(1 << 24))
    except (OSError, HTTPException, ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


class Compatible:
    """A server that talks like OpenAI; asked again, now and then, until it answers."""

    def __init__(self, base_url: str, model: str, key: str = "") -> None:
        self._base_url = base_url
        self._root = base_url.removesuffix("/v1")
        self._model = model
        self._key = key
        self._listed = _Asked(lambda: self._ask(f"{base_url}/models"))
        self._window = _Asked(self._find_window)

    @property
    def window(self) -> int | None:
        """Tokens that the model takes, or None where the server does not say."""
        return self._window.answer

    def count_tokens(self, text: str) -> int | None:
        """How many tokens llama.cpp's server makes of a text; None of other servers."""
        if not self._is_llama_cpp:
            return None
        answer = ask(f"{self._root}/tokenize", {"content": text}, key=self._key)
        tokens = (answer or {}).get("tokens")
        return len(tokens) if isinstance(tokens, list) else None

    @property
    def _is_llama_cpp(self) -> bool:
        owners = (entry.get("owned_by") for entry in _entries(self._listed.answer, "data"))
        return "llamacpp" in owners

    def _ask(self, address: str) -> dict[str, Any] | None:
        return ask(address, key=self._key)

    def _find_window(self) -> int | None:
        listed = self._listed.answer
        if listed is None:
            return None
        if window := _window_listed(listed, self._model):
            return window
        if self._is_llama_cpp:
            props = self._ask(f"{self._root}/props") or {}
            return _number(props, "default_generation_settings", "n_ctx")
        lm_studio = self._ask(f"{self._root}/api/v0/models")
        return _window_listed(lm_studio, self._model)


@dataclass(frozen=True, slots=True)
class OllamaModel:
    """What Ollama tells of a model.

    ``longest`` is the most tokens it was made for, ``set`` what its maker or its
    user set. ``remote`` is the host that it really runs on, or empty for Ollama's own.
    """

    longest: int | None
    set: int | None
    remote: str


class Ollama:
    """An Ollama and one of its models; asked again, now and then, until it answers."""

    def __init__(self, address: str, model: str) -> None:
        self._told = _Asked(lambda: ollama_model(address, model))

    @property
    def told(self) -> OllamaModel | None:
        """What Ollama tells of the model, or None where it does not know it or answer."""
        return self._told.answer


class _Asked(Generic[Told]):
    """The answer to a question: kept once it is there, else asked for every few seconds."""

    def __init__(self, question: Callable[[], Told | None]) -> None:
        self._question = question
        self._answer: Told | None = None
        self._asked = -inf

    @property
    def answer(self) -> Told | None:
        if self._answer is None and time.monotonic() - self._asked > _AGAIN:
            self._answer = self._question()
            self._asked = time.monotonic()
        return self._answer


def ollama_models(address: str, timeout: float = 0.5) -> tuple[str, ...] | None:
    """Names of the chat models that are installed in an Ollama and run there, in its order.

    Args:
        address: Ollama's address.
        timeout: Seconds to wait.

    Returns:
        The names, or None where no Ollama answers.
    """
    listed = ask(f"{address}/api/tags", timeout=timeout)
    if listed is None or not isinstance(listed.get("models"), list):
        return None
    return tuple(entry["name"] for entry in _entries(listed, "models") if _chats_there(entry))


def ollama_model(address: str, model: str) -> OllamaModel | None:
    """What Ollama tells of a model, or None where it does not know it or does not answer."""
    shown = ask(f"{address}/api/show", {"model": model})
    if shown is None or "error" in shown:
        return None
    details = shown.get("model_info")
    lengths = [
        _number(details, name)
        for name in (details if isinstance(details, dict) else ())
        if name.endswith(".context_length")
    ]
    words = str(shown.get("parameters") or "").split()
    told = words[words.index("num_ctx") + 1 :] if "num_ctx" in words else []
    return OllamaModel(
        longest=next(filter(None, lengths), None),
        set=int(told[0]) if told and told[0].isdecimal() else None,
        remote=_host(str(shown.get("remote_host") or "")),
    )


def _chats_there(entry: dict[str, Any]) -> bool:
    name = entry.get("name")
    if not isinstance(name, str) or not name or entry.get("remote_host") or "-cloud" in name:
        return False
    details = entry.get("details")
    details = details if isinstance(details, dict) else {}
    several = details.get("families")
    families = [details.get("family"), *(several if isinstance(several, list) else ())]
    return not any(family in _NO_CHAT_FAMILIES for family in families) and not any(
        word in name.lower() for word in _NO_CHAT
    )


def _window_listed(listed: dict[str, Any] | None, model: str) -> int | None:
    entries = list(_entries(listed, "data"))
    own = [entry for entry in entries if entry.get("id") == model]
    for entry in own or (entries if len(entries) == 1 else []):
        for path in _LENGTHS:
            if window := _number(entry, *path):
                return window
    return None


def _entries(listed: dict[str, Any] | None, name: str) -> Iterator[dict[str, Any]]:
    entries = (listed or {}).get(name)
    yield from (e for e in (entries if isinstance(entries, list) else ()) if isinstance(e, dict))


def _number(found: object, *path: str) -> int | None:
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, int) and found > 0 else None


def _host(address: str) -> str:
    return urlsplit(address).hostname or address

"""From a model's name to one that LangChain talks to, provider by provider."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from assistant.models import serving
from assistant.models.counting import counter_of_openai, estimate
from assistant.models.faults import Speaker
from assistant.models.langchain import HangUp, LangChainModel, make
from assistant.models.names import ModelName
from assistant.models.places import checked, is_local, ollama_address, where
from assistant.models.streaming import Patience
from assistant.models.types import ModelInfo

DEFAULT_WINDOW = 4096
"""Tokens, where neither the user nor the provider says how many."""

OWN_WINDOW = 8192
"""Tokens at most, where the window is ours to choose: more takes more memory."""

_HANG_UP: dict[str, HangUp] = {
    "openai": lambda model: model.http_async_client.aclose(),
    "ollama": lambda model: model._async_client.close(),
    "mistralai": lambda model: model.async_client.aclose(),
}
"""How connections are closed; the other libraries share theirs among models."""

_CONNECT = 10.0
"""Seconds that making a connection may take."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for: a model, its address and window or None, and the patience."""

    name: ModelName
    base_url: str | None
    window: int | None
    patience: Patience

    @property
    def address(self) -> str:
        """Where the model is.

        Raises:
            BadModelName: What was given, or what the environment holds, is no address.
        """
        if self.base_url:
            return checked(self.base_url)
        provider = self.name.provider
        if provider.id == "ollama":
            return ollama_address()
        told = next(filter(None, map(os.environ.get, provider.addresses)), None)
        return checked(told or provider.address)


def build(order: Order) -> LangChainModel:
    """Make a model ready for use; nothing is sent yet.

    Args:
        order: What was asked for.

    Returns:
        The model.

    Raises:
        BadModelName: The address is none.
        ModelNotInstalled: The provider's package is missing.
        ModelRefusedKey: The provider's key is missing.
    """
    order.name.provider.check_installed()
    if order.name.provider.id == "ollama":
        return _ollama(order)
    if order.name.provider.id == "openai" and not _is_openai(order.address):
        return _compatible(order)
    return _hosted(order)


def _hosted(order: Order) -> LangChainModel:
    """A model of a provider that is known by name."""
    provider, address, key = order.name.provider, order.address, order.name.provider.key()
    options: dict[str, Any] = {"base_url": address, "api_key": key, **_waiting(order)}
    place = where(address)

    def info(known: int | None) -> ModelInfo:
        window = order.window or known or OWN_WINDOW
        return ModelInfo(str(order.name), place, window, not is_local(address))

    limit = "max_output_tokens" if provider.id == "google_genai" else "max_tokens"
    return LangChainModel(
        info,
        make(order.name, options),
        lambda tokens: {limit: tokens},
        counter_of_openai(order.name.model) if provider.id == "openai" else estimate,
        Speaker(str(order.name), place, key, provider.keys),
        order.patience,
        _HANG_UP.get(provider.id),
    )


def _waiting(order: Order) -> dict[str, Any]:
    """Options that leave waiting and asking again to `assistant.models.streaming`."""
    provider, patience = order.name.provider.id, order.patience
    if provider == "openai":
        return {
            "max_retries": 0,
            "stream_chunk_timeout": None,
            "stream_usage": False,
            "http_async_client": _client(order.address, patience),
        }
    longest = int(max(patience.first, patience.between)) + 5
    return {"max_retries": 0 if provider == "anthropic" else 1, "timeout": longest}


def _client(address: str, patience: Patience) -> Any:
    """A client for one model, which asks no proxy for this machine."""
    import httpx2

    return httpx2.AsyncClient(
        timeout=httpx2.Timeout(None, connect=min(_CONNECT, patience.first)),
        trust_env=not is_local(address),
    )


def _compatible(order: Order) -> LangChainModel:
    """A model of a server that talks like OpenAI."""
    address, model = order.address, order.name.model
    keys: tuple[str, ...] = ("GOVASSIST_API_KEY",)
    if not order.base_url:  # who sets OPENAI_BASE_URL means their OPENAI_API_KEY for it, too
        keys += order.name.provider.keys
    key = next(filter(None, map(os.environ.get, keys)), "")
    server = serving.Compatible(address, model, key)
    options = {
        "base_url": address,
        "api_key": key or "none",
        "use_responses_api": False,
        **_waiting(order),
    }
    place = where(address)

    def info(_: int | None = None) -> ModelInfo:
        window = order.window or server.window or DEFAULT_WINDOW
        return ModelInfo(str(order.name), place, window, not is_local(address))

    def count(text: str) -> int:
        exact = server.count_tokens(text) if is_local(address) else None
        return estimate(text) if exact is None else exact

    return LangChainModel(
        info,
        make(order.name, options),
        # older servers do not know max_completion_tokens, which LangChain would send
        lambda tokens: {"extra_body": {"max_tokens": tokens}},
        count,
        Speaker(
            str(order.name),
            place,
            key,
            keys,
            start="Is the server running, and GOVASSIST_BASE_URL its address?",
            obtain="Is the name right, and does the address end in what the server says (/v1)?",
        ),
        order.patience,
        _HANG_UP["openai"],
    )


def _ollama(order: Order) -> LangChainModel:
    """A model of Ollama; the window is set with each request, so that nothing is cut off."""
    address, model = order.address, order.name.model
    server = serving.Ollama(address, model)

    def info(_: int | None = None) -> ModelInfo:
        told = server.told
        remote = told.remote if told else "ollama.com" if model.endswith("cloud") else ""
        return ModelInfo(
            str(order.name),
            remote or where(address),
            window_of_ollama(order.window, told),
            bool(remote) or not is_local(address),
        )

    def limit(tokens: int) -> dict[str, Any]:
        options = {"num_ctx": info().window, "num_predict": tokens, "temperature": 0.0}
        return {"options": options}

    return LangChainModel(
        info,
        make(order.name, _ollama_options(address, order.patience)),
        limit,
        estimate,
        Speaker(
            str(order.name),
            where(address),
            start="Is Ollama running? Start it: ollama serve",
            obtain=f"Get it: ollama pull {model}",
        ),
        order.patience,
        _HANG_UP["ollama"],
    )


def _ollama_options(address: str, patience: Patience) -> dict[str, Any]:
    from httpx import Timeout

    waiting = Timeout(None, connect=min(_CONNECT, patience.first))
    client = {"timeout": waiting, "trust_env": not is_local(address), "follow_redirects": False}
    return {"base_url": address, "reasoning": False, "client_kwargs": client}


def window_of_ollama(asked: int | None, told: serving.OllamaModel | None) -> int:
    """The window for a model of Ollama, in tokens: never more than it was made for."""
    longest = told.longest if told else None
    if told and told.remote:
        return min(filter(None, (asked, longest)), default=DEFAULT_WINDOW)
    chosen = asked or (told.set if told else None) or (OWN_WINDOW if told else DEFAULT_WINDOW)
    return min(chosen, longest or chosen)


def _is_openai(address: str) -> bool:
    return urlsplit(address).hostname == "api.openai.com"

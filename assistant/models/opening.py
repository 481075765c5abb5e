"""From a model's name to a model."""

from __future__ import annotations

import os

from assistant.models.errors import BadModelName
from assistant.models.names import PROVIDERS, ModelName, parsed
from assistant.models.places import is_local, ollama_address
from assistant.models.types import ChatModel

LEAST_WINDOW = 512
"""Tokens; in fewer no question and no passage find room."""

_FIRST_LOCAL = 300.0
"""Seconds for the first token on this machine, which may have to load the model first."""

_HOSTED = 60.0
"""Seconds for the first token elsewhere, and everywhere between two."""


def open_model(
    name: str | None = None,
    *,
    base_url: str | None = None,
    window: int | None = None,
    timeout: float | None = None,
) -> ChatModel | None:
    """Open a language model. Nothing is sent to it yet; a model file is loaded.

    Args:
        name: One of the forms that `assistant.models.names.FORMS` lists; else
            ``GOVASSIST_MODEL``, else ``auto``.
        base_url: The address of the model's server; else ``GOVASSIST_BASE_URL``, else
            the provider's own. ``auto`` looks on this machine only, whatever it says.
        window: Tokens of context, prompt and answer together; else ``GOVASSIST_WINDOW``,
            else what the provider tells.
        timeout: Seconds to wait for the first token, and between two; else
            ``GOVASSIST_TIMEOUT``, else 60, and 300 for the first of a model on this machine.

    Returns:
        The model, or None for answering with quotes.

    Raises:
        BadModelName: The name, or an option, has no known form.
        ModelNotInstalled: The package for it is missing, or the file.
        ModelRefusedKey: There is no key for it.
        ModelBroke: The model file cannot be loaded.
    """
    window = _window(window)
    timeout = _timeout(timeout)
    asked = parsed(name or os.environ.get("GOVASSIST_MODEL") or "auto")
    base_url = base_url or os.environ.get("GOVASSIST_BASE_URL") or None
    if asked == "none":
        return None
    if asked == "auto":
        found = _found()
        if found is None:
            return None
        asked, base_url = found, None
    from assistant.models.streaming import Patience

    patience = Patience(timeout or _FIRST_LOCAL, timeout or _HOSTED)
    if asked.provider.id == "gguf":
        from assistant.models.gguf import GgufModel

        return GgufModel(asked, window, patience)
    from assistant.models.building import Order, build

    order = Order(asked, base_url, window, patience)
    if not (timeout or is_local(order.address)):
        order = Order(asked, base_url, window, Patience(_HOSTED, _HOSTED))
    return build(order)


def _found() -> ModelName | None:
    """The first chat model of an Ollama on this machine, where one answers."""
    from assistant.models.serving import ollama_models

    try:
        address = ollama_address()
    except BadModelName:  # nobody named it, so nobody has to hear of it
        return None
    models = ollama_models(address) if is_local(address) else None
    return ModelName(PROVIDERS["ollama"], models[0]) if models else None


def _window(asked: int | None) -> int | None:
    told = asked if asked is not None else os.environ.get("GOVASSIST_WINDOW")
    if told is None or told == "":
        return None
    try:
        tokens = int(told)
    except ValueError:
        tokens = 0
    if tokens < LEAST_WINDOW:
        raise BadModelName(
            f"The window is {told!r}; it has to be a number of tokens, at least {LEAST_WINDOW}."
        )
    return tokens


def _timeout(asked: float | None) -> float | None:
    told = asked if asked is not None else os.environ.get("GOVASSIST_TIMEOUT")
    if told is None or told == "":
        return None
    try:
        seconds = float(told)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 86_400:
        raise BadModelName(f"The time-out is {told!r}; it has to be a number of seconds above 0.")
    return seconds

"""Models behind LangChain: Ollama, OpenAI and compatible servers, Anthropic, Google, Mistral."""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator, Sequence
from contextlib import aclosing
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from assistant.models.errors import ModelRefusedRequest
from assistant.models.faults import Speaker, translated
from assistant.models.names import ModelName
from assistant.models.streaming import Delta, Patience, Streamer
from assistant.models.types import Message, ModelInfo

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_ENDS = ("finish_reason", "stop_reason", "done_reason", "status")
"""What the last piece of a reply has among its metadata, whoever the provider is."""

_TRACING = (
    "LANGSMITH_TRACING",
    "LANGSMITH_TRACING_V2",
    "LANGCHAIN_TRACING",
    "LANGCHAIN_TRACING_V2",
)

Turns: TypeAlias = list[tuple[str, str]]
"""Roles and what they say."""

HangUp: TypeAlias = Callable[[Any], Coroutine[Any, Any, object]]
"""Closes the connections of one of LangChain's models."""

Make: TypeAlias = Callable[[float | None], "BaseChatModel"]
"""Makes LangChain's model for a temperature, or for the provider's own one."""


class LangChainModel:
    """A language model that LangChain talks to.

    Args:
        info: Tells what the model is, whenever it is needed; given the window that
            LangChain knows it to have, or None.
        make: Makes LangChain's model.
        limit: What is given to a request so that a reply has so many tokens at most.
        count: Counts the tokens of a text.
        speaker: What messages name.
        patience: How long to wait.
        hang_up: What closes the connections of LangChain's model in the end, if anything has
            to.
    """

    def __init__(
        self,
        info: Callable[[int | None], ModelInfo],
        make: Make,
        limit: Callable[[int], dict[str, Any]],
        count: Callable[[str], int],
        speaker: Speaker,
        patience: Patience,
        hang_up: HangUp | None = None,
    ) -> None:
        self._info = info
        self._limit = limit
        self._count = lru_cache(maxsize=4096)(count)
        self._speaker = speaker
        self._streamer = Streamer(speaker, patience)
        self._hang_up = hang_up
        self._make = make
        self._model = make(0.0)

    @property
    def info(self) -> ModelInfo:
        """What it is; raises nothing."""
        return self._info(self._known_window)

    @property
    def _known_window(self) -> int | None:
        """Tokens that LangChain knows a hosted model to take."""
        tokens = (self._model.profile or {}).get("max_input_tokens")
        return tokens if isinstance(tokens, int) and tokens > 0 else None

    def count_tokens(self, text: str) -> int:
        """See `assistant.models.types.ChatModel`."""
        return self._count(text)

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: threading.Event | None = None,
    ) -> Iterator[str]:
        """See `assistant.models.types.ChatModel`."""
        turns: Turns = [(message.role, message.content) for message in messages]
        options = self._limit(max_tokens)
        yield from self._streamer.stream(lambda: self._deltas(turns, options), stop)

    def close(self) -> None:
        """Give back the connections."""
        hang_up, self._hang_up = self._hang_up, None
        self._streamer.close(hang_up(self._model) if hang_up else None)

    async def _deltas(self, turns: Turns, options: dict[str, Any]) -> AsyncGenerator[Delta, None]:
        try:
            async with aclosing(_chunks(self._model, turns, options)) as chunks:
                async for chunk in chunks:
                    yield chunk
        except Exception as error:
            if not self._minds_temperature(error):
                raise
            self._model = self._make(None)
        else:
            return
        async with aclosing(_chunks(self._model, turns, options)) as chunks:
            async for chunk in chunks:
                yield chunk

    def _minds_temperature(self, error: Exception) -> bool:
        """Whether a request was refused because this model lets nobody set the temperature."""
        refused = translated(error, self._speaker).error
        return isinstance(refused, ModelRefusedRequest) and "temperature" in str(refused)


async def _chunks(
    model: BaseChatModel, turns: Turns, options: dict[str, Any]
) -> AsyncGenerator[Delta, None]:
    async for chunk in model.astream(turns, **options):
        metadata = chunk.response_metadata
        yield Delta(str(chunk.text), any(metadata.get(end) for end in _ENDS))


def make(name: ModelName, options: dict[str, Any]) -> Make:
    """How to make LangChain's model.

    Args:
        name: The model's name.
        options: What LangChain's class for the provider takes.

    Returns:
        A function of the temperature.
    """

    def maker(temperature: float | None) -> BaseChatModel:
        from langchain.chat_models import init_chat_model

        chosen = options if temperature is None else {**options, "temperature": temperature}
        made: BaseChatModel = init_chat_model(name.model, model_provider=name.provider.id, **chosen)
        return made

    return maker


def traced_to() -> str | None:
    """The host that LangSmith traces go to, where the user has switched tracing on."""
    if not any(os.environ.get(name, "").lower() in {"true", "1"} for name in _TRACING):
        return None
    return os.environ.get("LANGSMITH_ENDPOINT") or "api.smith.langchain.com"

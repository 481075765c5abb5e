"""What every language model looks like to the rest: messages in, deltas of text out."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a model is called, where it runs and how much it takes.

    ``name`` is as it was asked for, like ``"openai:gpt-x"``. ``where`` is ``"this
    machine"`` or the host that text is sent to, ``hosted`` whether text leaves this
    machine. ``window`` is in tokens, prompt and answer together.
    """

    name: str
    where: str
    window: int
    hosted: bool


class ChatModel(Protocol):
    """A language model that is ready for use; threads may share it."""

    @property
    def info(self) -> ModelInfo:
        """What it is; raises nothing."""
        ...

    def count_tokens(self, text: str) -> int:
        """Tokens in a text: exact where the provider has a tokenizer, else an upper estimate.

        Args:
            text: Any text; what surrounds a message in the prompt is not counted.

        Returns:
            Tokens, at least 0.

        Raises:
            ModelError: The provider's tokenizer failed, or the model was closed.
        """
        ...

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: threading.Event | None = None,
    ) -> Iterator[str]:
        """Answer, at temperature 0.

        Args:
            messages: The prompt, in order.
            max_tokens: Tokens after which the answer is cut off, at least 1.
            stop: Once it is set, the answer ends, without an error and also while the
                first token is waited for, and the connection is closed.

        Returns:
            Deltas of text, none empty, as they come.

        Raises:
            ModelError: One of its subclasses; see `assistant.models.errors`.
        """
        ...

    def close(self) -> None:
        """Give back connections, threads and memory; closing twice does no harm."""
        ...

"""From a provider's asynchronous stream to an iterator that can be stopped at any moment.

All replies are read in the loop of `assistant.models.loop`, so that waiting for one can
be cancelled, which closes the connection, whatever the provider's library does.
"""

from __future__ import annotations

import asyncio
import queue
import random
import threading
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, TypeAlias

from assistant.models.errors import ModelBroke, ModelSaidNothing, ModelTimedOut, ModelUnreachable
from assistant.models.faults import Fault, Speaker, translated
from assistant.models.loop import FAREWELL, Task
from assistant.models.thoughts import Thoughts

LONGEST_REPLY = 200_000
"""Characters after which a reply is cut off; a delta counts at least one."""

LONGEST_WAIT = 20.0
"""Seconds that a provider may ask to wait before asking again."""

_PAUSES = (0.5, 1.0, 2.0)
"""Seconds between attempts, about."""

_GLANCE = 0.05
"""Seconds between two looks at the stop signal."""


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of a reply; ``last`` is whether the provider says that it is complete."""

    text: str
    last: bool = False


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds, for the first token and between two."""

    first: float
    between: float


Source = Callable[[], AsyncGenerator[Delta, None]]
_Inbox: TypeAlias = "queue.SimpleQueue[str | Exception | None]"


class Streamer:
    """Reads replies of one model; threads may share it."""

    def __init__(self, speaker: Speaker, patience: Patience) -> None:
        self._speaker = speaker
        self._patience = patience
        self._reading: set[Task] = set()
        self._closed = False

    def stream(self, source: Source, stop: threading.Event | None = None) -> Iterator[str]:
        """Read a reply, asking again where that may help and no token has come yet.

        Args:
            source: Sends the request and yields the reply's deltas.
            stop: Once it is set, the reply ends, without an error.

        Yields:
            Deltas of text, none empty.

        Raises:
            ModelError: What went wrong; `ModelUnreachable` where the model is closed meanwhile.
        """
        if self._closed:
            raise self._gone()
        stop = stop or threading.Event()
        if stop.is_set():
            return
        inbox: _Inbox = queue.SimpleQueue()
        task = Task(self._deliver(source, inbox))
        self._reading.add(task)
        try:
            yield from self._taken(inbox, stop, task)
        finally:
            task.end()
            self._reading.discard(task)

    def close(self, farewell: Coroutine[Any, Any, object] | None = None) -> None:
        """End what is still being read, then do what says goodbye to the provider.

        Args:
            farewell: What closes the connections, if anything has to; it is waited for a
                few seconds at most, and what goes wrong with it is nothing.
        """
        self._closed = True
        for task in tuple(self._reading):
            task.end()
        if farewell is not None:
            Task(farewell).over.wait(FAREWELL)

    def _taken(self, inbox: _Inbox, stop: threading.Event, task: Task) -> Iterator[str]:
        """What comes in, until it ends or is stopped."""
        while not stop.is_set():
            over = task.over.is_set()
            try:
                item = inbox.get(timeout=_GLANCE)
            except queue.Empty:
                if over:  # without a word: it was cancelled, which only closing does
                    raise self._gone() from None
                continue
            if isinstance(item, Exception):
                raise item
            if item is None:
                return
            yield item

    def _gone(self) -> ModelUnreachable:
        return ModelUnreachable(f"{self._speaker.at} has been closed. Open it again.")

    async def _deliver(self, source: Source, inbox: _Inbox) -> None:
        """Put what comes into the inbox; at its end None, or what went wrong."""
        try:
            await self._ask(source, inbox)
        except Exception as error:
            inbox.put(error)
        else:
            inbox.put(None)

    async def _ask(self, source: Source, inbox: _Inbox) -> None:
        began = time.monotonic()
        for attempt in range(len(_PAUSES) + 1):
            reply = _Reply(self._speaker, self._patience, inbox)
            try:
                await reply.read(source)
            except Exception as error:
                fault = translated(error, self._speaker)
                pause = _pause(fault, attempt)
                spent = time.monotonic() - began
                if reply.begun or pause is None or spent + pause > self._patience.first:
                    raise fault.error from (None if fault.error is error else error)
            else:
                return
            await asyncio.sleep(pause)


class _Reply:
    """One attempt at a reply."""

    def __init__(self, speaker: Speaker, patience: Patience, inbox: _Inbox) -> None:
        self._speaker = speaker
        self._patience = patience
        self._inbox = inbox
        self.begun = False

    async def read(self, source: Source) -> None:
        length = 0
        complete = False
        thoughts = Thoughts()
        async with aclosing(source()) as deltas:
            while (delta := await self._next(deltas)) is not None:
                complete = complete or delta.last
                length += max(1, len(delta.text))
                if length > LONGEST_REPLY:
                    raise ModelBroke(
                        f"{self._speaker.at} does not stop: the reply was cut off at "
                        f"{LONGEST_REPLY:,} characters."
                    )
                self._pass_on(thoughts.without(delta.text))
        self._pass_on(thoughts.rest())
        self._check(complete)

    def _pass_on(self, text: str) -> None:
        if text:
            self.begun = True
            self._inbox.put(text)

    async def _next(self, deltas: AsyncGenerator[Delta, None]) -> Delta | None:
        seconds = self._patience.between if self.begun else self._patience.first
        try:
            async with asyncio.timeout(seconds):
                return await anext(deltas, None)
        except TimeoutError as error:
            raise ModelTimedOut(
                f"{self._speaker.at} sent nothing for {seconds:.0f} s. Ask again, or give it "
                "more time with GOVASSIST_TIMEOUT (in seconds)."
            ) from error

    def _check(self, complete: bool) -> None:
        if not complete:
            raise _Incomplete
        if not self.begun:
            raise ModelSaidNothing(
                f"{self._speaker.at} gave an empty answer. Ask in other words, or use another "
                "model; one that reasons first may have had too few tokens."
            )


class _Incomplete(ConnectionResetError):  # noqa: N818 - like the errors that are shown
    """A reply ended before its end; handled like a connection that was lost."""


def _pause(fault: Fault, attempt: int) -> float | None:
    """Seconds to wait before asking again, or None for giving up."""
    if not fault.again or attempt == len(_PAUSES):
        return None
    if fault.after is not None:
        return fault.after if fault.after <= LONGEST_WAIT else None
    return _PAUSES[attempt] * random.uniform(0.5, 1.5)  # noqa: S311 - jitter

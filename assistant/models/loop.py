"""One event loop for all models, in a thread of its own, and the tasks that run in it.

It is one, since some providers' libraries share connections among models.

The libraries leave asynchronous generators behind where a reply ends early. The garbage
collector would finalize them in whatever thread it runs in, while this one closes
others of the same chain; so a task closes all that were begun in it before it ends.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncGenerator, Coroutine
from contextlib import suppress
from contextvars import ContextVar, copy_context
from functools import cache
from typing import Any, TypeAlias

FAREWELL = 5.0
"""Seconds that closing a connection may take."""

_Begun: TypeAlias = "list[AsyncGenerator[Any, Any]]"

_beginning = threading.Lock()
"""Held while the loop is looked up: ``cache`` lets two threads begin one each."""

_begun: ContextVar[_Begun] = ContextVar("begun")
"""The asynchronous generators that were begun in a task and in those it started."""


class Task:
    """Something that runs in the loop; ``over`` is set when it has ended, however."""

    def __init__(self, work: Coroutine[Any, Any, object]) -> None:
        self.over = threading.Event()
        _loop().call_soon_threadsafe(self._start, work)

    def _start(self, work: Coroutine[Any, Any, object]) -> None:
        begun: _Begun = []
        context = copy_context()
        context.run(_begun.set, begun)
        loop = asyncio.get_running_loop()
        self._work = loop.create_task(work, context=context)
        self._tidying = loop.create_task(self._tidy(begun))

    async def _tidy(self, begun: _Begun) -> None:
        """When the work has ended, close the generators that it left open; nobody cancels this."""
        await asyncio.wait([self._work])
        with suppress(asyncio.CancelledError):
            self._work.exception()  # looked at, so that nobody complains that it was not
        for generator in begun:
            with suppress(Exception):
                await generator.aclose()
        self.over.set()

    def end(self) -> None:
        """Cancel it, and wait until it has closed its connection."""
        _loop().call_soon_threadsafe(self._cancel)
        self.over.wait(FAREWELL)

    def _cancel(self) -> None:
        self._work.cancel()


def _loop() -> asyncio.AbstractEventLoop:
    """The one loop of this process."""
    with _beginning:
        return _begun_loop()


@cache
def _begun_loop() -> asyncio.AbstractEventLoop:
    """The loop, in its thread, which ends with the process."""
    loop = asyncio.new_event_loop()
    loop.call_soon(_note_generators)
    threading.Thread(target=loop.run_forever, name="govassist-models", daemon=True).start()
    return loop


def _note_generators() -> None:
    """Have every asynchronous generator that is begun in this thread noted by its task."""
    told = sys.get_asyncgen_hooks().firstiter

    def noted(generator: AsyncGenerator[Any, Any]) -> None:
        if told is not None:
            told(generator)
        _begun.get([]).append(generator)

    sys.set_asyncgen_hooks(firstiter=noted)

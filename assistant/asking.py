"""Asking an assistant: from what the user gave to events, and a record of the answer."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant.condense import Query, checked_question, checked_turns
from assistant.events import Done, Event
from assistant.records import Record, recorded
from assistant.settings import SearchSettings
from assistant.types import Answer
from ingest.errors import LibraryUnwritable, NotALibrary

if TYPE_CHECKING:
    from assistant.answering import Timings
    from assistant.models.types import ChatModel
    from assistant.types import Hit
    from vectorstore.library import Library

DEPTH = 10
"""How many hits an answer is made of, unless `Assistant.using` says another number."""

Keep = Callable[[Record], None]
"""Keeps a record."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, in which conversation, of which papers; all where ``papers`` is None."""

    text: str
    history: Sequence[Any]
    papers: Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Asking:
    """How an assistant answers: its library, settings, model, where records go, how many hits."""

    library: Library
    settings: SearchSettings
    model: ChatModel | None
    translated: Callable[[list[Query]], list[Query]]
    keep: Keep | None
    notices: tuple[str, ...] = ()
    depth: int = DEPTH

    def stream(self, question: Question, stop: threading.Event | None) -> Iterator[Event]:
        """Answer, and tell what happens; the last event is `Done`.

        Args:
            question: Checked.
            stop: Ends the model's writing when set.

        Yields:
            Events.
        """
        from assistant.answering import Asked, Timings, answer_events
        from assistant.finding import find

        started = time.perf_counter()
        timings = Timings()
        standalone, queries, notices = self._understood(question, timings, stop)
        before = time.perf_counter()
        queries = self.translated(queries)
        found = find(
            self.library, question.text, queries, self.depth, question.papers, self.settings
        )
        timings.retrieval = time.perf_counter() - before
        searched = self.library.count_papers() if question.papers is None else len(question.papers)
        asked = Asked(
            question.text,
            standalone,
            queries,
            found,
            searched,
            (*self.notices, *notices),
            timings,
        )
        for event in answer_events(self.library, asked, self.model, stop):
            if isinstance(event, Done):
                timings.total = time.perf_counter() - started
                yield Done(self._recorded(question, event.answer, found.hits, timings))
            else:
                yield event

    def _understood(
        self, question: Question, timings: Timings, stop: threading.Event | None
    ) -> tuple[str, list[Query], tuple[str, ...]]:
        """The standalone question, its queries, and why no model made it stand alone."""
        from assistant.models.errors import ModelError
        from assistant.standalone import understood

        before = time.perf_counter()
        try:
            found = understood(question.text, question.history, self.model, stop)
            return (*found, ())
        except ModelError as error:
            found = understood(question.text, question.history)
            return (*found, (f"The question was not rewritten by the model: {error}",))
        finally:
            timings.model += time.perf_counter() - before if self.model else 0.0

    def _recorded(
        self, question: Question, answer: Answer, hits: Sequence[Hit], timings: Timings
    ) -> Answer:
        """The answer with the id of its record; with a notice where none can be kept."""
        from assistant.conversations.stamps import new_id, timestamp

        if self.keep is None:
            return answer
        answer = replace(answer, record=new_id())
        record = Record(
            id=answer.record,
            created=timestamp(),
            question=question.text,
            history=tuple(checked_turns(question.history)),
            papers=None if question.papers is None else tuple(question.papers),
            fingerprint=self.library.fingerprint(),
            embedder=str(self.library.embedder.record),
            model=answer.by,
            settings=self.settings.as_dict(),
            passages=tuple(map(recorded, hits)),
            timings=_rounded(asdict(timings)),
            answer=answer,
            depth=self.depth,
        )
        try:
            self.keep(record)
        except (LibraryUnwritable, NotALibrary) as error:
            notice = f"This answer was not recorded: {error}"
            return replace(answer, record="", notices=(*answer.notices, notice))
        return answer


def checked(question: str, history: Sequence[Any] | None, papers: Sequence[str] | None) -> Question:
    """A question in a form that can be answered.

    Args:
        question: What the user typed.
        history: Earlier turns.
        papers: Ids of papers that exist; all where None.

    Returns:
        The question.

    Raises:
        BadQuery: It is empty or too long.
        BadHistory: A turn is not in the right form.
    """
    return Question(checked_question(question), checked_turns(history or ()), papers)


def last_answer(events: Iterator[Event]) -> Answer:
    """The answer that events end with."""
    *_, last = events
    assert isinstance(last, Done)
    return last.answer


async def in_a_thread(
    begin: Callable[[], Iterator[Event]], stop: threading.Event
) -> AsyncIterator[Event]:
    """Events without holding up the event loop.

    Args:
        begin: Makes them, as `Asking.stream` does; called in a thread, too, where a model
            may have to be opened.
        stop: Set where the caller goes away before the end.

    Yields:
        The events.
    """
    try:
        events = await asyncio.to_thread(begin)
        while (event := await asyncio.to_thread(next, events, None)) is not None:
            yield event
    finally:
        stop.set()


def _rounded(timings: Mapping[str, float | None]) -> dict[str, float]:
    return {name: round(took, 4) for name, took in timings.items() if took is not None}

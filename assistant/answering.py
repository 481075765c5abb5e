"""From a question to an answer, told as it happens."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.events import Done, Event, Retrieved
from assistant.gate import Decision, decide, not_answered
from assistant.marks import marked
from assistant.models.errors import ModelError
from assistant.quoting import answer_by_quoting
from assistant.types import Answer, Coverage, Hit

if TYPE_CHECKING:
    from assistant.condense import Query
    from assistant.finding import Found
    from assistant.generation import Generation
    from assistant.models.types import ChatModel
    from vectorstore.library import Library


@dataclass(slots=True)
class Timings:
    """Where an answer's time went, in seconds; None for what did not happen."""

    retrieval: float = 0.0
    gate: float = 0.0
    first_token: float | None = None
    model: float = 0.0
    verification: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was found for it.

    ``standalone`` is empty where the question stands by itself. ``searched`` counts the
    papers in scope. ``notices`` come before those of the answer.
    """

    question: str
    standalone: str
    queries: Sequence[Query]
    found: Found
    searched: int
    notices: tuple[str, ...] = ()
    timings: Timings = field(default_factory=Timings)

    @property
    def hits(self) -> Sequence[Hit]:
        """What the answer is made of, best first."""
        return self.found.hits

    @property
    def meant(self) -> str:
        """The question as it stands alone."""
        return self.standalone or self.question


def answer_events(
    library: Library,
    asked: Asked,
    model: ChatModel | None,
    stop: threading.Event | None = None,
) -> Iterator[Event]:
    """Answer what was found for a question.

    Whether the papers answer at all is decided before a model is asked. A model that fails
    is replaced by quotes.

    Args:
        library: Where the hits come from.
        asked: The question and its hits.
        model: Writes the answer; quotes where None.
        stop: Ends the model's writing when set.

    Yields:
        `Retrieved`, then tokens and verified sentences where a model writes, then `Done`.
    """
    yield Retrieved(tuple(asked.hits), asked.standalone)
    before = time.perf_counter()
    decision = decide(library, asked.meant, asked.queries, asked.hits)
    asked.timings.gate = time.perf_counter() - before
    if not decision.answerable:
        answer = not_answered(
            library, asked.question, asked.found.nearest, decision, asked=asked.found.asked
        )
    elif model is None:
        answer = _quoted(library, asked, decision)
    else:
        answer = yield from _by_model(library, asked, decision, model, stop)
    yield Done(
        replace(
            marked(answer),
            question=asked.question,
            standalone=asked.standalone,
            notices=(*asked.notices, *answer.notices),
            coverage=_coverage(asked, answer),
            confidence=decision.score,
        )
    )


def _by_model(
    library: Library,
    asked: Asked,
    decision: Decision,
    model: ChatModel,
    stop: threading.Event | None,
) -> Generator[Event, None, Answer]:
    """The model's answer, to the caller of ``yield from``; quotes where it fails."""
    from assistant.generation import Generation

    try:
        generation = Generation(library, model, asked.meant, asked.hits)
        if not generation.budget.hits:
            notice = "Not one passage fits into the model's window; quotes are shown instead."
            return _quoted(library, asked, decision, notice)
        yield from _timed(generation, asked.timings, stop)
    except ModelError as error:
        return _quoted(library, asked, decision, f"{error} Quotes are shown instead.")
    return generation.answer


def _timed(
    generation: Generation, timings: Timings, stop: threading.Event | None
) -> Iterator[Event]:
    """A generation's events; the time it took is noted, however it ends."""
    try:
        yield from generation.stream(stop)
    finally:
        timings.first_token = generation.first_token_s
        timings.verification = generation.verification_s
        timings.model += generation.model_s


def _quoted(library: Library, asked: Asked, decision: Decision, *notices: str) -> Answer:
    answer = answer_by_quoting(
        library, asked.question, asked.queries, asked.hits, decision=decision
    )
    return replace(answer, notices=notices)


def _coverage(asked: Asked, answer: Answer) -> Coverage:
    return Coverage(
        searched=asked.searched,
        matched=tuple(dict.fromkeys(hit.paper_id for hit in asked.hits)),
        used=tuple(dict.fromkeys(citation.paper.id for citation in answer.citations)),
    )

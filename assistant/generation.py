"""An answer by a language model: prompt, stream, checks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from assistant import prompts
from assistant.budget import Budget, fit
from assistant.events import Event, SentenceVerified, Token
from assistant.language import NAMES, language_of
from assistant.models.errors import ModelSaidNothing
from assistant.models.types import ChatModel, Message
from assistant.quoting import locate
from assistant.references import authors_in_short
from assistant.replies import (
    Written,
    answer_part,
    quotes,
    renumbered,
    sentences,
    whole_answer,
    without_open_marker,
)
from assistant.types import Answer, Citation, Hit, Sentence
from assistant.verification.meaning import Embedded
from assistant.verification.quotes import locate_quote
from assistant.verification.verify import Check, Claim, remember, verify
from ingest.planted import planted
from ingest.types import Paper

if TYPE_CHECKING:
    from vectorstore.library import Library


@dataclass(slots=True)
class Generation:
    """One answer in the making.

    Args:
        library: Where the hits come from.
        model: Writes the answer.
        question: What it is asked, standing alone.
        hits: What it may use, best first.
    """

    library: Library
    model: ChatModel
    question: str
    hits: Sequence[Hit]
    budget: Budget = field(init=False)
    answer: Answer = field(init=False)
    first_token_s: float | None = field(init=False, default=None)
    model_s: float = field(init=False, default=0.0)
    verification_s: float = field(init=False, default=0.0)
    _papers: dict[str, Paper] = field(init=False)
    _numbers: dict[int, int] = field(init=False, default_factory=dict)
    _read: list[Written] = field(init=False, default_factory=list)
    _checked: list[Sentence] = field(init=False, default_factory=list)
    _evidence: dict[int, list[tuple[int, int]]] = field(init=False, default_factory=dict)
    _nowhere: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._papers = {paper.id: paper for paper in self.library.papers()}
        self.budget = fit(
            self.hits,
            lambda hits: "\n".join(message.content for message in self._messages(hits)),
            self.model.count_tokens,
            self.model.info.window,
        )

    def stream(self, stop: threading.Event | None) -> Iterator[Event]:
        """Let the model write, and check each sentence as soon as it is complete.

        Args:
            stop: Ends it when set.

        Yields:
            Tokens and verified sentences; ``answer`` is there when they are through.

        Raises:
            ModelError: The model failed, or what it wrote is no answer that cites.
        """
        self._remember_passages()
        reply = shown = ""
        deltas = self.model.stream(
            self._messages(self.budget.hits), max_tokens=self.budget.answer_tokens, stop=stop
        )
        for delta in self._timed(deltas):
            reply += delta
            part = answer_part(reply)
            if part is None or not part.startswith(shown) or part == shown:
                continue
            yield Token(part[len(shown) :])
            shown = part
            yield from self._verified(self._sentences(without_open_marker(part))[:-1])
        answer = whole_answer(reply)
        yield from self._verified(self._sentences(answer))
        self.answer = self._answer(answer, reply, stopped=stop is not None and stop.is_set())

    def _timed(self, deltas: Iterator[str]) -> Iterator[str]:
        """The same, with the time the model took."""
        while True:
            before = time.perf_counter()
            delta = next(deltas, None)
            self.model_s += time.perf_counter() - before
            if delta is None:
                return
            if self.first_token_s is None:
                self.first_token_s = self.model_s
            yield delta

    def _remember_passages(self) -> None:
        """Spare the checks the embedding of what the search has compared already."""
        compared = self.library.compared([hit.passage.id for hit in self.budget.hits])
        known = {
            hit.passage.text: Embedded(*compared[hit.passage.id])
            for hit in self.budget.hits
            if hit.passage.id in compared
        }
        remember(known, self.library.embedder)

    def _messages(self, hits: Sequence[Hit]) -> list[Message]:
        passages = "\n".join(
            prompts.PASSAGE.format(number=n, source=self._source(hit), text=_harmless(hit))
            for n, hit in enumerate(hits, 1)
        )
        language = NAMES[language_of(self.question)]
        asked = prompts.QUESTION.format(passages=passages, question=escape(self.question, False))
        return [
            Message("system", prompts.ANSWER.format(language=language)),
            Message("user", asked),
        ]

    def _source(self, hit: Hit) -> str:
        paper = self._papers[hit.paper_id]
        return escape(f"{authors_in_short(paper)} {paper.year or ''}".strip())

    def _sentences(self, answer: str) -> list[Written]:
        return sentences(answer, range(1, len(self.budget.hits) + 1))

    def _verified(self, written: Sequence[Written]) -> Iterator[SentenceVerified]:
        """Check the sentences that were not checked yet; all, where what follows changed them."""
        if list(written[: len(self._read)]) != self._read:
            self._begin_anew()
        new = written[len(self._read) :]
        if not new:
            return
        self._read += new
        before = time.perf_counter()
        claims = [
            Claim(one.text, tuple(self.budget.hits[n - 1].passage.text for n in one.numbers))
            for one in new
        ]
        checks = verify(claims, self.library.embedder)
        self.verification_s += time.perf_counter() - before
        for one, check in zip(new, checks, strict=True):
            self._checked.append(self._sentence(one, check))
            yield SentenceVerified(self._checked[-1])

    def _begin_anew(self) -> None:
        for gathered in (self._read, self._checked, self._numbers, self._evidence):
            gathered.clear()
        self._nowhere = 0

    def _sentence(self, written: Written, check: Check) -> Sentence:
        for number in written.numbers:
            self._numbers.setdefault(number, len(self._numbers) + 1)
        self._nowhere += written.nowhere
        if check.evidence:
            found = (check.evidence.start, check.evidence.end)
            self._evidence.setdefault(written.numbers[check.evidence.passage], []).append(found)
        cited = tuple(self._numbers[number] for number in written.numbers)
        markers = "".join(f" [{number}]" for number in cited)
        return Sentence(f"{written.text}{markers}", cited, check.verdict, check.reasons)

    def _answer(self, answer: str, reply: str, *, stopped: bool) -> Answer:
        if not stopped and not self._checked:
            raise ModelSaidNothing(f"{self.model.info.name}: its reply holds no answer.")
        if not stopped and not self._numbers:
            raise ModelSaidNothing(
                f"{self.model.info.name}: its answer cites none of the passages it was given."
            )
        quoted, misquoted = self._model_quotes(reply)
        return Answer(
            question=self.question,
            text=renumbered(answer, self._numbers),
            answered=bool(self._numbers),
            sentences=tuple(self._checked),
            citations=tuple(
                self._citation(own, passage, quoted.get(passage, []))
                for passage, own in self._numbers.items()
            ),
            nearest=tuple(self.hits[:3]),
            by=self.model.info.name,
            notices=tuple(self._notices(misquoted, stopped=stopped)),
        )

    def _model_quotes(self, reply: str) -> tuple[dict[int, list[tuple[int, int]]], int]:
        """Where the model's quotes stand in their passages, and how many do not."""
        found: dict[int, list[tuple[int, int]]] = {}
        misquoted = 0
        for quote in quotes(reply):
            hit = (
                self.budget.hits[quote.number - 1]
                if 0 < quote.number <= len(self.budget.hits)
                else None
            )
            place = locate_quote(quote.text, hit.passage.text) if hit else None
            if place:
                found.setdefault(quote.number, []).append(place)
            else:
                misquoted += 1
        return found, misquoted

    def _citation(self, own: int, number: int, quoted: Sequence[tuple[int, int]]) -> Citation:
        """What is cited of a passage: what sentences rest on, else the model's quotes, else all."""
        passage = self.budget.hits[number - 1].passage
        places = self._evidence.get(number) or quoted or [(0, len(passage.text))]
        start, end = min(a for a, _ in places), max(b for _, b in places)
        quote, spans = locate(self.library.source(passage.paper_id), passage, start, end)
        paper = self._papers[passage.paper_id]
        return Citation(
            number=own,
            paper=paper,
            passage=passage,
            quote=quote,
            spans=spans,
            verdict="supported" if spans else "quote not found",
        )

    def _notices(self, misquoted: int, *, stopped: bool) -> Iterator[str]:
        if self.budget.notice:
            yield self.budget.notice
        if self._nowhere:
            yield f"{_counted(self._nowhere, 'marker')} of the model led to no passage; removed."
        if misquoted:
            yield f"{_counted(misquoted, 'quote')} of the model are not in the passages; left out."
        if stopped:
            yield "Stopped before the answer was complete."


def _harmless(hit: Hit) -> str:
    """A passage for a prompt: orders to a machine left out, tags made plain text."""
    text = hit.passage.text
    for place in reversed(planted(text)):
        text = f"{text[: place.start]}[…]{text[place.end :]}"
    return escape(text, quote=False)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

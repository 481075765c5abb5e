"""A conversation: its turns, what it asks, and how it leaves the library."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.condense import checked_question
from assistant.conversations.deleted import DeletedConversation
from assistant.conversations.export import Format, exported
from assistant.conversations.store import ConversationStore, Summary
from assistant.events import Done, Event
from assistant.types import Answer, Turn
from ingest.errors import BadQuery

if TYPE_CHECKING:
    from assistant.api import Assistant

_TITLE = 60
UNTITLED = "New conversation"


@dataclass(frozen=True, slots=True)
class ConversationTurn:
    """A question and its answer; None where it was never answered."""

    question: str
    answer: Answer | None


class Conversation:
    """Questions and answers that follow on each other, kept in the library's folder.

    Made by `assistant.conversations.kept.Conversations`.
    """

    def __init__(self, assistant: Assistant, store: ConversationStore, summary: Summary) -> None:
        self._assistant = assistant
        self._store = store
        self._summary = summary

    @property
    def id(self) -> str:
        """Its id, 12 hexadecimal digits."""
        return self._summary.id

    @property
    def title(self) -> str:
        """Its title: the beginning of the first question, until it is renamed."""
        return self._summary.title

    @property
    def created(self) -> str:
        """When it began; ISO 8601, UTC."""
        return self._summary.created

    @property
    def papers(self) -> tuple[str, ...] | None:
        """Ids of the papers it asks; None for all."""
        return self._summary.papers

    @property
    def turns(self) -> list[ConversationTurn]:
        """Its questions and answers, oldest first."""
        return [
            ConversationTurn(turn.question, turn.record.answer if turn.record else None)
            for turn in self._store.turns(self.id)
        ]

    @property
    def history(self) -> list[Turn]:
        """What was said so far, as `Assistant.ask` takes it; unanswered questions left out."""
        return self.history_before(None)

    def history_before(self, position: int | None) -> list[Turn]:
        """What was said before a turn; see `history`.

        Args:
            position: The turn's, from 0; behind the last where None.

        Returns:
            A turn for each question and each answer.
        """
        said: list[Turn] = []
        for turn in self.turns[:position]:
            if turn.answer:
                said.append({"role": "user", "content": turn.question})
                said.append({"role": "assistant", "content": turn.answer.text})
        return said

    def ask(self, question: str) -> Answer:
        """Answer the next question.

        Args:
            question: See `Assistant.ask`.

        Returns:
            The answer; question and answer are kept.

        Raises:
            BadQuery: The question is empty or too long; nothing is kept.
            UnknownPaper: A paper that it asks was deleted meanwhile; nothing is kept.
            UnknownConversation: The conversation was deleted meanwhile.
            LibraryUnwritable: The question cannot be kept.
        """
        *_, last = self.stream(question)
        assert isinstance(last, Done)
        return last.answer

    def stream(
        self,
        question: str,
        stop: threading.Event | None = None,
        instead_of: int | None = None,
    ) -> Iterator[Event]:
        """Answer the next question, and tell what happens.

        The question is kept before it is answered, so that it is not lost where the process
        ends in between.

        Args:
            question: See `Assistant.ask`.
            stop: Ends the model's writing when set.
            instead_of: The position of the turn, from 0, that this one takes the place of; it
                and all that follow are forgotten as this one is kept, and not before.

        Yields:
            Events; see `Assistant.stream`.

        Raises:
            BadQuery: The question is empty or too long, or ``instead_of`` is negative; nothing
                is changed.
            UnknownPaper: A paper that it asks was deleted meanwhile; nothing is changed.
            UnknownConversation: The conversation was deleted meanwhile.
            LibraryUnwritable: The question cannot be kept.
        """
        question = checked_question(question)
        self._checked(self.papers)
        history = self.history_before(instead_of)
        position = self._store.begin_turn(self.id, question, instead_of)
        if position == 0 and self.title == UNTITLED:
            self.rename(question if len(question) <= _TITLE else f"{question[: _TITLE - 1]}…")
        for event in self._assistant.stream(question, history, self.papers, stop=stop):
            if isinstance(event, Done):
                self._store.end_turn(self.id, position, question, event.answer.record)
            yield event

    def forget_from(self, position: int) -> None:
        """Take a turn and all that follow away, to ask the question again or another one.

        Args:
            position: The turn's, from 0.

        Raises:
            BadQuery: It is negative; nothing is changed.
        """
        self._store.remove_turns(self.id, position)

    def rename(self, title: str) -> None:
        """Give it another title.

        Args:
            title: At least one character that is no space.

        Raises:
            BadQuery: It is empty.
        """
        stripped = " ".join(title.split())
        if not stripped:
            raise BadQuery("A conversation's title cannot be empty. Give at least one letter.")
        self._store.rename(self.id, stripped)
        self._read_again()

    def ask_only(self, papers: Sequence[str] | None) -> None:
        """Set the papers that the next questions are asked of.

        Args:
            papers: Their ids; all where None.

        Raises:
            UnknownPaper: There is none of this id.
        """
        self._store.ask_only(self.id, self._checked(papers))
        self._read_again()

    def delete(self) -> DeletedConversation:
        """Delete it, with the records of its answers and their ratings.

        Returns:
            What `Conversations.restore` puts back; nothing of it stays on disk.
        """
        return self._store.delete(self.id)

    def export(self, form: Format) -> str:
        """The conversation, or the references of what it cited.

        Args:
            form: ``markdown`` or ``json`` for the conversation; ``apa``, ``bibtex``, ``ris``
                or ``csl`` for the references of the papers that were cited, and no others, as
                they are described now.

        Returns:
            The text of a file.

        Raises:
            BadSettings: There is no such form.
        """
        papers = {paper.id: paper for paper in self._assistant.papers()}
        return exported(self.title, self.created, self._store.turns(self.id), form, papers)

    def _checked(self, papers: Sequence[str] | None) -> list[str] | None:
        return self._assistant._checked_scope(papers)

    def _read_again(self) -> None:
        self._summary = self._store.summary(self.id)

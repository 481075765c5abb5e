"""Answers written in threads of their own, so that whoever asked may look away and come back.

A page of the app can be left, reloaded or drawn anew while a model writes; the answer goes on,
ends in the conversation, and can be stopped from wherever it is looked at.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

from assistant.condense import checked_question
from assistant.conversations.conversation import Conversation
from assistant.events import Event, Token
from ingest.errors import BadQuery, GovernanceAssistantError


class Writing:
    """One answer in the making.

    Args:
        question: What was asked.
        events: What happens, as `Conversation.stream` tells it.
        stop: Ends the model's writing when set.
    """

    def __init__(self, question: str, events: Iterator[Event], stop: threading.Event) -> None:
        self.question = question
        self.error = ""
        self._text = ""
        self._stop = stop
        self._finished = threading.Event()
        threading.Thread(target=self._follow, args=(events,), daemon=True).start()

    @property
    def text(self) -> str:
        """What the model has written so far, unchecked."""
        return self._text

    @property
    def finished(self) -> bool:
        """Whether it is over: answered, stopped, or ended by an `error`."""
        return self._finished.is_set()

    def stop(self) -> None:
        """End the model's writing; what it wrote is checked and kept."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is over.

        Args:
            seconds: How long at most; without end where None.

        Returns:
            Whether it is over.
        """
        return self._finished.wait(seconds)

    def _follow(self, events: Iterator[Event]) -> None:
        try:
            for event in events:
                if isinstance(event, Token):
                    self._text += event.text
        except GovernanceAssistantError as error:
            self.error = str(error)
        except Exception as error:
            self.error = f"The program made a mistake, please report it: {error!r}"
            raise
        finally:
            self._finished.set()


class Desk:
    """Where the answers of a process are written: one at a time for each conversation."""

    def __init__(self) -> None:
        self._writings: dict[str, Writing] = {}
        self._lock = threading.Lock()

    def at(self, conversation: str) -> Writing | None:
        """What is being written for a conversation, or went wrong last.

        Args:
            conversation: Its id.

        Returns:
            The answer in the making; None where nothing is, and nothing went wrong.
        """
        with self._lock:
            writing = self._writings.get(conversation)
            if writing and writing.finished and not writing.error:
                del self._writings[conversation]
            return writing

    def forget(self, conversation: str) -> None:
        """Know no more of what went wrong in a conversation."""
        with self._lock:
            writing = self._writings.get(conversation)
            if writing and writing.finished:
                del self._writings[conversation]

    def begin(
        self, conversation: Conversation, question: str, *, instead_of: int | None = None
    ) -> Writing:
        """Begin an answer.

        Args:
            conversation: Where the question is asked.
            question: See `Assistant.ask`.
            instead_of: See `Conversation.stream`.

        Returns:
            The answer in the making.

        Raises:
            BadQuery: The question is empty or too long, or the one before it is being answered.
        """
        question = checked_question(question)
        with self._lock:
            current = self._writings.get(conversation.id)
            if current and not current.finished:
                raise BadQuery(
                    "The question before this one is still being answered. Wait for its answer, "
                    "or stop it; then ask."
                )
            stop = threading.Event()
            events = conversation.stream(question, stop, instead_of=instead_of)
            writing = self._writings[conversation.id] = Writing(question, events, stop)
            return writing

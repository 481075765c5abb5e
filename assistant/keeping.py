"""What is kept of answers beside the papers: conversations, records, ratings."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.searching import Searcher

if TYPE_CHECKING:
    from assistant.conversations.ratings import Rating
    from assistant.conversations.store import ConversationStore
    from assistant.records import Record


class Keeper(Searcher):
    """A library, and the file beside it in which answers are kept."""

    _store: ConversationStore | None = None
    _opening = threading.Lock()
    """Held while the file is opened, of whichever library."""

    @property
    def folder(self) -> Path:
        """The library's folder."""
        return self._library.path

    def record(self, record: str) -> Record:
        """How an answer came about.

        Args:
            record: The id of its record (`Answer.record`).

        Returns:
            The record.

        Raises:
            UnknownConversation: There is none of this id.
        """
        return self._conversation_store().record(record)

    def forget_record(self, record: str) -> None:
        """Delete the record of an answer outside of conversations, and its rating, if any.

        Args:
            record: Its id (`Answer.record`).

        Raises:
            UnknownConversation: There is none of this id.
            BadQuery: A conversation holds the answer, and its record goes with that.
            LibraryUnwritable: It cannot be deleted.
        """
        self._conversation_store().forget_record(record)

    def rate(self, record: str, good: bool | None, reason: str = "") -> None:
        """Keep what a reader thinks of an answer, in place of what was kept of it before.

        Args:
            record: The id of the answer's record (`Answer.record`).
            good: Whether the answer is good; None takes the rating back.
            reason: Why, in at most 1,000 characters.

        Raises:
            UnknownConversation: There is no record of this id.
            BadQuery: The reason is too long.
            LibraryUnwritable: It cannot be kept.
        """
        ratings = self._conversation_store().ratings
        if good is None:
            ratings.forget(record)
        else:
            ratings.put(record, good, reason)

    def rating(self, record: str) -> Rating | None:
        """What was kept of an answer by `rate`.

        Args:
            record: The id of the answer's record.

        Returns:
            The rating; None where there is none.
        """
        return self._conversation_store().ratings.of(record)

    def ratings(self) -> list[Rating]:
        """All ratings, the newest first; each is deleted with the answer it is of."""
        return self._conversation_store().ratings.all()

    def _conversation_store(self) -> ConversationStore:
        from assistant.conversations.store import ConversationStore

        with self._opening:
            library = self._library
            if self._store is None:
                self._store = ConversationStore(library.path)
            return self._store

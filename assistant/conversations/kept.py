"""The conversations of a library: begun, listed, opened, put back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.conversations.conversation import UNTITLED, Conversation
from assistant.conversations.deleted import DeletedConversation
from assistant.conversations.store import ConversationStore, Summary

if TYPE_CHECKING:
    from assistant.api import Assistant


class Conversations:
    """The conversations of a library; `Assistant.conversations`."""

    def __init__(self, assistant: Assistant, store: ConversationStore) -> None:
        self._assistant = assistant
        self._store = store

    def create(
        self, title: str = UNTITLED, papers: Sequence[str] | None = None, owner: str = ""
    ) -> Conversation:
        """Begin one.

        Args:
            title: Its title; the beginning of the first question where none is given.
            papers: Ids of the papers it asks; all where None.
            owner: Whose it is, such as the app's id of a browser; nobody's where empty.

        Returns:
            The conversation, without turns.

        Raises:
            UnknownPaper: There is none of this id.
            LibraryUnwritable: It cannot be kept.
        """
        known = self._assistant._checked_scope(papers)
        return self._opened(self._store.create(title.strip() or UNTITLED, known, owner))

    def list(self, search: str = "", owner: str | None = None) -> list[Summary]:
        """What there is, the last changed first.

        Args:
            search: Only those in whose title, questions or answers these words stand.
            owner: Only those of this owner; everybody's where None.

        Returns:
            The conversations without their turns.
        """
        return self._store.summaries(search, owner)

    def open(self, conversation: str) -> Conversation:
        """Go on with one.

        Args:
            conversation: Its id, or a beginning of it of at least 6 characters that no other
                shares.

        Returns:
            The conversation.

        Raises:
            UnknownConversation: There is none.
        """
        return self._opened(self._store.summary(conversation))

    def restore(self, deleted: DeletedConversation) -> Conversation:
        """Put a deleted conversation back as it was: id, title, dates, turns, records, ratings.

        Args:
            deleted: What `Conversation.delete` returned.

        Returns:
            The conversation.

        Raises:
            UnknownConversation: There is nothing to put back: it had been deleted before.
            LibraryUnwritable: It cannot be kept.
        """
        self._store.restore(deleted)
        return self.open(deleted.id)

    def _opened(self, summary: Summary) -> Conversation:
        return Conversation(self._assistant, self._store, summary)

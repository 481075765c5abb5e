"""Answers that readers marked down, to make tests of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.records import Record
from assistant.types import Turn

if TYPE_CHECKING:
    from assistant.conversations.ratings import Rating
    from assistant.keeping import Keeper


def complaints(assistant: Keeper) -> list[Rating]:
    """The ratings of answers that were not good, the newest first."""
    return [rating for rating in assistant.ratings() if not rating.good]


def record_of(assistant: Keeper, rating: Rating) -> Record:
    """The record of the answer that a rating is of.

    Args:
        assistant: An assistant on the library.
        rating: The rating.

    Returns:
        The record, with the question, what was said before it, and the answer.

    Raises:
        UnknownConversation: It was deleted meanwhile.
    """
    return assistant.record(rating.record)


def said_before(record: Record) -> list[Turn]:
    """The turns before a recorded question, oldest first."""
    return [
        {"role": "user" if turn["role"] == "user" else "assistant", "content": turn["content"]}
        for turn in record.history
    ]

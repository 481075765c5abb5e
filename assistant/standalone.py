"""A follow-up as a question that stands alone: by the model where there is one, else by rule."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant import prompts
from assistant.condense import (
    MAX_QUESTION,
    Query,
    carried,
    checked_turns,
    queries,
)
from assistant.leaning import leans_on_history

if TYPE_CHECKING:
    from assistant.models.types import ChatModel

_TOKENS = 80
_TURNS = 6
_TURN_CHARACTERS = 400
_LONGER = 4
"""A rewriting that is so many times as long as question and subject is none."""


def understood(
    question: str,
    history: Sequence[Any] | None,
    model: ChatModel | None = None,
    stop: threading.Event | None = None,
) -> tuple[str, list[Query]]:
    """What a question means in its conversation, and what to search with.

    Args:
        question: A checked question.
        history: Earlier turns, oldest first.
        model: Rewrites a follow-up, where it is given.
        stop: Ends the model's work when set.

    Returns:
        The standalone question, empty where the question stands by itself; and its
        queries. A model's rewriting is searched beside the queries by rule, so that a bad
        one loses nothing.

    Raises:
        BadHistory: A turn lacks ``role`` or ``content``.
        ModelError: The model failed.
    """
    asked = queries(question, history)
    turns = checked_turns(history or ())
    earlier = [turn["content"] for turn in turns if turn["role"] == "user"]
    if not earlier or not leans_on_history(question):
        return "", asked
    rewritten = _rewritten(question, turns, model, stop) if model else None
    if rewritten:
        return rewritten, [*asked, Query(rewritten)]
    subject = carried(earlier, question)
    return (f"{question} ({', '.join(subject)})" if subject else question), asked


def _rewritten(
    question: str,
    turns: Sequence[dict[str, str]],
    model: ChatModel,
    stop: threading.Event | None,
) -> str | None:
    """The model's rewriting; None where it is not a question of a sensible length."""
    from assistant.models.types import Message

    said = "\n".join(
        f"{turn['role']}: {turn['content'][:_TURN_CHARACTERS]}" for turn in turns[-_TURNS:]
    )
    asked = prompts.CONVERSATION.format(turns=said, question=question)
    messages = [Message("system", prompts.STANDALONE), Message("user", asked)]
    reply = "".join(model.stream(messages, max_tokens=_TOKENS, stop=stop))
    lines = [line.strip(" \"'“”*") for line in reply.splitlines() if line.strip()]
    if len(lines) != 1 or len(lines[0]) > min(MAX_QUESTION, _LONGER * (len(question) + 100)):
        return None
    return lines[0]

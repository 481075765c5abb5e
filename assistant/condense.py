"""Conversation to standalone queries, without a language model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ingest.errors import BadHistory, BadQuery

_LEANS = re.compile(
    r"(?i)^(?:and|but|so|then|or|also|why|how|what else|which|when|where|who)\W*$"
    r"|^(?:and|but|so|or|also|tell me more|go on|more)\b"
    r"|\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|"
    r"one|ones|former|latter|both|other|others|another|same|such|then|there|"
    r"first|second|third|fourth|fifth|last|next|previous|above|you said|you mentioned)\b"
)
"""Words by which a question leans on what was said before."""

_FEW_WORDS = 3

MAX_QUESTION = 1_000
"""Characters; about what the embedder reads of a query (256 tokens)."""


def checked_question(question: str) -> str:
    """A question with its whitespace collapsed.

    Args:
        question: What the user typed.

    Returns:
        The same in one line.

    Raises:
        BadQuery: It is empty or longer than `MAX_QUESTION` characters.
    """
    stripped = " ".join(question.split())
    if not any(character.isalnum() for character in stripped):
        raise BadQuery("The question is empty. Ask something in words.")
    if len(stripped) > MAX_QUESTION:
        raise BadQuery(
            f"The question has {len(stripped):,} characters; at most {MAX_QUESTION:,} are read. "
            "Ask it in a few sentences, or one part at a time."
        )
    return stripped


def queries(question: str, history: Sequence[Any] | None) -> list[str]:
    """The queries to search with; their rankings count equally.

    A follow-up is searched as it stands and together with the question before
    it. Both rankings are needed: glueing alone buries the new question (on the
    follow-ups of the five papers nDCG@10 .38 for the last question alone, .58
    for both). A question that stands by itself is searched alone, so that a
    change of subject is not answered from the old one.

    Args:
        question: A checked question.
        history: Earlier turns, oldest first.

    Returns:
        One query, or two for a follow-up.

    Raises:
        BadHistory: A turn lacks ``role`` or ``content``.
    """
    asked = [turn["content"] for turn in _checked(history or ()) if turn["role"] == "user"]
    if not asked or not leans_on_history(question):
        return [question]
    before = " ".join(asked[-1].split())[-MAX_QUESTION:]
    return [question, f"{before} {question}"]


def leans_on_history(question: str) -> bool:
    """Whether a question needs the one before it: it points back, or is a scrap."""
    return len(question.split()) <= _FEW_WORDS or bool(_LEANS.search(question))


def _checked(history: Sequence[Any]) -> list[dict[str, str]]:
    turns: list[dict[str, str]] = []
    for i, turn in enumerate(history):
        role = turn.get("role") if isinstance(turn, dict) else None
        content = turn.get("content") if isinstance(turn, dict) else None
        if role not in {"user", "assistant"} or not isinstance(content, str):
            raise BadHistory(
                f"history[{i}] is {turn!r}; each turn is "
                '{"role": "user" or "assistant", "content": "…"}.'
            )
        turns.append({"role": str(role), "content": content})
    return turns

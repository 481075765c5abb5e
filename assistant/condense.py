"""Conversation to standalone queries, without a language model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from assistant.function_words import FUNCTION_WORDS
from assistant.halves import without_halves
from assistant.leaning import leans_on_history
from ingest.errors import BadHistory, BadQuery

_WORD = re.compile(r"\w{2,}")

_CARRIED = 10
"""How many words of earlier turns a follow-up is searched with."""

_FADING = 0.8
"""A word's weight is multiplied by this for every turn that has passed since."""

_LAST_ANSWER = 0.25
"""How much the place of the last answer counts; the question counts 1, as does it with words."""

MAX_QUESTION = 1_000
"""Characters; about what the embedder reads of a query (256 tokens)."""


class Query(NamedTuple):
    """What to search with; the ranking of one counts in proportion to its weight."""

    text: str
    weight: float = 1.0


def checked_question(question: str) -> str:
    """A question with its whitespace collapsed, and "?" for what is half a character.

    Args:
        question: What the user typed.

    Returns:
        The same in one line.

    Raises:
        BadQuery: It is no text, empty, or longer than `MAX_QUESTION` characters.
    """
    if not isinstance(question, str):
        raise BadQuery(f"The question is {question!r}; give text.")
    stripped = " ".join(without_halves(question).split())
    if not any(character.isalnum() for character in stripped):
        raise BadQuery("The question is empty. Ask something in words.")
    if len(stripped) > MAX_QUESTION:
        raise BadQuery(
            f"The question has {len(stripped):,} characters; at most {MAX_QUESTION:,} are read. "
            "Ask it in a few sentences, or one part at a time."
        )
    return stripped


def queries(question: str, history: Sequence[Any] | None) -> list[Query]:
    """The queries to search with, and how much the ranking of each counts.

    A follow-up is searched as it stands, with the words that the user's earlier turns
    were about, and, for a quarter, by the last turn and its answer: what is asked next
    mostly stands near what was found before. Words rather than turns: glued to the
    turns before it, a question is buried. A question that stands by itself is searched
    alone, so that a change of subject is not answered from the old one.
    ``benchmarks/mtrag.py`` measures it.

    Args:
        question: A checked question.
        history: Earlier turns, oldest first.

    Returns:
        One query, or two or three for a follow-up.

    Raises:
        BadHistory: A turn lacks ``role`` or ``content``.
    """
    turns = checked_turns(history or ())
    asked = [turn["content"] for turn in turns if turn["role"] == "user"]
    if not asked or not leans_on_history(question):
        return [Query(question)]
    found = [Query(question)]
    if subject := carried(asked, question):
        found.append(Query(" ".join((*subject, question))))
    if turns[-1]["role"] == "assistant":
        last = " ".join(f"{asked[-1]} {turns[-1]['content']}".split())
        found.append(Query(last[:MAX_QUESTION], _LAST_ANSWER))
    return found


def carried(turns: Sequence[str], question: str) -> list[str]:
    """The words that turns were about and a question leaves out.

    A word weighs `_FADING` to the power of its turn's age, summed over its turns.

    Args:
        turns: What the user asked before, oldest first.
        question: The question.

    Returns:
        At most `_CARRIED` words in lower case, the weightiest first.
    """
    weights: dict[str, float] = {}
    for age, turn in enumerate(reversed(turns)):
        for word in dict.fromkeys(_WORD.findall(turn.lower())):
            weights[word] = weights.get(word, 0.0) + _FADING**age
    known = FUNCTION_WORDS.union(_WORD.findall(question.lower()))
    weightiest = sorted(weights, key=lambda word: -weights[word])
    return [word for word in weightiest if word not in known][:_CARRIED]


def checked_turns(history: Sequence[Any]) -> list[dict[str, str]]:
    """Earlier turns, checked.

    Args:
        history: What the caller gave.

    Returns:
        The same.

    Raises:
        BadHistory: It is no sequence, or a turn lacks ``role`` or ``content``.
    """
    if isinstance(history, str) or not isinstance(history, Sequence):
        raise BadHistory(f"The history is {history!r}; give a list of turns, oldest first.")
    turns: list[dict[str, str]] = []
    for i, turn in enumerate(history):
        role = turn.get("role") if isinstance(turn, dict) else None
        content = turn.get("content") if isinstance(turn, dict) else None
        if role not in {"user", "assistant"} or not isinstance(content, str):
            raise BadHistory(
                f"history[{i}] is {turn!r}; each turn is "
                '{"role": "user" or "assistant", "content": "…"}.'
            )
        turns.append({"role": str(role), "content": without_halves(content)})
    return turns

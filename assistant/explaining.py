"""Why a search finds what it finds: its passages, how long it took, and what the gate says."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from assistant.gate import THRESHOLD, Decision
from assistant.types import Hit
from assistant.verification.words import content_stems, words_of
from ingest.types import Span

if TYPE_CHECKING:
    from assistant.api import Assistant

NEEDED = THRESHOLD
"""Least probability with which a question is answered."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What was asked, what was found in how many seconds, and whether it would be answered."""

    question: str
    hits: tuple[Hit, ...]
    seconds: float
    decision: Decision


def explained(
    assistant: Assistant, question: str, passages: int, papers: Sequence[str] | None = None
) -> Explained:
    """Search, and tell what an answer would be decided by.

    Args:
        assistant: Whose papers.
        question: A first question, without a conversation before it.
        passages: How many at most.
        papers: Ids of the papers to look in; all where None.

    Returns:
        What was found.

    Raises:
        BadQuery: The question is empty or too long.
    """
    began = time.perf_counter()
    hits = assistant.search(question, passages, papers=papers)
    seconds = time.perf_counter() - began
    decision = assistant.answerable(question, papers=papers)
    return Explained(question, tuple(hits), seconds, decision)


def words_in_common(text: str, question: str) -> list[Span]:
    """Where words of a question stand in a text, inflections and function words apart.

    Args:
        text: The text.
        question: The question.

    Returns:
        Ranges of the text, in order; words with only a space between them are one.
    """
    wanted = content_stems(words_of(question))
    characters = sorted(
        set(
            chain.from_iterable(
                range(word.start, word.end)
                for word in words_of(text)
                if word.has_content and word.stem in wanted
            )
        )
    )
    spans: list[Span] = []
    for at in characters:
        if spans and not text[spans[-1].end : at].strip():
            spans[-1] = Span(spans[-1].start, at + 1)
        else:
            spans.append(Span(at, at + 1))
    return spans

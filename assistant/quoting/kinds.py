"""What kind of question it is, where the answer is chosen by it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.confidence import content_stems, stems
from assistant.quoting.sentences import Candidate

if TYPE_CHECKING:
    from assistant.condense import Query

_ASKS = re.compile(
    r"(?i)^(?:what|who)(?:'s|’s| is| are| was| were)\b|\bmean(?:s|ing|t)?\b|\bdefin"  # noqa: RUF001
    r"|\bunderstood?\b|什么是|是什么|是指|意思|含义|定义"
)
_DEFINES = re.compile(
    r"(?i)\b(?:is|are|was|were|means?|refers? to|defined|defines|denotes?|called|understood"
    r"|understands?|known as)\b"
)
_LISTS = re.compile(
    r"(?i)^(?:which|what are|what were|list|name|enumerate)\b|\b(?:steps?|stages?|phases?|kinds|"
    r"types|ways|(?:two|three|four|five|six|seven|eight|nine|ten) \w+)\b"
    r"|哪些|哪几|几[个种项]|分别|列"
)
_BONUS = 0.4


def ask_for_definition(questions: Sequence[str]) -> bool:
    """Whether one of them, in English or Chinese, asks what something is or means."""
    return any(_ASKS.search(question) for question in questions)


def ask_for_list(questions: Sequence[str]) -> bool:
    """Whether one of them, in English or Chinese, asks for several things of a kind."""
    return any(_LISTS.search(question) for question in questions)


def definitions(found: Sequence[Candidate], queries: Sequence[Query]) -> list[Candidate]:
    """Sentences, those that seem to define what is asked for a little better.

    Args:
        found: The sentences.
        queries: The queries of the question.

    Returns:
        The same, in the same order; a sentence in which a word of the question stands
        before *is*, *means* and the like has a higher score.
    """
    asked = {stem for query in queries[:1] for stem in content_stems(query.text)}
    return [replace(c, score=c.score + _BONUS * _defines(c.text, asked)) for c in found]


def _defines(sentence: str, asked: set[str]) -> bool:
    verb = _DEFINES.search(sentence)
    return bool(verb and asked & stems(sentence[: verb.start()]))

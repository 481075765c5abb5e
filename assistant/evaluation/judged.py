"""Golden questions made of what was asked, and of which passages were judged right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant.evaluation.golden import check_against
from assistant.evaluation.golden_json import question_from_json, question_to_json
from assistant.evaluation.types import FULL, GoldenQuestion, GoldenSpan
from assistant.language import language_of
from assistant.quoting.kinds import ask_for_definition, ask_for_list
from assistant.types import Turn
from ingest.cleaning import clean_text
from ingest.errors import BadGolden
from ingest.types import Passage, Span

if TYPE_CHECKING:
    from assistant.searching import Searcher

UNANSWERABLE = "unanswerable"
"""The type of the questions that have to be refused."""

_WORDS, _LONGEST = 6, 50
"""Of an id's words, and their characters."""


def golden_of(
    assistant: Searcher,
    question: str,
    history: Sequence[Turn],
    passages: Sequence[Passage],
    refuse: bool,
) -> GoldenQuestion:
    """Make a golden question of what was asked and judged.

    Args:
        assistant: An assistant on the library that was asked.
        question: The question.
        history: What was said before it, oldest first.
        passages: Those that answer it, each of them fully.
        refuse: Whether the papers do not answer it; ``passages`` count nothing then.

    Returns:
        The question; its id is made of the date and its first words.

    Raises:
        BadGolden: No passage was chosen, the question is empty or too long, or the library
            does not hold a passage's paper any more.
    """
    if not (passages or refuse):
        raise BadGolden(
            "Choose at least one passage that answers the question, or say that the papers do "
            "not answer it."
        )
    chosen = () if refuse else passages
    golden = GoldenQuestion(
        id=_id(question),
        question=question.strip(),
        type=_type(question, history, chosen),
        language=language_of(question),
        history=tuple(history),
        relevant=spans_of(assistant, chosen),
    )
    check_question(golden, assistant)
    return golden


def check_question(question: GoldenQuestion, assistant: Searcher) -> None:
    """Check that a question is in the form of a golden one and can be asked of a library.

    Args:
        question: The question.
        assistant: An assistant on the library.

    Raises:
        BadGolden: It is not, or cannot; the message says what to do.
    """
    question_from_json(question_to_json(question), f"question {question.id!r}")
    check_against([question], assistant)


def spans_of(assistant: Searcher, passages: Sequence[Passage]) -> tuple[GoldenSpan, ...]:
    """Where passages stand, as spans that answer fully.

    Args:
        assistant: An assistant on their library.
        passages: The passages.

    Returns:
        Spans of their papers, each once. The pieces of a passage are one span where nothing
        to read stands between them, such as at a page break.

    Raises:
        UnknownPaper: The library does not hold a passage's paper any more.
    """
    sources = {key: assistant.source(key) for key in {p.paper_id for p in passages}}
    return tuple(
        dict.fromkeys(
            GoldenSpan(passage.paper_id, start, end, FULL)
            for passage in passages
            for start, end in _joined(passage.spans, sources[passage.paper_id])
        )
    )


def _joined(pieces: Sequence[Span], source: str) -> list[Span]:
    joined = [pieces[0]]
    for piece in pieces[1:]:
        if clean_text(source[joined[-1].end : piece.start]):
            joined.append(piece)
        else:
            joined[-1] = Span(joined[-1].start, piece.end)
    return joined


def _id(question: str) -> str:
    words = re.findall(r"\w+", question.lower())[:_WORDS]
    return f"{datetime.now(UTC):%Y-%m-%d}-{'-'.join(words)[:_LONGEST].rstrip('-')}"


def _type(question: str, history: Sequence[Turn], passages: Sequence[Passage]) -> str:
    """A first guess at the type, in the words of the questions that come with the project."""
    if not passages:
        return UNANSWERABLE
    if history:
        return "follow_up"
    if len({passage.paper_id for passage in passages}) > 1:
        return "multi_paper"
    if ask_for_definition([question]):
        return "definition"
    return "enumeration" if ask_for_list([question]) else "explanation"

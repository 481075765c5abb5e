"""From hits to an answer of quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.gate import NEAREST_SHOWN, Decision, decide, not_answered
from assistant.language import language_of
from assistant.naming import named_papers
from assistant.quoting.choosing import Budget, choose
from assistant.quoting.citing import cite, in_order
from assistant.quoting.frames import frame, framed
from assistant.quoting.kinds import ask_for_definition, ask_for_list, definitions
from assistant.quoting.lists import with_whole_lists
from assistant.quoting.sentences import Candidate, candidates
from assistant.types import Answer, Hit

if TYPE_CHECKING:
    from assistant.condense import Query
    from vectorstore.library import Library

MAX_CHARACTERS = 900


def answer_by_quoting(
    library: Library,
    question: str,
    queries: Sequence[Query],
    hits: Sequence[Hit],
    *,
    max_characters: int = MAX_CHARACTERS,
    decision: Decision | None = None,
) -> Answer:
    """Answer from the hits, by quoting.

    Args:
        library: Where the hits come from.
        question: The question as asked; frames are in its language.
        queries: The queries it was searched with.
        hits: Hits, best first.
        max_characters: About how long the answer is at most, frames included; a list
            that was begun is quoted to its end.
        decision: Whether the papers answer, where that was decided before.

    Returns:
        An answer whose every quote was found in its source, or one that says
        that the papers do not answer and names the nearest passages.
    """
    decision = decision or decide(library, question, queries, hits)
    found = candidates(library, queries, hits) if decision.answerable else []
    if not found:
        return not_answered(library, question, hits, decision)
    asked = [question, *(query.text for query in queries)]
    if ask_for_definition(asked):
        found = definitions(found, queries)
    papers = {paper.id: paper for paper in library.papers()}
    language = language_of(question)
    budget = Budget(
        max_characters,
        frames={key: len(frame(paper, papers.values(), language)) for key, paper in papers.items()},
        compared=_compared(queries, found, library),
    )
    blocks = with_whole_lists(library, choose(found, queries, budget), budget)
    pieces = in_order(blocks, as_read=ask_for_list(asked))
    citations, places = cite(library, pieces, papers)
    if not citations:
        return not_answered(library, question, hits, decision)
    sentences = framed(citations, places, language)
    return Answer(
        question=question,
        text="\n\n".join(sentence.text for sentence in sentences),
        answered=True,
        sentences=sentences,
        citations=citations,
        nearest=tuple(hits[:NEAREST_SHOWN]),
    )


def _compared(
    queries: Sequence[Query], found: Sequence[Candidate], library: Library
) -> frozenset[str]:
    """The papers whose authors the question names, where these are several."""
    authors = library.authors({candidate.passage.paper_id for candidate in found})
    named = named_papers(" ".join(query.text for query in queries), authors)
    return frozenset(named if len(named) > 1 else ())

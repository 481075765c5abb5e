"""Questions to ask next, that the papers do answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.gate import decide
from assistant.language import Language, language_of
from assistant.types import Answer, Hit
from ingest.types import Paper

if TYPE_CHECKING:
    from assistant.api import Assistant

SUGGESTED = 3
_HITS = 20
_CHECKED = 8
"""How many candidates are asked at most until enough are found to be answered."""

_NUMBERING = re.compile(r"^\W*(?:\d+(?:\.\d+)*|[IVX]+|[A-Za-z])[.)]\s+|^\W*\d+(?:\.\d+)*\s+")
_NO_SUBJECT = re.compile(
    r"(?i)^(?:abstract|introduction|conclusions?|discussion|summary|background|references|notes?|"
    r"acknowledge?ments?|methods?|results?|appendix|keywords?|literature review)\b"
)
_WORDING: dict[Language, str] = {
    "en": "What does {author} say about “{subject}”?",
    "zh": "关于“{subject}”，{author}说了什么？",  # noqa: RUF001
}
_SHORTEST, _LONGEST = 8, 90


def suggestions(assistant: Assistant, answer: Answer, n: int = SUGGESTED) -> list[str]:
    """Questions that go on from an answer.

    They ask for the sections in which passages near the question stand and that the answer
    did not cite, other papers first; each is searched for, and kept where the gate lets it
    pass and a passage of that section is found.

    Args:
        assistant: Whose papers.
        answer: The answer to go on from.
        n: How many at most.

    Returns:
        Questions in the language of the answer's question.
    """
    asked = answer.standalone or answer.question
    hits = assistant.search(asked, k=_HITS)
    papers = {paper.id: paper for paper in assistant.papers()}
    found: list[str] = []
    candidates = list(_candidates(answer, hits, papers))[:_CHECKED]
    for question, hit in candidates:
        if len(found) < n and _answers(assistant, question, hit):
            found.append(question)
    return found


def _candidates(
    answer: Answer, hits: Sequence[Hit], papers: dict[str, Paper]
) -> Iterator[tuple[str, Hit]]:
    """Questions for sections that were not cited; papers that were not cited come first."""
    language = language_of(answer.question)
    cited = {(c.paper.id, c.passage.section) for c in answer.citations}
    cited_papers = {paper for paper, _ in cited}
    seen = set(cited)
    for hit in sorted(hits, key=lambda hit: hit.paper_id in cited_papers):
        place = (hit.paper_id, hit.section)
        subject = _subject(hit.section)
        if place in seen or subject is None or hit.paper_id not in papers:
            continue
        seen.add(place)
        paper = papers[hit.paper_id]
        author = " and ".join(paper.authors[:2]) or f"“{paper.title}”"
        yield _WORDING[language].format(author=author, subject=subject), hit


def _subject(section: Sequence[str]) -> str | None:
    """The innermost heading without its number; None where it names no subject."""
    if not section:
        return None
    subject = _NUMBERING.sub("", section[-1]).strip(" .:*_")
    if not _SHORTEST <= len(subject) <= _LONGEST or _NO_SUBJECT.match(subject):
        return None
    return subject


def _answers(assistant: Assistant, question: str, wanted: Hit) -> bool:
    """Whether the papers answer a question, and by the section it was made of."""
    queries, hits = assistant._found(question)
    decision = decide(assistant._library, question, queries, hits)
    return decision.answerable and any(
        (hit.paper_id, hit.section) == (wanted.paper_id, wanted.section) for hit in hits
    )

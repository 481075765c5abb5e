"""Questions to begin with and to ask next, that the papers do answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from assistant.condense import MAX_QUESTION
from assistant.gate import decide
from assistant.language import Language, language_of
from assistant.references import author_names
from assistant.types import Answer, Hit
from ingest.types import Paper

if TYPE_CHECKING:
    from assistant.api import Assistant

SUGGESTED = 3
EXAMPLES = 6
_HITS = 20
_CHECKED = 8
"""How many candidates for each question wanted are asked at most, about."""

T = TypeVar("T")
Place = tuple[str, tuple[str, ...]]
"""A paper's id and one of its sections."""
Candidate = tuple[str, Place | None]
"""A question, and the place it was made of, where it was made of one."""

_NUMBERING = re.compile(r"^\W*(?:\d+(?:\.\d+)*|[IVX]+|[A-Za-z])[.)]\s+|^\W*\d+(?:\.\d+)*\s+")
_NO_SUBJECT = re.compile(
    r"(?i)^(?:\w+ )?(?:abstract|introduction|conclusions?|discussion|summary|background|references|"
    r"notes?|acknowledge?ments?|methods?|results?|appendix|keywords?|literature review)$"
    r"|^(?:abstract|introduction|conclusions?|acknowledge?ments?|appendix|literature review)\b"
)
_QUOTED = re.compile(r"[\"“]([^\"“”]*)[\"”]")
_WORDING: dict[Language, str] = {
    "en": "What {do} {author} say about “{subject}”?",
    "zh": "关于“{subject}”，{author}说了什么？",  # noqa: RUF001
}


class _Joint(NamedTuple):
    """What joins two authors, and what stands for all but the first."""

    two: str
    others: str


_JOINT: dict[Language, _Joint] = {"en": _Joint(" and ", " and others"), "zh": _Joint("和", "等人")}
_CONCEPT: dict[Language, str] = {
    "en": "What is meant by “{}”?",
    "zh": "“{}”是什么意思？",  # noqa: RUF001
}
_SHORTEST, _LONGEST = 8, 90


def suggestions(
    assistant: Assistant,
    answer: Answer,
    n: int = SUGGESTED,
    papers: Sequence[str] | None = None,
) -> list[str]:
    """Questions that go on from an answer.

    They ask for the sections in which passages near the question stand and that the answer
    did not cite, other papers first; each is searched for, and kept where the gate lets it
    pass and a passage of that section is found.

    Args:
        assistant: Whose papers.
        answer: The answer to go on from.
        n: How many at most.
        papers: Ids of the papers that will be asked; all where None.

    Returns:
        Questions in the language of the answer's question.
    """
    asked = (answer.standalone or answer.question)[:MAX_QUESTION]
    hits = assistant.search(asked, k=_HITS, papers=papers)
    known = {paper.id: paper for paper in assistant.papers()}
    candidates = islice(_candidates(answer, hits, known), _CHECKED)
    return list(islice(_answered(assistant, candidates, papers), n))


def examples(
    assistant: Assistant,
    language: Language = "en",
    n: int = EXAMPLES,
    papers: Sequence[str] | None = None,
) -> list[str]:
    """Questions to begin with: what the papers' keywords mean, what their sections say.

    Each is searched for, and kept where the gate lets it pass and, of a section, a passage of
    it is found. A heading that several papers have, such as a summary's, names no subject.

    Args:
        assistant: Whose papers.
        language: Of the questions.
        n: How many at most.
        papers: Ids of the papers that will be asked; all where None.

    Returns:
        Questions, of one paper after the other.
    """
    asked = [paper for paper in assistant.papers() if papers is None or paper.id in papers]
    sections = {paper.id: _sections(assistant, paper) for paper in asked}
    common = Counter(heading for own in sections.values() for heading in {s[-1] for s in own})
    of_papers = []
    for number, paper in enumerate(asked):
        own = [section for section in sections[paper.id] if common[section[-1]] == 1]
        kinds = [_of_keywords(paper, language), _of_sections(paper, own, language)]
        of_papers.append(_in_turn(kinds if number % 2 else kinds[::-1]))
    candidates = dict(_in_turn(of_papers))
    return list(islice(_answered(assistant, islice(candidates.items(), n * _CHECKED), papers), n))


def _in_turn(sources: Sequence[Iterable[T]]) -> Iterator[T]:
    """One of each, then the next of each, until all are through."""
    return (one for row in zip_longest(*sources) for one in row if one is not None)


def _of_keywords(paper: Paper, language: Language) -> Iterator[Candidate]:
    for keyword in paper.keywords:
        yield _CONCEPT[language].format(keyword), None


def _sections(assistant: Assistant, paper: Paper) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(p.section for p in assistant.passages(paper.id) if p.section))


def _of_sections(
    paper: Paper, sections: Iterable[tuple[str, ...]], language: Language
) -> Iterator[Candidate]:
    for section in sections:
        if subject := _subject(section):
            yield _question(paper, subject, language), (paper.id, section)


def _question(paper: Paper, subject: str, language: Language) -> str:
    do = "do" if len(paper.authors) > 1 else "does"
    return _WORDING[language].format(do=do, author=_author(paper, language), subject=subject)


def _author(paper: Paper, language: Language) -> str:
    names, joint = author_names(paper), _JOINT[language]
    if not names:
        return f"“{paper.title}”"
    return joint.two.join(names) if len(names) < 3 else names[0] + joint.others


def _candidates(
    answer: Answer, hits: Sequence[Hit], papers: dict[str, Paper]
) -> Iterator[Candidate]:
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
        yield _question(papers[hit.paper_id], subject, language), place


def _subject(section: Sequence[str]) -> str | None:
    """The innermost heading without its number; None where it names no subject."""
    if not section:
        return None
    subject = _NUMBERING.sub("", section[-1]).strip(" .:*_")
    if not _SHORTEST <= len(subject) <= _LONGEST or _NO_SUBJECT.match(subject):
        return None
    spelt = subject.capitalize() if subject.isupper() else subject
    return _QUOTED.sub("\u2018\\1\u2019", spelt)


def _answered(
    assistant: Assistant, candidates: Iterable[Candidate], papers: Sequence[str] | None = None
) -> Iterator[str]:
    """The questions that the papers answer, and by the section they were made of."""
    for question, wanted in candidates:
        queries, hits = assistant._found(question, papers)
        places = {(hit.paper_id, hit.section) for hit in hits}
        if (wanted is None or wanted in places) and decide(
            assistant._library, question, queries, hits
        ).answerable:
            yield question

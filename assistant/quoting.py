"""Answers without a language model: the sentences that answer, quoted.

Nothing is reworded, so nothing can be invented: an answer is quotes, each
checked against the source, under short frames that name the paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.condense import Query
from assistant.confidence import confidence
from assistant.types import Answer, Citation, Hit, Sentence
from ingest.cleaning import clean
from ingest.sentences import split_sentences
from ingest.types import Paper, Passage, Span

if TYPE_CHECKING:
    from vectorstore.library import Library
    from vectorstore.protocols import Vectors

MAX_CHARACTERS = 900
MAX_SENTENCES = 6
PASSAGES_READ = 6
NEAREST_SHOWN = 3

RELEVANT = 0.37
"""Least confidence for which quoting is worth while."""

RELEVANT_UNMENTIONED = 0.60
"""The same where the question names what no passage mentions."""

_HIT_WEIGHT = 1.0
_SAME = 0.9
_WORTH = 0.8
# Not at the start of a sentence; no acronyms, which papers may spell out.
_NAME = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z]\w*[a-z]\w*\b")
_CONTINUES = re.compile(
    r"(?i)^(?:second|third|fourth|fifth|sixth|then|finally|lastly|in the end|on the other hand|"
    r"the (?:second|third|fourth|other)|again|moreover|also|\(?[2-9][).])"
)


@dataclass(slots=True)
class _Candidate:
    passage: Passage
    number: int
    start: int
    end: int
    score: float
    vector: Vectors


def answer_by_quoting(
    library: Library, question: str, queries: Sequence[Query], hits: Sequence[Hit]
) -> Answer:
    """Answer from the hits, by quoting.

    Args:
        library: Where the hits come from.
        question: The question as asked.
        queries: The queries it was searched with.
        hits: Hits, best first.

    Returns:
        An answer whose every quote was found in its source, or one that says
        that the papers do not answer and names the nearest passages.
    """
    candidates = _candidates(library, queries, hits)
    unmentioned = _unmentioned_names(library, question)
    needed = RELEVANT_UNMENTIONED if unmentioned else RELEVANT
    if not candidates or confidence(hits) < needed:
        return _not_answered(library, question, hits, unmentioned)
    chosen = _with_continuations(_choose(candidates), candidates)
    papers = {paper.id: paper for paper in library.papers()}
    citations = _cite(library, chosen, papers)
    if not citations:
        return _not_answered(library, question, hits, unmentioned)
    sentences = _framed(citations)
    return Answer(
        question=question,
        text="\n\n".join(sentence.text for sentence in sentences),
        answered=True,
        sentences=sentences,
        citations=citations,
        nearest=tuple(hits[:NEAREST_SHOWN]),
    )


def _candidates(
    library: Library, queries: Sequence[Query], hits: Sequence[Hit]
) -> list[_Candidate]:
    rows = [
        (hit, number, start, end)
        for hit in hits[:PASSAGES_READ]
        for number, (start, end) in enumerate(split_sentences(hit.passage.text))
    ]
    if not rows:
        return []
    texts, weights = zip(*queries, strict=True)
    asked = np.average(library.embedder.embed_queries(texts), axis=0, weights=weights)
    vectors = library.embedder.embed_passages(
        [hit.passage.text[start:end] for hit, _, start, end in rows]
    )
    return [
        _Candidate(hit.passage, number, start, end, score, vector)
        for (hit, number, start, end), vector in zip(rows, vectors, strict=True)
        for score in (float(vector @ asked) + _HIT_WEIGHT * hit.score,)
    ]


def _choose(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The best sentences, none said twice, within the length of an answer."""
    ordered = sorted(candidates, key=lambda c: -c.score)
    chosen: list[_Candidate] = []
    length = 0
    for candidate in ordered:
        size = candidate.end - candidate.start
        if candidate.score < _WORTH * ordered[0].score or len(chosen) == MAX_SENTENCES:
            break
        if any(float(candidate.vector @ other.vector) > _SAME for other in chosen):
            continue
        if chosen and length + size > MAX_CHARACTERS:
            continue
        chosen.append(candidate)
        length += size
    return chosen


def _with_continuations(
    chosen: list[_Candidate], candidates: Sequence[_Candidate]
) -> list[_Candidate]:
    """Add what an enumeration that was begun goes on with, in the same passage."""
    following = {(c.passage.id, c.number): c for c in candidates}
    kept = {(c.passage.id, c.number): c for c in chosen}
    for candidate in chosen:
        key = (candidate.passage.id, candidate.number + 1)
        while key in following and _goes_on(following[key]):
            kept[key] = following[key]
            key = (key[0], key[1] + 1)
    return list(kept.values())


def _goes_on(candidate: _Candidate) -> bool:
    text = candidate.passage.text[candidate.start : candidate.end]
    return bool(_CONTINUES.match(text))


def _cite(
    library: Library, chosen: Sequence[_Candidate], papers: Mapping[str, Paper]
) -> tuple[Citation, ...]:
    """Number the quotes: paper by paper, passage by passage, the best of each first."""
    papers_best = _best_scores(chosen, lambda c: c.passage.paper_id)
    passages_best = _best_scores(chosen, lambda c: c.passage.id)
    ordered = sorted(
        chosen,
        key=lambda c: (
            -papers_best[c.passage.paper_id],
            -passages_best[c.passage.id],
            c.passage.id,
            c.number,
        ),
    )
    citations: list[Citation] = []
    for passage, start, end in _runs(ordered):
        quote, spans = locate(library.source(passage.paper_id), passage, start, end)
        paper = papers.get(passage.paper_id)
        if paper and spans:
            number = len(citations) + 1
            citations.append(Citation(number, paper, passage, quote, spans, "supported"))
    return tuple(citations)


def _best_scores(
    chosen: Sequence[_Candidate], key: Callable[[_Candidate], str]
) -> dict[str, float]:
    best: dict[str, float] = {}
    for candidate in chosen:
        best[key(candidate)] = max(best.get(key(candidate), candidate.score), candidate.score)
    return best


def _runs(ordered: Sequence[_Candidate]) -> list[tuple[Passage, int, int]]:
    """Join neighbouring sentences of a passage to one quote."""
    runs: list[tuple[Passage, int, int]] = []
    last = None
    for candidate in ordered:
        if last and last.passage.id == candidate.passage.id and last.number + 1 == candidate.number:
            passage, start, _ = runs[-1]
            runs[-1] = (passage, start, candidate.end)
        else:
            runs.append((candidate.passage, candidate.start, candidate.end))
        last = candidate
    return runs


def locate(source: str, passage: Passage, start: int, end: int) -> tuple[str, tuple[Span, ...]]:
    """A quote and its verbatim places, checked against the source.

    Args:
        source: The paper's text as its reader decoded it.
        passage: Where the quote is from.
        start: First character of the quote in the passage's text.
        end: One past its last.

    Returns:
        The quote and the source ranges it consists of; no ranges where the
        source does not hold the passage, so that nothing unfounded is cited.
    """
    quote = passage.text[start:end]
    cleaned = clean(source, passage.spans)
    if cleaned.text != passage.text:
        return quote, ()
    spans = cleaned.verbatim_spans(start, end)
    found = "".join(source[a:b] for a, b in spans)
    if "".join(found.split()) != "".join(quote.split()):
        return quote, ()
    return quote, spans


def _framed(citations: Sequence[Citation]) -> tuple[Sentence, ...]:
    groups: list[list[Citation]] = []
    for citation in citations:
        if groups and groups[-1][0].paper.id == citation.paper.id:
            groups[-1].append(citation)
        else:
            groups.append([citation])
    return tuple(
        Sentence(
            f"{_frame(group[0].paper)} " + " ".join(f"“{c.quote}” [{c.number}]" for c in group),
            tuple(c.number for c in group),
        )
        for group in groups
    )


def _frame(paper: Paper) -> str:
    authors = " and ".join(paper.authors)
    year = f" ({paper.year})" if paper.year else ""
    return f"{authors}{year}, in {paper.title}:" if authors else f"{paper.title}{year}:"


def _unmentioned_names(library: Library, question: str) -> list[str]:
    """Names in a question that neither a passage nor a paper's head mentions."""
    names = dict.fromkeys(name for name in _NAME.findall(question))
    return [name for name in names if not library.mentions(name)]


def _not_answered(
    library: Library, question: str, hits: Sequence[Hit], unmentioned: Sequence[str]
) -> Answer:
    nearest = tuple(hits[:NEAREST_SHOWN])
    lines = ["The papers in this library do not answer this question, as far as I can find."]
    if unmentioned:
        names = ", ".join(f"“{name}”" for name in unmentioned)
        lines.append(f"They never mention {names}.")
    if not library.count_passages():
        lines = ["The library is empty. Add papers to it, then ask again."]
    elif nearest:
        lines.append("The nearest passages are in:")
    papers = {paper.id: paper for paper in library.papers()}
    lines += [f"- {_place(papers.get(hit.paper_id), hit.passage)}" for hit in nearest]
    return Answer(question=question, text="\n".join(lines), answered=False, nearest=nearest)


def _place(paper: Paper | None, passage: Passage) -> str:
    title = paper.title if paper else passage.paper_id
    authors = f"{' and '.join(paper.authors)}, " if paper and paper.authors else ""
    section = f" ({' > '.join(passage.section)})" if passage.section else ""
    return f"{authors}{title}{section}"

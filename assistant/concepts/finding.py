"""The concepts of a library, found in it: its papers' keywords, and terms by C-value."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.concepts.corpus import Corpus
from assistant.concepts.terms import c_values
from assistant.concepts.types import ConceptName
from assistant.concepts.words import Key, key_of, places_in
from assistant.names import parse_name
from ingest.types import Paper, Passage

MOST = 40
"""Concepts that are offered at most."""

_LOOKED_AT = 3 * MOST
_LEAST_PASSAGES = 2
_KEYWORD, _HEADING = 3.0, 1.5
_LONGEST_KEYWORD = 6
_READ = 20
"""Passages that are read for how a term is written and what stands around it."""

_QUOTES = re.compile(r'["“”«»]')
_CONTEXT, _NEAR = 3, 60
"""Words before a phrase, and characters around it, that tell whether it stands by itself."""

Place = tuple[str, int, int]
"""A text, and a phrase's characters in it."""


def concepts(corpus: Corpus, papers: Sequence[Paper]) -> list[ConceptName]:
    """The concepts that papers are about.

    Candidates are the papers' keywords and the terms by C-value
    (`assistant.concepts.terms`). One is worth its C-value times the logarithm of one more
    than the papers that use it, three times as much if it is a keyword, and one and a half
    times as much if it stands in a title or heading.

    Args:
        corpus: The passages.
        papers: Their papers.

    Returns:
        At most `MOST`, the best first, each once whatever its number, case and hyphens.
    """
    keywords = _keywords(papers)
    values = c_values(corpus.counted)
    best = sorted(values, key=lambda key: (-values[key], key))[:_LOOKED_AT]
    authors = {key for paper in papers for name in paper.authors for key in _surname(name)}
    headed = _spaced_headings(corpus.passages, papers)
    found: dict[str, ConceptName] = {}
    for key in dict.fromkeys([*keywords, *best]):
        if key not in keywords and authors.intersection(key):
            continue
        passages = corpus.holding(key)
        known = _described(key, passages, values.get(key), keywords, headed)
        joined = "".join(key)
        if known and known.score > (found[joined].score if joined in found else 0):
            found[joined] = known
    return sorted(found.values(), key=lambda concept: (-concept.score, concept.name))[:MOST]


def _described(
    key: Key,
    passages: Sequence[Passage],
    value: float | None,
    keywords: Iterable[Key],
    headed: str,
) -> ConceptName | None:
    keyword = key in keywords
    read = [(p.text, *place) for p in passages[:_READ] for place in places_in(p.text, key)]
    if not read or (not keyword and (len(passages) < _LEAST_PASSAGES or _is_fixed(read))):
        return None
    papers = len({passage.paper_id for passage in passages})
    worth = math.log2(1 + len(key)) * len(passages) if value is None else value
    score = worth * math.log2(1 + papers) * (_KEYWORD if keyword else 1.0)
    score *= _HEADING if f" {' '.join(key)} " in headed else 1.0
    return ConceptName(_best_spelling(read), papers, len(passages), keyword, score)


def _keywords(papers: Sequence[Paper]) -> set[Key]:
    keys = {key_of(keyword) for paper in papers for keyword in paper.keywords}
    return {key for key in keys if len("".join(key)) > 0 and _is_short(key)}


def _is_short(key: Key) -> bool:
    return len(key) <= _LONGEST_KEYWORD or all(len(word) == 1 for word in key)


def _surname(author: str) -> Key:
    """What a person is called by; the words of an organisation's name are terms as others are."""
    name = parse_name(author)
    return key_of(name.family) if name.given or " " not in name.family else ()


def _spaced_headings(passages: Sequence[Passage], papers: Sequence[Paper]) -> str:
    headings = {heading for passage in passages for heading in passage.section}
    titles = [*headings, *(paper.title for paper in papers)]
    return "  |  ".join(f" {' '.join(key_of(title))} " for title in titles)


def _is_fixed(read: Iterable[Place]) -> bool:
    """Whether a phrase always stands in the same words, as in a notice on every paper."""
    around = {
        (
            key_of(text[max(start - _NEAR, 0) : start])[-_CONTEXT:],
            key_of(text[end : end + _NEAR])[:1],
        )
        for text, start, end in read
    }
    return len(around) < _LEAST_PASSAGES


def wording(corpus: Corpus, key: Key) -> str | None:
    """How a library writes a term.

    Args:
        corpus: The library's passages.
        key: Of the term.

    Returns:
        The most frequent spelling, in small letters where it is written so somewhere; None
        where no passage has it.
    """
    read = [
        (p.text, *place) for p in corpus.holding(key)[:_READ] for place in places_in(p.text, key)
    ]
    return _best_spelling(read) if read else None


def _best_spelling(read: Iterable[Place]) -> str:
    spellings = Counter(_QUOTES.sub("", text[start:end]) for text, start, end in read)
    best, _ = max(
        spellings.items(), key=lambda item: (item[0] == item[0].lower(), item[1], item[0])
    )
    return best

"""What the papers say of a concept: its definitions and uses, paper by paper."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from assistant.concepts.aliases import aliases
from assistant.concepts.corpus import Corpus, Place
from assistant.concepts.defining import defines
from assistant.concepts.finding import concepts
from assistant.concepts.quotes import Quoter, numbered
from assistant.concepts.terms import stands_alone
from assistant.concepts.types import Concept, ConceptEntry
from assistant.concepts.words import Key, key_of
from assistant.halves import without_halves
from assistant.names import parse_name
from assistant.types import Citation
from ingest.errors import BadQuery
from ingest.types import Paper, Passage

if TYPE_CHECKING:
    from vectorstore.library import Library

MOST_DEFINITIONS, MOST_USES = 4, 3
"""Quotes of one paper."""

LONGEST_NAME = 120
"""Characters of a concept's name."""

_NEAREST = 5
_LAST = 9999


def describe(
    library: Library,
    corpus: Corpus,
    name: str,
    papers: Sequence[str] | None = None,
    also: Sequence[str] = (),
) -> Concept:
    """A concept across papers.

    Args:
        library: Where they are.
        corpus: Their passages.
        name: What the concept is called.
        papers: Ids of the papers to read; all where None.
        also: Names to count as the concept's besides those that papers state.

    Returns:
        What was found, each quote checked at its place.

    Raises:
        BadQuery: The name is empty or too long.
    """
    name = " ".join(without_halves(name).split())
    key = key_of(name)
    if not key or len(name) > LONGEST_NAME:
        raise BadQuery(
            f"A concept's name has between 1 and {LONGEST_NAME} characters, with a letter or digit "
            f"among them; this one has {len(name)}. Type a term, such as “public goods”."
        )
    known = {paper.id: paper for paper in library.papers()}
    scope = [known[key] for key in papers if key in known] if papers is not None else known.values()
    quoter = Quoter(library, known)
    others = {key_of(other) for other in also}
    names = [
        replace(alias, merged=alias.merged or key_of(alias.name) in others)
        for alias in aliases(corpus, key, quoter)
    ]
    merged = (key, *(key_of(alias.name) for alias in names if alias.merged))
    found = _found(corpus, merged, {paper.id for paper in scope})
    entries = _entries(library, quoter, name, found, scope)
    absent = tuple(paper for paper in _in_order(scope) if paper.id not in found)
    nearest = () if entries else _nearest(library, corpus, name, tuple(known.values()))
    return Concept(name, tuple(names), entries, absent, nearest)


Line = tuple[str, int, int]
"""A sentence: its passage's id, and its characters there."""


@dataclass(slots=True)
class _Used:
    """The sentences of a paper that name a concept.

    ``defining`` are those that define it, ``alone`` those where it is no part of a longer term.
    """

    sentences: dict[Line, Passage] = field(default_factory=dict)
    defining: set[Line] = field(default_factory=set)
    alone: set[Line] = field(default_factory=set)
    wordings: Counter[str] = field(default_factory=Counter)

    @property
    def passages(self) -> set[str]:
        return {passage for passage, _, _ in self.sentences}

    @property
    def names(self) -> tuple[str, ...]:
        """The wordings, the most frequent first, each in its most frequent case."""
        kept: dict[str, str] = {}
        for wording, _ in self.wordings.most_common():
            kept.setdefault(wording.casefold(), wording)
        return tuple(kept.values())


def _found(corpus: Corpus, keys: Iterable[Key], papers: set[str]) -> dict[str, _Used]:
    found: dict[str, _Used] = defaultdict(_Used)
    for key in dict.fromkeys(keys):
        for place in corpus.places(key):
            if place.passage.paper_id in papers:
                _note(found[place.passage.paper_id], place)
    return found


def _note(used: _Used, place: Place) -> None:
    start, end = place.sentence
    line = place.passage.id, start, end
    used.sentences[line] = place.passage
    used.wordings[_spelling(place.wording)] += 1
    if defines(place.passage.text[start:end], place.start - start, place.end - start):
        used.defining.add(line)
    if stands_alone(place.passage.text, place.start, place.end):
        used.alone.add(line)


def _spelling(wording: str) -> str:
    """A wording without the capital that only the head of its sentence gives it."""
    return wording.lower() if wording[1:] == wording[1:].lower() else wording


def _entries(
    library: Library,
    quoter: Quoter,
    name: str,
    found: Mapping[str, _Used],
    papers: Iterable[Paper],
) -> tuple[ConceptEntry, ...]:
    ids = sorted({passage for used in found.values() for passage in used.passages})
    query = library.embedder.encode_query(f"What is {name}?")
    late = library.late(query, ids) if ids else {}
    scores = {key: place.score for key, place in late.items()}
    entries: list[ConceptEntry] = []
    number = 1
    for paper in _in_order(p for p in papers if p.id in found):
        used = found[paper.id]
        definitions = _quotes(quoter, used, used.defining, scores, MOST_DEFINITIONS)
        uses = _quotes(quoter, used, used.sentences.keys() - used.defining, scores, MOST_USES)
        definitions, uses = (
            numbered(definitions, number),
            numbered(uses, number + len(definitions)),
        )
        number += len(definitions) + len(uses)
        entries.append(ConceptEntry(paper, definitions, uses, len(used.passages), used.names))
    return tuple(entries)


def _quotes(
    quoter: Quoter,
    used: _Used,
    lines: Iterable[Line],
    scores: Mapping[str, float],
    most: int,
) -> tuple[Citation, ...]:
    """Some sentences, in reading order.

    Those come first where the concept is no part of a longer term, then one of each passage
    before two of any, then those of the best passages.
    """
    taken: Counter[str] = Counter()
    ranked: list[tuple[bool, int, float, Line]] = []
    for line in sorted(lines):
        ranked.append((line not in used.alone, taken[line[0]], -scores.get(line[0], -1.0), line))
        taken[line[0]] += 1
    found = [
        citation
        for *_, line in sorted(ranked)[:most]
        for citation in quoter.quoted(used.sentences[line], *line[1:])
    ]
    return tuple(sorted(found, key=lambda citation: citation.spans[0].start))


def _in_order(papers: Iterable[Paper]) -> list[Paper]:
    return sorted(papers, key=lambda paper: (paper.year or _LAST, _author(paper), paper.title))


def _author(paper: Paper) -> str:
    return parse_name(paper.authors[0]).family.casefold() if paper.authors else ""


def _nearest(
    library: Library, corpus: Corpus, name: str, papers: Sequence[Paper]
) -> tuple[str, ...]:
    """The concepts of the library whose names mean most nearly the same."""
    names = [concept.name for concept in concepts(corpus, papers)]
    if not names:
        return ()
    vectors = library.embedder.embed_passages([name, *names])
    order = np.argsort(-(vectors[1:] @ vectors[0]), kind="stable")
    return tuple(names[i] for i in order[:_NEAREST].tolist())

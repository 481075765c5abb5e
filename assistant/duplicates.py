"""Papers that are much the same: by their DOI, their text, or their title.

Nothing is refused or removed for it; who owns the library decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assistant.types import Duplicate
from ingest.sketch import title_key, title_sketch, words
from ingest.types import Paper

if TYPE_CHECKING:
    from vectorstore.library import Library

CONTAINED = 0.25
"""The share of the shorter text that must stand in the other. Of the real papers at hand, none
has more than 6 % of another's five-word runs; with 2 % of the letters misread, half are left."""
_LEAST_SHARED = 5
"""Hashes, some 160 words: shorter stretches are quotations."""
_ALIKE = 0.75
_TITLE_WORDS = 3
_NUMBER = re.compile(r"\d+|[ivx]+|[b-z]")


def similar(library: Library, paper: Paper, sketch: tuple[int, ...]) -> list[Duplicate]:
    """The papers of a library that are much the same as one.

    The cost grows with the length of the paper, not with the library.

    Args:
        library: Where to look.
        paper: The paper, of this library or about to be added.
        sketch: Of its text, see `ingest.sketch`.

    Returns:
        The others, and why; best reasons first.
    """
    reasons: dict[str, list[str]] = {}
    for paper_id, reason in (
        *_by_doi(library, paper),
        *_by_text(library, sketch),
        *_by_title(library, paper),
    ):
        reasons.setdefault(paper_id, []).append(reason)
    found = ((library.paper(paper_id), why) for paper_id, why in reasons.items())
    return [
        Duplicate(paper, other, tuple(why))
        for other, why in found
        if other and other.id != paper.id and other.source_path != paper.source_path
    ]


def duplicates(library: Library) -> list[Duplicate]:
    """All pairs of papers of a library that are much the same, each once.

    Args:
        library: Where to look.

    Returns:
        The pairs, by the titles of the first.
    """
    pairs: dict[frozenset[str], Duplicate] = {}
    for paper in library.papers():
        sketch = library.descriptions.sketch(paper.id, paper.title)
        for found in similar(library, paper, sketch):
            pairs.setdefault(frozenset((found.paper.id, found.other.id)), found)
    return list(pairs.values())


def warning(found: Duplicate) -> str:
    """What is told when a paper is added that is much the same as another."""
    other = found.other
    return (
        f"Much the same as “{other.title}” ({other.id[:8]}): {', '.join(found.reasons)}. If it is "
        f"the same paper, remove one of them, such as with `govassist remove {other.id[:8]}`."
    )


def _by_doi(library: Library, paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.doi:
        for paper_id in library.descriptions.of_doi(paper.doi):
            yield paper_id, "same DOI"


def _by_text(library: Library, sketch: tuple[int, ...]) -> Iterator[tuple[str, str]]:
    for other in library.descriptions.sharing(sketch, _LEAST_SHARED):
        share = other.shared / max(1, min(other.size, len(sketch)))
        if share >= CONTAINED:
            yield other.paper_id, f"about {share:.0%} of the shorter text stands in the other"


def _by_title(library: Library, paper: Paper) -> Iterator[tuple[str, str]]:
    key = title_key(paper.title)
    if len(key.split()) < _TITLE_WORDS or paper.found.get("title") == "file name":
        return
    pairs = title_sketch(paper.title)
    near = library.descriptions.sharing(pairs, max(1, len(pairs) // 2))
    same = library.descriptions.of_title(paper.title)
    for paper_id in dict.fromkeys((*same, *(other.paper_id for other in near))):
        other = library.paper(paper_id)
        if other and _authors_agree(paper.authors, other.authors):
            if title_key(other.title) == key:
                yield paper_id, "same title"
            elif _alike(key.split(), title_key(other.title).split()):
                yield paper_id, "nearly the same title"


def _alike(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether titles share most words; parts and years of one work have another number."""
    first, second = set(one), set(other)
    if any(_NUMBER.fullmatch(word) for word in first ^ second):
        return False
    return len(first & second) >= _ALIKE * len(first | second)


def _authors_agree(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether an author's name is among the others, or nobody is known."""
    first, second = ({w for name in names for w in words(name)} for names in (one, other))
    return not first or not second or any(len(w) > 1 or not w.isascii() for w in first & second)

"""What an answer is made of: the best hits, or those in the papers that the question names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from assistant.naming import papers_by_name
from assistant.search import search
from assistant.settings import SearchSettings
from assistant.types import Hit

if TYPE_CHECKING:
    from assistant.condense import Query
    from vectorstore.library import Library

_RANKED = 60
"""How many passages of named papers are ranked at least, for each name to get its share."""


AskedPapers = Literal["all", "chosen", "named"]
"""Which papers are asked: all, those that the reader chose, or those of the authors named."""


class Found(NamedTuple):
    """Hits for an answer, best first.

    ``asked`` says which papers they are of. ``nearest`` are the best of all papers in scope.
    """

    hits: Sequence[Hit]
    asked: AskedPapers
    nearest: Sequence[Hit]


def find(
    library: Library,
    question: str,
    queries: Sequence[Query],
    depth: int,
    papers: Sequence[str] | None,
    settings: SearchSettings,
) -> Found:
    """Find what a question is answered from.

    Who asks what somebody says is not answered from what somebody else says: a question
    that names authors is answered from their papers alone, and each name has an equal share.

    Args:
        library: Where to look.
        question: As asked; names of earlier turns are not meant again.
        queries: The queries it is searched with.
        depth: How many hits at most.
        papers: Ids of the papers to look in; all where None.
        settings: How to search.

    Returns:
        What was found.
    """
    nearest = search(library, queries, depth, papers, settings)
    names = _papers_by_name(library, question, papers) if settings.named else []
    named = set[str]().union(*names)
    if not named or (len(names) == 1 and named.issuperset(hit.paper_id for hit in nearest)):
        asked: AskedPapers = "named" if named else "all" if papers is None else "chosen"
        return Found(nearest, asked, nearest)
    ranked = search(library, queries, max(depth, _RANKED), sorted(named), settings)
    return Found(_shared_out(ranked, depth, names), "named", nearest)


def _papers_by_name(
    library: Library, question: str, papers: Sequence[str] | None
) -> list[frozenset[str]]:
    scope = [paper.id for paper in library.papers()] if papers is None else papers
    return papers_by_name(question, library.authors(scope))


def _shared_out(ranked: Sequence[Hit], depth: int, names: Sequence[frozenset[str]]) -> list[Hit]:
    """The best hits in their order, each name's as many while others' are left."""
    share = max(1, depth // len(names))
    own = [[hit for hit in ranked if hit.paper_id in papers][:share] for papers in names]
    chosen = {hit.passage.id for hits in own for hit in hits}
    others = [hit.passage.id for hit in ranked if hit.passage.id not in chosen]
    chosen.update(others[: depth - len(chosen)])
    return [hit for hit in ranked if hit.passage.id in chosen][:depth]

"""Which sentences an answer quotes, within its length."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.confidence import content_stems, stems
from assistant.quoting.sentences import Candidate

if TYPE_CHECKING:
    from assistant.condense import Query

MARKS = len("“” [1] ")
"""What a quote takes besides its words."""

_BREAK = len("\n\n")
_SAME = 0.9
"""From this cosine on two sentences say the same."""

_NEW_WORDS = 0.25
"""What a sentence is worth more that has all words of the question, none said before."""

_SHORT = 60
"""Shorter sentences, mostly leads to others, are worth no more for being short."""

_WORTH = 0.02
"""The least worth of a sentence, of the best one's."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How long an answer may be, in characters, frames included.

    ``frames`` has the length of each paper's. ``compared`` are the papers that are each to
    have their share.
    """

    characters: int
    frames: Mapping[str, int]
    compared: Collection[str] = ()

    def cost(self, candidate: Candidate, chosen: Sequence[Candidate]) -> int:
        """How much longer a sentence makes an answer of those chosen."""
        neighbours = {(candidate.passage.id, candidate.number + step) for step in (-1, 1)}
        cost = candidate.size + (1 if neighbours & {c.key for c in chosen} else MARKS)
        paper = candidate.passage.paper_id
        if paper not in {c.passage.paper_id for c in chosen}:
            cost += self.frames.get(paper, 0) + _BREAK
        return cost

    def length(self, chosen: Sequence[Candidate]) -> int:
        """About how long an answer of these sentences is."""
        return sum(self.cost(c, chosen[:i]) for i, c in enumerate(chosen))


def choose(
    candidates: Sequence[Candidate], queries: Sequence[Query], budget: Budget
) -> list[Candidate]:
    """The sentences that are worth most for their length, none said twice.

    Greedy by worth over the square root of length, as for a submodular objective under a
    budget (Lin and Bilmes 2010, Multi-document summarization via budgeted maximization of
    submodular functions, NAACL); what was said counts nothing (Carbonell and Goldstein
    1998, The use of MMR, SIGIR), and words of the question that no chosen sentence has
    count more (Lin and Bilmes 2011, A class of submodular functions for document
    summarization, ACL).

    Args:
        candidates: At least one.
        queries: The queries of the question.
        budget: How long the answer may be.

    Returns:
        At least one sentence, the best first.
    """
    asked = {stem for query in queries[:1] for stem in content_stems(query.text)}
    held = {c.key: asked & stems(c.text) for c in candidates}
    worth = {c.key: math.exp(c.score) / math.sqrt(max(c.size, _SHORT)) for c in candidates}
    chosen: list[Candidate] = []
    left, said, spent, best = list(candidates), set[str](), Counter[str](), 0.0
    while left:
        values = {
            c.key: worth[c.key] * (1 + _NEW_WORDS * len(held[c.key] - said) / max(len(asked), 1))
            for c in left
        }
        candidate = max(left, key=lambda c: values[c.key])
        left.remove(candidate)
        best = best or values[candidate.key]
        if values[candidate.key] < _WORTH * best:
            break
        cost, paper = budget.cost(candidate, chosen), candidate.passage.paper_id
        others = [c.passage.paper_id for c in left]
        fits = spent.total() + cost <= budget.characters
        if chosen and not (fits and _leaves_room(paper, cost, others, spent, budget)):
            continue
        if any(float(candidate.vector @ other.vector) > _SAME for other in chosen):
            continue
        chosen.append(candidate)
        spent[paper] += cost
        said |= held[candidate.key]
    return chosen


def _leaves_room(
    paper: str, cost: int, others: Sequence[str], spent: Counter[str], budget: Budget
) -> bool:
    """Whether a compared paper keeps to its share while another has said nothing yet."""
    waiting = [other for other in budget.compared if not spent[other] and other != paper]
    if not spent[paper] or not set(waiting).intersection(others):
        return True
    return spent[paper] + cost <= budget.characters / len(budget.compared)

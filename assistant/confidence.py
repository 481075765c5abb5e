"""How sure it is that the papers answer a question, told from what was found."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Hit

HITS_READ = 10
"""How many of the best hits are looked at."""


def confidence(hits: Sequence[Hit]) -> float:
    """The score of "the papers answer this".

    Args:
        hits: What was found, best first.

    Returns:
        The best score by late interaction among the first `HITS_READ` hits, in
        [-1, 1], higher is surer; -1 where no hit has one.
    """
    return max((hit.scores.get("late", -1.0) for hit in hits[:HITS_READ]), default=-1.0)

"""A paper's passages as they are read: by section, a few screens at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.types import Passage

_STRETCH = 2_500
_SCREEN = 10_000
"""So many characters at least are shown at once, where there are so many."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Passages that follow each other in one section; ``begins`` it, or goes on with it."""

    section: tuple[str, ...]
    passages: tuple[Passage, ...]
    begins: bool

    @property
    def characters(self) -> int:
        """How long it is."""
        return sum(len(passage.text) for passage in self.passages)


def stretches(passages: Sequence[Passage]) -> list[Stretch]:
    """A paper in stretches that are short enough to begin to read at any of them.

    Args:
        passages: Of one paper, in reading order.

    Returns:
        Its stretches, in the same order.
    """
    found: list[Stretch] = []
    for section, own in groupby(passages, key=lambda passage: passage.section):
        begins, taken, length = True, list[Passage](), 0
        for passage in own:
            if taken and length + len(passage.text) > _STRETCH:
                found.append(Stretch(section, tuple(taken), begins))
                begins, taken, length = False, [], 0
            taken.append(passage)
            length += len(passage.text)
        found.append(Stretch(section, tuple(taken), begins))
    return found


def end_of_screen(paper: Sequence[Stretch], start: int) -> int:
    """Where the stretches end that are shown at once.

    Args:
        paper: Its stretches.
        start: The first that is shown.

    Returns:
        The place behind the last that is shown.
    """
    end, length = start, 0
    while end < len(paper) and length < _SCREEN:
        length += paper[end].characters
        end += 1
    return end


def start_of_previous(paper: Sequence[Stretch], start: int) -> int:
    """Where the screen begins that ends before a stretch.

    Args:
        paper: Its stretches.
        start: A stretch.

    Returns:
        The first stretch of the screen before it.
    """
    first, length = start, 0
    while first > 0 and length < _SCREEN:
        first -= 1
        length += paper[first].characters
    return first


def stretch_of(paper: Sequence[Stretch], passage_id: str) -> int | None:
    """In which stretch a passage stands; None where it is none of the paper's.

    Args:
        paper: Its stretches.
        passage_id: The passage's id.

    Returns:
        Its place.
    """
    for place, stretch in enumerate(paper):
        if any(passage.id == passage_id for passage in stretch.passages):
            return place
    return None


def holding(passages: Sequence[Passage], words: str) -> list[Passage]:
    """The passages in which all of some words stand, whatever their case.

    Args:
        passages: Where to look.
        words: Words, or beginnings of some.

    Returns:
        The passages, in their order.
    """
    wanted = words.casefold().split()
    return [p for p in passages if all(word in p.text.casefold() for word in wanted)]

"""The same formula in other words: lists whose items answer each other one by one.

Translations of one formula vary: "co-consultation, co-construction and sharing" is "extensive
consultation, joint construction and sharing" elsewhere. Two lists are taken for one formula where
they have the same number of items, at least three, and all but one of these share their last
word with the item in the same place of the other list; and where one of the lists is a formula
at all, which stands in quote marks somewhere. Names that stand in one list together are names of
two things, whatever other lists say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.concepts.words import Key, key_of, places_in
from assistant.function_words import FUNCTION_WORDS
from ingest.types import Passage

_WORD = r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*"
_ITEM = rf"{_WORD}(?: {_WORD}){{0,2}}"
_LIST = re.compile(
    rf"(?<![\w-])(?P<open>[\"“]?)(?P<items>{_ITEM}(?:, {_ITEM})+),? and (?P<last>{_ITEM})"
)
_LEAST_ITEMS = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """A list in a passage; ``start`` and ``end`` are its characters there."""

    items: tuple[str, ...]
    keys: tuple[Key, ...]
    quoted: bool
    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The list as it is written."""
        return self.passage.text[self.start : self.end]


def lists(passages: Sequence[Passage], stops: Callable[[str], bool]) -> list[Listed]:
    """The lists in passages, of three items or more, of three words at most.

    Args:
        passages: Passages.
        stops: Whether a word, by its key, cannot be of a name.

    Returns:
        The lists in their order.
    """
    found = [listed for passage in passages for listed in _lists_in(passage, stops)]
    last = {listed.keys[-1] for listed in found}
    return [_shortened(listed, last) for listed in found]


def _shortened(listed: Listed, last: Collection[Key]) -> Listed:
    """A list without what follows its last item, told by lists that end in this item."""
    key = listed.keys[-1]
    shorter = next((key[:size] for size in range(1, len(key)) if key[:size] in last), key)
    if shorter == key:
        return listed
    *items, whole = listed.items
    item = whole[: next(places_in(whole, shorter))[1]]
    return replace(
        listed,
        items=(*items, item),
        keys=(*listed.keys[:-1], shorter),
        end=listed.end - len(whole) + len(item),
    )


def _lists_in(passage: Passage, stops: Callable[[str], bool]) -> Iterator[Listed]:
    for match in _LIST.finditer(passage.text):
        first, *middle = match["items"].split(", ")
        items = [_last_words(first, stops), *middle, _first_words(match["last"], stops)]
        keys = [key_of(item) for item in items]
        if len(items) >= _LEAST_ITEMS and all(keys) and len(set(keys)) == len(keys):
            start = match.start("items") + len(first) - len(items[0])
            end = match.start("last") + len(items[-1])
            quoted = bool(match["open"]) and items[0] == first
            yield Listed(tuple(items), tuple(keys), quoted, passage, start, end)


def _last_words(item: str, stops: Callable[[str], bool]) -> str:
    """What of a list's first item is behind its last stop: "concept of X" is X."""
    return item[max((end for _, end in _stops_in(item, stops)), default=0) :].lstrip(" -")


def _first_words(item: str, stops: Callable[[str], bool]) -> str:
    return item[: min((start for start, _ in _stops_in(item, stops)), default=len(item))].rstrip(
        " -"
    )


def _stops_in(item: str, stops: Callable[[str], bool]) -> list[tuple[int, int]]:
    words = [(match.group().lower(), *match.span()) for match in re.finditer(r"\S+", item)]
    return [
        (a, b) for word, a, b in words if word in FUNCTION_WORDS or stops(" ".join(key_of(word)))
    ]


@dataclass(frozen=True, slots=True)
class Parallel:
    """A name that stands in the place of another, with the lists of both."""

    name: str
    own: Listed
    other: Listed


class Formulas:
    """The lists of a library, to look names up in.

    Args:
        found: See `lists`.
    """

    def __init__(self, found: Sequence[Listed]) -> None:
        unlike = {listed.keys: listed for listed in found}
        self._lists = tuple((key_of(listed.text), listed) for listed in unlike.values())
        self._quoted = {listed.keys for listed in found if listed.quoted}
        self._together = {
            (one, other) for listed in found for one in listed.keys for other in listed.keys
        }

    def beside(self, key: Key) -> list[Parallel]:
        """The names that stand in the place of a term, or of a whole list.

        Args:
            key: Of the term, or of the list with its "and".

        Returns:
            Each name once.
        """
        found: dict[Key, Parallel] = {}
        for text, own in self._lists:
            whole = text == key
            if not whole and key not in own.keys:
                continue
            for _, other in self._lists:
                for place in self._differing(own, other):
                    if whole:
                        name = other.text
                    elif own.keys[place] == key and not self._are_two(key, other.keys[place]):
                        name = other.items[place]
                    else:
                        continue
                    found.setdefault(key_of(name), Parallel(name, own, other))
        return list(found.values())

    def _are_two(self, one: Key, other: Key) -> bool:
        return (one, other) in self._together

    def _differing(self, one: Listed, other: Listed) -> list[int]:
        """The places in which two lists of one formula differ; none where they are of two."""
        if len(one.keys) != len(other.keys) or not (
            self._is_formula(one) or self._is_formula(other)
        ):
            return []
        if _runs_into(one, other) or _runs_into(other, one):
            return []
        pairs = list(zip(one.keys, other.keys, strict=True))
        apart = sum(own[-1] != others[-1] for own, others in pairs)
        return [] if apart > 1 else [i for i, (own, others) in enumerate(pairs) if own != others]

    def _is_formula(self, listed: Listed) -> bool:
        return listed.keys in self._quoted


def _runs_into(one: Listed, other: Listed) -> bool:
    """Whether two lists are the same, but that a sentence runs into the first item of one."""
    longer, shorter = one.keys[0], other.keys[0]
    runs_in = len(longer) > len(shorter) and longer[-len(shorter) :] == shorter
    return runs_in and not one.quoted and one.keys[1:] == other.keys[1:]

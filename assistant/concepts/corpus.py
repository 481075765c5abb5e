"""The passages of a library as concepts are looked up in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.concepts.parallel import Formulas, lists
from assistant.concepts.stated import Stated, stated
from assistant.concepts.terms import Counted, counted
from assistant.concepts.words import Key, places_in, spaced, word_key
from ingest.sentences import split_sentences
from ingest.types import Passage

_HYPHENATED = re.compile(r"\b([^\W\d_]++)[-\u2010\u2011]([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term stands: characters of a passage's text, and those of its sentence."""

    passage: Passage
    start: int
    end: int
    sentence: tuple[int, int]

    @property
    def wording(self) -> str:
        """The term as it is written there."""
        return self.passage.text[self.start : self.end]


class Corpus:
    """Passages, and what of them is asked for again and again; made when first asked for.

    Args:
        passages: In reading order.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = tuple(passages)

    @cached_property
    def counted(self) -> Counted:
        """Its phrases."""
        return counted(passage.text for passage in self.passages)

    @cached_property
    def formulas(self) -> Formulas:
        """Its lists."""
        behaviour = self.counted.behaviour

        def is_verbal(word: str) -> bool:
            return word in behaviour and behaviour[word].is_verbal

        return Formulas(lists(self.passages, is_verbal))

    @cached_property
    def stated(self) -> list[Stated]:
        """The pairs of names that its sentences give to one thing."""
        return [pair for passage in self.passages for pair in stated(passage)]

    @cached_property
    def hyphenated(self) -> frozenset[tuple[str, str]]:
        """Pairs of parts that a hyphen joins somewhere."""
        return frozenset(
            (word_key(one), word_key(other))
            for passage in self.passages
            for one, other in _HYPHENATED.findall(passage.text)
        )

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(spaced(passage.text) for passage in self.passages)

    def holding(self, key: Key) -> list[Passage]:
        """The passages that have a term.

        Args:
            key: Of the term; not empty.

        Returns:
            Passages in reading order.
        """
        wanted = f" {' '.join(key)} "
        return [p for p, text in zip(self.passages, self._texts, strict=True) if wanted in text]

    def places(self, key: Key) -> Iterator[Place]:
        """Where a term stands within a sentence.

        Args:
            key: Of the term; not empty.

        Yields:
            Its places in reading order.
        """
        for passage in self.holding(key):
            sentences = split_sentences(passage.text)
            for start, end in places_in(passage.text, key):
                sentence = next((s for s in sentences if s[0] <= start and end <= s[1]), None)
                if sentence:
                    yield Place(passage, start, end, sentence)

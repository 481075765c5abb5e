"""Concepts of a library that may change: its passages are read once for each state of it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.concepts.corpus import Corpus
from assistant.concepts.describing import describe
from assistant.concepts.finding import concepts
from assistant.concepts.types import Concept, ConceptName

if TYPE_CHECKING:
    from vectorstore.library import Library


class ConceptReader:
    """Finds and describes the concepts of a library; sessions may share one.

    Args:
        library: The library.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._read: tuple[str, Corpus] | None = None

    def concepts(self) -> list[ConceptName]:
        """See `assistant.concepts.finding.concepts`."""
        return concepts(self._corpus(), self._library.papers())

    def concept(self, name: str, papers: Sequence[str] | None, also: Sequence[str]) -> Concept:
        """See `assistant.concepts.describing.describe`."""
        return describe(self._library, self._corpus(), name, papers, also)

    def _corpus(self) -> Corpus:
        with self._lock:
            state = self._library.fingerprint()
            if self._read is None or self._read[0] != state:
                self._read = state, Corpus(self._library.passages())
            return self._read[1]

"""A library as it is read: papers, passages and what is known of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from uuid import uuid4

from ingest.layout import Layout
from ingest.types import Paper, ParsedPaper, Passage
from vectorstore.descriptions import Descriptions
from vectorstore.guarded import GuardedIndexes
from vectorstore.protocols import Embedder
from vectorstore.recent import Recent

_LOOKED_AT = 20
"""So many of the passages with a word tell how it is written."""


class ReadableLibrary(GuardedIndexes):
    """The part of a `vectorstore.library.Library` that neither searches nor writes."""

    def __init__(self, path: Path, embedder: Embedder, *, lock_timeout: float = 10.0) -> None:
        self._passages = Recent[Passage]()
        self._authors = Recent[tuple[str, ...]]()
        self._fingerprint: str | None = None
        self._paper_ids: frozenset[str] | None = None
        self._opening = uuid4().hex
        super().__init__(path, embedder, lock_timeout=lock_timeout)

    def papers(self) -> list[Paper]:
        """All papers, by title."""
        return self._catalog.papers()

    def paper(self, paper_id: str) -> Paper | None:
        """One paper, or None."""
        return self._catalog.paper(paper_id)

    def paper_at(self, source_path: str) -> Paper | None:
        """The paper read from this path, or None."""
        return self._catalog.paper_at(source_path)

    def known_papers(self, ids: Sequence[str]) -> set[str]:
        """The ids among ``ids`` that papers have."""
        with self._unchanged():
            if self._paper_ids is None:
                self._paper_ids = self._catalog.paper_ids()
            return set(self._paper_ids.intersection(ids))

    def authors(self, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The authors of the papers among ``ids`` that exist."""
        with self._unchanged():
            return self._authors.of(list(ids), self._catalog.authors)

    def parsed(self, paper_id: str) -> ParsedPaper | None:
        """A paper as it was parsed, or None."""
        return self._catalog.parsed(paper_id)

    def layout(self, paper_id: str) -> Layout | None:
        """The pages of a paper's file and the places of its words; None without pages."""
        return self._catalog.layout(paper_id)

    @property
    def descriptions(self) -> Descriptions:
        """What is said of papers, how well they were read, and which are alike; to be read."""
        return self._catalog.descriptions

    def passages(self, paper_id: str | None = None) -> list[Passage]:
        """The passages of one paper or of all, in reading order."""
        return list(self._catalog.passages(paper_id))

    def passages_by_id(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages among ``ids`` that are in the library."""
        with self._unchanged():
            return self._passages.of(ids, self._catalog.passages_by_id)

    def count_papers(self) -> int:
        """Number of papers."""
        return self._catalog.count_papers()

    def count_passages(self, paper_id: str | None = None) -> int:
        """Number of passages of one paper, or of all."""
        return self._catalog.count_passages(paper_id)

    def passage_counts(self) -> dict[str, int]:
        """Number of passages of each paper, by its id."""
        return self._catalog.passage_counts()

    def fingerprint(self) -> str:
        """What identifies the indexes: SHA-256, in hexadecimal, of what decides them.

        That is the embedder's record, and every passage's id, which stands for paper, place
        and text, its kind and its context.
        """
        with self._unchanged():
            if self._fingerprint is None:
                self._fingerprint = self._catalog.digest(self.embedder.record)
            return self._fingerprint

    def revision(self) -> str:
        """A text that is a new one after every change of the library, whoever made it.

        It is a new one, too, whenever the library is opened.
        """
        return f"{self._opening}:{self._catalog.revision()}"

    def source(self, paper_id: str) -> str:
        """The decoded text of a paper's file, which spans index."""
        return self._catalog.source(paper_id)

    def mentions(self, word: str) -> bool:
        """Whether a passage, a title, an author or a heading holds a word, inflections apart."""
        with self._reading() as indexes:
            return indexes.mentions(word)

    def writes_small(self, word: str) -> bool:
        """Whether a passage has a word in small letters, so that it is no name."""
        with self._reading() as indexes:
            ids = [key for key, _ in indexes.lexical.search(word, _LOOKED_AT)]
            texts = [passage.text for passage in self.passages_by_id(ids).values()]
        small = re.compile(rf"\b{re.escape(word.lower())}\b")
        return any(map(small.search, texts))

    def frequencies(self, phrases: Iterable[str]) -> dict[str, int]:
        """In how many passages, context included, each phrase stands, inflections apart."""
        with self._reading() as indexes:
            return {phrase: indexes.frequency(phrase) for phrase in phrases}

    def problems(self) -> list[str]:
        """Compare catalog and indexes id by id.

        Returns:
            What is wrong, in sentences; empty where the library is sound.
        """
        with self._reading() as indexes:
            expected = {passage.id for passage in self._catalog.passages()}
            return [
                f"{name}: {len(expected - ids)} passages missing, {len(ids - expected)} too many"
                for name, ids in indexes.passage_ids().items()
                if ids != expected
            ]

    def _forget(self) -> None:
        self._fingerprint = self._paper_ids = None
        self._passages.forget()
        self._authors.forget()

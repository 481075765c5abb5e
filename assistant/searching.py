"""Searching a library: the part of an `Assistant` that finds, and answers nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.condense import Query, checked_question, queries
from assistant.curating import Curator
from assistant.settings import SearchSettings
from assistant.types import Hit
from ingest.errors import BadQuery

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

    from assistant.concepts import Concept, ConceptName
    from assistant.concepts.reading import ConceptReader
    from assistant.evaluation.collection import Collection
    from assistant.evaluation.types import EvaluationRun, GoldenQuestion
    from ingest.passages import PassageSize
    from vectorstore.library import Library
    from vectorstore.protocols import Progress


class Searcher(Curator):
    """A library and how it is searched.

    Args:
        library: Where the papers are.
        progress: Told about long work.
        settings: How to search; the defaults where None.
        passage_size: How large the passages of papers added from now on are; the defaults
            where None.
    """

    def __init__(
        self,
        library: Library,
        progress: Progress | None = None,
        settings: SearchSettings | None = None,
        passage_size: PassageSize | None = None,
    ) -> None:
        super().__init__(library, progress, passage_size)
        self._settings = settings or SearchSettings()

    @property
    def settings(self) -> SearchSettings:
        """How it searches."""
        return self._settings

    @property
    def collection(self) -> Collection:
        """The golden questions that are kept with the library."""
        from assistant.evaluation.collection import Collection

        return Collection(self._library.path)

    def search(
        self,
        question: str,
        k: int = 10,
        history: Sequence[Any] | None = None,
        papers: Sequence[str] | None = None,
    ) -> list[Hit]:
        """Find the passages that answer a question.

        Args:
            question: In plain words, at most 1,000 characters.
            k: How many hits at most.
            history: Earlier turns, oldest first, as
                ``{"role": "user" | "assistant", "content": "…"}``.
            papers: Ids of the papers to look in; all where None.

        Returns:
            Hits, best first.

        Raises:
            BadQuery: The question is empty or too long, or ``k`` is below 1.
            BadHistory: A turn is not in that form.
            UnknownPaper: An id in ``papers`` is not in the library.
        """
        from assistant.search import search

        if not isinstance(k, int) or k < 1:
            raise BadQuery(f"k is {k!r}; ask for a whole number of hits, at least 1.")
        asked = self._queries(checked_question(question), history)
        return search(self._library, asked, k, self._checked_scope(papers), self._settings)

    def concepts(self) -> list[ConceptName]:
        """The concepts of the library: its papers' keywords, and the terms they use most.

        Returns:
            At most 40, the best first.
        """
        return self._concept_reader.concepts()

    def concept(
        self, name: str, papers: Sequence[str] | None = None, also: Sequence[str] = ()
    ) -> Concept:
        """What the papers say of a concept: definitions and uses, by year and author.

        Args:
            name: What it is called; number, case and hyphens do not matter.
            papers: Ids of the papers to read; all where None.
            also: Names to count as the concept's besides those that papers state.

        Returns:
            Quotes by paper, other names with their evidence, and the papers without it.

        Raises:
            BadQuery: The name is empty or too long.
            UnknownPaper: An id in ``papers`` is not in the library.
        """
        return self._concept_reader.concept(name, self._checked_scope(papers), also)

    def evaluate(
        self, questions: str | Path | Sequence[GoldenQuestion], depth: int = 20
    ) -> EvaluationRun:
        """Ask golden questions, and measure what is found.

        Args:
            questions: The questions, or the JSON Lines file they are in;
                docs/evaluation.md shows its form.
            depth: How many passages of each question are ranked.

        Returns:
            The run: metrics with intervals, and every question's ranking.

        Raises:
            BadGolden: The file is not in that form, or a question points to what
                the library does not hold.
        """
        from assistant.evaluation.golden import read_golden
        from assistant.evaluation.run import evaluate

        if isinstance(questions, (str, Path)):
            questions = read_golden(Path(questions))
        return evaluate(self, questions, depth, self._progress)

    def as_retriever(self, k: int = 10, papers: Sequence[str] | None = None) -> BaseRetriever:
        """This library as a retriever of LangChain.

        Args:
            k: How many documents at most.
            papers: Ids of the papers to look in; all where None.

        Returns:
            A retriever; `assistant.langchain` says what its documents hold.

        Raises:
            UnknownPaper: An id in ``papers`` is not in the library.
        """
        from assistant.langchain import retriever

        return retriever(self, k, self._checked_scope(papers))

    @cached_property
    def _concept_reader(self) -> ConceptReader:
        from assistant.concepts.reading import ConceptReader

        return ConceptReader(self._library)

    def _queries(self, question: str, history: Sequence[Any] | None) -> list[Query]:
        return self._translated(queries(question, history))

    def _found(
        self, question: str, papers: Sequence[str] | None = None
    ) -> tuple[list[Query], list[Hit]]:
        """A question's queries, and what an answer would be made of."""
        from assistant.asking import DEPTH
        from assistant.search import search

        asked = self._queries(question, None)
        return asked, search(self._library, asked, DEPTH, papers, self._settings)

    def _translated(self, asked: list[Query]) -> list[Query]:
        if not self._settings.translate:
            return asked
        from assistant.translate import with_translations

        return with_translations(asked, self._library)

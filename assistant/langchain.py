"""A library in LangChain's terms: a retriever of documents, and a Runnable that answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict

from assistant.references import author_names
from assistant.types import Answer, Hit
from ingest.errors import BadQuery

if TYPE_CHECKING:
    from assistant.api import Assistant
    from assistant.searching import Searcher
    from ingest.types import Paper


class LibraryRetriever(BaseRetriever):
    """The passages of a library as documents, best first.

    A document's ``page_content`` is the passage's text, its ``id`` the passage's. Its
    ``metadata`` holds ``paper_id``, ``title``, ``authors`` (a list), ``year``, ``section``
    (a list of headings), ``pages`` (first and last, or None), ``spans`` (character ranges of
    the source) and ``score`` in [0, 1].
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Any
    k: int
    papers: Sequence[str] | None = None

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
    ) -> list[Document]:
        hits: list[Hit] = self.assistant.search(query, k=self.k, papers=self.papers)
        papers = {paper.id: paper for paper in self.assistant.papers()}
        return [_document(hit, papers[hit.paper_id]) for hit in hits if hit.paper_id in papers]


def retriever(assistant: Searcher, k: int, papers: Sequence[str] | None) -> BaseRetriever:
    """See `Assistant.as_retriever`."""
    return LibraryRetriever(assistant=assistant, k=k, papers=papers)


def runnable(assistant: Assistant) -> Runnable[Any, Answer]:
    """A Runnable that answers.

    It takes a question, or a dict with ``question`` and, where there are any, ``history``
    and ``papers``, as `Assistant.ask` does, and gives an `Answer`.

    Args:
        assistant: Who answers.

    Returns:
        The Runnable; it raises what `Assistant.ask` raises, and `BadQuery` for other input.
    """

    def answer(asked: str | Mapping[str, Any]) -> Answer:
        if isinstance(asked, str):
            return assistant.ask(asked)
        if not isinstance(asked, Mapping) or not isinstance(asked.get("question"), str):
            raise BadQuery(
                f"The input is {asked!r}; give a question, or a dict with 'question' and, where "
                "there are any, 'history' and 'papers'."
            )
        return assistant.ask(asked["question"], asked.get("history"), asked.get("papers"))

    return RunnableLambda(answer, name="GovernanceAssistant")


def _document(hit: Hit, paper: Paper) -> Document:
    return Document(
        id=hit.passage.id,
        page_content=hit.passage.text,
        metadata={
            "paper_id": paper.id,
            "title": paper.title,
            "authors": author_names(paper),
            "year": paper.year,
            "section": list(hit.section),
            "pages": hit.pages,
            "spans": [tuple(span) for span in hit.spans],
            "score": hit.score,
        },
    )

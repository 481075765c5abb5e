"""The public Python API: one class, plain data in and out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from assistant.answerer import Answerer
from assistant.settings import SearchSettings
from assistant.types import Answer
from ingest.errors import BadSettings

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.conversations.kept import Conversations
    from assistant.models.types import ChatModel
    from assistant.records import Record
    from assistant.replay import Replay
    from ingest.passages import PassageSize
    from vectorstore.protocols import Embedder, Progress

MOST_PASSAGES = 30
"""Of an answer; more do not fit into the window of most models."""


class Assistant(Answerer):
    """Questions to a library of papers.

    Made by `Assistant.open`, used as a context manager.
    """

    @classmethod
    def open(
        cls,
        library: str | Path = "library",
        *,
        embedder: str | Embedder | None = None,
        progress: Progress | None = None,
        settings: SearchSettings | None = None,
        passage_size: PassageSize | None = None,
        model: str | ChatModel | None = None,
    ) -> Self:
        """Open a library, made where there is none.

        Args:
            library: Its folder.
            embedder: The name of an embedder, or one; the bundled
                all-MiniLM-L6-v2 where None.
            progress: Told about long work.
            settings: How to search; the defaults where None.
            passage_size: How large the passages of papers added from now on are; the
                defaults where None.
            model: Which language model writes answers: a name such as ``"none"`` (quotes),
                ``"ollama:llama3.2"`` or ``"gguf:/path/model.gguf"``, or one; what
                ``GOVASSIST_MODEL`` names where None, else an Ollama that answers on this
                machine, else quotes. It is opened when the first question is asked.

        Returns:
            The assistant; close it, or use it in a ``with`` statement.

        Raises:
            NotALibrary: The folder is something else.
            EmbedderMismatch: Another embedder made its vectors.
            EmbedderError: The embedder cannot be loaded.
            LibraryUnwritable: The folder cannot be made or written.
        """
        from vectorstore.embedders import load_embedder
        from vectorstore.library import Library

        if embedder is None or isinstance(embedder, str):
            embedder = load_embedder(embedder)
        return cls(Library(Path(library), embedder), progress, settings, passage_size, model)

    def using(self, model: str | ChatModel | None = None, passages: int | None = None) -> Self:
        """The same open library and conversations, answered in another way.

        Args:
            model: Which language model writes answers; see `open`. This assistant's where
                None.
            passages: How many passages an answer is made of, from 1 to 30; as many as this
                assistant's where None.

        Returns:
            An assistant. Closing it lets go of its own model only; it can be used as long as
            this one is open.

        Raises:
            BadModelName: The model's name has no known form.
            BadSettings: The number of passages is out of place.
        """
        from assistant.models.names import parsed

        if passages is not None and passages not in range(1, MOST_PASSAGES + 1):
            raise BadSettings(
                f"An answer cannot be made of {passages!r} passages; choose from 1 to "
                f"{MOST_PASSAGES}."
            )
        if isinstance(model, str):
            parsed(model)
        other = type(self)(self._library, self._progress, self._settings, self._passage_size, model)
        other._origin = self
        other._depth = passages or self._depth
        return other

    def suggest(self, answer: Answer, papers: Sequence[str] | None = None) -> list[str]:
        """Questions to ask next, that the papers do answer.

        Args:
            answer: The answer to go on from.
            papers: Ids of the papers that will be asked; all where None.

        Returns:
            At most three questions; each was searched for.
        """
        from assistant.suggestions import suggestions

        return suggestions(self, answer, papers=papers)

    def replay(self, record: str) -> Replay:
        """Give a recorded answer again, and compare.

        Args:
            record: The id of an answer's record (`Answer.record`).

        Returns:
            The old record, the new one, which is not kept, and what changed.

        Raises:
            UnknownConversation: There is no record of this id.
            UnknownPaper: A paper of its scope is not in the library any more.
        """
        from assistant.replay import compared

        before = self.record(record)
        records: list[Record] = []
        again = self.using(passages=before.depth)
        again._answer(before.question, before.history, before.papers, records.append)
        return compared(before, records[0])

    @property
    def conversations(self) -> Conversations:
        """The conversations that are kept in the library's folder."""
        from assistant.conversations.kept import Conversations

        return Conversations(self, self._conversation_store())

    def as_runnable(self) -> Runnable[Any, Answer]:
        """This assistant as a Runnable of LangChain: a question, or a dict, to an `Answer`.

        Returns:
            A Runnable; `assistant.langchain` says what it takes.
        """
        from assistant.langchain import runnable

        return runnable(self)

    def close(self) -> None:
        """Let go of the library's files, and of a model that this assistant opened.

        What `using` made lets go of its own model only.
        """
        with self._opening:
            if self._store:
                self._store.close()
        with self._model_lock:
            if self._opened_model and self._opened_model is not self._model:
                self._opened_model.close()
        if self._origin is None:
            self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

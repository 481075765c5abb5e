"""The public Python API: one class, plain data in and out."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from assistant.searching import Searcher
from assistant.settings import SearchSettings
from assistant.shelf import Progress
from assistant.types import Answer

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.asking import Asking
    from assistant.conversations.conversation import Conversations
    from assistant.conversations.store import ConversationStore
    from assistant.events import Event
    from assistant.models.types import ChatModel
    from assistant.replay import Replay
    from ingest.passages import PassageSize
    from vectorstore.library import Library
    from vectorstore.protocols import Embedder


class Assistant(Searcher):
    """Questions to a library of papers.

    Made by `Assistant.open`, used as a context manager.
    """

    def __init__(
        self,
        library: Library,
        progress: Progress | None = None,
        settings: SearchSettings | None = None,
        passage_size: PassageSize | None = None,
        model: str | ChatModel | None = None,
    ) -> None:
        super().__init__(library, progress, settings, passage_size)
        self._model = model
        self._opened_model: ChatModel | None = None
        self._model_known = False
        self._store: ConversationStore | None = None
        self._lock = threading.RLock()

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

    def ask(
        self,
        question: str,
        history: Sequence[Any] | None = None,
        papers: Sequence[str] | None = None,
    ) -> Answer:
        """Answer a question from the papers, with citations.

        Args:
            question: In plain words, at most 1,000 characters.
            history: Earlier turns; see `search`.
            papers: Ids of the papers to look in; all where None.

        Returns:
            The answer with its citations, or one with ``answered`` false.

        Raises:
            BadQuery: The question is empty or too long.
            BadHistory: A turn is not in the right form.
            UnknownPaper: An id in ``papers`` is not in the library.
            BadModelName: The model's name has no known form.
        """
        from assistant.asking import last_answer

        return last_answer(self.stream(question, history, papers))

    def stream(
        self,
        question: str,
        history: Sequence[Any] | None = None,
        papers: Sequence[str] | None = None,
        *,
        stop: threading.Event | None = None,
    ) -> Iterator[Event]:
        """Answer a question, and tell what happens; see `ask`.

        A model that is not installed, is down, refuses or breaks is replaced by quotes, and
        the answer's notices say so.

        Args:
            question: In plain words, at most 1,000 characters.
            history: Earlier turns; see `search`.
            papers: Ids of the papers to look in; all where None.
            stop: Ends the model's writing when set; what it wrote is checked and kept.

        Returns:
            Events: `Retrieved`, then `Token` and `SentenceVerified` where a model writes,
            then `Done` with the answer.

        Raises:
            BadQuery: The question is empty or too long.
            BadHistory: A turn is not in the right form.
            UnknownPaper: An id in ``papers`` is not in the library.
            BadModelName: The model's name has no known form.
        """
        from assistant.asking import checked

        asked = checked(question, history, self._checked_scope(papers))
        return self._asking().stream(asked, stop)

    def astream(
        self,
        question: str,
        history: Sequence[Any] | None = None,
        papers: Sequence[str] | None = None,
        *,
        stop: threading.Event | None = None,
    ) -> AsyncIterator[Event]:
        """`stream` for asynchronous programs: the same, without holding up the event loop.

        Args:
            question: See `stream`.
            history: See `stream`.
            papers: See `stream`.
            stop: See `stream`; set, too, where the caller goes away before the end.

        Returns:
            The events.

        Raises:
            BadQuery: See `stream`, which raises the same errors.
        """
        from assistant.asking import in_a_thread

        stop = stop or threading.Event()
        return in_a_thread(self.stream(question, history, papers, stop=stop), stop)

    def suggest(self, answer: Answer) -> list[str]:
        """Questions to ask next, that the papers do answer.

        Args:
            answer: The answer to go on from.

        Returns:
            At most three questions; each was searched for.
        """
        from assistant.suggestions import suggestions

        return suggestions(self, answer)

    def replay(self, record: str) -> Replay:
        """Give a recorded answer again, and compare.

        Args:
            record: The id of an answer's record (`Answer.record`).

        Returns:
            The old record, the new one, and what changed.

        Raises:
            UnknownConversation: There is no record of this id.
            UnknownPaper: A paper of its scope is not in the library any more.
        """
        from assistant.replay import compared

        before = self._conversation_store().record(record)
        answer = self.ask(before.question, before.history, before.papers)
        return compared(before, self._conversation_store().record(answer.record))

    @property
    def conversations(self) -> Conversations:
        """The conversations that are kept in the library's folder."""
        from assistant.conversations.conversation import Conversations

        return Conversations(self, self._conversation_store())

    @property
    def model(self) -> ChatModel | None:
        """The language model that writes answers; None where they are quotes.

        Raises:
            BadModelName: Its name has no known form.
            ModelError: It cannot be opened: a package, a file or a key is missing.
        """
        from assistant.models.opening import open_model

        with self._lock:
            if not self._model_known:
                if self._model is None or isinstance(self._model, str):
                    self._opened_model = open_model(self._model)
                else:
                    self._opened_model = self._model
                self._model_known = True
            return self._opened_model

    def as_runnable(self) -> Runnable[Any, Answer]:
        """This assistant as a Runnable of LangChain: a question, or a dict, to an `Answer`.

        Returns:
            A Runnable; `assistant.langchain` says what it takes.
        """
        from assistant.langchain import runnable

        return runnable(self)

    def close(self) -> None:
        """Let go of the library's files, and of a model that this assistant opened."""
        with self._lock:
            if self._store:
                self._store.close()
            if self._opened_model and self._opened_model is not self._model:
                self._opened_model.close()
        self._library.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _unrecorded_answer(self, question: str, history: Sequence[Any]) -> Answer:
        """`ask`, without a record: nobody gives the answers of an evaluation again."""
        from assistant.asking import checked, last_answer

        asked = checked(question, history, None)
        return last_answer(self._asking(kept=False).stream(asked, None))

    def _asking(self, *, kept: bool = True) -> Asking:
        """How questions are answered now; a model that cannot be opened is left out, and said."""
        from assistant.asking import Asking
        from assistant.models.errors import BadModelName, ModelError

        model: ChatModel | None = None
        notices: tuple[str, ...] = ()
        try:
            model = self.model
        except BadModelName:
            raise
        except ModelError as error:
            notices = (f"{error} Quotes are shown instead.",)
        keep = self._conversation_store().put_record if kept else None
        return Asking(self._library, self._settings, model, self._translated, keep, notices)

    def _conversation_store(self) -> ConversationStore:
        from assistant.conversations.store import ConversationStore

        with self._lock:
            if self._store is None:
                self._store = ConversationStore(self._library.path)
            return self._store

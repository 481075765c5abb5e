"""Answering questions to a library: the part of an `Assistant` that has a language model."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.keeping import Keeper
from assistant.settings import SearchSettings
from assistant.types import Answer

if TYPE_CHECKING:
    from assistant.asking import Asking, Keep
    from assistant.concepts.reading import ConceptReader
    from assistant.conversations.store import ConversationStore
    from assistant.events import Event
    from assistant.gate import Decision
    from assistant.models.types import ChatModel
    from assistant.records import Record
    from ingest.passages import PassageSize
    from vectorstore.library import Library
    from vectorstore.protocols import Progress


class Answerer(Keeper):
    """A library, and who answers questions to it.

    Args:
        library: Where the papers are.
        progress: Told about long work.
        settings: How to search; the defaults where None.
        passage_size: How large the passages of papers added from now on are; the defaults
            where None.
        model: Which language model writes answers; see `Assistant.open`.
    """

    def __init__(
        self,
        library: Library,
        progress: Progress | None = None,
        settings: SearchSettings | None = None,
        passage_size: PassageSize | None = None,
        model: str | ChatModel | None = None,
    ) -> None:
        from assistant.asking import DEPTH

        super().__init__(library, progress, settings, passage_size)
        self._model = model
        self._opened_model: ChatModel | None = None
        self._model_known = False
        self._model_lock = threading.Lock()
        self._depth = DEPTH
        self._origin: Answerer | None = None

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
        return self._asking(self._keep).stream(asked, stop)

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
        from assistant.asking import checked, in_a_thread

        asked = checked(question, history, self._checked_scope(papers))
        stop = stop or threading.Event()
        return in_a_thread(lambda: self._asking(self._keep).stream(asked, stop), stop)

    def answerable(
        self,
        question: str,
        history: Sequence[Any] | None = None,
        papers: Sequence[str] | None = None,
    ) -> Decision:
        """Whether the papers answer a question, as it is decided before it is answered.

        No language model is asked, so that a follow-up is understood by rules.

        Args:
            question: In plain words, at most 1,000 characters.
            history: Earlier turns; see `search`.
            papers: Ids of the papers to look in; all where None.

        Returns:
            The decision, with its probability and the names that their main text
            never mentions.

        Raises:
            BadQuery: The question is empty or too long.
            BadHistory: A turn is not in the right form.
            UnknownPaper: An id in ``papers`` is not in the library.
        """
        from assistant.asking import checked
        from assistant.finding import find
        from assistant.gate import decide
        from assistant.standalone import understood

        asked = checked(question, history, self._checked_scope(papers))
        standalone, queries = understood(asked.text, asked.history)
        queries = self._translated(queries)
        found = find(self._library, asked.text, queries, self._depth, asked.papers, self._settings)
        return decide(self._library, standalone or asked.text, queries, found.hits)

    @property
    def depth(self) -> int:
        """How many passages an answer is made of."""
        return self._depth

    @property
    def model(self) -> ChatModel | None:
        """The language model that writes answers; None where they are quotes.

        Raises:
            BadModelName: Its name has no known form.
            ModelError: It cannot be opened: a package, a file or a key is missing.
        """
        from assistant.models.opening import open_model

        if self._origin and self._model is None:
            return self._origin.model
        with self._model_lock:
            if not self._model_known:
                if self._model is None or isinstance(self._model, str):
                    self._opened_model = open_model(self._model)
                else:
                    self._opened_model = self._model
                self._model_known = True
            return self._opened_model

    def _answer(
        self,
        question: str,
        history: Sequence[Any],
        papers: Sequence[str] | None,
        keep: Keep | None,
    ) -> Answer:
        """`ask`, with the record handed to ``keep`` instead of kept; without one where None."""
        from assistant.asking import checked, last_answer

        asked = checked(question, history, self._checked_scope(papers))
        return last_answer(self._asking(keep).stream(asked, None))

    def _asking(self, keep: Keep | None) -> Asking:
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
        return Asking(
            self._library, self._settings, model, self._translated, keep, notices, self._depth
        )

    def _keep(self, record: Record) -> None:
        """Keep a record; the file is opened only now, so that no answer fails for want of it."""
        self._conversation_store().put_record(record)

    @cached_property
    def _concept_reader(self) -> ConceptReader:
        return self._origin._concept_reader if self._origin else super()._concept_reader

    def _conversation_store(self) -> ConversationStore:
        return self._origin._conversation_store() if self._origin else super()._conversation_store()

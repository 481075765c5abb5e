"""The public Python API: one class, plain data in and out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from assistant.condense import Query, checked_question, queries
from assistant.settings import SearchSettings
from assistant.types import AddReport, Answer, Hit
from ingest.errors import BadQuery, UnknownPaper
from ingest.types import Paper, Passage

if TYPE_CHECKING:
    from assistant.evaluation.types import EvaluationRun, GoldenQuestion
    from ingest.passages import PassageSize
    from vectorstore.library import Library
    from vectorstore.protocols import Embedder, ModelRecord

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is."""

_ASK_DEPTH = 10


class Assistant:
    """Questions to a library of papers.

    Made by `Assistant.open`, used as a context manager.
    """

    def __init__(
        self,
        library: Library,
        progress: Progress | None = None,
        settings: SearchSettings | None = None,
        passage_size: PassageSize | None = None,
    ) -> None:
        self._library = library
        self._passage_size = passage_size
        self._settings = settings or SearchSettings()
        self._progress = progress or (lambda *_: None)

    @classmethod
    def open(
        cls,
        library: str | Path = "library",
        *,
        embedder: str | Embedder | None = None,
        progress: Progress | None = None,
        settings: SearchSettings | None = None,
        passage_size: PassageSize | None = None,
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
        return cls(Library(Path(library), embedder), progress, settings, passage_size)

    @property
    def settings(self) -> SearchSettings:
        """How it searches."""
        return self._settings

    @property
    def embedder(self) -> ModelRecord:
        """Which embedder it uses, the one that made the library's vectors."""
        return self._library.embedder.record

    @property
    def notices(self) -> tuple[str, ...]:
        """What was repaired when the library was opened, in sentences."""
        return tuple(self._library.notices)

    def add(self, paths: str | Path | Iterable[str | Path]) -> AddReport:
        """Add papers: files, or folders with all the papers in them.

        A file that is in the library already costs a hash; a changed one
        replaces its old version. One bad file does not stop the others. Stopped
        in the middle, the papers that were finished are in.

        Args:
            paths: Files and folders.

        Returns:
            What became of each file.

        Raises:
            NothingToRead: A path does not exist, or a folder holds no papers.
            UnreadableFile: A folder may not be listed.
            LibraryBusy: Another process is writing.
            LibraryUnwritable: No room or no permission.
        """
        from assistant.adding import add_files
        from ingest.reader import find_papers

        given = [paths] if isinstance(paths, (str, Path)) else list(paths)
        files = dict.fromkeys(f for path in given for f in find_papers(Path(path)))
        return add_files(self._library, list(files), self._progress, self._passage_size)

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

        if k < 1:
            raise BadQuery(f"k is {k}; ask for at least 1 hit.")
        asked = self._queries(checked_question(question), history)
        return search(self._library, asked, k, self._checked_scope(papers), self._settings)

    def ask(
        self,
        question: str,
        history: Sequence[Any] | None = None,
        papers: Sequence[str] | None = None,
    ) -> Answer:
        """Answer a question with quotes from the papers.

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
        """
        from assistant.quoting import answer_by_quoting
        from assistant.search import search

        question = checked_question(question)
        asked = self._queries(question, history)
        scope = self._checked_scope(papers)
        hits = search(self._library, asked, _ASK_DEPTH, scope, self._settings)
        return answer_by_quoting(self._library, question, asked, hits)

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

    def papers(self) -> list[Paper]:
        """All papers, by title."""
        return self._library.papers()

    def paper(self, paper_id: str) -> Paper:
        """One paper.

        Args:
            paper_id: Its id, or a beginning of it of at least 6 characters that
                no other paper shares.

        Returns:
            The paper.

        Raises:
            UnknownPaper: There is none of this id.
        """
        matches = [
            paper
            for paper in self._library.papers()
            if paper.id == paper_id or (len(paper_id) >= 6 and paper.id.startswith(paper_id))
        ]
        if len(matches) != 1:
            how_many = "no paper" if not matches else f"{len(matches)} papers"
            raise UnknownPaper(
                f"{self._library.path}: {how_many} with the id {paper_id!r}. "
                "`govassist papers` lists the ids."
            )
        return matches[0]

    def source(self, paper_id: str) -> str:
        """The text of a paper's file, untouched; all spans index it.

        Args:
            paper_id: See `paper`.

        Returns:
            The decoded text.

        Raises:
            UnknownPaper: There is none of this id.
        """
        return self._library.source(self.paper(paper_id).id)

    def passages(self, paper_id: str | None = None) -> list[Passage]:
        """The passages of one paper, or of all, in reading order."""
        return self._library.passages(self.paper(paper_id).id if paper_id else None)

    def count_passages(self, paper_id: str | None = None) -> int:
        """Number of passages of one paper, or of all."""
        return self._library.count_passages(self.paper(paper_id).id if paper_id else None)

    def remove(self, paper_id: str) -> Paper:
        """Take a paper out of the library, with everything made of it.

        Args:
            paper_id: See `paper`.

        Returns:
            The paper that was removed.

        Raises:
            UnknownPaper: There is none of this id.
            LibraryBusy: Another process is writing.
        """
        paper = self.paper(paper_id)
        self._library.remove(paper.id)
        return paper

    def problems(self) -> list[str]:
        """What is wrong with the library on disk; empty where it is sound."""
        return self._library.problems()

    def close(self) -> None:
        """Let go of the library's files."""
        self._library.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _queries(self, question: str, history: Sequence[Any] | None) -> list[Query]:
        asked = queries(question, history)
        if not self._settings.translate:
            return asked
        from assistant.translate import with_translations

        return with_translations(asked, self._library)

    def _checked_scope(self, papers: Sequence[str] | None) -> list[str] | None:
        if papers is None:
            return None
        known = self._library.known_papers(papers)
        return [key if key in known else self.paper(key).id for key in papers]

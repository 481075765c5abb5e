"""The papers of a library: adding, reading and removing them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.halves import without_halves
from assistant.types import AddReport
from ingest.errors import LibraryError, UnknownPaper
from ingest.layout import Box
from ingest.types import Paper, Passage, Span

if TYPE_CHECKING:
    from ingest.passages import PassageSize
    from vectorstore.library import Library
    from vectorstore.protocols import ModelRecord, Progress


class Shelf:
    """The papers of a library; the part of an `Assistant` that answers nothing.

    Args:
        library: Where they are.
        progress: Told about long work.
        passage_size: How large the passages of papers added from now on are; the defaults
            where None.
    """

    def __init__(
        self,
        library: Library,
        progress: Progress | None = None,
        passage_size: PassageSize | None = None,
    ) -> None:
        self._held = library
        self._passage_size = passage_size
        self._progress = progress or (lambda *_: None)

    @property
    def _library(self) -> Library:
        if self._held.closed:
            raise LibraryError(
                f"{self._held.path}: this assistant was closed. Open it again: `Assistant.open`."
            )
        return self._held

    @property
    def embedder(self) -> ModelRecord:
        """Which embedder it uses, the one that made the library's vectors."""
        return self._library.embedder.record

    @property
    def uploads(self) -> Path:
        """The folder in which the library keeps files that were uploaded; it need not exist."""
        from vectorstore.folder import UPLOADS

        return (self._library.path / UPLOADS).resolve()

    @property
    def notices(self) -> tuple[str, ...]:
        """What was repaired when the library was opened, in sentences."""
        return tuple(self._library.notices)

    def add(
        self,
        paths: str | Path | Iterable[str | Path],
        *,
        password: str | None = None,
        again: bool = False,
    ) -> AddReport:
        """Add papers: files, or folders with all the papers in them.

        A file that is in the library already costs a hash; a changed one
        replaces its old version; one that was moved or renamed keeps its paper.
        One bad file does not stop the others. Files are read in processes of
        their own, and one that crashes its reader, takes too long or too much
        memory is reported as failed. Stopped in the middle, the papers that were
        finished are in.

        Args:
            paths: Files and folders.
            password: What opens the files that are encrypted.
            again: Read unchanged files anew, as after an update of this program.

        Returns:
            What became of each file.

        Raises:
            NothingToRead: A path does not exist, or a folder holds no papers.
            UnreadableFile: A folder may not be listed.
            LibraryBusy: Another process is writing.
            LibraryUnwritable: No room or no permission.
        """
        from assistant.adding import add_files
        from ingest.files import find_papers

        given = [paths] if isinstance(paths, (str, Path)) else list(paths)
        files = dict.fromkeys(f for path in given for f in find_papers(Path(path)))
        return add_files(
            self._library,
            list(files),
            self._progress,
            self._passage_size,
            password=password,
            again=again,
        )

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
        paper_id = without_halves(paper_id)
        if exact := self._library.paper(paper_id):
            return exact
        matches = [
            paper
            for paper in self._library.papers()
            if len(paper_id) >= 6 and paper.id.startswith(paper_id)
        ]
        if len(matches) != 1:
            how_many = "no paper" if not matches else f"{len(matches)} papers"
            raise UnknownPaper(
                f"{self._library.path}: {how_many} with the id {paper_id!r}. "
                "`govassist papers` lists the ids."
            )
        return matches[0]

    def source(self, paper_id: str) -> str:
        """The text of a paper, which all spans index.

        Args:
            paper_id: See `paper`.

        Returns:
            Of a text or Markdown file the file itself, decoded and untouched; of any other
            what its reader made of it, as Markdown.

        Raises:
            UnknownPaper: There is none of this id.
        """
        return self._library.source(self.paper(paper_id).id)

    def boxes(self, paper_id: str, spans: Iterable[Span]) -> list[Box]:
        """Where spans of a paper's text, such as a citation's, stand on its pages.

        Args:
            paper_id: See `paper`.
            spans: Character ranges of the paper's `source`.

        Returns:
            A box for each stretch of a line, in points from the page's left upper corner;
            empty where the file has no pages.

        Raises:
            UnknownPaper: There is none of this id.
        """
        layout = self._library.layout(self.paper(paper_id).id)
        return layout.boxes(spans) if layout else []

    def page_picture(self, paper_id: str, page: int, spans: Iterable[Span] = ()) -> bytes:
        """A page of a paper's PDF file, as it looks.

        Args:
            paper_id: See `paper`.
            page: Which page, counted from 1.
            spans: Character ranges of the paper's `source`, such as a citation's, to mark.

        Returns:
            A PNG.

        Raises:
            UnknownPaper: There is none of this id.
            UnreadableFile: The file is no PDF, is gone, has changed or is encrypted, or there
                is no such page.
        """
        from assistant.pictures import page_picture

        paper = self.paper(paper_id)
        layout = self._library.layout(paper.id)
        return page_picture(paper, layout, page, spans, self.uploads)

    def passages(self, paper_id: str | None = None) -> list[Passage]:
        """The passages of one paper, or of all, in reading order."""
        return self._library.passages(self.paper(paper_id).id if paper_id else None)

    def count_passages(self, paper_id: str | None = None) -> int:
        """Number of passages of one paper, or of all."""
        return self._library.count_passages(self.paper(paper_id).id if paper_id else None)

    def passage_counts(self) -> dict[str, int]:
        """Number of passages of each paper that has any, by its id."""
        return self._library.passage_counts()

    def remove(self, paper_id: str) -> Paper:
        """Take a paper out of the library, with everything made of it.

        Its file stays where it is, but for one that was uploaded (`assistant.uploads`).

        Args:
            paper_id: See `paper`.

        Returns:
            The paper that was removed.

        Raises:
            UnknownPaper: There is none of this id.
            LibraryBusy: Another process is writing.
        """
        from assistant.uploads import removed_with

        paper = self.paper(paper_id)
        with removed_with(paper, self.uploads):
            self._library.remove(paper.id)
        return paper

    def problems(self) -> list[str]:
        """What is wrong with the library on disk; empty where it is sound."""
        return self._library.problems()

    @property
    def fingerprint(self) -> str:
        """What identifies the library's index: SHA-256, in hexadecimal, of what decides it."""
        return self._library.fingerprint()

    @property
    def revision(self) -> str:
        """A text that is a new one after every change of the library; costs no reading."""
        return self._library.revision()

    def _checked_scope(self, papers: Sequence[str] | None) -> list[str] | None:
        """The whole ids of papers, each once; None for all."""
        if papers is None:
            return None
        known = self._library.known_papers(papers)
        return list(dict.fromkeys(key if key in known else self.paper(key).id for key in papers))

"""A library on disk: the catalog, and the indexes that follow it.

The order of every change makes the catalog's row the commit point::

    put     mark unsettled → write indexes → commit row → drop old version → unmark
    remove  mark unsettled and delete row in one commit → clean indexes → unmark

Killed anywhere, the next process that may write settles what is marked: a paper
with a row is indexed again, one without is cleaned away. Readers never see
index entries whose passage has no row.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import filelock

from ingest.errors import (
    EmbedderMismatch,
    GovernanceAssistantError,
    LibraryBusy,
    LibraryUnwritable,
    NotALibrary,
)
from ingest.sentences import split_sentences
from ingest.types import Paper, ParsedPaper, Passage
from vectorstore.catalog import Catalog
from vectorstore.chroma import ChromaVectors
from vectorstore.protocols import Embedder, ModelRecord, Ranking, VectorEntry
from vectorstore.tantivy import LexicalEntry, TantivyIndex

_NAMES = frozenset(
    {
        "catalog.db",
        "catalog.db-wal",
        "catalog.db-shm",
        "catalog.db-journal",
        "chroma",
        "lexical",
        "model.json",
        "model.json.new",
        ".lock",
    }
)
_FREE_BYTES = 50_000_000
_REBUILD_BATCH = 64

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is."""


class Library:
    """Papers, passages and their three indexes under one folder.

    Args:
        path: The library's folder; made where there is none.
        embedder: Makes the vectors, and must be the one that made those on disk.
        lock_timeout: Seconds that a writer waits for another.
        progress: Told about long work.

    Raises:
        NotALibrary: The folder is something else.
        EmbedderMismatch: Another embedder made the vectors.
        LibraryUnwritable: The folder cannot be made or written.
    """

    def __init__(
        self,
        path: Path,
        embedder: Embedder,
        *,
        lock_timeout: float = 10.0,
        progress: Progress | None = None,
    ) -> None:
        self.path = path
        self.embedder = embedder
        self.notices: list[str] = []
        self._progress = progress or (lambda *_: None)
        self._lock_timeout = lock_timeout
        self._threads = threading.RLock()
        with _clear_errors(path):
            _check_folder(path)
            path.mkdir(parents=True, exist_ok=True)
            self._lock = filelock.FileLock(path / ".lock", thread_local=False)
            with self._writing():
                check_model(path, embedder.record, create=True)
                self._catalog = Catalog(path / "catalog.db")
            self._open_indexes()
            self._settle_if_free()
            self._seen = self._catalog.changes()

    # Reading

    def papers(self) -> list[Paper]:
        """All papers, by title."""
        return self._catalog.papers()

    def paper(self, paper_id: str) -> Paper | None:
        """One paper, or None."""
        return self._catalog.paper(paper_id)

    def paper_at(self, source_path: str) -> Paper | None:
        """The paper read from this path, or None."""
        return self._catalog.paper_at(source_path)

    def passages(self, paper_id: str | None = None) -> list[Passage]:
        """The passages of one paper or of all, in reading order."""
        return list(self._catalog.passages(paper_id))

    def passages_by_id(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages among ``ids`` that are in the library."""
        return self._catalog.passages_by_id(ids)

    def source(self, paper_id: str) -> str:
        """The decoded text of a paper's file, which spans index."""
        return self._catalog.source(paper_id)

    def count_passages(self) -> int:
        """Number of passages."""
        return self._catalog.count_passages()

    def mentions(self, word: str) -> bool:
        """Whether a passage, a title, an author or a heading holds a word, inflections apart."""
        return bool(self._lexical.search(word, 1))

    def rankings(
        self, query: str, n: int, papers: Sequence[str] | None = None
    ) -> dict[str, Ranking]:
        """Rank the passages in three ways, each best first.

        Args:
            query: A standalone question.
            n: How deep each ranking goes, in passages.
            papers: Only these papers; all where None.

        Returns:
            ``passage``: cosine of the passage's vector; ``sentence``: cosine of
            its best sentence's vector; ``lexical``: BM25. Only passages that the
            catalog knows.
        """
        with self._threads:
            self._follow_other_writers()
            vector = self.embedder.embed_queries([query])[0]
            found = {
                "passage": self._passage_vectors.search(vector, n, papers),
                "sentence": self._sentence_vectors.search(vector, 4 * n, papers)[:n],
                "lexical": self._lexical.search(query, n, papers),
            }
            ids = list({key for ranking in found.values() for key, _ in ranking})
            known = self._catalog.passages_by_id(ids)
        return {
            name: [(key, score) for key, score in ranking if key in known]
            for name, ranking in found.items()
        }

    # Writing

    def put(self, parsed: ParsedPaper, passages: Sequence[Passage]) -> None:
        """Put a paper in; it takes the place of what was read from the same path.

        Args:
            parsed: The paper.
            passages: Its passages.

        Raises:
            LibraryBusy: Another process is writing.
            LibraryUnwritable: No room or no permission; the library is as before.
        """
        with self._threads, _clear_errors(self.path), self._writing():
            _check_room(self.path)
            old = self._catalog.paper_at(parsed.paper.source_path)
            replaced = [old.id] if old and old.id != parsed.paper.id else []
            touched = [parsed.paper.id, *replaced]
            self._catalog.begin_change(touched)
            try:
                self._index(parsed.paper.id, passages)
                self._catalog.commit_paper(parsed, passages)
                for paper_id in replaced:
                    self._unindex(paper_id)
                self._catalog.end_change(touched)
            except BaseException:
                with suppress(Exception):  # the mark stays; the next opening settles it
                    self._settle(touched)
                raise
            if replaced:
                self._compact()

    def remove(self, paper_id: str) -> None:
        """Take a paper out, with everything that was made of it.

        Args:
            paper_id: A paper of the library.

        Raises:
            LibraryBusy: Another process is writing.
            LibraryUnwritable: No room or no permission.
        """
        with self._threads, _clear_errors(self.path), self._writing():
            self._catalog.remove_paper(paper_id)
            self._settle([paper_id])
            self._compact()

    def problems(self) -> list[str]:
        """Compare catalog and indexes id by id.

        Returns:
            What is wrong, in sentences; empty where the library is sound.
        """
        with self._threads:
            self._follow_other_writers()
            expected = {passage.id for passage in self._catalog.passages()}
            indexes = {
                "passage vectors": self._passage_vectors.passage_ids(),
                "sentence vectors": self._sentence_vectors.passage_ids(),
                "lexical index": self._lexical.passage_ids(),
            }
            found = [
                f"{name}: {len(expected - ids)} passages missing, {len(ids - expected)} too many"
                for name, ids in indexes.items()
                if ids != expected
            ]
            if self._catalog.unsettled():
                found.append("an operation was interrupted or is under way")
            return found

    def rebuild(self) -> None:
        """Make all three indexes anew from the catalog.

        Raises:
            LibraryBusy: Another process is writing.
        """
        with self._threads, _clear_errors(self.path), self._writing():
            self._rebuild_vectors()
            self._rebuild_lexical()
            self._catalog.end_change(self._catalog.unsettled())

    def close(self) -> None:
        """Let go of the files."""
        self._passage_vectors.close()
        self._sentence_vectors.close()
        self._catalog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # How it is done

    def _open_indexes(self) -> None:
        chroma = self.path / "chroma"
        self._passage_vectors = ChromaVectors(chroma, "passages")
        self._sentence_vectors = ChromaVectors(chroma, "sentences")
        try:
            self._lexical = TantivyIndex(self.path / "lexical")
        except ValueError:  # derived, so whatever is wrong with it, it is made anew
            shutil.rmtree(self.path / "lexical", ignore_errors=True)
            self._lexical = TantivyIndex(self.path / "lexical")

    def _follow_other_writers(self) -> None:
        """Chroma does not see other processes' writes; a fresh client does."""
        changes = self._catalog.changes()
        if changes != self._seen:
            self._passage_vectors.close()
            self._sentence_vectors.close()
            self._open_indexes()
            self._seen = changes

    def _settle_if_free(self) -> None:
        try:
            with self._lock.acquire(timeout=0):
                self._settle(self._catalog.unsettled())
                self._rebuild_what_is_missing()
        except filelock.Timeout:
            pass  # a writer is at work and settles its own

    def _rebuild_what_is_missing(self) -> None:
        count = self._catalog.count_passages()
        passage_vectors = self._passage_vectors.count()
        if passage_vectors != count or (count > 0 and self._sentence_vectors.count() < count):
            self.notices.append(
                f"{self.path}: the vectors did not match the catalog ({passage_vectors} of "
                f"{count} passages); they were rebuilt from it."
            )
            self._rebuild_vectors()
        if self._lexical.count() != count:
            self.notices.append(
                f"{self.path}: the lexical index did not match the catalog "
                f"({self._lexical.count()} of {count} passages); it was rebuilt from it."
            )
            self._rebuild_lexical()

    def _rebuild_vectors(self) -> None:
        self._passage_vectors.clear()
        self._sentence_vectors.clear()
        passages = list(self._catalog.passages())
        for at in range(0, len(passages), _REBUILD_BATCH):
            self._progress("rebuilding vectors", at, len(passages))
            self._put_vectors(passages[at : at + _REBUILD_BATCH])
        self._progress("rebuilding vectors", len(passages), len(passages))

    def _rebuild_lexical(self) -> None:
        self._lexical.rebuild(map(_lexical_entry, self._catalog.passages()))

    def _settle(self, paper_ids: Sequence[str]) -> None:
        """Make the indexes agree with the catalog on these papers."""
        for paper_id in paper_ids:
            self._unindex(paper_id)
            passages = list(self._catalog.passages(paper_id))
            if passages:
                self._index(paper_id, passages)
        self._catalog.end_change(paper_ids)

    def _index(self, paper_id: str, passages: Sequence[Passage]) -> None:
        self._put_vectors(passages)
        self._lexical.replace_paper(paper_id, map(_lexical_entry, passages))

    def _put_vectors(self, passages: Sequence[Passage]) -> None:
        sentences = [entry for passage in passages for entry in _sentence_entries(passage)]
        texts = [passage.searchable for passage in passages]
        self._passage_vectors.put(
            [VectorEntry(p.id, p.id, p.paper_id, p.text) for p in passages],
            self.embedder.embed_passages(texts),
        )
        self._sentence_vectors.put(
            [entry for entry, _ in sentences],
            self.embedder.embed_passages([text for _, text in sentences]),
        )

    def _unindex(self, paper_id: str) -> None:
        self._passage_vectors.delete_paper(paper_id)
        self._sentence_vectors.delete_paper(paper_id)
        self._lexical.replace_paper(paper_id, ())

    def _compact(self) -> None:
        """See that what was deleted leaves the disk."""
        self._rebuild_lexical()
        self._catalog.compact()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            with self._lock.acquire(timeout=self._lock_timeout):
                yield
        except filelock.Timeout:
            raise LibraryBusy(
                f"{self.path}: another process is writing to this library, and has been for "
                f"{self._lock_timeout:.0f} seconds. Wait until it has finished, then try again."
            ) from None


def check_model(path: Path, record: ModelRecord, *, create: bool) -> None:
    """Compare an embedder with the one that made a library's vectors.

    Args:
        path: The library's folder.
        record: The embedder about to be used.
        create: Whether to write the record where there is none.

    Raises:
        EmbedderMismatch: They differ.
        NotALibrary: The record on disk is not readable.
    """
    file = path / "model.json"
    if file.exists():
        try:
            made_by = ModelRecord(**json.loads(file.read_text("utf-8")))
        except (ValueError, TypeError) as error:
            raise NotALibrary(
                f"{file}: not a model record ({error}). Move it away and run "
                f"`govassist reembed --library {path}`."
            ) from error
        if made_by != record:
            raise EmbedderMismatch(
                f"{path}: its vectors were made by {made_by}, and you are opening it with "
                f"{record}. Open it with the first, or re-embed it with "
                f"`govassist reembed --library {path} --embedder {record.name}`."
            )
    elif create:
        write_model(path, record)


def write_model(path: Path, record: ModelRecord) -> None:
    """Write ``model.json``, whole or not at all."""
    new = path / "model.json.new"
    new.write_text(json.dumps(record.as_dict(), indent=2) + "\n", "utf-8")
    os.replace(new, path / "model.json")


def reembed(path: Path, embedder: Embedder, progress: Progress | None = None) -> Library:
    """Open a library with another embedder, making all its vectors anew.

    Args:
        path: The library's folder.
        embedder: The embedder to use from now on.
        progress: Told about long work.

    Returns:
        The open library.

    Raises:
        NotALibrary: The folder holds no library.
        LibraryBusy: Another process is writing.
    """
    if not (path / "catalog.db").exists():
        raise NotALibrary(f"{path}: there is no library here to re-embed.")
    lock = filelock.FileLock(path / ".lock", thread_local=False)
    try:
        with _clear_errors(path), lock.acquire(timeout=10):
            # Without vectors first: killed after this, the next opening makes them anew.
            shutil.rmtree(path / "chroma", ignore_errors=True)
            write_model(path, embedder.record)
    except filelock.Timeout:
        raise LibraryBusy(f"{path}: another process is writing. Try again later.") from None
    return Library(path, embedder, progress=progress)


def _check_folder(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise NotALibrary(f"{path}: a file, not a library's folder. Name another path.")
    others = sorted(p.name for p in path.iterdir() if p.name not in _NAMES) if path.exists() else []
    if others and not (path / "catalog.db").exists():
        shown = ", ".join(others[:3]) + (", …" if len(others) > 3 else "")
        raise NotALibrary(
            f"{path}: this folder is not a library; it holds {shown}. "
            "Name another folder, or a new one that is then made."
        )


def _check_room(path: Path) -> None:
    free = shutil.disk_usage(path).free
    if free < _FREE_BYTES:
        raise LibraryUnwritable(
            f"{path}: only {free // 1_000_000} MB free on this disk, and adding a paper needs "
            f"{_FREE_BYTES // 1_000_000} MB. Make room, then add again."
        )


@contextmanager
def _clear_errors(path: Path) -> Iterator[None]:
    """Translate what engines raise when the disk does not let them write."""
    try:
        yield
    except GovernanceAssistantError:
        raise
    except PermissionError as error:
        raise LibraryUnwritable(
            f"{path}: no permission to write here ({error.strerror}). "
            "Name another folder, or change its permissions."
        ) from error
    except OSError as error:
        raise LibraryUnwritable(_unwritable(path, str(error))) from error
    except Exception as error:  # engines raise their own types, Rust panics among them
        if any(sign in str(error).lower() for sign in ("disk", "space", "full", "file too large")):
            raise LibraryUnwritable(_unwritable(path, str(error))) from error
        raise


def _unwritable(path: Path, why: str) -> str:
    return (
        f"{path}: the library could not be written ({why.strip()}). Check that the disk has room; "
        "the papers that were finished are kept, the unfinished one is not in."
    )


def _lexical_entry(passage: Passage) -> LexicalEntry:
    return LexicalEntry(passage.id, passage.paper_id, passage.context, passage.text)


def _sentence_entries(passage: Passage) -> Iterator[tuple[VectorEntry, str]]:
    for number, (start, end) in enumerate(split_sentences(passage.text)):
        entry = VectorEntry(f"{passage.id}:{number}", passage.id, passage.paper_id)
        yield entry, passage.text[start:end]

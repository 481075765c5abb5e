"""The search indexes of a library: the passages' vectors, and a lexical index."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

import numpy as np

from ingest.types import Passage
from vectorstore.chroma import ChromaFolder, is_sound
from vectorstore.protocols import VectorEntry, Vectors
from vectorstore.tantivy import LexicalEntry, TantivyIndex

_COLLECTION = "passages"
_BATCH = 4_000


class Damaged(Exception):  # noqa: N818
    """The indexes are missing, unreadable, or do not match the catalog; never seen by users."""


class Indexes:
    """The indexes under one folder, opened.

    Args:
        path: The library's folder.
        expected: The `checksums` that its files must have, compared before an
            engine loads them, as engines crash on garbage; not where None.

    Raises:
        Damaged: They are missing, were changed from outside, or cannot be read.
    """

    def __init__(self, path: Path, expected: Mapping[str, int] | None = None) -> None:
        if expected is not None and (checksums(path) != expected or not is_sound(path / "chroma")):
            raise Damaged("their files are missing or were changed from outside")
        try:
            self._chroma = ChromaFolder(path / "chroma")
        except Exception as error:  # Chroma raises many types
            raise Damaged(f"the vectors cannot be read ({error})") from error
        try:
            self.vectors = self._chroma.collection(_COLLECTION)
            self.lexical = TantivyIndex(path / "lexical", create=False)
        except Exception as error:
            self._chroma.close()
            raise Damaged(f"an index cannot be read ({error})") from error

    @classmethod
    def rebuild(cls, path: Path, stored: Iterable[tuple[Passage, Vectors]]) -> Indexes:
        """Make the indexes anew, and leave nothing of the old ones on the disk.

        Args:
            path: The library's folder.
            stored: Each passage and its vector.

        Returns:
            The new indexes.
        """
        shutil.rmtree(path / "chroma", ignore_errors=True)
        shutil.rmtree(path / "lexical", ignore_errors=True)
        with closing(ChromaFolder(path / "chroma", create=True)) as chroma:
            chroma.make(_COLLECTION)
        TantivyIndex(path / "lexical")
        indexes = cls(path)
        for batch in _batches(stored):
            indexes.put([passage for passage, _ in batch], np.stack([row for _, row in batch]))
        return indexes

    def check(self, passages: int) -> None:
        """Compare counts with the catalog's.

        Args:
            passages: How many it has.

        Raises:
            Damaged: They differ.
        """
        counts = self.vectors.count(), self.lexical.count()
        if counts != (passages, passages):
            raise Damaged(
                f"of {passages} passages, {counts[0]} had a vector and {counts[1]} were in the "
                "lexical index"
            )

    def mentions(self, word: str) -> bool:
        """Whether the lexical index holds a word, inflections apart."""
        return bool(self.lexical.search(word, 1))

    def frequency(self, phrase: str) -> int:
        """How many passages the lexical index holds a phrase of."""
        return self.lexical.frequency(phrase)

    def put(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Insert passages; ``vectors`` has a row for each."""
        if not passages:
            return
        self.vectors.put([VectorEntry(p.id, p.paper_id, p.text) for p in passages], vectors)
        self.lexical.put(LexicalEntry(p.id, p.paper_id, p.context, p.text) for p in passages)

    def delete_paper(self, paper_id: str) -> None:
        """Delete every entry of a paper."""
        self.vectors.delete_paper(paper_id)
        self.lexical.delete_paper(paper_id)

    def passage_ids(self) -> dict[str, set[str]]:
        """The passages that each index holds."""
        return {
            "passage vectors": self.vectors.passage_ids(),
            "lexical index": self.lexical.passage_ids(),
        }

    def close(self) -> None:
        """Let go of the files."""
        self._chroma.close()


def checksums(path: Path) -> dict[str, int]:
    """CRC-32 of the indexes' files, as far as only writing changes them.

    Opening Chroma writes to its database, and to the files of a graph it has not
    saved yet, which has no ``index_metadata.pickle`` then.
    """
    saved = [file.parent for file in path.glob("chroma/*/index_metadata.pickle")]
    return {
        file.relative_to(path).as_posix(): zlib.crc32(file.read_bytes())
        for folder in (*saved, path / "lexical")
        for file in sorted(folder.glob("*"))
        if file.suffix != ".lock"
    }


def _batches(
    stored: Iterable[tuple[Passage, Vectors]],
) -> Iterator[list[tuple[Passage, Vectors]]]:
    rest = iter(stored)
    while batch := list(islice(rest, _BATCH)):
        yield batch

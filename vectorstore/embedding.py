"""A library's vectors to those of another embedder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path

import filelock
import numpy as np

from ingest.errors import NotALibrary
from ingest.types import Passage
from vectorstore.catalog import Catalog
from vectorstore.folder import CATALOG, LOCK, clear_errors, locked, write_model
from vectorstore.protocols import Embedder, PassageVectors, Progress

_BATCH = 64
_LOCK_TIMEOUT = 10.0


_Text = tuple[str, str]
"""A passage's id, which stands for its text, and its context, which a correction changes."""


def reembed(path: Path, embedder: Embedder, progress: Progress | None = None) -> None:
    """Make a library's vectors anew with another embedder; opening it then makes its indexes.

    Interrupted, the old vectors are in force.

    Args:
        path: The library's folder.
        embedder: The embedder to use from now on.
        progress: Told about the work.

    Raises:
        NotALibrary: The folder holds no library.
        LibraryBusy: Another process is writing.
        LibraryUnwritable: No room or no permission.
    """
    if not (path / CATALOG).exists():
        raise NotALibrary(f"{path}: there is no library here to re-embed.")
    lock = filelock.ReadWriteLock(path / LOCK, is_singleton=False)
    done: dict[_Text, PassageVectors] = {}
    with clear_errors(path), closing(lock):
        with locked(path, lock, _LOCK_TIMEOUT, write=True):
            catalog = Catalog(path / CATALOG)
        with closing(catalog):
            missing = list(catalog.passages())
            while missing:  # without the lock, so that others can work meanwhile
                done.update(_embedded(missing, embedder, progress))
                missing = [p for p in catalog.passages() if _text(p) not in done]
            with locked(path, lock, _LOCK_TIMEOUT, write=True):
                passages = list(catalog.passages())
                missing = [p for p in passages if _text(p) not in done]
                done.update(_embedded(missing, embedder, None))
                catalog.begin_change()
                catalog.replace_vectors(embedder.record, _by_paper(passages, done))
                write_model(path, embedder.record)


def _by_paper(
    passages: Sequence[Passage], done: Mapping[_Text, PassageVectors]
) -> Iterator[tuple[Sequence[Passage], PassageVectors]]:
    for _, group in groupby(passages, key=lambda passage: passage.paper_id):
        own = list(group)
        vectors = [done[_text(passage)] for passage in own]
        rows = np.concatenate([one.passages for one in vectors])
        yield own, PassageVectors(rows, [part for one in vectors for part in one.parts])


def _embedded(
    passages: Sequence[Passage], embedder: Embedder, progress: Progress | None
) -> Iterator[tuple[_Text, PassageVectors]]:
    for at in range(0, len(passages), _BATCH):
        if progress:
            progress("re-embedding", at, len(passages))
        batch = passages[at : at + _BATCH]
        vectors = embedder.encode_passages(batch)
        for i, passage in enumerate(batch):
            row = PassageVectors(vectors.passages[i : i + 1], vectors.parts[i : i + 1])
            yield _text(passage), row
    if progress and passages:
        progress("re-embedding", len(passages), len(passages))


def _text(passage: Passage) -> _Text:
    return passage.id, passage.context

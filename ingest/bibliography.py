"""Bibliography files beside papers: which of their entries belongs to which paper.

They lie in a paper's own folder. An entry belongs to a paper whose file it names, or has the
name of the bibliography file that has no other entry; else to the paper of its DOI, else to
the one of its title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.bibliography_entry import Entry, Warn
from ingest.bibliography_formats import read_csl, read_ris
from ingest.bibtex import read_bibtex
from ingest.claims import BIBLIOGRAPHY
from ingest.document import Claim, Value
from ingest.sketch import title_key

_READERS = {".bib": read_bibtex, ".ris": read_ris, ".json": read_csl}
_LARGEST = 20_000_000
"""Bytes; larger files are data, not bibliographies."""

_TOLD = 3
"""Faults of a file that are told one by one."""

Key = tuple[str, Value]


class Bibliography:
    """The bibliography files of a folder, read.

    Args:
        folder: Where they lie.
    """

    def __init__(self, folder: Path) -> None:
        self.warnings: list[str] = []
        self._entries: dict[Key, Entry] = {}
        for path in _files(folder):
            entries = self._read(path)
            for entry in entries:
                for key in _keys(entry, path.stem if len(entries) == 1 else None):
                    self._entries.setdefault(key, entry)

    def claims(self, path: Path, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """What the entry of a paper says.

        Args:
            path: The paper's file.
            claims: What is said of the paper elsewhere, its DOI and its title among it.

        Returns:
            Claims of place `ingest.claims.BIBLIOGRAPHY`; none where no entry belongs to it.
        """
        if not self._entries:
            return ()
        own = [claim for claim in claims if claim.where != BIBLIOGRAPHY]
        keys = [("file", path.name), ("stem", path.stem), *_of("doi", own), *_of("title", own)]
        entry = next((self._entries[key] for key in keys if key in self._entries), None)
        return entry.claims if entry else ()

    def _read(self, path: Path) -> list[Entry]:
        faults: list[str] = []
        entries = _read(path, faults.append)
        self.warnings += [
            f"{path}: {fault}, then add the papers again." for fault in faults[:_TOLD]
        ]
        if len(faults) > _TOLD:
            self.warnings.append(f"{path}: {len(faults) - _TOLD} more faults of this kind.")
        return entries


def _read(path: Path, warn: Warn) -> list[Entry]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        warn(f"it cannot be read ({error.strerror}). See to its permissions")
    except UnicodeDecodeError as error:
        warn(f"not UTF-8 (at byte {error.start}). Save it as UTF-8")
    else:
        return _READERS[path.suffix.lower()](text, warn)
    return []


def _files(folder: Path) -> list[Path]:
    """The bibliography files of a folder, by name."""
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in _READERS]
        return sorted(p for p in found if p.is_file() and p.stat().st_size <= _LARGEST)
    except OSError:
        return []


def _keys(entry: Entry, stem: str | None) -> Iterator[Key]:
    """What an entry is found by."""
    if stem:
        yield "stem", stem
    yield from (("file", name) for name in entry.files)
    yield from _of("doi", entry.claims)
    yield from _of("title", entry.claims)


def _of(field: str, claims: Sequence[Claim]) -> Iterator[Key]:
    """The values of a field, as entries are found by them."""
    for claim in claims:
        if claim.field == field:
            text = str(claim.value)
            yield field, text.lower() if field == "doi" else title_key(text)

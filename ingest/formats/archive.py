"""Zip archives from untrusted files: parts are read in memory, and only what is of a sane size."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from ingest.errors import UnreadableFile

_MAX_PARTS = 10_000
_MAX_BYTES = 500_000_000
"""What all parts together may unpack to; pictures in a long thesis come near it."""

_MAX_PART = 60_000_000
"""What a part that is read may unpack to; the text of a book of 1,000 pages is a tenth of it."""

_MAX_RATIO = 200
"""How far a part that is read may be packed; text reaches 20, tables of one number 100."""

_SMALL = 1_000_000
"""Below so many bytes the ratio is of no concern."""


_DAMAGED = "a damaged zip archive ({}). Get the file anew from its source."


class Archive:
    """A zip archive that was checked: what it holds, and its parts as bytes.

    Archives within it are never opened, and nothing is ever written to disk.
    """

    def __init__(self, data: bytes, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise UnreadableFile(f"{path}: {_DAMAGED.format(error)}") from None
        parts = self._zip.infolist()
        total = sum(part.file_size for part in parts)
        if len(parts) > _MAX_PARTS or total > _MAX_BYTES:
            raise UnreadableFile(
                f"{path}: a zip bomb, or no paper: it would unpack to {len(parts):,} parts of "
                f"{total / 1e6:,.0f} MB. It is not read; take pictures and attachments out of it."
            )
        self.names = frozenset(part.filename for part in parts)

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Args:
            name: Which one, one of `names`.

        Returns:
            What it unpacks to.

        Raises:
            UnreadableFile: It is damaged, encrypted, or unpacks to more than any text.
        """
        part = self._zip.getinfo(name)
        packed_far = part.file_size > max(_SMALL, part.compress_size * _MAX_RATIO)
        if packed_far or part.file_size > _MAX_PART:
            raise UnreadableFile(
                f"{self._path}: a zip bomb, or no paper: its part {name} would unpack from "
                f"{part.compress_size:,} to {part.file_size:,} bytes. It is not read; get the "
                "paper from its source."
            )
        try:
            return self._zip.read(part)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise UnreadableFile(f"{self._path}: {_DAMAGED.format(error)}") from None
        except (RuntimeError, NotImplementedError) as error:
            raise UnreadableFile(
                f"{self._path}: its part {name} is encrypted or packed in a way that is not read "
                f"({error}). Save it anew in the program that made it."
            ) from None

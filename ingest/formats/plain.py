"""Text and Markdown files: the file itself is the text."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.document import Document, FileKind
from ingest.errors import UnreadableFile

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read(data: bytes, path: Path, kind: FileKind) -> Document:
    """Read a text or Markdown file.

    Args:
        data: The file's bytes.
        path: Where it lies, for the messages.
        kind: Which of the two it is.

    Returns:
        The file, decoded.

    Raises:
        UnreadableFile: It is empty, binary, or not UTF-8.
    """
    return Document(kind, decode(data, path))


def decode(data: bytes, path: Path) -> str:
    """Decode a text file; spans index what this returns, newlines untouched.

    Args:
        data: The file's bytes.
        path: Where it lies, for the messages.

    Returns:
        Its text.

    Raises:
        UnreadableFile: It is empty, binary, or not UTF-8.
    """
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        raise UnreadableFile(f"{path}: the file is empty. Nothing to add.")
    if data.startswith(_UTF16):
        raise UnreadableFile(
            f"{path}: UTF-16 text, and only UTF-8 is read. Convert it, for example with "
            f"`iconv -f UTF-16 -t UTF-8 {path.name} > new.md`."
        )
    if b"\x00" in data or len(_CONTROL.findall(data[:4096])) > 4:
        raise UnreadableFile(
            f"{path}: a binary file, not text (it has control bytes). "
            "Convert it to UTF-8 text or Markdown first."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            f"{path}: not UTF-8 text (byte 0x{data[error.start]:02x} at offset {error.start}, "
            f"line {line}). Convert it, for example with "
            f"`iconv -f {_encoding(data)} -t UTF-8 {path.name} > new.md`."
        ) from None


def _encoding(data: bytes) -> str:
    """The encoding that a text that is not UTF-8 is likely in: of China, else of the West."""
    try:
        letters = [character for character in data.decode("gb18030") if character.isalpha()]
    except UnicodeDecodeError:
        return "CP1252"
    chinese = sum("\u4e00" <= letter <= "\u9fff" for letter in letters)
    return "GB18030" if chinese * 2 > len(letters) else "CP1252"

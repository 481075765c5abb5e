# ruff: noqa: RUF001 - Chinese and printed signs are what is tested

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.formats.plain import read
from ingest.reading import read_document

TEXT = "# Räte\r\n\r\nDie Räte tagen.\n"


def test_the_text_is_the_file_itself() -> None:
    document = read(TEXT.encode(), Path("a.md"), "markdown")
    assert document.text == TEXT
    assert document.kind == "markdown"
    assert document.claims == ()
    assert document.layout is None


@pytest.mark.parametrize(("name", "kind"), [("a.md", "markdown"), ("a.txt", "text"), ("a", "text")])
def test_the_name_tells_markdown_from_text(name: str, kind: str) -> None:
    assert read_document(TEXT.encode(), Path(name)).kind == kind


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        ("\ufeff治".encode("utf-16-le"), "UTF-16 text.*iconv -f UTF-16"),
        ("Die Räte".encode("latin-1"), "not UTF-8 text .*iconv -f CP1252"),
        ("“Rules” – for all.".encode("cp1252"), "not UTF-8 text .*iconv -f CP1252"),
        ("“治理”需要规则。Roe 2020".encode("gb18030"), "not UTF-8 text .*iconv -f GB18030"),
        ("Правила для всех".encode("cp1251"), "not UTF-8 text"),
        (b"\x1f\x8b\x08\x00", "a binary file"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=rf"^a\.txt: {message}"):
        read_document(data, Path("a.txt"))

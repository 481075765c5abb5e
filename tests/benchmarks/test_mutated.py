"""Damaged files of every kind end in text or in a clear message; a few of many more."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from random import Random
from typing import get_args

import made_documents
import pytest
from fuzz import path_of, results
from mutations import mutated

from ingest.document import FileKind
from ingest.workers import shared_readers
from tests.conftest import PATIENCE

COUNT = 20


@pytest.fixture(scope="module")
def seeds() -> dict[FileKind, list[bytes]]:
    return made_documents.seeds()


@pytest.mark.parametrize("kind", get_args(FileKind))
def test_a_damaged_file_ends_in_text_or_a_message(
    seeds: dict[FileKind, list[bytes]], kind: FileKind
) -> None:
    outcomes: Counter[str] = Counter()
    for result in results(shared_readers(), seeds, [kind], COUNT, seed=7):
        outcomes[result.outcome] += 1
        assert result.outcome in {"text", "message"}, result.told
        assert result.outcome == "text" or result.told.startswith("a.")
    assert outcomes.total() == COUNT
    assert outcomes["text"] > 0


@pytest.mark.parametrize("kind", get_args(FileKind))
def test_the_undamaged_file_is_read(seeds: dict[FileKind, list[bytes]], kind: FileKind) -> None:
    """Else damaging it tells nothing."""
    for data in seeds[kind]:
        parsed = shared_readers().read(data, path_of(kind)).result(PATIENCE)
        assert "ferries" in parsed.paper.title
        assert "Rule 9 says that" in parsed.text


def test_the_same_seed_damages_alike() -> None:
    data = made_documents.seeds()["docx"][0]
    one, other, third = (mutated(data, [data], Random(number)) for number in (3, 3, 4))
    assert one == other
    assert one not in {third, data}


def test_an_archive_is_damaged_within() -> None:
    data = made_documents.seeds()["docx"][0]
    for number in range(30):
        damaged = mutated(data, [data], Random(number))
        if zipfile.is_zipfile(io.BytesIO(damaged)):
            with zipfile.ZipFile(io.BytesIO(damaged)) as archive:
                if "word/document.xml" in archive.namelist() and not archive.testzip():
                    return
    raise AssertionError("no archive was whole")

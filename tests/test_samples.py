"""The samples are what they say: five digests, of the promised length, marked as digests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.reader import read_paper
from tests.conftest import SAMPLES

FILES = sorted(SAMPLES.glob("*.md"))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def test_there_are_five() -> None:
    assert [file.stem for file in FILES] == ["liu", "luosang", "yan", "yuan-zhao", "zhang"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_digest_says_so_and_has_its_metadata(file: Path) -> None:
    text = file.read_text("utf-8")
    front, body = text.split("\n---\n", 1)
    paper = read_paper(file).paper
    assert paper.authors
    assert paper.affiliations
    assert paper.keywords
    assert paper.found["title"] == "front matter"
    assert "digest_of: " in front
    assert "digest" in paper.title
    assert "It is not the paper" in body
    assert 1_200 <= len(body.split()) <= 2_000


def test_no_sentence_of_the_papers_is_in_the_samples(papers_folder: Path) -> None:
    runs = {
        tuple(run)
        for paper in papers_folder.glob("*.md")
        for text in [words(paper.read_text("utf-8"))]
        for run in zip(*(text[i:] for i in range(10)), strict=False)
    }
    for file in FILES:
        text = words(file.read_text("utf-8"))
        shared = [run for run in zip(*(text[i:] for i in range(10)), strict=False) if run in runs]
        assert not shared, f"{file.name}: {' '.join(shared[0])}"

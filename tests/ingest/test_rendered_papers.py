"""The five papers printed by a browser, in one and two columns: the same passages, right pages.

A PDF has no trace of what separates blocks in Markdown and is not printed: rules and pictures
are taken out before both sides read the paper. Compared are the words of the retrievable
passages, in order, and each passage with the most similar one of the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from pdfminer.high_level import extract_text
from playwright.sync_api import Browser

from ingest.document import Document
from ingest.formats import pdf
from ingest.reader import parse
from ingest.types import ParsedPaper, Passage
from tests.ingest.helpers import passages
from tests.ingest.pdfs import INDENTED, ONE_COLUMN, TWO_COLUMNS, printed

NAMES = ("liu", "luosang", "yan", "yuan-zhao", "zhang")
STYLES = {"one column": ONE_COLUMN, "two columns": TWO_COLUMNS}
HEAD = "Papers on governance 12 (2024)"
_NOT_PRINTED = re.compile(r"(?m)^(?:-{3,}|!\[.*)$")


@dataclass(frozen=True)
class Printed:
    """A paper from its Markdown, from its PDF, and the PDF."""

    markdown: ParsedPaper
    parsed: ParsedPaper
    data: bytes


def _read(browser: Browser, folder: Path, name: str, style: str) -> Printed:
    path = folder / f"{name}.md"
    text = re.sub(r"\n{3,}", "\n\n", _NOT_PRINTED.sub("", path.read_text(encoding="utf-8")))
    data = printed(browser, text, style, head=HEAD)
    markdown = parse(Document("markdown", text), paper_id="0" * 64, path=path)
    document = pdf.read(data, Path(f"{name}.pdf"))
    return Printed(markdown, parse(document, paper_id="1" * 64, path=Path(f"{name}.pdf")), data)


@pytest.fixture(scope="module")
def papers(browser: Browser, papers_folder: Path) -> dict[tuple[str, str], Printed]:
    return {
        (name, style): _read(browser, papers_folder, name, sheet)
        for name in NAMES
        for style, sheet in STYLES.items()
    }


@pytest.fixture(params=[(name, style) for name in NAMES for style in STYLES], ids=" in ".join)
def paper(request: pytest.FixtureRequest, papers: dict[tuple[str, str], Printed]) -> Printed:
    return papers[request.param]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _all_words(found: Sequence[Passage]) -> list[str]:
    return [word for passage in found for word in _words(passage.text)]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def _is_same(passage: Passage, others: Sequence[Passage]) -> bool:
    """Whether one of others has the words of a passage, but for 3 % of them."""
    words = _words(passage.text)
    for other in others:
        found = _words(other.text)
        most = max(len(words), len(found))
        alike = len(set(words) & set(found)) * 2 > len(set(words))
        if alike and most - _common(words, found) <= 0.03 * most:
            return True
    return False


def test_the_same_words_in_the_same_order(paper: Printed) -> None:
    truth, found = map(_all_words, map(passages, (paper.markdown, paper.parsed)))
    common = _common(truth, found)
    assert common >= 0.97 * len(truth)
    assert common >= 0.97 * len(found)


def test_the_same_passages(paper: Printed) -> None:
    truth, found = passages(paper.markdown), passages(paper.parsed)
    missing = [passage.text for passage in truth if not _is_same(passage, found)]
    assert len(missing) <= 0.03 * len(truth), missing


def test_the_same_title_authors_abstract_and_keywords(paper: Printed) -> None:
    truth, found = paper.markdown.paper, paper.parsed.paper
    assert (found.title, found.authors, found.keywords, found.year) == (
        truth.title,
        truth.authors,
        truth.keywords,
        truth.year,
    )
    assert found.abstract == truth.abstract


def test_every_passage_is_on_its_pages(paper: Printed) -> None:
    assert paper.parsed.layout
    count = len(paper.parsed.layout.pages)
    pages = [_pairs(extract_text(BytesIO(paper.data), page_numbers=[i])) for i in range(count)]
    for passage in passages(paper.parsed):
        assert passage.pages
        first, last = passage.pages
        pairs = _pairs(passage.text)
        there = [pairs & page for page in pages[first - 1 : last]]
        assert len(set().union(*there)) >= 0.8 * len(pairs) - 1, passage.text
        assert len(there) == 1 or all(there), passage.text
        assert passage.page_labels == (str(first), str(last))


def _pairs(text: str) -> set[tuple[str, str]]:
    """Words that follow one another, as another library of PDFs and ours give them."""
    return set(pairwise(_words(text)))


def test_no_running_head_is_left(paper: Printed) -> None:
    assert HEAD not in paper.parsed.text


def test_hyphenated_and_indented_columns_keep_the_words(
    browser: Browser, papers_folder: Path
) -> None:
    paper = _read(browser, papers_folder, "zhang", INDENTED)
    truth, found = map(_all_words, map(passages, (paper.markdown, paper.parsed)))
    assert _common(truth, found) >= 0.97 * max(len(truth), len(found))

"""What a paper is made of comes out again, whatever its format."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ingest.cleaning import clean, clean_text
from ingest.document import FileKind
from ingest.markdown import escaped
from ingest.reader import parse
from ingest.reading import read_document
from ingest.types import ParsedPaper
from tests.ingest.written import WRITERS, Items, Paragraph, Section, Table, Written

SETTINGS = settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # a paper takes too long to make for shrinking it
    suppress_health_check=[HealthCheck.too_slow],
)
SUFFIXES: dict[FileKind, str] = {
    "markdown": ".md",
    "html": ".html",
    "jats": ".xml",
    "docx": ".docx",
}
OPENERS = ["The council of", "Many residents of", "However, the mayor of", "Nobody in"]
ENDINGS = [
    "votes in the open",
    "has rows_of_names & #marks",
    "wants x < 5 and y > 3",
    "writes <b>tags</b> and <a href=x>links</a>",
    "counts 2 * 3 or a*b",
    "says [so](there)",
    "parts a | b | c",
    "keeps C:\\folders\\ and \\_ signs",
    "asks: why – or why not?",  # noqa: RUF001
]
NAMES = ["Jane Roe", "John Stiles", "Ana de la Vega", "Wei Zhang"]


@st.composite
def written(draw: st.DrawFn) -> Written:
    """A paper; every sentence and heading has a word of its own."""
    numbers = count()

    def serial() -> str:
        return "q" + "".join("abcdefghij"[int(digit)] for digit in f"{next(numbers):04d}")

    def sentence() -> str:
        return f"{draw(st.sampled_from(OPENERS))} {serial()} {draw(st.sampled_from(ENDINGS))}."

    def text() -> str:
        return " ".join(sentence() for _ in range(draw(st.integers(1, 4))))

    def block() -> Paragraph | Items | Table:
        kind = draw(st.sampled_from(["paragraph", "paragraph", "note", "items", "table"]))
        if kind == "items":
            texts = tuple(sentence() for _ in range(draw(st.integers(2, 4))))
            return Items(texts, draw(st.booleans()))
        if kind == "table":
            columns = draw(st.integers(2, 3))
            row = st.just(None).map(lambda _: tuple(f"Cell {serial()}" for _ in range(columns)))
            return Table(tuple(draw(st.lists(row, min_size=2, max_size=4))))
        return Paragraph(text(), f"See {sentence()}" if kind == "note" else "")

    sections: list[Section] = []
    for _ in range(draw(st.integers(1, 5))):
        deepest = sections[-1].level + 1 if sections else 1
        level = draw(st.integers(1, min(deepest, 3)))
        blocks = tuple(block() for _ in range(draw(st.integers(1, 4))))
        sections.append(Section(level, f"Part {serial()} of <Things> & #more_or_less", blocks))
    references = [
        f"Roe, J. (1999). Towns {serial()}. Town Press." for _ in range(draw(st.integers(0, 3)))
    ]
    return Written(
        title=f"On the towns {serial()}",
        authors=tuple(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))),
        abstract=text(),
        sections=tuple(sections),
        references=tuple(references),
    )


def read(paper: Written, kind: FileKind) -> ParsedPaper:
    data = WRITERS[kind](paper)
    path = Path(f"paper{SUFFIXES[kind]}")
    document = read_document(data, path)
    assert document.kind == kind
    return parse(document, paper_id="0" * 64, path=path)


def expected(paper: Written) -> list[tuple[str, tuple[str, ...], str]]:
    """Kind, section and text of all that stands below the title and the authors."""
    found: list[tuple[str, tuple[str, ...], str]] = [("abstract", ("Abstract",), paper.abstract)]
    path: list[str] = []
    for section in paper.sections:
        path[section.level - 1 :] = [section.title]
        for block in section.blocks:
            found += [(kind, tuple(path), text) for kind, text in _expected_block(block)]
    return [*found, *(("reference", ("References",), text) for text in paper.references)]


def _expected_block(block: Paragraph | Items | Table) -> list[tuple[str, str]]:
    if isinstance(block, Table):
        return [("prose", " ".join(" | ".join(row) for row in block.rows))]
    if isinstance(block, Items):
        numbers = (f"{n}. " if block.ordered else "" for n in count(1))
        return [
            ("prose", " ".join(n + text for n, text in zip(numbers, block.texts, strict=False)))
        ]
    notes = [("note", block.note)] if block.note else []
    return [("prose", block.text), *notes]


@pytest.mark.parametrize("kind", WRITERS)
@SETTINGS
@given(paper=written())
def test_the_same_structure_comes_out(kind: FileKind, paper: Written) -> None:
    parsed = read(paper, kind)
    found = [
        (e.kind, e.section, clean(parsed.text, e.spans).text)
        for e in parsed.elements
        if e.kind != "front"
    ]
    assert found == expected(paper)
    assert parsed.paper.title == paper.title
    assert parsed.paper.authors == paper.authors


MANY = settings(SETTINGS, max_examples=300, phases=tuple(Phase))
PLAIN = st.text(
    st.characters(
        exclude_categories=["C", "M", "Lm", "No", "Lo"], exclude_characters="`*¶†‡※ÿ|[^•"
    ),
    max_size=60,
)
MARKUP = st.lists(
    st.sampled_from(
        "# |## |> |- |+ |~~~|---|===|_|__|<b>|</b>|<br/>|<a href=x>|<!-- x -->|<https://a.b>|"
        "](x.y)|!|<|>|=|\\|\\\\|\\_|\\#|1. |a|B|ok| |(|)|http://a.b/c".split("|")
    ),
    max_size=20,
).map("".join)


@MANY
@given(st.one_of(PLAIN, MARKUP))
def test_escaped_text_comes_back(text: str) -> None:
    assert clean_text(escaped(text)) == " ".join(text.split())


@MANY
@given(st.one_of(PLAIN, MARKUP, st.text("ab*_|<>[]\\ \n#-", max_size=40)))
def test_escaped_text_keeps_its_words(text: str) -> None:
    words = re.findall(r"[^\W_]+", text)
    assert re.findall(r"[^\W_]+", clean_text(escaped(text))) == words

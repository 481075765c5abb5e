"""What must hold for every text, shown on random ones."""

# ruff: noqa: RUF001 - Chinese and printed signs are what is tested

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.blocks import split_blocks
from ingest.cleaning import clean, clean_spans, clean_text
from ingest.errors import UnreadableFile
from ingest.frontmatter import split_off_labels
from ingest.headings import find_headings
from ingest.metadata import front_matter
from ingest.passages import PassageSize, make_passages
from ingest.sections import split_off_headings
from ingest.sentences import split_sentences
from ingest.types import RETRIEVABLE, ParsedPaper, Passage
from tests.ingest.helpers import count_words, read
from vectorstore.protocols import Embedder

SETTINGS = settings(
    max_examples=200,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
FRAGMENTS = st.sampled_from(
    "# |## |**|*|***|_|`|```\n|~~~\n|---\n|===\n|- |* |1. |2. |(1) |A. |I. |II. |1.1 |[1]|[^1]|"
    "[^1]: |<sup>2</sup>|<b>|</b>|<!-- x -->|![p](a.png)|[a](b.c)|](|[|]|(|)|> |¶|†|\\*|\\_|ÿ|"
    "\u0323|\u00ad\n|"
    "\n|\n\n|\n\n\n\n|\r\n\r\n| |  |\t|. |, |: |; |! |? |。|，|治理|Figure 1 |Table 2: |References|"
    "Abstract: |Keywords: |Acknowledgements: |Notes|http://a.b/c|1995|p. 12|«Town»|vol 3|"
    "The council|residents vote|in the|Jane Roe|University|TOWN HALL|a|b|votes".split("|")
)
WILD = st.one_of(
    st.text(max_size=400),
    st.lists(st.one_of(FRAGMENTS, st.text(max_size=5)), max_size=80).map("".join),
    st.lists(FRAGMENTS, max_size=80).map("".join),
)


def check_passage(parsed: ParsedPaper, passage: Passage) -> None:
    """The promises that every passage keeps."""
    spans = passage.spans
    assert clean(parsed.text, spans).text == clean_spans(parsed.text, spans) == passage.text
    assert passage.text == passage.text.strip() != ""
    assert all(0 <= s < e <= len(parsed.text) for s, e in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))


def check_cleaning(parsed: ParsedPaper, passage: Passage) -> None:
    """Every clean character stands in the source; verbatim spans stand in the text."""
    cleaned = clean(parsed.text, passage.spans)
    pairs = zip(cleaned.text, cleaned.origins, strict=True)
    assert all(c == " " or parsed.text[origin] == c for c, origin in pairs)
    origins = [origin for origin in cleaned.origins if origin >= 0]
    assert origins == sorted(set(origins))
    at = 0
    for start, end in cleaned.verbatim_spans(0, len(cleaned.text)):
        at = cleaned.text.index(parsed.text[start:end], at)


def check_elements(parsed: ParsedPaper) -> None:
    """Elements lie in the text, in order within, and nowhere on one another."""
    spans = [span for element in parsed.elements for span in element.spans]
    assert all(0 <= s < e <= len(parsed.text) for s, e in spans)
    assert all(one.end <= two.start for one, two in pairwise(sorted(spans)))
    for element in parsed.elements:
        assert list(element.spans) == sorted(element.spans)


def lost_words(parsed: ParsedPaper) -> set[str]:
    """The words of a text that are in no element, no heading and no title."""
    text = parsed.text
    _, start = front_matter(text)
    blocks = split_off_headings(split_off_labels(split_blocks(text, start)))
    headings = [b.text for b, heading in zip(blocks, find_headings(blocks), strict=True) if heading]
    sections = [title for element in parsed.elements for title in element.section]
    kept = " ".join([parsed.paper.title, *headings, *sections])
    covered = bytearray(len(text))
    for element in parsed.elements:
        for s, e in element.spans:
            covered[s:e] = b"\x01" * (e - s)
    rest = "".join(" " if covered[i] else c for i, c in enumerate(text) if i >= start)
    labels = {"abstract", "summary", "keywords", "keyword", "references", "acknowledgements"}
    return (
        set(re.findall(r"[^\W\d_]{3,}", clean_text(rest).lower()))
        - labels
        - set(re.findall(r"[^\W\d_]{3,}", kept.lower()))
    )


def lost_sentences(parsed: ParsedPaper, passages: list[Passage]) -> list[str]:
    """Retrievable text that is in no passage."""
    covered = {i for p in passages for s, e in p.spans for i in range(s, e)}
    kept = [
        "".join(text[o] for o in clean(text, e.spans).origins if o >= 0 and o not in covered)
        for text, e in ((parsed.text, e) for e in parsed.elements if e.kind in RETRIEVABLE)
    ]
    return [text for text in kept if re.search(r"[^\W_]", text)]


def check_all(text: str, count_tokens: Callable[[str], int], limit: int) -> list[Passage]:
    try:
        parsed = read(text)
    except UnreadableFile:
        return []
    passages = make_passages(parsed, count_tokens, PassageSize(tokens=limit))
    check_elements(parsed)
    assert not lost_sentences(parsed, passages)
    for passage in passages:
        check_passage(parsed, passage)
        check_cleaning(parsed, passage)
        assert count_tokens(passage.searchable) <= limit
    assert len({p.id for p in passages}) == len(passages)
    return passages


@SETTINGS
@given(WILD)
def test_any_text_keeps_the_promises(text: str) -> None:
    check_all(text, count_words, 24)


@SETTINGS
@given(WILD)
def test_any_text_keeps_the_promises_with_the_real_tokenizer(embedder: Embedder, text: str) -> None:
    check_all(text, embedder.count_tokens, 256)


@SETTINGS
@given(WILD)
def test_no_word_of_any_text_is_lost(text: str) -> None:
    try:
        parsed = read(f"# Title\n\n{text}\n\nThe end is here.")
    except UnreadableFile:
        return
    assert not lost_words(parsed)


@SETTINGS
@given(WILD)
def test_cleaning_deletes_and_never_changes(text: str) -> None:
    cleaned = clean_text(text)
    letters = iter(text)
    assert all(c == " " or c in letters for c in cleaned)
    assert cleaned == " ".join(cleaned.split())


@SETTINGS
@given(WILD)
def test_sentences_hold_every_character(text: str) -> None:
    text = clean_text(text)
    ranges = split_sentences(text)
    assert all(0 <= a < b <= len(text) for a, b in ranges)
    assert all(one[1] <= two[0] for one, two in pairwise(ranges))
    assert "".join(text[a:b] for a, b in ranges).replace(" ", "") == text.replace(" ", "")


# Documents made of known blocks. Every sentence has a word of its own, so that it can be traced.

OPENERS = ["The council of", "Many residents of", "In that year", "However, the mayor of"]
FILLERS = ["votes in the open", "keeps its minutes", "asks for *more* time", "pays the clerk [3]"]


@st.composite
def sentences(draw: st.DrawFn, serial: Callable[[], str]) -> str:
    number = draw(st.integers(1, 7))
    parts = [
        f"{draw(st.sampled_from(OPENERS))} {serial()} {draw(st.sampled_from(FILLERS))}"
        f"{draw(st.sampled_from(['', ', and so does ' + serial()]))}."
        for _ in range(number)
    ]
    return " ".join(parts)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[str], list[str]]:
    """A document, the words that must be found in passages, and those that must not."""
    numbers = count()

    def serial() -> str:
        digits = f"{next(numbers):04d}"
        return "q" + "".join("abcdefghij"[int(d)] for d in digits)

    style = draw(
        st.sampled_from(["## {n}. {t}", "{n}. {t}", "### **{n} {t}**", "## {t}", "**{t}**"])
    )
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    blocks = ["# Open councils", "Jane Roe"]
    wanted: list[str] = []
    unwanted: list[str] = []
    for n in range(1, draw(st.integers(1, 4)) + 1):
        blocks.append(style.format(n=n, t=f"Part {serial()}"))
        for _ in range(draw(st.integers(1, 4))):
            prose = draw(sentences(serial))
            wanted.extend(re.findall(r"q[a-j]{4}", prose))
            blocks.extend(draw(st.sampled_from([(), ("---",), (f"Figure {n} {serial()} map",)])))
            blocks.extend(_maybe_cut(draw, prose, serial, unwanted))
    if draw(st.booleans()):
        entry = f"[1] Roe {serial()}. Towns {serial()}. Oxford: Town Press, 1999, pp. 1-2."
        unwanted.extend(re.findall(r"q[a-j]{4}", entry))
        blocks.extend([draw(st.sampled_from(["## References", "REFERENCES"])), entry])
    return (newline * 2).join(blocks), wanted, unwanted


def _maybe_cut(
    draw: st.DrawFn, prose: str, serial: Callable[[], str], unwanted: list[str]
) -> list[str]:
    """A paragraph, whole or cut in mid-sentence by what a page's end brings."""
    breaks = (m.start() for m in re.finditer(r" (?=(?:of|in|and|the|so) )", prose))
    places = [at for at in breaks if len(prose[:at].split()) > 14]
    if not places or draw(st.booleans()):
        return [prose]
    at = draw(st.sampled_from(places))
    note = f'Roe, {serial()}: "Towns", Oxford: Town Press, 1999, p. 7.'
    unwanted.extend(re.findall(r"q[a-j]{4}", note))
    foot = draw(st.sampled_from([[], ["12"], ["---", note], [note, "13"]]))
    if note not in foot:
        unwanted.pop()
    return [prose[:at], *foot, prose[at + 1 :]]


@SETTINGS
@given(documents())
def test_documents_keep_the_promises(document: tuple[str, list[str], list[str]]) -> None:
    text, wanted, unwanted = document
    passages = check_all(text, count_words, 60)
    found = " ".join(p.text for p in passages)
    assert [word for word in wanted if found.count(word) != 1] == []
    assert [word for word in unwanted if word in found] == []
    assert all(1 <= len(split_sentences(p.text)) <= 4 for p in passages)


@SETTINGS
@given(documents())
def test_halves_stand_in_one_element(document: tuple[str, list[str], list[str]]) -> None:
    text, wanted, _ = document
    if not wanted:
        return
    for element in read(text).elements:
        if element.kind == "prose":
            cleaned = clean(text, element.spans).text
            assert cleaned.endswith(".")
            assert cleaned[0].isupper()


@pytest.mark.parametrize("newline", ["\n\n", "\n"])
def test_this_file_is_tested_on_something(newline: str) -> None:
    assert check_all(newline.join(["# Title", "The council meets. It votes."]), count_words, 24)

# ruff: noqa: RUF001 - Chinese and printed signs are what is tested

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.cleaning import clean
from ingest.errors import BadSettings
from ingest.passages import PassageSize, heading_context, make_passages
from ingest.sentences import split_sentences
from ingest.types import Paper
from tests.ingest.helpers import count_words, passages, read
from vectorstore.protocols import Embedder

SENTENCES = [
    "The council meets in the hall.",
    "Its minutes are open to all.",
    "Residents may speak first.",
    "The clerk writes it down.",
    "Votes are then taken.",
    "The mayor has no vote.",
    "Ties are broken by lot.",
]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The mayor left. The clerk stayed.", 2),
        ("Dr. Roe et al. saw e.g. two towns, i.e. both. They agreed.", 2),
        ("It rose by 3.5 percent. Was it much? No!", 3),
        ("J. M. Roe spoke. So did A. Doe.", 2),
        ("议会公开。居民参与！谁来决定？", 3),
        ("No full stop", 1),
        ("", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    ranges = split_sentences(text)
    assert len(ranges) == count
    assert "".join(text[a:b] for a, b in ranges).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("count", range(1, 8))
def test_a_passage_has_one_to_four_sentences(count: int) -> None:
    found = passages(read("# Councils\n\n## Scope\n\n" + " ".join(SENTENCES[:count])))
    assert all(1 <= len(split_sentences(p.text)) <= 4 for p in found)
    assert " ".join(p.text for p in found) == " ".join(SENTENCES[:count])


def test_a_passage_stays_in_its_section() -> None:
    text = "# Councils\n\n" + "\n\n".join(
        f"## {i}. Part\n\n{s}" for i, s in enumerate(SENTENCES, 1)
    )
    found = passages(read(text))
    assert [p.text for p in found] == SENTENCES
    assert [p.section for p in found] == [(f"{i}. Part",) for i in range(1, 8)]


def test_context_names_paper_authors_and_headings() -> None:
    found = passages(
        read(
            "# Councils\n\nJane Roe, John Doe\n\n## 1. Powers\n\n### 1.1 Taxes\n\n"
            "Land is taxed by the town."
        )
    )
    assert found[0].context == "Councils by Jane Roe, John Doe > 1. Powers > 1.1 Taxes"
    assert found[0].searchable == f"{found[0].context}\nLand is taxed by the town."


def test_context_has_no_braces() -> None:
    paper = Paper("p", "Dunes", "a.md", ("{Human Rights Watch}", "Roe, Jane"))
    context = heading_context(paper, (), lambda text: len(text.split()), 50)
    assert context == "Dunes by Human Rights Watch, Roe, Jane"


def long_sentence(words: int) -> str:
    return (
        "The council decides " + " ".join(f"on matter {i}," for i in range(words)) + " and rests."
    )


@pytest.mark.parametrize("tokens", [32, 64, 256])
@pytest.mark.parametrize("words", [20, 150, 1000])
def test_long_sentences_are_cut_at_commas_and_lose_nothing(words: int, tokens: int) -> None:
    sentence = long_sentence(words)
    found = passages(read(f"# Councils\n\n## Scope\n\n{sentence}"), tokens)
    assert all(count_words(p.searchable) <= tokens for p in found)
    assert " ".join(p.text for p in found) == sentence
    assert all(p.text.endswith((",", ".")) for p in found)


@pytest.mark.parametrize(
    "text", ["a" * 30000, "治" * 3000, "x/" * 4000, "https://" + "law." * 3000]
)
def test_text_without_a_space_is_cut_and_loses_nothing(text: str, embedder: Embedder) -> None:
    found = make_passages(read(f"# Councils\n\n## Scope\n\n{text}"), embedder.count_tokens)
    assert all(embedder.count_tokens(p.searchable) <= 256 for p in found)
    assert "".join(p.text for p in found) == text
    assert max(len(p.text) for p in found) <= 2048


def test_long_titles_and_author_lists_leave_room_for_text(embedder: Embedder) -> None:
    title = " ".join(["Councils of towns"] * 12)
    authors = ", ".join(f"Jane {a}{b}roe" for a in "ABCDEFGHIJ" for b in "aeiou")
    section = "## 1. " + " ".join(["Taxes on land"] * 12)
    text = f"# {title}\n\n{authors}\n\n{section}\n\n{long_sentence(300)}"
    found = make_passages(read(text), embedder.count_tokens)
    assert all(embedder.count_tokens(p.searchable) <= 256 for p in found)
    assert all(embedder.count_tokens(p.context) <= 128 for p in found)
    assert all(title in p.context for p in found)


def test_context_gives_way_from_the_outside() -> None:
    paper = read(
        "# Councils\n\nJane Roe\n\n## 1. Powers\n\n### 1.1 Taxes\n\nLand is taxed here."
    ).paper
    path = ("1. Powers", "1.1 Taxes")
    forms = [heading_context(paper, path, count_words, limit) for limit in (20, 13, 10, 7, 5, 2)]
    assert forms == [
        "Councils by Jane Roe > 1. Powers > 1.1 Taxes",
        "Councils by Jane Roe > 1.1 Taxes",
        "Councils > 1.1 Taxes",
        "Councils by Jane Roe",
        "Councils",
        "",
    ]


@pytest.mark.parametrize("tokens", [1, 2, 3, 4])
def test_a_limit_too_small_for_any_text_ends(tokens: int) -> None:
    found = make_passages(read("Councils meet."), count_words, PassageSize(tokens=tokens))
    assert "".join(p.text for p in found).replace(" ", "") == "Councilsmeet."


@pytest.mark.parametrize("name", ["sentences", "characters", "tokens"])
@pytest.mark.parametrize("value", [0, -1])
def test_a_size_that_is_none_is_refused(name: str, value: int) -> None:
    with pytest.raises(BadSettings, match=f"Passages cannot have {value} {name}"):
        PassageSize(**{name: value})


def test_a_link_cut_by_a_sentence_stays_within_the_limit() -> None:
    link = f"[It is open. It is free.](https://law.example/{'a/' * 100})"
    parsed = read(f"# Councils\n\n## Scope\n\n{' '.join(SENTENCES)} {link} {' '.join(SENTENCES)}")
    for found in (passages(parsed, tokens) for tokens in (24, 32, 64)):
        assert all(clean(parsed.text, p.spans).text == p.text for p in found)
        assert not any("law.example" in p.text for p in found)
        assert all(count_words(p.searchable) <= 64 for p in found)


def test_ids_depend_on_paper_place_and_text_alone() -> None:
    parsed = read("# Councils\n\n## Scope\n\n" + " ".join(SENTENCES))
    again = passages(parsed)
    assert [p.id for p in passages(parsed)] == [p.id for p in again]
    moved = replace(parsed, paper=replace(parsed.paper, source_path="elsewhere.md"))
    assert [p.id for p in passages(moved)] == [p.id for p in again]
    other = replace(parsed, paper=replace(parsed.paper, id="1" * 64))
    assert not {p.id for p in passages(other)} & {p.id for p in again}
    assert len({p.id for p in again}) == len(again)


def test_equal_sentences_in_two_places_are_two_passages() -> None:
    found = passages(read("# Councils\n\n## 1. A\n\nIt is open.\n\n## 2. B\n\nIt is open."))
    assert len({p.id for p in found}) == 2

"""Sketches tell how much of one text stands in another, whatever a file's format did to it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest

from ingest.sketch import sketch, title_key, title_sketch, words

WORDS = (
    "council town river harbour market keeper rule meeting complaint tax bridge tower field road "
    "winter garden school library archive ferry mill bread salt wool stone timber copper boat"
).split()


def text(seed: int, sentences: int = 150) -> list[str]:
    draw = random.Random(seed)
    return [f"{' '.join(draw.choices(WORDS, k=14)).capitalize()}." for _ in range(sentences)]


def misread(texts: Sequence[str]) -> list[str]:
    """Two of a hundred letters are others, as bad OCR makes them."""
    draw = random.Random(1)
    swap = {letter: draw.choice("abcdefghijklmnopqrstuvwxyz") for letter in "abcdefghijklmnop"}
    return ["".join(swap.get(c, c) if draw.random() < 0.02 else c for c in one) for one in texts]


def hyphenated(texts: Sequence[str]) -> list[str]:
    """Every fifth word breaks at the end of a line."""
    return [
        " ".join(f"{w[:3]}-\n{w[3:]}" if i % 5 == 0 and len(w) > 5 else w for i, w in enumerate(x))
        for x in (one.split() for one in texts)
    ]


def shouted(texts: Sequence[str]) -> list[str]:
    return [f"“{one.upper()}”  —" for one in texts]


def shared(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of the shorter text that stands in the other, by their sketches."""
    a, b = set(sketch(one)), set(sketch(other))
    return len(a & b) / min(len(a), len(b))


@pytest.mark.parametrize(
    ("change", "least"),
    [
        (misread, 0.35),
        (hyphenated, 0.95),
        (shouted, 1.0),
        (lambda texts: texts[40:80], 1.0),
        (lambda texts: [*text(9), *texts, *text(10)], 1.0),
        (lambda texts: [" ".join(texts)], 1.0),
    ],
)
def test_the_same_text_in_another_form(
    change: Callable[[Sequence[str]], list[str]], least: float
) -> None:
    assert shared(text(1), change(text(1))) >= least


def test_other_texts_on_the_same_subject_share_nothing() -> None:
    assert max(shared(text(1), text(seed)) for seed in range(2, 12)) <= 0.02


def test_a_part_estimates_its_share() -> None:
    half = [*text(1)[:75], *text(2)[:75]]
    assert 0.35 <= shared(text(1), half) <= 0.65


def test_a_sketch_is_always_the_same_and_small() -> None:
    made = sketch(text(1))
    assert made == sketch(text(1))
    assert 40 <= len(made) <= 100  # of 2,100 words
    assert all(0 <= number < 2**63 for number in made)
    assert sketch(["Too short."]) == ()


def test_chinese_characters_are_words() -> None:
    assert words("治理 Innovation研究") == ["治", "理", "innovation", "研", "究"]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Gouvernance: l'Été", "gouvernance l ete"),
        ("Open Councils (digest)", "open councils"),
        ("Open Councils [J]", "open councils"),
        ("(In)equality", "in equality"),
        ("治理（续）", "治 理"),  # noqa: RUF001
        ("…", ""),
    ],
)
def test_titles_are_compared_by_their_words(title: str, key: str) -> None:
    assert title_key(title) == key


def test_the_hashes_of_titles_are_apart_from_those_of_texts() -> None:
    one = "council town river harbour market keeper"
    assert not set(title_sketch(one)) & set(sketch([one * 50]))
    assert title_sketch("Councils") == ()

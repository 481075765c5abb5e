"""Numbers, names, denials and opposites, where `verify` alone would not tell one from another."""

from __future__ import annotations

import pytest

from assistant.verification.denial import denies_otherwise
from assistant.verification.direction import direction, opposed_words, turns
from assistant.verification.names import missing_names, swapped_names
from assistant.verification.numbers import missing_numbers, numbers_of
from assistant.verification.words import stem


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,234 boats", [1234]),
        ("76 000 boats", [76000]),
        ("3.5 million boats", [3.5e6]),
        ("two hundred and five", [205]),
        ("two and three", [2, 3]),
        ("twenty-five", [25]),
        ("the twenty-first century", [21]),
        ("the 21st century", [21]),
        ("1990\u20131995", [1990, 1995]),
        ("from 1990 to 1995", [1990, 1995]),
        ("the 1990s", [1990]),
        ("12%", [12]),
        ("twelve percent", [12]),
        ("the first two boats", [2]),
        ("G20, COVID-19 and B-52", []),
        ("he may go in May 2001", [2001, 5]),
        ("3万人", [30000]),
        ("2001年5月12日", [2001, 5, 12, 5]),
        ("百分之12", [12]),
    ],
)
def test_numbers(text: str, values: list[float]) -> None:
    assert [number.value for number in numbers_of(text)] == values


@pytest.mark.parametrize(
    ("sentence", "source", "missing"),
    [
        ("twelve boats", "12 boats", []),
        ("12 boats", "13 boats", ["12"]),
        ("5 percent", "5 boats", ["5 percent"]),
        ("5 boats", "5 percent", []),
        ("about 100 boats", "103 boats", []),
        ("about 100 boats", "120 boats", ["100"]),
        ("three kinds", "rowing boats, sailing boats, and ferries", []),
        ("three kinds", "two kinds", ["three"]),
        ("one kind", "two kinds", []),
        ("in March", "in April", ["March"]),
        ("in March", "in Mar. 1990", []),
        ("1990 to 1995", "1990\u20131996", ["1995"]),
        ("in the 20th century", "in the twentieth century", []),
    ],
)
def test_missing_numbers(sentence: str, source: str, missing: list[str]) -> None:
    assert [number.text for number in missing_numbers(sentence, [source])] == missing


@pytest.mark.parametrize(
    ("sentence", "source", "missing"),
    [
        ("The pier of Norway", "Norway's pier", []),
        ("The pier of Norway", "the pier", ["Norway"]),
        ("As Holm says, it is so", "it is so", []),
        ("As Holm says, it is so", "Berg says that it is so", ["Holm"]),
        ("a plan of the NTU", "a plan of the Northern Tide Union", []),
        ("a plan of the Northern Tide Union", "a plan of the NTU", []),
        ("a plan of the NTU", "a plan of the Eastern Reef Union", ["NTU"]),
        ("what Anna Holm did", "Holm met Anna Berg", ["Anna Holm"]),
        ("Piers are long", "long piers", []),
        ("the Northern Tide Union", "the tide of the northern union", ["Northern Tide Union"]),
    ],
)
def test_missing_names(sentence: str, source: str, missing: list[str]) -> None:
    assert missing_names(sentence, [source]) == missing


@pytest.mark.parametrize(
    ("sentence", "source", "swapped"),
    [
        ("Holm sued Berg over a pier", "Berg sued Holm over a pier", True),
        ("Holm sued Berg over a pier", "Holm sued Berg over a pier", False),
        ("Berg was sued by Holm over a pier", "Holm sued Berg over a pier", False),
        ("Holm and Berg built a pier", "Berg and Holm built a pier", False),
        ("Over a pier, Holm sued Berg", "Holm sued Berg over a pier", False),
        (
            "The old pier of Holm is wood, the new quay of Berg is stone",
            "The old pier of Berg is wood, the new quay of Holm is stone",
            True,
        ),
    ],
)
def test_swapped_names(sentence: str, source: str, swapped: bool) -> None:
    assert (swapped_names(sentence, source) is not None) is swapped


@pytest.mark.parametrize(
    ("sentence", "source", "differ"),
    [
        ("Boats pay tolls", "Boats do not pay tolls", True),
        ("Boats do not pay tolls", "Boats pay tolls", True),
        ("Boats don't pay tolls", "Boats do not pay tolls", False),
        ("No boat pays tolls", "Boats never pay tolls", False),
        ("Boats not only pay tolls", "Boats pay tolls", False),
        ("Boats cannot live without tolls", "Boats live on tolls", False),
        ("Boats fail to pay tolls", "Boats pay tolls to the harbour", True),
        ("Boats pay tolls, not fees", "Boats pay tolls to the harbour", False),
        ("The council is not a court but a market", "The council is a market", False),
    ],
)
def test_denials(sentence: str, source: str, differ: bool) -> None:
    assert denies_otherwise(sentence, source) is differ


@pytest.mark.parametrize(
    ("sentence", "source", "words"),
    [
        ("Tolls raise the price of fish", "Tolls reduce the price of fish", ("raise", "reduce")),
        ("Tolls raise the price of fish", "Tolls increase the price of fish", None),
        ("Tolls do not raise the price of fish", "Tolls lower the price of fish", None),
        (
            "Owners have unequal rights at sea",
            "Owners have equal rights at sea",
            ("unequal", "equal"),
        ),
        (
            "The first warden of a pier sleeps",
            "The last warden of a pier sleeps",
            ("first", "last"),
        ),
        ("Tolls increase in spring", "Fares decrease in autumn", None),
    ],
)
def test_opposites(sentence: str, source: str, words: tuple[str, str] | None) -> None:
    assert opposed_words(sentence, source) == words


def test_directions() -> None:
    assert direction("Tolls raise prices") == 1
    assert direction("Tolls do not raise prices") == direction("Tolls lower prices") == -1
    assert direction("Tolls are paid") == 0
    assert turns("Tolls are paid") == turns("Tolls do not lower prices") == 1
    assert turns("Tolls lower prices") == turns("Tolls do not raise prices") == -1


@pytest.mark.parametrize(
    "family",
    [
        "increase increased increasing increases",
        "cooperate cooperation cooperative cooperates",
        "organise organisation organization organised organizing",
        "policy policies",
        "nation nations national",
        "stop stopped stopping",
        "govern governance government governing",
    ],
)
def test_words_of_one_family_have_one_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


def test_words_of_other_families_do_not() -> None:
    words = "council counsel nation notion policy police state status general generous".split()
    assert len({stem(word) for word in words}) == len(words)

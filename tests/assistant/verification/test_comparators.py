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
        ("two thirds, a quarter and half of it", [200 / 3, 25, 50]),
        ("two and a half years", [2]),
        ("a third party, the second half, half a century, half-life", []),
        ("三个部分和第二次会议", [3, 2]),
        ("第二\uff0c合作", []),
        ("十二国在一九八七年五月", [12, 1987, 5, 5]),
        ("三亿五千万人", [3.5e8]),
        ("3千万人", [3e7]),
        ("百分之三十\uff0c三分之一\uff0c一半", [30, 100 / 3, 50]),
        ("万一", []),
    ],
)
def test_numbers(text: str, values: list[float]) -> None:
    assert [number.value for number in numbers_of(text)] == pytest.approx(values)


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
        ("a third of the boats", "33 percent of the boats", []),
        ("33% of the boats", "a third of the boats", []),
        ("a half of the boats", "a third of the boats", ["a half"]),
        ("half of the boats", "50 boats", ["half"]),
        ("五个部分", "三个部分", ["五"]),
        ("五个部分", "主体、客体和目标", []),
        ("3个部分", "三个部分", []),
        ("1987年5月", "一九八七年五月", []),
        ("第三次会议", "第二次会议", ["第三"]),
        ("万一百姓统一起来", "百姓", []),
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
        ("It is so according to Holm", "it is so", []),
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
        ("Boats pay tolls", "It is not true that boats pay tolls", True),
        ("Boats pay tolls", "It is not so that boats pay tolls", True),
        ("Boats pay tolls", "Some wrongly believe that boats pay tolls", True),
        ("Boats pay tolls", "It is a myth that boats pay tolls", True),
        ("Boats pay tolls", "It is a mistake to think that boats pay tolls", True),
        ("Boats pay tolls", "The warden rejects the claim that boats pay tolls", True),
        ("Boats pay tolls", "There is no evidence that boats pay tolls", True),
        ("Boats pay tolls", "There is no doubt that boats pay tolls", False),
        ("Boats pay tolls", "It cannot be denied that boats pay tolls", False),
        ("Boats pay tolls", "It is not surprising that boats pay tolls", False),
        ("Boats pay tolls", "It does not collect fees that boats pay as tolls", False),
        ("It is not true that boats pay tolls", "Boats do not pay tolls", False),
        ("Boats pay tolls, says law No. 12", "Boats pay tolls, says the law", False),
        ("港口理事会不向小船收费", "港口理事会向小船收费", True),
        ("港口理事会无需收费", "港口理事会需要收费", True),
        ("港口理事会无需收费", "港口理事会不需要收费", False),
        ("港口理事会没有收费", "港口理事会收了费", True),
        ("各国不同意收费", "各国同意收费", True),
        ("小船向港口收费", "有人错误地认为小船向港口收费", True),
        ("港口不仅向小船收费", "港口向小船和大船收费", False),
        ("港口不得不向小船收费", "港口必须向小船收费", False),
        ("港口向小船收费", "港口向小船收费\uff0c但理事会不拥有大船", False),
        ("非洲的港口在未来向小船收费", "非洲的港口向小船收费", False),
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
        ("The price of fish fell", "The price of fish rose", ("fell", "rose")),
        ("The price of fish grew", "The price of fish shrank", ("grew", "shrank")),
        ("The party won the vote", "The party lost the vote", ("won", "lost")),
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
        "rise rises rose risen rising",
        "shrink shrank shrunk shrinking",
        "lose loses lost losing",
        "build builds built building",
    ],
)
def test_words_of_one_family_have_one_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


def test_words_of_other_families_do_not() -> None:
    words = "council counsel nation notion policy police state status general generous".split()
    assert len({stem(word) for word in words}) == len(words)

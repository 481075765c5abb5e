"""Quotes are found where they stand verbatim, whatever their typography, and nowhere else."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.verification.quotes import locate_quote, locate_sentences, quotes_in

SOURCE = (
    "The warden said that “the harbour\u2019s co-\noperation — long sought — is eﬀective”.  Boats\n"
    "left… The well-known pier (built twice) stood: nobody paid.\u00adTolls end."
)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("nobody paid", "nobody paid"),
        ("the harbour's cooperation", "the harbour\u2019s co-\noperation"),
        (
            "co-operation \u2013 long sought \u2013 is effective",
            "co-\noperation — long sought — is eﬀective",
        ),
        ('is effective". Boats left', "is eﬀective”.  Boats\nleft"),
        ("The wellknown pier", "The well-known pier"),
        ("Boats left, ", "Boats\nleft"),
        ("The pier stood", None),
        ("the harbours cooperation", None),
        ("nobody pay", None),
        ("obody paid", None),
        ("Nobody paid", None),
        ("", None),
        (" \n", None),
        ("…", "…"),
    ],
)
def test_typography_is_passed_over_and_words_are_not(quote: str, found: str | None) -> None:
    place = locate_quote(quote, SOURCE)
    assert (SOURCE[slice(*place)] if place else None) == found


@pytest.mark.parametrize("dots", ["…", "...", "[...]", "[…]", ". . .", "(...)"])
def test_pieces_around_an_ellipsis_stand_in_order(dots: str) -> None:
    place = locate_quote(f"The well-known pier {dots} nobody paid", SOURCE)
    assert place
    assert SOURCE[slice(*place)] == "The well-known pier (built twice) stood: nobody paid"
    assert locate_quote(f"nobody paid {dots} The well-known pier", SOURCE) is None
    assert locate_quote(f"The well-known pier {dots} somebody paid", SOURCE) is None


@pytest.mark.parametrize(
    ("text", "source", "whole"),
    [
        ("Boats pay tolls.", "It rains. Boats pay tolls. Nets do not.", True),
        ("Boats pay tolls", "Boats pay tolls!", True),
        ("Boats pay tolls. Nets do not.", "It rains. Boats pay  tolls. Nets do not.", True),
        ("Boats pay tolls.", "It is not true that Boats pay tolls.", False),
        ("Boats pay tolls.", "It is not true that Boats pay tolls. Boats pay tolls.", True),
        ("Boats pay tolls.", "Boats pay tolls, as some wrongly say.", False),
        ("Boats pay tolls.", "Boats pay tolls; nets do not.", False),
        ("Boats pay tolls.", "Boats pay tolls?", False),
        ("Nets do not.", "Boats pay tolls: Nets do not.", False),
        ("Boats pay tolls.", "It is wrong to say that: 1. Boats pay tolls.", False),
        ("Boats pay tolls.", "1. Boats pay tolls. 2. Nets do not.", True),
        ("Boats pay tolls.", "- Boats pay tolls.\n- Nets do not.", True),
        ("Boats pay tolls.", "It rains. (a) “Boats pay tolls.” Nets do not.", True),
        ("Boats pay tolls.", "## Of tolls\nBoats pay tolls.", True),
        ("Boats pay tolls.", "Of tolls\n\nBoats pay tolls.", True),
        ("Boats pay tolls.", "It is not true that\nBoats pay tolls.", False),
        ("Boats … pay tolls.", "Boats do not pay tolls.", False),
        ("小船收费。", "下雨了。小船收费。", True),
        ("小船收费。", "他说小船收费。", False),
        ("小船收费\uff0c", "小船收费\uff0c大船不收费。", False),
    ],
)
def test_whole_sentences(text: str, source: str, whole: bool) -> None:
    place = locate_sentences(text, source)
    assert (place is not None) is whole


@pytest.mark.parametrize("mark", ["- ", "1.2.", "(a)", "i. ", "# a\n", "一、", "((("])
def test_many_marks_are_read_at_once(mark: str) -> None:
    assert locate_sentences("Boats pay.", f"{mark * 3_000}: x Boats pay.") is None


def test_chinese_is_found_within_a_run_of_characters() -> None:
    assert locate_quote("全球治理", "我们研究全球治理的问题") == (4, 8)
    assert locate_quote("全球管理", "我们研究全球治理的问题") is None


TEXTS = st.text(
    st.sampled_from("abcABZéß治理 \n\t.,;—-\u2013\u2019'“”\"ﬁ…1 2\u00ad"), min_size=1, max_size=120
)


def normal(text: str) -> str:
    """What must be the same on both sides, by other means than the code under test."""
    for old, new in {"“": '"', "”": '"', "\u2019": "'", "ﬁ": "fi", "\u00ad": ""}.items():
        text = text.replace(old, new)
    return re.sub(r"[\s—\u2013-]+", "", text)


@given(TEXTS, st.data())
@example("a-\nb c", None)
def test_what_stands_in_a_text_is_found_there(text: str, data: st.DataObject | None) -> None:
    edges = [0, *(m.start() for m in re.finditer(r"(?<=\W)|(?=\W)", text)), len(text)]
    start, end = (
        (0, len(text))
        if data is None
        else sorted(data.draw(st.tuples(st.sampled_from(edges), st.sampled_from(edges))))
    )
    quote = text[start:end]
    place = locate_quote(quote, text)
    if not quote.strip():
        assert place is None
    else:
        assert place
        assert text[slice(*place)] == quote


@given(TEXTS, TEXTS)
def test_what_is_found_says_what_was_looked_for(text: str, quote: str) -> None:
    place = locate_quote(quote, text)
    if place and "…" not in quote and "..." not in quote:
        found = normal(text[slice(*place)])
        assert normal(quote).strip('.,;"') in found.strip('.,;"') + '.,;"' or found in normal(quote)


@given(st.lists(st.sampled_from("the pier stood near old boats and nets".split()), min_size=4))
def test_other_whitespace_and_quote_marks_do_not_hide_a_quote(words: list[str]) -> None:
    text = "Once “" + "\n ".join(words) + "” was said."
    place = locate_quote(" ".join(words), text)
    assert place
    assert text[slice(*place)].split() == words


def test_quotes_of_three_words_or_more_are_found_in_a_sentence() -> None:
    sentence = (
        'He calls it “a long pier” and "no toll at all", not a “toll”; 5" wide, \'as he says it\', '
        "「全球治理」 and «one two three»."
    )
    assert quotes_in(sentence) == ["a long pier", "no toll at all", "全球治理"]
    assert quotes_in("Nothing “is open") == []

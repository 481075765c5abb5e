"""What a language model may write, and what is read from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.replies import (
    Quote,
    Written,
    answer_part,
    quotes,
    renumbered,
    sentences,
    whole_answer,
    without_open_marker,
)

REPLY = (
    'QUOTES\n[2] "wardens open the locks"\n[1] “a fee is paid”\n\n'
    "ANSWER\nThe wardens open the locks [2]. A fee is paid [1]."
)
FORMS = {
    "as asked": REPLY,
    "bold headings": REPLY.replace("QUOTES", "**Quotes:**").replace("ANSWER", "**Answer:**"),
    "markdown headings": REPLY.replace("QUOTES", "## Quotes").replace("ANSWER", "## Answer"),
    "on one line": REPLY.replace("ANSWER\n", "ANSWER: "),
    "bullets": REPLY.replace("[2] “", "- [2] “").replace('[2] "', '* [2] "'),
    "numbers without brackets": REPLY.replace('[2] "', '2. "').replace("[1] “", "1: “"),
}


@pytest.mark.parametrize("reply", FORMS.values(), ids=FORMS.keys())
def test_quotes_and_answer_are_told_apart(reply: str) -> None:
    assert whole_answer(reply) == "The wardens open the locks [2]. A fee is paid [1]."
    assert quotes(reply) == [Quote(2, "wardens open the locks"), Quote(1, "a fee is paid")]


def test_a_reply_without_headings_is_an_answer() -> None:
    assert whole_answer("A fee is paid [1].") == "A fee is paid [1]."
    assert quotes("A fee is paid [1].") == []


def test_quotes_without_an_answer_are_none() -> None:
    assert whole_answer('QUOTES\n[1] "a fee is paid"') == ""


def test_a_missing_heading_does_not_swallow_the_answer() -> None:
    assert whole_answer('QUOTES\n[1] "a fee is paid"\n\nA fee is paid [1].') == "A fee is paid [1]."


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("A fee is paid [1].", [Written("A fee is paid.", (1,))]),
        (
            "A fee is paid. [1] So it is.",
            [Written("A fee is paid.", (1,)), Written("So it is.", ())],
        ),
        ("A fee is paid.[1][3]", [Written("A fee is paid.", (1, 3))]),
        ("A fee is paid [1, 3].", [Written("A fee is paid.", (1, 3))]),
        ("A fee is paid [1-3].", [Written("A fee is paid.", (1, 2, 3))]),
        ("A fee is paid [3][9].", [Written("A fee is paid.", (3,), 1)]),
        ("A fee is paid [0].", [Written("A fee is paid.", (), 1)]),
        ("A fee is paid [1-999999999].", [Written("A fee is paid.", (1, 2, 3), 18)]),
        (
            "缴纳费用【2】。由守卫负责[1]。",
            [Written("缴纳费用。", (2,)), Written("由守卫负责。", (1,))],
        ),
        (
            "- One fee [1].\n- Another [2].",
            [Written("- One fee.", (1,)), Written("- Another.", (2,))],
        ),
        ("See [the note] for it [2].", [Written("See [the note] for it.", (2,))]),
        ("", []),
    ],
)
def test_markers_belong_to_their_sentence(answer: str, expected: list[Written]) -> None:
    assert sentences(answer, range(1, 4)) == expected


def test_markers_are_counted_anew_and_those_to_nowhere_go() -> None:
    answer = "A fee is paid [7][2]. Nobody [3, 7] pays twice [9]."
    assert renumbered(answer, {7: 1, 3: 2}) == "A fee is paid [1]. Nobody [2] [1] pays twice."


def test_numbers_of_thousands_of_digits_are_no_markers() -> None:
    answer = f"A fee is paid [1][{'9' * 5_000}]."
    assert [written.numbers for written in sentences(answer, range(1, 4))] == [(1,)]
    assert quotes(f'[{"9" * 5_000}] "A fee is paid."') == []


@given(st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_an_answer_can_be_read_at_any_moment(cuts: list[int]) -> None:
    """What is shown while the reply comes only ever grows, and ends as the answer."""
    shown, at = "", 0
    for cut in [*cuts, len(REPLY)]:
        at = min(len(REPLY), at + cut)
        part = answer_part(REPLY[:at])
        if part is not None:
            assert part.startswith(shown)
            shown = part
    assert shown.strip() == whole_answer(REPLY)


@pytest.mark.parametrize("begun", ["A fee [", "A fee [1", "A fee [1,", "A fee 【1"])
def test_a_marker_that_has_only_begun_is_left_out(begun: str) -> None:
    assert without_open_marker(begun) == "A fee"
    assert without_open_marker("A fee [1]") == "A fee [1]"

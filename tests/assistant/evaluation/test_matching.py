"""Which passages are relevant to which spans, by offsets."""

from __future__ import annotations

from assistant.evaluation.matching import match, paper_text
from assistant.evaluation.types import GoldenSpan
from tests.assistant.evaluation.helpers import OTHER, PAPER, passage

LETTERS = "abcdefghij" * 10


def matches(source: str, passage_spans: list[tuple[int, int]], start: int, end: int) -> bool:
    golden = [GoldenSpan(PAPER, start, end, 3)]
    return match(passage(*passage_spans), golden, {PAPER: paper_text(source)}) == (0,)


def test_half_of_the_span_is_enough() -> None:
    assert matches(LETTERS, [(0, 50)], 40, 60)
    assert not matches(LETTERS, [(0, 49)], 40, 60)


def test_a_passage_within_the_span_for_four_fifths_of_its_own() -> None:
    assert matches(LETTERS, [(0, 10)], 2, 100)
    assert not matches(LETTERS, [(0, 10)], 3, 100)


def test_touching_is_not_sharing() -> None:
    assert not matches(LETTERS, [(0, 10)], 10, 20)


def test_the_pieces_of_a_passage_count_together() -> None:
    assert matches(LETTERS, [(0, 5), (15, 20), (60, 100)], 0, 20)
    assert not matches(LETTERS, [(0, 5), (16, 20), (60, 100)], 0, 20)


def test_whitespace_and_marks_count_on_neither_side() -> None:
    source = "ab **cd**<sup>1</sup>\n\n\n\n\n ef [12] gh"  # read: ab cd ef gh
    start = source.index("ef")
    assert paper_text(source).count(0, len(source)) == 8
    assert matches(source, [(0, start)], 0, len(source))  # 4 of 8, of 40 characters in all
    assert not matches(source, [(start + 1, len(source))], 0, start + 2)


def test_only_spans_of_the_same_paper() -> None:
    golden = [GoldenSpan(OTHER, 0, 10, 3), GoldenSpan(PAPER, 0, 10, 2)]
    texts = {PAPER: paper_text(LETTERS), OTHER: paper_text(LETTERS)}
    assert match(passage((0, 10)), golden, texts) == (1,)
    assert match(passage((0, 10), paper="c" * 64), golden, texts) == ()

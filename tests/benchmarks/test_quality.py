"""The scores that the quality benchmark reports, against sums done by hand."""

from __future__ import annotations

from math import log2

import pytest
from scoring import Chunk, Matches, Span, interval, match, score, shared_characters

TEN = "alpha bravo charlie delta echo foxtrot golf hotel india juliet"


def spans(*grades: int, file: str = "a.md") -> list[Span]:
    return [Span(file, f"span number {i}", grade) for i, grade in enumerate(grades)]


def ranks(*matched: set[int]) -> Matches:
    return [frozenset(one) for one in matched]


def matches(chunk: str, span: str) -> bool:
    return match([Chunk("a.md", chunk)], [Span("a.md", span, 3)]) == [frozenset({0})]


class TestMatching:
    def test_half_of_the_spans_characters_is_enough(self) -> None:
        # 29 of 61 characters, then 37 of 61
        assert not matches("alpha bravo charlie delta echo" + " x" * 50, TEN)
        assert matches("alpha bravo charlie delta echo foxtrot" + " x" * 50, TEN)

    def test_exactly_half_counts(self) -> None:
        chunk = "aaaa bbbb cccc dddd" + " x" * 50  # shares 19 characters
        assert matches(chunk, "aaaa bbbb cccc dddd eeee ffff gggg hhh")  # of 38
        assert not matches(chunk, "aaaa bbbb cccc dddd eeee ffff gggg hhhh")  # of 39

    def test_a_chunk_within_the_span_for_four_fifths_of_its_length(self) -> None:
        span = TEN + " " + " ".join(f"word{i}" for i in range(100))
        inside = "alpha bravo charlie delta"  # 25 characters
        assert matches(inside + " 12345", span)  # 25 of 31 is over .8
        assert not matches(inside + " 1234567", span)  # 25 of 33 is under

    def test_marks_and_line_breaks_do_not_matter(self) -> None:
        source = "alpha **bravo**<sup>1</sup>\n\ncharlie delta [12] echo\n_foxtrot_ golf"
        assert shared_characters(source, "alpha bravo charlie delta echo foxtrot golf") == 43

    def test_what_stands_between_two_halves_costs_only_itself(self) -> None:
        chunk = "alpha bravo charlie delta echo 17 Journal foxtrot golf hotel india juliet"
        assert shared_characters(chunk, TEN) == len(TEN) - 1  # the space between the halves

    def test_words_that_any_texts_share_do_not_count(self) -> None:
        assert shared_characters("one of the states", "this is one of the others we saw") == 0

    def test_a_short_span_counts_whole(self) -> None:
        assert matches("so we speak of good governance here", "good governance")

    def test_only_within_the_same_paper(self) -> None:
        assert match([Chunk("b.md", TEN)], [Span("a.md", TEN, 3)]) == [frozenset()]

    def test_an_empty_chunk_matches_nothing(self) -> None:
        assert not matches("", TEN)


class TestScores:
    def test_everything_right_is_one(self) -> None:
        result = score(ranks({0}, {1}), spans(3, 2))
        assert (result.hit, result.ndcg, result.mrr, result.recall, result.papers) == (1,) * 5

    def test_nothing_found_is_zero(self) -> None:
        result = score(ranks(set(), set()), spans(3, 2))
        assert (result.hit, result.ndcg, result.mrr, result.recall, result.papers) == (0,) * 5

    def test_the_hit_rate_looks_at_five(self) -> None:
        at_five = score(ranks(*[set()] * 4, {0}), spans(3))
        at_six = score(ranks(*[set()] * 5, {0}), spans(3))
        assert (at_five.hit, at_five.mrr) == (1, 1 / 5)
        assert (at_six.hit, at_six.mrr) == (0, 1 / 6)

    def test_grade_one_is_no_answer_but_gains(self) -> None:
        result = score(ranks({1}, {0}), spans(2, 1))
        assert (result.hit, result.mrr, result.recall) == (1, 1 / 2, 1)
        assert result.ndcg == pytest.approx((1 + 2 / log2(3)) / (2 + 1 / log2(3)))

    def test_a_span_counts_once(self) -> None:
        result = score(ranks({0}, {0}, {1}), spans(3, 2))
        assert result.ndcg == pytest.approx((3 + 2 / log2(4)) / (3 + 2 / log2(3)))

    def test_one_result_is_credited_with_its_best_span_only(self) -> None:
        alone = score(ranks({0, 1}), spans(2, 3))
        assert alone.ndcg == pytest.approx(3 / (3 + 2 / log2(3)))
        assert alone.recall == 1
        again = score(ranks({0, 1}, {0, 1}), spans(2, 3))
        assert again.ndcg == 1

    def test_what_comes_after_ten_does_not_count(self) -> None:
        result = score(ranks(*[set()] * 10, {0}), spans(3))
        assert (result.ndcg, result.mrr, result.recall, result.papers) == (0, 0, 0, 0)

    def test_the_ideal_has_ten_places(self) -> None:
        result = score(ranks(*({i} for i in range(10))), spans(*[3] * 12))
        assert result.ndcg == pytest.approx(1)
        assert result.recall == 10 / 12

    def test_papers_with_a_full_answer(self) -> None:
        judged = [*spans(3, 2), *spans(3, file="b.md"), *spans(2, file="c.md")]
        assert score(ranks({0}), judged).papers == 1 / 2
        assert score(ranks({1, 3}), judged).papers == 0
        assert score(ranks({0}, {2}), judged).papers == 1
        assert score(ranks({0}), spans(2)).papers is None


class TestInterval:
    def test_of_a_constant(self) -> None:
        assert interval([0.5] * 20) == (0.5, 0.5)

    def test_near_the_normal_approximation(self) -> None:
        low, high = interval([0.0, 1.0] * 50)  # .5 ± 1.96 × .05  # noqa: RUF003
        assert low == pytest.approx(0.402, abs=0.015)
        assert high == pytest.approx(0.598, abs=0.015)

    def test_a_difference_is_paired(self) -> None:
        worse = [0.1, 0.9, 0.4, 0.6]
        low, high = interval([a + 0.05 - b for a, b in zip(worse, worse, strict=True)])
        assert low == pytest.approx(0.05)
        assert high == pytest.approx(0.05)

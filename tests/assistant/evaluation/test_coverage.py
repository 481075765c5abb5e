"""How much of the golden spans stands in the first N characters, counted by hand."""

from __future__ import annotations

import pytest

from assistant.evaluation.coverage import coverage
from assistant.evaluation.matching import paper_text
from assistant.evaluation.types import GoldenSpan
from ingest.cleaning import clean
from ingest.types import Passage, Span
from tests.assistant.evaluation.helpers import OTHER, PAPER, passage

SOURCE = "x" * 12_000
TEXTS = {PAPER: paper_text(SOURCE)}


def cut(start: int, end: int, paper: str = PAPER) -> Passage:
    return passage((start, end), text="x" * (end - start), paper=paper)


def spans(*places: tuple[int, int, int]) -> list[GoldenSpan]:
    return [GoldenSpan(PAPER, start, end, grade) for start, end, grade in places]


def test_the_last_passage_is_cut_at_the_length() -> None:
    found = coverage([cut(0, 600), cut(5000, 6000)], spans((5000, 5800, 3)), TEXTS)
    assert found["span_coverage@1000"] == pytest.approx(400 / 800)
    assert found["span_coverage@2000"] == 1


def test_all_answering_spans_count_by_their_characters() -> None:
    judged = spans((0, 300, 3), (5000, 5100, 2), (9000, 9900, 1))
    found = coverage([cut(0, 300)], judged, TEXTS)
    assert found["span_coverage@1000"] == pytest.approx(300 / 400)


def test_the_best_span_is_one_of_the_highest_grade() -> None:
    judged = spans((0, 100, 2), (1000, 1100, 3), (2000, 2100, 3))
    found = coverage([cut(0, 100), cut(1000, 1030), cut(2000, 2070)], judged, TEXTS)
    assert found["best_span_coverage@1000"] == pytest.approx(70 / 100)
    without = coverage([cut(0, 80)], spans((0, 100, 2), (500, 600, 1)), TEXTS)
    assert without["best_span_coverage@1000"] == pytest.approx(80 / 100)


def test_what_two_spans_or_two_passages_share_counts_once() -> None:
    judged = spans((0, 100, 3), (50, 150, 3))
    found = coverage([cut(0, 75), cut(50, 75)], judged, TEXTS)
    assert found["span_coverage@1000"] == pytest.approx(75 / 150)


def test_the_way_of_cutting_makes_no_difference() -> None:
    judged = spans((100, 2500, 3), (7000, 7300, 2))
    whole = coverage([cut(0, 9000)], judged, TEXTS)
    halves = coverage([cut(at, at + 150) for at in range(0, 9000, 150)], judged, TEXTS)
    assert whole == halves


def test_text_of_other_papers_takes_up_length() -> None:
    found = coverage([cut(0, 900, paper=OTHER), cut(0, 200)], spans((0, 200, 3)), TEXTS)
    assert found["span_coverage@1000"] == pytest.approx(100 / 200)


def test_length_is_that_of_the_clean_text() -> None:
    source = "**ab** " * 400
    text = clean(source, (Span(0, len(source)),)).text
    assert text.startswith("ab ab ab")
    golden = [GoldenSpan(PAPER, 0, len(source), 3)]
    read = passage((0, len(source)), text=text)
    found = coverage([read], golden, {PAPER: paper_text(source)})
    assert found["span_coverage@1000"] == pytest.approx(667 / 800, abs=1e-6)  # 333 times ab, and a


def test_a_cut_passage_in_pieces_is_read_in_order() -> None:
    source = "a" * 900 + "\n\n" + "N" * 100 + "\n\n" + "b" * 900
    places = (Span(0, 900), Span(1004, 1904))
    text = clean(source, places).text
    assert len(text) == 1801
    golden = [GoldenSpan(PAPER, 1004, 1904, 3), GoldenSpan(PAPER, 902, 1002, 3)]
    found = coverage([passage(*places, text=text)], golden, {PAPER: paper_text(source)})
    assert found["span_coverage@1000"] == pytest.approx(99 / 1000, abs=1e-6)
    assert found["span_coverage@2000"] == pytest.approx(900 / 1000)


def test_nothing_found() -> None:
    assert set(coverage([], spans((0, 10, 3)), TEXTS).values()) == {0}


def test_no_span_that_answers() -> None:
    found = coverage([cut(0, 50)], spans((0, 100, 1)), TEXTS)
    assert found["span_coverage@1000"] == 0
    assert found["best_span_coverage@1000"] == pytest.approx(1 / 2)

"""The harness of the quality benchmark: places of chunks, matching, and who is ahead."""

from __future__ import annotations

import io

import pytest
from placing import Place, ranked
from quality_report import OURS, as_json, lead, print_comparison, print_types
from rich.console import Console

from assistant.evaluation.matching import paper_text
from assistant.evaluation.metrics import ranking_metrics
from assistant.evaluation.types import GoldenQuestion, GoldenSpan

PAPER = "a" * 64
SOURCE = "# Dunes\n\nThe  association\nkeeps the dune. It plants grass.\n\nThe guild sets fares."


def question(*spans: tuple[str, int]) -> GoldenQuestion:
    places = [(SOURCE.index(text), SOURCE.index(text) + len(text), g) for text, g in spans]
    relevant = tuple(GoldenSpan(PAPER, *place) for place in places)
    return GoldenQuestion("q", "Who keeps the dune?", "factoid", relevant=relevant)


class TestPlace:
    def test_a_verbatim_chunk(self) -> None:
        start, end = Place(SOURCE).of("It plants grass.")
        assert SOURCE[start:end] == "It plants grass."

    def test_whitespace_that_a_peer_collapsed(self) -> None:
        start, end = Place(SOURCE).of("The association keeps the dune.")
        assert SOURCE[start:end] == "The  association\nkeeps the dune."

    def test_a_repeated_text_is_sought_from_where_the_peer_says(self) -> None:
        place = Place("Yes. No.\nYes. No.")
        assert place.of("Yes.") == (0, 4)
        assert place.of("Yes.", 9) == (9, 13)

    @pytest.mark.parametrize("text", ["It waters grass.", " \n"])
    def test_a_text_that_is_not_there(self, text: str) -> None:
        with pytest.raises(ValueError, match="not in the paper"):
            Place(SOURCE).of(text)


def test_chunks_of_a_peer_are_scored_by_where_they_stand() -> None:
    asked = question(("The  association\nkeeps the dune.", 3), ("The guild sets fares.", 2))
    chunks = [
        {"document": PAPER, "text": "It plants grass.", "start": None},
        {"document": PAPER, "text": "The association keeps the dune.", "start": None},
    ]
    found = ranked(chunks, asked, {PAPER: Place(SOURCE)}, {PAPER: paper_text(SOURCE)})
    assert [passage.matched for passage in found] == [(), (0,)]
    metrics = ranking_metrics([asked], {"q": found})["q"]
    assert (metrics["hit@1"], metrics["hit@5"], metrics["recall@10"]) == (0, 1, 0.5)


SYSTEMS = {
    OURS: {str(i): {"nDCG@10": 0.9} for i in range(20)},
    "even": {str(i): {"nDCG@10": 0.9 + 0.1 * (-1) ** i} for i in range(20)},
    "behind": {str(i): {"nDCG@10": 0.1 + 0.01 * i} for i in range(20)},
}


def test_ahead_beyond_chance() -> None:
    clear = lead(SYSTEMS[OURS], SYSTEMS["behind"], "nDCG@10")
    assert clear.difference.mean == pytest.approx(0.705)
    assert clear.beyond_chance
    assert not lead(SYSTEMS[OURS], SYSTEMS["even"], "nDCG@10").beyond_chance
    assert not lead(SYSTEMS["behind"], SYSTEMS[OURS], "nDCG@10").beyond_chance


def test_the_tables_say_it() -> None:
    page = io.StringIO()
    console = Console(file=page, width=120)
    print_comparison("All questions", SYSTEMS, console)
    print_types({str(i): "factoid" for i in range(20)}, SYSTEMS, console)
    rows = {
        line.split("│")[2].strip(): line for line in page.getvalue().splitlines() if "│" in line
    }
    assert rows["even"].rstrip("│ ").endswith("no")
    assert rows["behind"].rstrip("│ ").endswith("yes")
    assert "0.195" in rows["20"]
    assert as_json(SYSTEMS)["behind"]["ours_minus_this"]["nDCG@10"]["beyond_chance"] is True

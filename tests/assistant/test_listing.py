"""Papers listed, read by section and edited, as far as that needs no screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant, PaperHealth
from assistant.editing import as_text, changes, corrected_by_hand
from assistant.listing import Order, Wanted, listed
from assistant.sections import end_of_screen, holding, start_of_previous, stretch_of, stretches
from ingest.errors import BadCorrection
from ingest.types import Paper, Passage, Span

PAPERS = [
    PaperHealth(
        Paper("1", "beta", "1.md", ("Ann Zeta",), year=2001, language="en", keywords=("mills",)),
        90,
        (),
    ),
    PaperHealth(Paper("2", "Alpha", "2.md", ("Bo Éclair",), year=2003, language="zh"), 60, ("x",)),
    PaperHealth(Paper("3", "Gamma", "3.md", venue="Mill Quarterly"), 100, ()),
]


def ids(wanted: Wanted, order: Order = "title") -> str:
    return "".join(health.paper.id for health in listed(PAPERS, wanted, order))


def test_each_order_goes_by_its_own_field() -> None:
    papers = [
        PaperHealth(Paper("1", "a", "1.md", ("Zoe Alpha",), year=2000), 90, ()),
        PaperHealth(Paper("2", "b", "2.md", ("Ann Beta",), year=2002), 95, ()),
        PaperHealth(Paper("3", "c", "3.md", ("Cy Aaron",), year=2001), 80, ()),
        PaperHealth(Paper("4", "B", "4.md"), 99, ()),
    ]
    orders: dict[Order, str] = {
        "title": "1243",
        "year": "2314",
        "author": "3124",
        "health": "3124",
    }
    for order, expected in orders.items():
        assert "".join(one.paper.id for one in listed(papers, Wanted(), order)) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(words="  "), "213"),
        (Wanted(words="MILL"), "13"),
        (Wanted(words="eclair alpha"), "2"),
        (Wanted(words="alpha zeta"), ""),
        (Wanted(years=(2001, 2002)), "1"),
        (Wanted(languages=frozenset({"zh", "en"})), "21"),
        (Wanted(attention=True), "2"),
        (Wanted(words="mill", years=(2000, 2005)), "1"),
    ],
)
def test_what_is_wanted_is_found(wanted: Wanted, expected: str) -> None:
    assert ids(wanted) == expected


def passage(number: int, section: str, length: int = 900) -> Passage:
    text = f"{number} ".ljust(length, "x")
    return Passage(str(number), "p", text, (section,), (Span(number, number + 1),))


def test_a_paper_is_parted_without_losing_a_passage() -> None:
    passages = [passage(n, "a" if n < 30 else "b" if n < 32 else "a") for n in range(60)]
    whole = stretches(passages)
    assert [one for stretch in whole for one in stretch.passages] == passages
    assert [stretch.section for stretch in whole if stretch.begins] == [("a",), ("b",), ("a",)]
    assert all(stretch.characters <= 2_500 for stretch in whole)
    place, screens = 0, []
    while place < len(whole):
        screens.append(place)
        place = end_of_screen(whole, place)
    assert len(screens) > 3
    assert start_of_previous(whole, screens[1]) == screens[0] == 0
    assert stretch_of(whole, "45") == next(
        n for n, stretch in enumerate(whole) if passages[45] in stretch.passages
    )
    assert stretch_of(whole, "gone") is None


def test_a_passage_longer_than_a_stretch_is_one() -> None:
    whole = stretches([passage(1, "a", 9_000), passage(2, "a", 10)])
    assert [len(stretch.passages) for stretch in whole] == [1, 1]
    assert stretches([]) == []


def test_words_are_searched_whatever_their_case() -> None:
    passages = [passage(1, "a"), passage(2, "a")]
    assert holding(passages, "XXX 2") == [passages[1]]
    assert holding(passages, "nowhere") == []


def test_only_what_was_changed_is_corrected(samples: Assistant) -> None:
    paper = samples.papers()[0]
    before = as_text(paper)
    assert changes(paper, before, ()) == {}
    typed = {**before, "authors": " Ann Zeta \n\nBo ", "year": " 1999 ", "title": "New"}
    assert changes(paper, typed, ["title"]) == {
        "authors": ["Ann Zeta", "Bo"],
        "year": 1999,
        "title": None,
    }
    for year in ("", "soon", "²"):
        with pytest.raises(BadCorrection, match="is no year"):
            changes(paper, {**before, "year": year}, ())
    assert corrected_by_hand(paper) == []


def test_the_revision_differs_after_every_change_and_only_then(samples_copy: Path) -> None:
    with Assistant.open(samples_copy) as here, Assistant.open(samples_copy) as elsewhere:
        paper = here.papers()[0].id
        revisions = [here.revision, elsewhere.revision]
        assert here.revision == revisions[0]
        for changing in (here, elsewhere):
            changing.update(paper, venue=f"Journal of {changing.revision}")
            revisions.append(here.revision)
        here.remove(paper)
        revisions.append(here.revision)
        assert len(set(revisions)) == len(revisions)
        assert here.revision == revisions[-1]
        counts = here.passage_counts()
        assert counts == {one.id: here.count_passages(one.id) for one in here.papers()}

"""Generated papers are always the same; a library of them is filled, filled further, searched."""

from __future__ import annotations

from pathlib import Path

import generated
import growth

WORDS = generated.whole_words(["[PAD]", "the", "of", "##s", *(f"word{c}" for c in "abc"), *"xyz"])
MANY = [f"{first}{second}um" for first in "bcdfghjklm" for second in "aeiouwyzxrst"]


def test_whole_words_are_words() -> None:
    assert WORDS == ["the", "worda", "wordb", "wordc"]


def test_a_paper_has_a_text_of_its_own_and_always_the_same() -> None:
    assert generated.paper(3, MANY) == generated.paper(3, MANY)
    assert generated.paper(3, MANY) != generated.paper(4, MANY)
    assert generated.paper(3, MANY).count("\n## ") == generated.SECTIONS


def test_a_question_asks_for_words_of_a_paper() -> None:
    asked = generated.question(5, 1, MANY)
    first, second = asked.removeprefix("What is said about ").removesuffix("?").split(" and ")
    text = generated.paper(0, MANY).lower()
    assert first in text
    assert second in text


def test_a_library_is_filled_filled_further_and_searched(tmp_path: Path) -> None:
    begun = growth.fill(tmp_path, 30)
    assert begun.papers == 1
    assert generated.PASSAGES * 0.7 < begun.passages < generated.PASSAGES * 1.3
    more = growth.fill(tmp_path, begun.passages + 30)
    assert more.papers == 2
    assert more.passages >= begun.passages + 30
    found = growth.search(tmp_path, more.papers)
    assert found.p50_ms.keys() == found.p95_ms.keys() == growth.scopes(["a", "b"]).keys()
    assert all(0 < found.p50_ms[name] <= found.p95_ms[name] for name in found.p50_ms)

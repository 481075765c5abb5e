"""What is worth quoting by itself, and lists in the signs of several scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant

QUAY = """# Lamps of the quay

## Wardens

The lamp wardens of the quay trim their lamps at dusk. the lamps of the quay by their wardens. The
order of the lamp wardens is shown in figure 1. Wardens of lamps meet on the quay in May.

Figure 1 The lamp wardens of the quay and their lamps in order

## Duties

The lamp chain has several rules for oil. ① Oil is bought in spring by the chain. ② Oil is kept in
jars below the quay. ③ Oil is counted at night.
"""

CHINESE = """# 港口灯塔的管理

## 守灯人的职责

守灯人的职责有三个方面。首先，守灯人在黄昏之前给每盏灯加油。其次，守灯人在海盐模糊玻璃时擦拭灯罩。最后，守灯人清点熄灭的灯并报告港口。
"""  # noqa: RUF001


@pytest.fixture(scope="module")
def quay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("quay")
    (folder / "quay.md").write_text(QUAY, "utf-8")
    (folder / "chinese.md").write_text(CHINESE, "utf-8")
    with Assistant.open(folder / "library") as assistant:
        assistant.add(folder)
        yield assistant


def _quotes(assistant: Assistant, question: str) -> list[str]:
    answer = assistant.ask(question)
    assert answer.answered
    return [citation.quote for citation in answer.citations]


def test_captions_pointers_and_torn_ends_are_not_quoted(quay: Assistant) -> None:
    said = " ".join(_quotes(quay, "What do the lamp wardens of the quay do with their lamps?"))
    assert "trim their lamps at dusk" in said
    assert "by their wardens" not in said
    assert "figure 1" not in said.lower()


def test_who_asks_for_a_figure_gets_it(quay: Assistant) -> None:
    said = " ".join(_quotes(quay, "What does the figure on the lamp wardens of the quay show?"))
    assert "Figure 1 The lamp wardens" in said


def test_a_list_of_circled_numbers_is_quoted_item_by_item(quay: Assistant) -> None:
    quotes = _quotes(quay, "Which rules for oil does the lamp chain have?")
    items = [quote for quote in quotes if quote.startswith(("①", "②", "③"))]
    assert len(items) == 3
    assert len(set(items)) == 3


def test_a_chinese_list_is_quoted_whole(quay: Assistant) -> None:
    quotes = _quotes(quay, "守灯人的职责有哪些？")  # noqa: RUF001
    assert [quote[:2] for quote in quotes if quote[:2] in {"首先", "其次", "最后"}] == [
        "首先",
        "其次",
        "最后",
    ]

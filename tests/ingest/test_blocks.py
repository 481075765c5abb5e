from __future__ import annotations

import pytest

from ingest.blocks import split_blocks


def test_blocks_stand_between_blank_lines() -> None:
    assert [b.text for b in split_blocks("One line.\nIts second.\n\n  Two.  \n")] == [
        "One line.\nIts second.",
        "Two.",
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_kind_of_newline_ends_a_line(newline: str) -> None:
    text = newline.join(["# Title", "", "First.", "", "---", "", "Second."])
    blocks = split_blocks(text)
    assert [(b.text, b.level, b.rule) for b in blocks] == [
        ("# Title", 1, False),
        ("First.", 0, False),
        ("---", 0, True),
        ("Second.", 0, False),
    ]
    assert all(text[slice(*b.span)] == b.text for b in blocks)


def test_spans_index_the_text_behind_a_byte_order_mark() -> None:
    text = "\ufeff# Title\n\nText."
    first, second = split_blocks(text)
    assert first.level == 1
    assert text[slice(*first.span)] == "# Title"
    assert text[slice(*second.span)] == "Text."


def test_setext_headings_have_levels() -> None:
    blocks = split_blocks("Title\n=====\n\nPart\n---\n\nText.")
    assert [(b.text, b.level) for b in blocks] == [("Title", 1), ("Part", 2), ("Text.", 0)]


def test_a_rule_right_below_a_sentence_is_a_rule() -> None:
    blocks = split_blocks("The clerk keeps the minutes.\n---\nA note.")
    assert [(b.text, b.level, b.rule) for b in blocks] == [
        ("The clerk keeps the minutes.", 0, False),
        ("---", 0, True),
        ("A note.", 0, False),
    ]


@pytest.mark.parametrize("rule", ["---", "***", "___", "- - -", "----------"])
def test_rules(rule: str) -> None:
    assert [b.rule for b in split_blocks(f"One.\n\n{rule}\n\nTwo.")] == [False, True, False]


def test_a_fence_keeps_its_blank_lines_and_hides_headings() -> None:
    blocks = split_blocks("Before.\n\n```sh\n# a comment\n\nmake\n```\nAfter.")
    assert [(b.code, b.level) for b in blocks] == [(False, 0), (True, 0), (False, 0)]
    assert blocks[1].text == "```sh\n# a comment\n\nmake\n```"


def test_a_gap_is_three_blank_lines_or_more() -> None:
    assert [b.gap for b in split_blocks("a\n\n\nb\n\n\n\nc\n \n \n \nd\n\ne")] == [
        False,
        False,
        True,
        True,
        False,
    ]

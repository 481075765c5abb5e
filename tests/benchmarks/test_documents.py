"""What the comparison with truths counts, and the bars for the formats that are no PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import measured
from documents_truths import truth_of
from documents_words import compare, words
from hypothesis import given
from hypothesis import strategies as st


def test_words_are_those_that_a_reader_sees() -> None:
    assert words("Co-oper\u00adation of the Ma\ufb01a\u2019s x_1 is 5 a §") == [
        "cooperation", "of", "the", "mafias", "x_1", "is", "5",
    ]  # fmt: skip


def test_shares_count_every_word_as_often_as_it_stands() -> None:
    score = compare("a b b c d".split(), "a b c c".split(), neither=["d"])
    assert score.recall == 3 / 4
    assert score.precision == 3 / 4
    assert score.order == 3 / 4
    assert compare([], ["a"]).precision == 0
    assert compare("b a".split(), "a b".split()).order == 1 / 2


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_the_order_is_the_longest_common_subsequence(one: str, other: str) -> None:
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            better = max(rows[i][j + 1], rows[i + 1][j])
            rows[i + 1][j + 1] = rows[i][j] + 1 if a == b else better
    assert compare(one, other).order == rows[-1][-1] / max(len(other), 1)


def test_a_truth_says_a_merged_cell_once(tmp_path: Path) -> None:
    table = "| A | Merged | Merged |\n| - | - | - |\n| b | Merged | c |\n"
    (tmp_path / "a.docx.truth.md").write_text(f"# Title\n\n{table}")
    truth = truth_of(tmp_path / "a.docx")
    assert truth is not None
    assert truth.headings == ("Title",)
    assert truth.text.split() == ["Title", "A", "Merged", "b", "c"]


@pytest.mark.parametrize(
    "name", ["word_sample.docx", "word_tables.docx", "flag_day.html", "pone.0234687.nxml"]
)
def test_the_words_and_sections_of_a_document_are_found(name: str, documents_folder: Path) -> None:
    (ours,) = measured(documents_folder / "other" / name)
    assert ours.score is not None
    print(f"{name}: {ours.score}, sections {ours.sections}")
    assert ours.score.recall >= 0.98
    assert ours.score.precision >= 0.97
    assert ours.score.order >= 0.95
    assert ours.sections == 1.0

"""No text, however odd, takes long to read: a quadratic rule would run into the timeout."""

from __future__ import annotations

import pytest

from ingest.cleaning import clean_text
from ingest.passages import PassageSize, make_passages
from tests.ingest.helpers import count_words, read

SIZE = 25_000
UNITS = [
    "*", "**", "_", "[", "![", "[a](", "](", "<", "<a", '<a b="', "<sup>", "<!--", "(", ")",
    "1.1.1.", "1. ", "[1", "[1,", "[1] ", ". [1]", " ", "\n", " \n", "\t", "#", "# ", "-", "- ",
    "|", "| ", ">", "> ", "`", "~~~", "\\", "\\*", "¶", "ÿ ", "a", "a ", "A", "A. ", "I. ", "a.\n",
    "A\n", "A,", "Jane Roe, ", "\u00ad\n", "治", "治\n", "“", "。", "…", ". . ", "http://", "«",
    "p. 1 ", "1999 ", "Fig. 1 ", "@a.", "Table 1\n\n", "# A\n\n", "1. A\n\n", "A. Roe\n\n",
    "the\n\n", "---\n\n", "---\nkey: a\n", "[^", "https://a/", "Jane ", "A-", "university ",
]  # fmt: skip


@pytest.mark.timeout(30)
@pytest.mark.parametrize("unit", UNITS)
def test_adversarial_text(unit: str) -> None:
    text = unit * (SIZE // len(unit))
    clean_text(text)
    parsed = read(f"{text}x\n\nThe council meets.\n")
    assert make_passages(parsed, count_words, PassageSize())


@pytest.mark.timeout(30)
def test_a_long_paper() -> None:
    part = "## {}. Part\n\n" + "The council of the town votes in the open [2], as it *must*.\n" * 40
    parsed = read("# Title\n\n" + "\n\n".join(part.format(i) for i in range(1, 200)))
    assert len(parsed.elements) == 199
    assert len(make_passages(parsed, count_words)) > 1000

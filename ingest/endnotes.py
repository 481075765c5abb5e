"""What stands under a heading "Notes": remarks to the text, or only works that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest import patterns
from ingest.blocks import Block
from ingest.cleaning import clean_text

_LABEL = r"\W*(?:\d{1,3}\W+)?"
_SURNAME = r"(?:[a-z]{1,3} )*[^\W\d_a-z][\w'’-]*"  # noqa: RUF001
_OPENS_WITH_AUTHOR = re.compile(
    rf"{_LABEL}(?:{_SURNAME}(?: {_SURNAME})?, ?"
    rf"(?:[^\W\d_a-z]\.|[^\W\d_a-z][\w-]+[.,;]| ?\(?\d{{4}})|"
    rf"(?:[^\W\d_a-z]\. ?)+{_SURNAME}|{_SURNAME}(?:(?: and| &) {_SURNAME}| et al\.)? \(?\d{{4}})"
)
_CITES_ONLY = re.compile(rf"(?i){_LABEL}(?:ibid|id|op\. cit|loc\. cit)\b")
_FEWEST_WORDS = 6


def are_remarks(block: Block) -> bool:
    """Whether most entries of a block are remarks in sentences, and not works that are cited.

    Args:
        block: A list of notes, or one note.

    Returns:
        Whether it is to be read and quoted as footnotes are.
    """
    found = [_is_remark(clean_text(entry)) for entry in _entries(block)]
    return sum(found) * 2 > len(found)


def _entries(block: Block) -> Iterator[str]:
    """The items of a list; a whole block that is none."""
    starts = [start for start, line in block.lines() if patterns.is_item(line)]
    bounds = [0, *(start for start in starts if start), len(block.text)]
    yield from (block.text[a:b] for a, b in pairwise(bounds))


def _is_remark(text: str) -> bool:
    cites = _OPENS_WITH_AUTHOR.match(text) or _CITES_ONLY.match(text)
    short = patterns.words(text) < _FEWEST_WORDS
    return not (cites or short or patterns.is_bibliographic(text)) and patterns.is_terminated(text)

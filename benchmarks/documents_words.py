"""Words of a text and of its truth: how many are found, how many are extra, in what order."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_INSIDE = re.compile(r"(?<=\w)[-'’\u2010\u2011\u00ad\u02bc](?=\w)|[\x02\ufffe\u00ad\u200b]")  # noqa: RUF001
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Score:
    """How a text compares with its truth, all shares of 1.

    ``recall`` is the share of the truth's words that were found, ``precision`` that of
    the words found that are the truth's or are counted neither way, ``order`` the longest
    common subsequence of words over the truth's words.
    """

    recall: float
    precision: float
    order: float


def words(text: str) -> list[str]:
    """The words of a text, compatibility forms and case folded.

    Hyphens and apostrophes within words don't count, as truths keep some and lose others;
    single letters are left out, as everybody cuts formulas into them differently.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    found = (word.strip("_") for word in _WORD.findall(_INSIDE.sub("", plain)))
    return [word for word in found if len(word) > 1 or word.isdigit()]


def compare(found: Sequence[str], truth: Sequence[str], neither: Sequence[str] = ()) -> Score:
    """Compare words with the truth.

    Args:
        found: The words that a reader found, in its order.
        truth: The words that it should find, in order.
        neither: Words that the file has and the truth leaves out; each is counted
            neither as found nor as extra, as often as it is in here.

    Returns:
        The shares.
    """
    wanted = Counter(truth)
    got = Counter(found)
    hits = (wanted & got).total()
    extra = got - wanted - Counter(neither)
    return Score(
        recall=hits / max(len(truth), 1),
        precision=hits / max(hits + extra.total(), 1),
        order=_common_subsequence(found, truth) / max(len(truth), 1),
    )


def _common_subsequence(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common subsequence, bit-parallel (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for i, word in enumerate(one):
        places[word] = places.get(word, 0) | 1 << i
    full = (1 << len(one)) - 1
    row = full
    for word in other:
        matches = row & places.get(word, 0)
        row = (row + matches | row - matches) & full
    return len(one) - row.bit_count()

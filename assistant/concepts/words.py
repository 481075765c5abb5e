"""Words of a text as concepts are compared by: singular, in one spelling, hyphens apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff][^\W_\u3400-\u9fff]*|\d+")
_CJK = re.compile(r"[\u3400-\u9fff]")
_BRITISH = (
    (re.compile(r"is(ation|e|ed|ing|er)(s?)$"), r"iz\1\2"),
    (re.compile(r"(?<=\w{3})our(s?)$"), r"or\1"),
    (re.compile(r"(?<=\w{3}[bt])re(s?)$"), r"er\1"),
    (re.compile(r"(?<=\w{4})ogue$"), "og"),
    (re.compile(r"(?<=\w)mme$"), "m"),
)

Key = tuple[str, ...]
"""A term's words, each as `word_key` gives it; one for each Chinese character."""


def key_of(text: str) -> Key:
    """What tells terms from each other: "Public Goods" and "public good" have the same."""
    return tuple(word_key(word) for word in _WORD.findall(text))


@lru_cache(maxsize=100_000)
def word_key(word: str) -> str:
    """A word in small letters, singular, in American spelling.

    The singular is made by the S stemmer (Harman 1991, How effective is suffixing?, JASIS
    42(1)), which leaves *governance* and *governing* apart.

    Args:
        word: One word.

    Returns:
        Its key.
    """
    low = word.lower()
    if len(low) > 3:
        if low.endswith("ies") and low[-4] not in "ae":
            low = f"{low[:-3]}y"
        elif low.endswith("s") and low[-2] not in "us" and not low.endswith(("aes", "oes", "sis")):
            low = low[:-1]
    for pattern, american in _BRITISH:
        low = pattern.sub(american, low)
    return low


def is_chinese(text: str) -> bool:
    """Whether a name has Chinese characters."""
    return bool(_CJK.search(text))


def spaced(text: str) -> str:
    """The keys of a text between spaces, so that `in` finds those of a term.

    Args:
        text: Any.

    Returns:
        Such as ``" public good are "``.
    """
    return f" {' '.join(key_of(text))} "


def places_in(text: str, key: Key) -> Iterator[tuple[int, int]]:
    """Where a term stands in a text.

    Args:
        text: The text.
        key: Of the term; not empty.

    Yields:
        Its characters, ``(start, end)``; no two overlap.
    """
    found = list(_WORD.finditer(text))
    keys = [word_key(match.group()) for match in found]
    size, at = len(key), 0
    while key[0] in keys[at : len(keys) - size + 1]:
        at = keys.index(key[0], at)
        if tuple(keys[at : at + size]) == key:
            yield found[at].start(), found[at + size - 1].end()
            at += size - 1
        at += 1

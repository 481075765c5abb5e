"""Sketches of texts: a few hashes that tell how much of one text stands in another.

Of the hashes of a text's shingles, all runs of so many words, one in thirty-two is kept,
chosen by the hash itself, so that two texts keep the same ones where they say the same
(FracMinHash: Irber et al. 2022, bioRxiv 2022.01.11.475838). Unlike MinHash it estimates
containment, too: a preprint inside a longer version.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from hashlib import blake2b
from itertools import filterfalse, pairwise

SHINGLE = 5
SCALE = 32
"""Words in a shingle, and of how many shingles one is kept."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
_ASIDE = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]\s*$")  # noqa: RUF001
_HYPHENATED = re.compile(r"(?<=\w)(?:\u00ad\s*|[-\u2010]\s*\n\s*)(?=\w)")


def words(text: str) -> list[str]:
    """The words of a text, case, accents and punctuation aside; a Chinese character is one."""
    if "\n" in text or "\u00ad" in text:  # no clean text has one
        text = _HYPHENATED.sub("", text)
    plain = unicodedata.normalize("NFKD", text).casefold()
    if not plain.isascii():
        plain = "".join(filterfalse(unicodedata.combining, plain))
    return _WORD.findall(plain)


def sketch(texts: Iterable[str]) -> tuple[int, ...]:
    """The sketch of a paper's text.

    Args:
        texts: Its paragraphs in order, clean.

    Returns:
        Hashes of 63 bits, in order; the more, the longer the text.
    """
    every = [word.encode() for text in texts for word in words(text)]
    shingles = map(b" ".join, zip(*(every[at:] for at in range(SHINGLE)), strict=False))
    kept = {_hash(shingle) for shingle in shingles if zlib.crc32(shingle) % SCALE == 0}
    return tuple(sorted(kept))


def title_key(title: str) -> str:
    """A title as titles are compared: its words; what stands in brackets behind it is left out.

    Args:
        title: As printed.

    Returns:
        Words with spaces between, empty where there are none.
    """
    return " ".join(words(_ASIDE.sub("", title) or title))


def title_sketch(title: str) -> tuple[int, ...]:
    """A title's hashes, one for each pair of words; they are apart from those of `sketch`.

    Args:
        title: As printed.

    Returns:
        Hashes of 63 bits, in order; none for a title of one word.
    """
    key = title_key(title).split()
    return tuple(sorted({_hash(f"title {a} {b}".encode()) for a, b in pairwise(key)}))


def _hash(shingle: bytes) -> int:
    return int.from_bytes(blake2b(shingle, digest_size=8).digest()) >> 1

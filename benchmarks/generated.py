"""Generated papers and questions, for libraries larger than any at hand.

Words are whole words of the embedder's own vocabulary, so that texts have as many
tokens as real ones. They follow Zipf's law; each paper prefers 100 words of its own,
as papers prefer those of their subject. The same number always gives the same text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.random import Generator

SEED = 20261124
SECTIONS = 5
PARAGRAPHS = 4
PASSAGES = 54
"""Into how many passages a paper is cut, about."""

_OWN_WORDS = 100
_SHARE_OF_OWN = 0.2
_SHORTEST_WORD = 3


def whole_words(vocabulary: Sequence[str]) -> list[str]:
    """The words among the tokens of a WordPiece vocabulary, whose frequent words come first."""
    return [word for word in vocabulary if word.isalpha() and len(word) >= _SHORTEST_WORD]


def paper(number: int, words: Sequence[str]) -> str:
    """A paper in Markdown, of some `PASSAGES` passages.

    Args:
        number: Which one; another has other text.
        words: What it is made of, the frequent ones first.

    Returns:
        Its text.
    """
    draw = np.random.default_rng([SEED, number])
    own = _own_words(draw, words)
    lines = [f"# {_phrase(draw, words, own, 8)} {number}", ""]
    for section in range(SECTIONS):
        lines += [f"## {section + 1}. {_phrase(draw, words, own, 4)}", ""]
        for _ in range(PARAGRAPHS):
            lines += [" ".join(_sentences(draw, words, own)), ""]
    return "\n".join(lines)


def question(number: int, papers: int, words: Sequence[str]) -> str:
    """A question for two of the words that one of the first papers prefers."""
    draw = np.random.default_rng([SEED, 1, number])
    subject = int(draw.integers(papers))
    own = _own_words(np.random.default_rng([SEED, subject]), words)
    first, second = draw.choice(own, 2, replace=False).tolist()
    return f"What is said about {first} and {second}?"


def _own_words(draw: Generator, words: Sequence[str]) -> list[str]:
    chosen: list[str] = draw.choice(np.asarray(words), _OWN_WORDS, replace=False).tolist()
    return chosen


def _sentences(draw: Generator, words: Sequence[str], own: Sequence[str]) -> Iterator[str]:
    for _ in range(int(draw.integers(5, 10))):
        yield f"{_phrase(draw, words, own, int(draw.integers(16, 33)))}."


def _phrase(draw: Generator, words: Sequence[str], own: Sequence[str], length: int) -> str:
    ranks = draw.zipf(1.2, length) % len(words)
    preferred = draw.random(length) < _SHARE_OF_OWN
    kept = draw.integers(len(own), size=length)
    chosen = [
        own[mine] if is_own else words[rank]
        for rank, is_own, mine in zip(ranks, preferred, kept, strict=True)
    ]
    return " ".join(chosen).capitalize()

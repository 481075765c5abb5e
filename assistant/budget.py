"""Which passages fit into a model's window, and which are left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.types import Hit

ANSWER_TOKENS = 700
"""What is kept free for quotes and answer, in tokens; a quarter of a small window."""

_SHARE = 4
_SLACK = 40
"""Tokens for what a chat template puts around messages."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The hits that a prompt has room for, best first, and the number left out."""

    hits: tuple[Hit, ...]
    dropped: int
    answer_tokens: int

    @property
    def notice(self) -> str | None:
        """What the reader has to know of it."""
        if not self.dropped:
            return None
        total = len(self.hits) + self.dropped
        return (
            f"{self.dropped} of the {total} passages found did not fit into the model's window "
            "and were not given to it."
        )


def fit(
    hits: Sequence[Hit],
    prompt: Callable[[Sequence[Hit]], str],
    count_tokens: Callable[[str], int],
    window: int,
) -> Budget:
    """Choose the best hits that fit.

    Args:
        hits: Hits, best first.
        prompt: Makes the text of a whole prompt of some hits.
        count_tokens: The model's count of a text, or an upper estimate.
        window: Tokens for prompt and answer together.

    Returns:
        As many of the first hits as fit, none skipped; none where not even one does.
    """
    answer_tokens = min(ANSWER_TOKENS, window // _SHARE)
    room = window - answer_tokens - _SLACK
    used = len(hits)
    while used and count_tokens(prompt(hits[:used])) > room:
        used -= 1
    return Budget(tuple(hits[:used]), len(hits) - used, answer_tokens)

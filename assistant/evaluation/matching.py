"""Which golden spans a passage is relevant to, told by offsets in the source.

Counted are the characters that a reader sees: those that `ingest.cleaning` keeps
of the whole file, whitespace apart. So footnote marks, Markdown and line breaks
count on neither side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.types import GoldenSpan
from ingest.cleaning import clean
from ingest.types import Passage, Span

SPAN_COVERED = 0.5
"""The share of a span's characters that a relevant passage covers …"""

PASSAGE_INSIDE = 0.8
"""… or the share of its own that lies within the span."""


@dataclass(frozen=True, slots=True)
class PaperText:
    """A paper's text, and which of its characters count.

    ``counts`` has the shape ``(characters of the source,)``.
    """

    source: str
    counts: NDArray[np.bool_]

    def count(self, start: int, end: int) -> int:
        """How many characters of ``[start, end)`` count; 0 where the range is empty."""
        return int(np.count_nonzero(self.counts[start:end])) if start < end else 0


def paper_text(source: str) -> PaperText:
    """Tell which characters of a paper count.

    Args:
        source: The text as its reader decoded it.

    Returns:
        The text; the characters that cleaning keeps and that are no whitespace
        count.
    """
    cleaned = clean(source, (Span(0, len(source)),))
    kept = [o for o, c in zip(cleaned.origins, cleaned.text, strict=True) if c != " "]
    counts = np.zeros(len(source), dtype=np.bool_)
    counts[kept] = True
    return PaperText(source, counts)


def match(
    passage: Passage, golden: Sequence[GoldenSpan], texts: Mapping[str, PaperText]
) -> tuple[int, ...]:
    """Which golden spans a passage is relevant to.

    It is relevant to a span of the same paper when it covers at least half of the
    span's characters, or lies within the span for at least 80% of its own.

    Args:
        passage: A passage.
        golden: Golden spans.
        texts: The papers of the spans, by id.

    Returns:
        Positions in ``golden``, ascending.
    """
    return tuple(
        i
        for i, span in enumerate(golden)
        if span.paper == passage.paper_id and _is_relevant(passage, span, texts[span.paper])
    )


def _is_relevant(passage: Passage, span: GoldenSpan, text: PaperText) -> bool:
    own = sum(text.count(start, end) for start, end in passage.spans)
    shared = sum(
        text.count(max(start, span.start), min(end, span.end)) for start, end in passage.spans
    )
    whole = text.count(span.start, span.end)
    return shared > 0 and (shared >= SPAN_COVERED * whole or shared >= PASSAGE_INSIDE * own)

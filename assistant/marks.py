"""What a reader has to know of a citation: whose claim it is, and orders planted in it."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.second_hand import second_hand
from assistant.types import Answer, Citation
from ingest.planted import planted


def marked(answer: Answer) -> Answer:
    """An answer whose citations say if they are second-hand, or their passage was tampered with."""
    return replace(answer, citations=tuple(map(_marked, answer.citations)))


def _marked(citation: Citation) -> Citation:
    text, authors = citation.passage.text, citation.paper.authors
    start = text.find(citation.quote)
    reported = (
        second_hand(text, start, start + len(citation.quote), authors) if start >= 0 else None
    )
    if reported and _words(reported) <= _words(" ".join(authors)):
        reported = None
    orders = planted(text)
    return replace(citation, second_hand=reported, planted=orders[0].reason if orders else None)


def _words(names: str) -> set[str]:
    return set(re.findall(r"\w{2,}", names)) - {"and"}

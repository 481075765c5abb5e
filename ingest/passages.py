"""Elements to passages: one to four sentences, never over the embedder's limit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise

from ingest.authors import unbraced
from ingest.cleaning import clean
from ingest.errors import BadSettings
from ingest.sentences import split_sentences
from ingest.types import RETRIEVABLE, Element, Paper, ParsedPaper, Passage, Span

TokenCounter = Callable[[str], int]
"""How many tokens the embedder makes of a text, special tokens included."""

Range = tuple[int, int]

_CHARACTERS_A_TOKEN = 8
"""More than any language has; a longer run is one that the tokenizer gave up on."""

_STOP = re.compile(r"(?<=[;:,])\s+|(?<=[；：，、])\s*")  # noqa: RUF001
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class PassageSize:
    """How large passages are.

    ``sentences`` and ``characters`` are aims: a paragraph is cut into equal
    parts that stay at or under both where sentences allow. ``tokens`` is hard:
    the embedder's limit, heading context included. Each is at least 1, else it is a
    `BadSettings`.
    """

    sentences: int = 3
    characters: int = 600
    tokens: int = 256

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if value < 1:
                raise BadSettings(f"Passages cannot have {value} {name}. Give at least 1.")


def make_passages(
    parsed: ParsedPaper, count_tokens: TokenCounter, size: PassageSize | None = None
) -> list[Passage]:
    """Cut a paper into passages, in reading order.

    Args:
        parsed: A parsed paper.
        count_tokens: Counts the tokens of a text as the embedder does.
        size: How large passages are; the defaults where None.

    Returns:
        Passages of the retrievable elements. A sentence over the token limit is
        cut at its punctuation, or between words, into passages of its own.
    """
    size = size or PassageSize()
    passages = {
        passage.id: passage
        for element in parsed.elements
        if element.kind in RETRIEVABLE
        for passage in _element_passages(parsed, element, count_tokens, size)
    }
    return list(passages.values())


def heading_context(
    paper: Paper, section: Sequence[str], count_tokens: TokenCounter, limit: int
) -> str:
    """In whose paper and under which headings a passage stands.

    With authors in it, a question that names an author finds the author's
    passages: hit@5 on the five papers rose from .76 to .83.

    Args:
        paper: The passage's paper.
        section: Its path of headings.
        count_tokens: Counts tokens as the embedder does.
        limit: At most so many tokens; outer headings, then authors, go first.

    Returns:
        The fullest form within the limit, or an empty string.
    """
    contexts = _contexts(paper, section)
    return next((context for context in contexts if count_tokens(context) <= limit), "")


def with_new_context(
    passage: Passage, paper: Paper, count_tokens: TokenCounter, tokens: int
) -> Passage:
    """A passage whose paper has got another title or other authors; see `heading_context`.

    Args:
        passage: The passage, with the old context.
        paper: Its paper, as it is described now.
        count_tokens: Counts tokens as the embedder does.
        tokens: The embedder's limit. The context takes at most half of it, and context and
            text together at most all.

    Returns:
        The same passage, of the same id and text, with the fullest context that fits.
    """

    def fits(context: str) -> bool:
        whole = count_tokens(f"{context}\n{passage.text}")
        return count_tokens(context) <= tokens // 2 and whole <= tokens

    context = next(filter(fits, _contexts(paper, passage.section)), "")
    return replace(passage, context=context)


def _contexts(paper: Paper, section: Sequence[str]) -> Iterator[str]:
    """The forms of a heading context, the fullest first."""
    names = ", ".join(map(unbraced, paper.authors))
    signed = f"{paper.title} by {names}" if names else paper.title
    forms = ((signed, *section), (signed, *section[-1:]), (paper.title, *section[-1:]), (signed,))
    return (" > ".join(form) for form in (*forms, (paper.title,)))


def _element_passages(
    parsed: ParsedPaper, element: Element, count_tokens: TokenCounter, size: PassageSize
) -> Iterator[Passage]:
    cleaned = clean(parsed.text, element.spans)
    context = heading_context(parsed.paper, element.section, count_tokens, size.tokens // 2)

    def text_of(part: Range) -> str:
        return clean(parsed.text, cleaned.source_spans(*part, element.spans)).text

    def fits(part: Range) -> bool:
        if part[1] - part[0] > size.tokens * _CHARACTERS_A_TOKEN:
            return False
        return count_tokens(f"{context}\n{text_of(part)}") <= size.tokens

    sentences = split_sentences(cleaned.text)
    pieces = [piece for sentence in sentences for piece in _fitting(sentence, cleaned.text, fits)]
    for part in _group(pieces, size, fits):
        if text := text_of(part):
            spans = cleaned.source_spans(*part, element.spans)
            yield _passage(parsed, element, spans, text, context)


def _passage(
    parsed: ParsedPaper, element: Element, spans: tuple[Span, ...], text: str, context: str
) -> Passage:
    place = ",".join(f"{start}-{end}" for start, end in spans)
    digest = hashlib.sha256(f"{parsed.paper.id}\n{place}\n{text}".encode()).hexdigest()
    layout = parsed.layout
    pages = layout.pages_of(spans) if layout else None
    return Passage(
        id=digest[:24],
        paper_id=parsed.paper.id,
        text=text,
        section=element.section,
        spans=spans,
        kind=element.kind,
        pages=pages,
        page_labels=(layout.label(pages[0]), layout.label(pages[1])) if layout and pages else None,
        context=context,
    )


def _fitting(part: Range, text: str, fits: Callable[[Range], bool]) -> list[Range]:
    """Halve a part until every piece fits: at a stop in its middle half, else between words."""
    start, end = part
    if fits(part) or end - start < 2:
        return [part]
    middle, quarter = (start + end) // 2, (end - start) // 4
    stops = [*_STOP.finditer(text, middle - quarter, middle + quarter)]
    breaks = stops or [*_SPACE.finditer(text, start + 1, end - 1)]
    spans = (match.span() for match in breaks)
    cut = min(spans, key=lambda span: abs(span[0] - middle), default=(middle, middle))
    return [*_fitting((start, cut[0]), text, fits), *_fitting((cut[1], end), text, fits)]


def _group(
    pieces: Sequence[Range], size: PassageSize, fits: Callable[[Range], bool]
) -> list[Range]:
    """Cut a paragraph into the fewest, most even groups of whole sentences."""
    if not pieces:
        return []
    length = pieces[-1][1] - pieces[0][0]
    parts = max(-(-len(pieces) // size.sentences), -(-length // size.characters))
    parts = min(parts, len(pieces))
    while True:
        groups = _even(pieces, parts)
        ranges = [(group[0][0], group[-1][1]) for group in groups]
        small = all(len(group) <= 4 for group in groups) and all(map(fits, ranges))
        if small or parts >= len(pieces):
            return ranges
        parts += 1


def _even(pieces: Sequence[Range], parts: int) -> list[Sequence[Range]]:
    bounds = [round(i * len(pieces) / parts) for i in range(parts + 1)]
    return [pieces[a:b] for a, b in pairwise(bounds) if b > a]

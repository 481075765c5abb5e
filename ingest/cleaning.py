"""From source text to clean text, with the place of every character kept.

Cleaning only ever deletes characters, or turns a run of whitespace into one
space. So each clean character has exactly one origin in the source, and any
quote can be traced back to the untouched original. `RULES` is the whole list,
applied in order, but for hyphens at line ends, which go first, as the words of the source
decide (`ingest.hyphens`); docs/architecture.md shows it to users.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.hyphens import partings
from ingest.types import Span

_LETTER = r"[^\W_\u3400-\u9fff]"
_CJK = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
_TARGET = (
    r"\((?=[^\s()]{0,300}?[/.#:@]|\))(?:[^()\s]|\([^()\s]*\))*"  # one level of brackets in it
    r"(?:[ \t]+\"[^\"\n]*\")?\)"
)
_CITATION = (
    r"(?:<sup>[^<>]{0,40}</sup>|\[\d{1,3}(?:\s?[-–,;]\s?\d{1,3}){0,40}\]|\[\^[^\[\]\s]{1,40}\]:?)"  # noqa: RUF001
)
_ATTRIBUTE = r"\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+)"

_ATTRIBUTES = (
    r"(?:^[ \t]*|(?<![ \t])[ \t]+|(?<=[)\]`]))\{[#.][A-Za-z][\w:.-]*(?:[ \t][^{}\n]{0,200})?\}"
    r"|(?<=[)\]`])\{[\w-]+=[^{}\n]{1,200}\}|(?<![ \t])[ \t]+\{-\}(?=[ \t]*$)"
)
_INVISIBLE = "".join(
    map(
        chr,
        (*range(9), *range(0x0E, 0x1C), 0x7F, *range(0x200B, 0x2010), 0x2060, 0xFEFF),
    )
)
_COMBINING = "".join(map(chr, range(0x300, 0x370)))
_RAISED = "¹²³⁰⁴⁵⁶⁷⁸⁹"

_WRITTEN: tuple[tuple[str, str, str], ...] = (
    ("invisible characters", _INVISIBLE, f"[{_INVISIBLE}]+"),
    ("soft hyphens, with a line break behind", "\u00ad", r"\u00ad(?:[ \t]*\r?\n[ \t]*)?"),
    ("line breaks in Chinese", "\n", rf"(?<={_CJK})[ \t]*\r?\n[ \t]*(?={_CJK})"),
    ("comments", "<", r"<!--[^<>]*-->"),
    ("fences of code", "`~", r"^[ \t]*(?:`{3,}|~{3,})"),
    ("rules of tables", "|", r"^(?=[^|\n]*\|)(?=[^-\n]*-)[ \t|:-]+$"),
    ("outer bars of tables", "|", r"^[ \t]*\|[ \t]*|(?<![ \t])[ \t]*\|[ \t]*$"),
    ("fences of pandoc", ":", r"^[ \t]*:{3,}[ \t]*(?:\{[^{}\n]*\}|[\w-]+)?[ \t:]*$"),
    ("attributes of pandoc", "{", _ATTRIBUTES),
    ("the mark of a caption of pandoc", ":", r"\A[ \t]*:[ \t]+(?=\S)"),
    ("pictures", "[", rf"!\[[^\[\]\n]{{0,500}}\]{_TARGET}"),
    ("link targets", "]", rf"(\[)(?=[^\[\]]{{0,500}}\]{_TARGET})|(\]{_TARGET})"),
    (
        "a citation between two full stops, with the second",
        "<[",
        rf"(?<=[.!?])\s*{_CITATION}\s*\.",
    ),
    ("citation marks", "<[", rf"(?:(?<!\s)\s+)?{_CITATION}(?!\w)|{_CITATION}"),
    ("HTML tags", "<", rf"</?[A-Za-z][A-Za-z0-9]*(?:{_ATTRIBUTE})*\s*/?>"),
    ("brackets of bare addresses", "<", r"(<)https?://[^\s<>]+(>)"),
    ("heading marks", "#", r"^[ \t]*#{1,6}[ \t]+"),
    ("quote marks of Markdown", ">", r"^[ \t]*(?:>[ \t]?)+"),
    ("list bullets", "-*+•", r"^[ \t]*[-*+•][ \t]+"),
    (
        "emphasis",
        "*_`",
        rf"(?<!{_LETTER})(?<![)*\\])\*+(?=[^\s*])|(?<=[^\s*\\])\*+(?!{_LETTER})(?![(*])|"
        r"(?<![\w\\])_+(?=\w)|(?<=[^\W_])_+(?!\w)|`+",
    ),
    ("escapes", "\\", r"\\\*|(\\)[!-/:-@\[-`{-~]"),
    (
        "stray note marks",
        f"¶†‡※ÿ{_COMBINING}{_RAISED}",
        rf"[¶†‡※]+|(?<!\S)ÿ+(?!\S)|(?<!\S)[{_COMBINING}]+|(?<=[.,;:!?\"”’)])[{_RAISED}]+",  # noqa: RUF001
    ),
)
"""The rules: a name, signs of which one is in all that the rule deletes, and a pattern."""

RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.MULTILINE)) for name, _, pattern in _WRITTEN
)
"""What cleaning deletes: the groups of a match, or the whole where there are none."""

_NEEDED = tuple(frozenset(signs) for _, signs, _ in _WRITTEN)
_UNEVEN = re.compile(r"\s{2,}|[^\S ]|\A | \Z")
"""White space but for single spaces between words."""


@dataclass(frozen=True, slots=True)
class CleanText:
    """Clean text; ``origins[i]`` is the source index of ``text[i]``."""

    text: str
    origins: tuple[int, ...]

    def source_spans(self, start: int, end: int, pieces: Sequence[Span]) -> tuple[Span, ...]:
        """Where ``text[start:end]`` stands in the source, cut along ``pieces``.

        Args:
            start: First clean character, not a space.
            end: One past the last clean character.
            pieces: The source spans this text was cleaned from.

        Returns:
            One span for each piece that the range touches.
        """
        first, last = self.origins[start], self.origins[end - 1] + 1
        cut = (Span(max(first, s), min(last, e)) for s, e in pieces)
        return tuple(span for span in cut if span.start < span.end)

    def verbatim_spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The maximal source ranges that stand letter for letter in ``text[start:end]``.

        A range ends where cleaning deleted something, where whitespace other
        than one space stood, and where a page break was bridged.

        Args:
            start: First clean character, not a space.
            end: One past the last clean character.

        Returns:
            Source spans in reading order; each is a verbatim part of the text.
        """
        spans: list[Span] = []
        for i in range(start, end):
            origin = self.origins[i]
            if spans and spans[-1].end == origin:
                spans[-1] = Span(spans[-1].start, origin + 1)
            elif self.text[i] != " ":
                spans.append(Span(origin, origin + 1))
        return tuple(spans)


def clean(source: str, spans: Sequence[Span]) -> CleanText:
    """Clean the text of ``spans`` and join the pieces with one space.

    Args:
        source: The text as the reader decoded it.
        spans: Character ranges of ``source``, in reading order.

    Returns:
        The clean text with the origin of every character.
    """
    pieces = [span for span in spans if span.start < span.end]
    text, origins = _rejoined(_joined(source, pieces), _origins(pieces), source)
    text, origins = _kept(text, origins)
    return _collapse_whitespace(text, origins)


def clean_spans(source: str, spans: Sequence[Span]) -> str:
    """The text of `clean`, where its places don't matter.

    Args:
        source: The text as the reader decoded it.
        spans: Character ranges of ``source``, in reading order.

    Returns:
        The clean text.
    """
    joined = _joined(source, spans)
    if "-" not in joined or "\n" not in joined:
        return clean_text(joined)
    return clean_text(_rejoined(joined, range(len(joined)), source)[0])


@lru_cache(maxsize=4096)
def clean_text(source: str) -> str:
    """Clean a whole string, where its places don't matter; hyphens at line ends stay."""
    text, _ = _kept(*_rejoined(source, range(len(source)), ""))
    return " ".join(text.split())


def _joined(source: str, spans: Sequence[Span]) -> str:
    return "\n".join(source[start:end] for start, end in spans)


def _origins(spans: Sequence[Span]) -> Sequence[int]:
    """The source index of every character of joined spans; -1 for what joins them."""
    if len(spans) == 1:
        return range(*spans[0])
    return [index for start, end in spans for index in (-1, *range(start, end))][1:]


def _kept(text: str, origins: Sequence[int]) -> tuple[str, Sequence[int]]:
    """What the rules leave of a text; those whose signs are not in it are skipped."""
    signs = frozenset(text)
    for needed, (_, pattern) in zip(_NEEDED, RULES, strict=True):
        if not needed.isdisjoint(signs):
            text, origins = _delete(pattern, text, origins)
    return text, origins


def _delete(
    pattern: re.Pattern[str], text: str, origins: Sequence[int]
) -> tuple[str, Sequence[int]]:
    doomed: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        groups = [match.span(g) for g in range(1, pattern.groups + 1) if match.group(g) is not None]
        doomed.extend(groups or [match.span()])
    return _without(doomed, text, origins)


def _rejoined(text: str, origins: Sequence[int], source: str) -> tuple[str, Sequence[int]]:
    """A text whose words that the ends of lines part are whole again."""
    return _without(partings(text, source), text, origins)


def _without(
    doomed: Sequence[tuple[int, int]], text: str, origins: Sequence[int]
) -> tuple[str, Sequence[int]]:
    if not doomed:
        return text, origins
    starts = [0, *(end for _, end in doomed)]
    ends = [*(start for start, _ in doomed), len(text)]
    kept = [slice(*bounds) for bounds in zip(starts, ends, strict=True)]
    return "".join(text[part] for part in kept), [i for part in kept for i in origins[part]]


def _collapse_whitespace(text: str, origins: Sequence[int]) -> CleanText:
    out: list[str] = []
    places: list[int] = []
    at = 0
    for match in _UNEVEN.finditer(text):
        start, end = match.span()
        out.append(text[at:start])
        places.extend(origins[at:start])
        if start > 0 and end < len(text):
            out.append(" ")
            places.append(-1)  # the space stands for more than itself: it is not "verbatim"
        at = end
    return CleanText("".join((*out, text[at:])), (*places, *origins[at:]))

"""From source text to clean text, with the place of every character kept.

Cleaning only ever deletes characters, or turns a run of whitespace into one
space. So each clean character has exactly one origin in the source, and any
quote can be traced back to the untouched original. `RULES` is the whole list,
applied in order; docs/architecture.md shows it to users.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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

RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.MULTILINE))
    for name, pattern in (
        ("invisible characters", r"[\x00-\x08\x0e-\x1b\x7f\u200b-\u200f\u2060\ufeff]+"),
        ("soft hyphens, with a line break behind", r"\u00ad(?:[ \t]*\r?\n[ \t]*)?"),
        ("line breaks in Chinese", rf"(?<={_CJK})[ \t]*\r?\n[ \t]*(?={_CJK})"),
        ("comments", r"<!--[^<>]*-->"),
        ("fences of code", r"^[ \t]*(?:`{3,}|~{3,})"),
        ("rules of tables", r"^(?=[^|\n]*\|)(?=[^-\n]*-)[ \t|:-]+$"),
        ("outer bars of tables", r"^[ \t]*\|[ \t]*|(?<![ \t])[ \t]*\|[ \t]*$"),
        ("pictures", rf"!\[[^\[\]\n]{{0,500}}\]{_TARGET}"),
        ("link targets", rf"(\[)(?=[^\[\]]{{0,500}}\]{_TARGET})|(\]{_TARGET})"),
        ("a citation between two full stops, with the second", rf"(?<=[.!?])\s*{_CITATION}\s*\."),
        ("citation marks", rf"(?:(?<!\s)\s+)?{_CITATION}(?!\w)|{_CITATION}"),
        ("HTML tags", rf"</?[A-Za-z][A-Za-z0-9]*(?:{_ATTRIBUTE})*\s*/?>"),
        ("brackets of bare addresses", r"(<)https?://[^\s<>]+(>)"),
        ("heading marks", r"^[ \t]*#{1,6}[ \t]+"),
        ("quote marks of Markdown", r"^[ \t]*(?:>[ \t]?)+"),
        ("list bullets", r"^[ \t]*[-*+•][ \t]+"),
        (
            "emphasis",
            rf"(?<!{_LETTER})(?<![)*\\])\*+(?=[^\s*])|(?<=[^\s*\\])\*+(?!{_LETTER})(?![(*])|"
            r"(?<![\w\\])_+(?=\w)|(?<=[^\W_])_+(?!\w)|`+",
        ),
        ("escapes", r"\\\*|(\\)[!-/:-@\[-`{-~]"),
        (
            "stray note marks",
            r"[¶†‡※]+|(?<!\S)ÿ+(?!\S)|(?<!\S)[\u0300-\u036f]+|"
            r"(?<=[.,;:!?\"”’)])[¹²³\u2070\u2074-\u2079]+",  # noqa: RUF001
        ),
    )
)
"""What cleaning deletes: the groups of a match, or the whole where there are none."""

_SPACE = re.compile(r"\s+")


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
    chars: list[str] = []
    origins: list[int] = []
    for start, end in spans:
        if chars:
            chars.append("\n")
            origins.append(-1)
        chars.extend(source[start:end])
        origins.extend(range(start, end))
    for _, pattern in RULES:
        chars, origins = _delete(pattern, chars, origins)
    return _collapse_whitespace(chars, origins)


@lru_cache(maxsize=4096)
def clean_text(source: str) -> str:
    """Clean a whole string, where its places don't matter."""
    return clean(source, (Span(0, len(source)),)).text


def _delete(
    pattern: re.Pattern[str], chars: list[str], origins: list[int]
) -> tuple[list[str], list[int]]:
    text = "".join(chars)
    doomed: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        groups = [match.span(g) for g in range(1, pattern.groups + 1) if match.group(g) is not None]
        doomed.extend(groups or [match.span()])
    if not doomed:
        return chars, origins
    kept_chars: list[str] = []
    kept_origins: list[int] = []
    at = 0
    for start, end in [*doomed, (len(chars), len(chars))]:
        kept_chars.extend(chars[at:start])
        kept_origins.extend(origins[at:start])
        at = end
    return kept_chars, kept_origins


def _collapse_whitespace(chars: list[str], origins: list[int]) -> CleanText:
    text = "".join(chars)
    out: list[str] = []
    places: list[int] = []
    at = 0
    for match in [*_SPACE.finditer(text), None]:
        start, end = match.span() if match else (len(text), len(text))
        out.append(text[at:start])
        places.extend(origins[at:start])
        if match and start > 0 and end < len(text):
            out.append(" ")
            # -1 keeps a space that stands for more than itself from being "verbatim".
            places.append(origins[start] if match.group() == " " else -1)
        at = end
    return CleanText("".join(out), tuple(places))

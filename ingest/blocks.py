"""Source text to blocks: what stands between blank lines, headings and rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.types import Span

_LINE = re.compile(r"[^\n]*(?:\n|$)")
_MARKDOWN_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_SETEXT = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?\r?\n)---[ \t]*(?:\r?\n|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that belong together.

    ``level`` is the depth of a Markdown heading (``#`` is 1), else 0; ``rule``
    marks a horizontal rule.
    """

    span: Span
    text: str
    level: int = 0
    rule: bool = False


def front_matter_end(text: str) -> tuple[str, int]:
    """The YAML front matter at the head of a text, and where the rest begins.

    Returns:
        The YAML (empty where there is none) and the index after it.
    """
    match = _FRONT_MATTER.match(text)
    return (match.group(1), match.end()) if match else ("", 0)


def split_blocks(text: str, start: int = 0) -> list[Block]:
    """Split ``text[start:]`` into blocks, in order, none of them blank.

    Args:
        text: The text as the reader decoded it.
        start: Where to begin.

    Returns:
        Blocks whose spans are trimmed of surrounding whitespace.
    """
    blocks: list[Block] = []
    pending: list[Span] = []
    fenced = False

    def flush(level: int = 0) -> None:
        if pending:
            blocks.append(_block(text, Span(pending[0].start, pending[-1].end), level))
            pending.clear()

    for match in _LINE.finditer(text, start):
        line = match.group().strip("\r\n")
        span = Span(match.start(), match.start() + len(line))
        if _FENCE.match(line):
            fenced = not fenced
        if fenced:
            pending.append(span)
        elif not line.strip():
            flush()
        elif _MARKDOWN_HEADING.match(line):
            flush()
            pending.append(span)
            flush(len(line.lstrip()) - len(line.lstrip().lstrip("#")))
        elif pending and _SETEXT.match(line) and len(pending) == 1:
            flush(1 if "=" in line else 2)
        elif _RULE.match(line):
            flush()
            blocks.append(Block(span, line.strip(), rule=True))
        else:
            pending.append(span)
    flush()
    return blocks


def _block(text: str, span: Span, level: int) -> Block:
    raw = text[span.start : span.end]
    start = span.start + len(raw) - len(raw.lstrip())
    end = span.end - (len(raw) - len(raw.rstrip()))
    return Block(Span(start, end), text[start:end], level)

"""Source text to blocks: what stands between blank lines, headings and rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest import patterns
from ingest.types import Span

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")
_MARKDOWN_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s|$)")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that belong together.

    ``level`` is the depth of a Markdown heading (``#`` is 1), else 0; ``rule``
    marks a horizontal rule, ``code`` a fenced block. ``gap`` says that three
    blank lines or more stand before it: a picture, or a lost page.
    """

    span: Span
    text: str
    level: int = 0
    rule: bool = False
    code: bool = False
    gap: bool = False

    @property
    def is_running(self) -> bool:
        """Whether it is running text: no code, no table."""
        return not self.code and not self.text.startswith("|")

    def part(self, start: int, end: int | None = None, level: int = 0) -> Block:
        """The block that ``text[start:end]`` is, trimmed of whitespace."""
        raw = self.text[start:end]
        begin = start + len(raw) - len(raw.lstrip())
        text = raw.strip()
        span = Span(self.span.start + begin, self.span.start + begin + len(text))
        return Block(span, text, level, gap=self.gap and start == 0)

    def lines(self) -> list[tuple[int, str]]:
        """The block's lines, each with where it begins in the block's text."""
        found = ((match.start(), match.group(1)) for match in _LINE.finditer(self.text))
        return [(start, line) for start, line in found if line.strip()]


def split_blocks(text: str, start: int = 0) -> list[Block]:
    """Split ``text[start:]`` into blocks, in order, none of them blank.

    Args:
        text: The text as the reader decoded it.
        start: Where to begin.

    Returns:
        Blocks whose spans are trimmed of surrounding whitespace.
    """
    splitter = _Splitter(text)
    for match in _LINE.finditer(text, start + text.startswith("\ufeff", start)):
        splitter.take(match.group(1), Span(*match.span(1)))
    splitter.flush()
    return splitter.blocks


class _Splitter:
    """Gathers lines into blocks."""

    def __init__(self, text: str) -> None:
        self.blocks: list[Block] = []
        self._text = text
        self._pending: list[Span] = []
        self._fence = ""
        self._blank = 0

    def take(self, line: str, span: Span) -> None:
        """Take the next line."""
        fence = _FENCE.match(line)
        heading = _MARKDOWN_HEADING.match(line)
        if self._fence:
            self._pending.append(span)
            if fence and fence.group(1).startswith(self._fence):
                self.flush(code=True)
        elif fence:
            self.flush()
            self._pending.append(span)
            self._fence = fence.group(1)
        elif not line.strip():
            self.flush()
            self._blank += 1
        elif heading:
            self.flush()
            self._pending.append(span)
            self.flush(len(heading.group(1)))
        elif (setext := _SETEXT.match(line)) and self._is_title():
            self.flush(1 if "=" in setext.group(1) else 2)
        elif _RULE.match(line):
            self.flush()
            self._add(span, rule=True)
        else:
            self._pending.append(span)

    def _is_title(self) -> bool:
        """Whether what is pending can be a title that is underlined: one short line."""
        line = self._text[slice(*self._pending[0])] if len(self._pending) == 1 else ""
        return 0 < len(line) <= 200 and not patterns.is_terminated(line)

    def flush(self, level: int = 0, *, code: bool = False) -> None:
        """End the block that the pending lines make."""
        if self._pending:
            span = Span(self._pending[0].start, self._pending[-1].end)
            self._add(span, level, code=code or bool(self._fence))
            self._pending.clear()
            self._fence = ""

    def _add(self, span: Span, level: int = 0, *, rule: bool = False, code: bool = False) -> None:
        raw = self._text[span.start : span.end]
        if text := raw.strip():
            start = span.start + len(raw) - len(raw.lstrip())
            gap = self._blank > 2
            block = Block(Span(start, start + len(text)), text, level, rule, code, gap)
            self.blocks.append(block)
        self._blank = 0

"""Writing Markdown that says what was meant: the other side of `ingest.cleaning`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_BEGIN, _END = "\x02", "\x03"
"""What the mark of a note stands between until its line is written; XML can't hold them."""

_MARK = re.compile(f"{_BEGIN}([^{_BEGIN}{_END}]*){_END}")
_LETTER = r"[^\W_]"
_SIGNS = re.compile(
    r"(^[ \t]*)(?=[#+~>*-]|:(?:::|[ \t]))[#+~>*:-]"  # marks of lines
    r"|\{(?=[#.][A-Za-z]|[\w-]*=|-\})"  # attributes
    r"|[\\_<>]|(?<=<)!|(?<=<http):|(?<=<https):|=(?=[^<>]*>)"  # tags, comments, addresses
    r"|(?<=\])\(|\|(?![ \t]*$)"  # links, tables
    rf"|(?<={_LETTER})\*(?!{_LETTER})|(?<!{_LETTER})\*(?={_LETTER})",  # emphasis
    re.MULTILINE,
)
_MAX_LEVEL = 6


def escaped(text: str) -> str:
    """A text of no markup, so written that `ingest.cleaning` gives it back.

    What cleaning takes out of every text stays for it to take out: citation marks such
    as ``[3]``, signs of notes such as a star behind a word, backquotes, a bar at the end
    of a line.

    Args:
        text: A line or a paragraph.

    Returns:
        The same, with a backslash before what would be read as Markdown.
    """
    return _SIGNS.sub(lambda match: f"{match[1] or ''}\\{match[0][len(match[1] or '') :]}", text)


def mark(label: str) -> str:
    """The mark of a note within a plain text that `line` or `table` is to write."""
    return f"{_BEGIN}{_label(label)}{_END}"


def line(text: str) -> str:
    """A plain text as a paragraph: white space collapsed but for its line breaks."""
    lines = (" ".join(part.split()) for part in text.split("\n"))
    return _MARK.sub(r"<sup>\1</sup>", escaped("\n".join(filter(None, lines))))


def flat(text: str) -> str:
    """A plain text as one line."""
    return line(text.replace("\n", " "))


def heading(level: int, text: str) -> str:
    """A heading; what is deeper than Markdown goes is put at its deepest level."""
    written = flat(text)
    return f"{'#' * min(level, _MAX_LEVEL)} {written}" if written else ""


def note(label: str, text: str) -> str:
    """A footnote, as a paragraph of its own."""
    written = flat(text)
    return f"[^{_label(label)}]: {written}" if written else ""


def items(rows: Iterable[tuple[int, str, str]]) -> str:
    """A list, one line for each item.

    Args:
        rows: For every item how deep it is nested, its bullet or number, and its text.

    Returns:
        The list; items without text are left out.
    """
    written = ((depth, bullet, flat(text)) for depth, bullet, text in rows)
    return "\n".join(f"{'  ' * depth}{bullet} {text}" for depth, bullet, text in written if text)


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table, its first row as the head.

    Args:
        rows: The texts of the cells; short rows are filled up.

    Returns:
        The table, or nothing where no cell has text.
    """
    written = [[flat(cell) for cell in row] for row in rows]
    kept = [row for row in written if any(row)]
    width = max(map(len, kept), default=0)
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in kept]
    return "\n".join([*lines[:1], "|" + " --- |" * width, *lines[1:]]) if lines else ""


def joined(blocks: Iterable[str]) -> str:
    """A document of blocks."""
    return "\n\n".join(filter(None, blocks)) + "\n"


def _label(label: str) -> str:
    return re.sub(r"[\s<>\[\]]+", "", label)[:40]

"""What every reader of a file makes of it: Markdown text, and what else the file says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from ingest.layout import Layout

FileKind: TypeAlias = Literal["text", "markdown", "pdf", "docx", "html", "jats"]
"""The kinds of files that are read."""

Value: TypeAlias = str | int | tuple[str, ...]
"""The value of one of `Paper`'s fields."""


class Claim(NamedTuple):
    """A value that a file gives for a field of `Paper`, and where it stands there.

    ``where`` is one of the names in `ingest.claims.SURENESS`, which says how far
    such a place is to be trusted.
    """

    field: str
    value: Value
    where: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of a file that is not in its text: what, how often, and why.

    Health reports show it as ``{count} {what}: {why}``.
    """

    what: str
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file as its reader understood it.

    Args:
        kind: What kind of file it is.
        text: Its text as Markdown, in reading order; all spans index it. For text and
            Markdown files it is the file, decoded, newlines untouched. Other readers
            write headings as ``#``, list items as ``-`` or ``1.``, tables as rows of
            ``|``, footnotes as ``[^1]: …`` paragraphs, their marks as ``<sup>1</sup>``,
            captions as paragraphs, and what looks like Markdown and is none escaped
            (`ingest.markdown.escaped`).
        claims: What the file says about its paper, outside of its text.
        layout: Where the words stand on pages; None for files without pages.
        left_out: What is not in the text, and why.
        notices: What who adds the file has to know, in sentences.
    """

    kind: FileKind
    text: str
    claims: tuple[Claim, ...] = ()
    layout: Layout | None = None
    left_out: tuple[LeftOut, ...] = ()
    notices: tuple[str, ...] = ()

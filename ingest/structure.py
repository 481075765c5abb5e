"""Pieces to elements: what is not prose told apart, cut paragraphs whole again.

One pass in reading order. Each piece is told apart by its looks and by where
it stands; a paragraph that a page break cut is joined again across whatever
footnotes, captions and furniture stand between its halves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest import patterns
from ingest.endnotes import are_remarks
from ingest.sections import Piece
from ingest.types import Element, ElementKind, Span

_PROSE: frozenset[ElementKind] = frozenset({"prose", "abstract", "acknowledgement"})
_FOOT: frozenset[ElementKind] = frozenset({"note", "reference", "furniture"})
"""What stands at a page's foot or head, between the halves of a paragraph."""


@dataclass(slots=True)
class _Growing:
    """An element that later pieces may still join, and what came after its last one."""

    kind: ElementKind
    last: Piece
    spans: list[Span]
    page_break: bool = False
    gap: bool = False


def build_elements(pieces: Sequence[Piece]) -> list[Element]:
    """Tell the pieces of a paper's body apart and join cut paragraphs.

    Args:
        pieces: The body's pieces in reading order.

    Returns:
        Elements in the order in which they begin; every piece's words are in
        exactly one of them.
    """
    elements: list[_Growing] = []
    paragraph: _Growing | None = None
    for index, piece in enumerate(pieces):
        if paragraph and paragraph.last.chapter != piece.chapter:
            paragraph = None
        kind = _kind(pieces, index, paragraph)
        if paragraph:
            paragraph.gap |= piece.block.gap
            paragraph.page_break |= kind in _FOOT or piece.after_rule
        if paragraph and kind == paragraph.kind and _continues(paragraph, piece):
            paragraph.spans.append(piece.block.span)
            paragraph.last, paragraph.page_break, paragraph.gap = piece, False, False
            continue
        elements.append(_Growing(kind, piece, [piece.block.span]))
        paragraph = elements[-1] if kind in _PROSE else paragraph
    return [Element(e.kind, e.last.section, tuple(e.spans)) for e in elements]


def _kind(pieces: Sequence[Piece], index: int, paragraph: _Growing | None) -> ElementKind:
    piece = pieces[index]
    looks = _looks(pieces, index)
    if looks != "prose":
        return looks
    if piece.role == "references":
        return "reference"
    if piece.role == "notes":
        return "note" if are_remarks(piece.block) else "reference"
    if _is_note(pieces, index, paragraph):
        return "note"
    if piece.role == "section":
        return "acknowledgement" if patterns.is_acknowledgement(piece.text) else "prose"
    return "front" if piece.role == "keywords" else piece.role


def _looks(pieces: Sequence[Piece], index: int) -> ElementKind:
    """What a piece is by its own looks: prose where nothing speaks against it."""
    piece = pieces[index]
    if piece.block.code:
        return "prose"
    if patterns.is_furniture(piece.text) or piece.repeated:
        return "furniture"
    if patterns.is_caption(piece.text):
        return "caption"
    if patterns.is_bibliographic(piece.text) or _is_scrap(pieces, index):
        return "reference"
    return "prose"


def _is_scrap(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a piece is a scrap of a few words between citations."""
    piece = pieces[index]
    if patterns.words(piece.text) > 14 or patterns.is_terminated(piece.text):
        return False
    beside = [*pieces[max(0, index - 1) : index], *pieces[index + 1 : index + 2]]
    return len(beside) == 2 and all(patterns.is_bibliographic(other.text) for other in beside)


def _is_note(pieces: Sequence[Piece], index: int, paragraph: _Growing | None) -> bool:
    """Whether a piece is a footnote: by its mark, or by where it cuts a paragraph."""
    piece = pieces[index]
    if patterns.has_note_mark(piece.block.text):
        return True
    if not paragraph or not _is_half(paragraph.last) or patterns.begins_lowercase(piece.text):
        return False
    marked = patterns.has_note_mark(piece.block.text, likely=True)
    return marked or piece.after_rule or _stands_between_halves(pieces, index)


def _is_half(piece: Piece) -> bool:
    """Whether a piece is cut, and not just a short item of a list."""
    item = patterns.is_item(piece.block.text) and patterns.words(piece.text) <= 20
    return not item and patterns.is_cut(piece.text)


def _stands_between_halves(pieces: Sequence[Piece], index: int) -> bool:
    """Whether whole sentences are followed, soon, by the second half of what they cut."""
    for i in range(index, min(index + 4, len(pieces))):
        piece = pieces[i]
        if piece.chapter != pieces[index].chapter:
            return False
        if _looks(pieces, i) != "prose":
            continue
        if patterns.begins_lowercase(piece.text):
            return i > index
        if not patterns.is_terminated(piece.text):
            return False
    return False


def _continues(paragraph: _Growing, piece: Piece) -> bool:
    """Whether a piece is the second half of a paragraph cut in mid-sentence."""
    first, second = paragraph.last.text, piece.text
    if not (paragraph.last.block.is_running and piece.block.is_running):
        return False
    if patterns.begins_lowercase(second):
        return paragraph.page_break or not patterns.is_terminated(first)
    if paragraph.gap or not _is_half(paragraph.last) or patterns.is_item(piece.block.text):
        return False
    if patterns.is_chinese(first) and patterns.is_chinese(second):
        return patterns.words(first) >= 20
    long = patterns.words(first) >= 8
    return long and (paragraph.page_break or patterns.breaks_off(first))

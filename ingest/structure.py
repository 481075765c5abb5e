"""Blocks to elements: sections, whole paragraphs, and what is not prose.

One pass in reading order. Each block is told apart by its looks and by where
it stands; a paragraph that a page break cut is joined again across whatever
footnotes, captions and furniture stand between its halves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest import patterns
from ingest.blocks import Block
from ingest.cleaning import clean, clean_text
from ingest.headings import Heading, Outline, Role, heading_of, run_in, run_in_styles
from ingest.types import Element, ElementKind, Span


@dataclass(slots=True)
class _Growing:
    """A paragraph that later pieces may still join."""

    kind: ElementKind
    section: tuple[str, ...]
    spans: list[Span]
    text: str
    interrupted: bool = False


def build_elements(blocks: Sequence[Block]) -> list[Element]:
    """Tell the blocks of a paper's body apart and join cut paragraphs.

    Args:
        blocks: The body's blocks in reading order, title and authors left out.

    Returns:
        Elements in the order in which they begin; every block's words are in
        exactly one of them, or in the title of a section.
    """
    return _Builder(blocks).build()


class _Builder:
    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._texts = [clean_text(block.text) for block in blocks]
        self._styles = run_in_styles(blocks)
        self._repeated = _repeated_lines(blocks, self._texts)
        self._outline = Outline()
        self._role: Role = "section"
        self._elements: list[_Growing] = []
        self._paragraph: _Growing | None = None
        self._notes = False
        self._heading_open = False

    def build(self) -> list[Element]:
        for index, block in enumerate(self._blocks):
            if block.rule:
                self._notes = True
            elif not self._take_heading(index):
                self._take_block(index)
        return [Element(e.kind, e.section, tuple(e.spans)) for e in self._elements]

    def _take_heading(self, index: int) -> bool:
        block = self._blocks[index]
        if index in self._repeated:
            return False
        heading = heading_of(block)
        if heading and not self._is_list_item(index, heading):
            self._enter(heading, broken_off=not patterns.is_terminated(heading.title))
            return True
        found = None if heading or self._role == "references" else run_in(block, self._styles)
        if found:
            heading, length = found
            self._enter(heading, broken_off=False)
            self._add_rest(block, length)
            return True
        return self._heading_open and self._continue_heading(index)

    def _enter(self, heading: Heading, *, broken_off: bool) -> None:
        self._outline.enter(heading)
        self._role = heading.role
        self._paragraph = None
        self._notes = False
        self._heading_open = broken_off

    def _is_list_item(self, index: int, heading: Heading) -> bool:
        """A numbered full sentence followed by its next number is an item, not a heading."""
        if self._blocks[index].level or not patterns.is_terminated(self._texts[index]):
            return False
        following = heading_of(self._blocks[index + 1]) if index + 1 < len(self._blocks) else None
        return following is not None and following.style == heading.style

    def _continue_heading(self, index: int) -> bool:
        """Take the second line of a broken heading; what it is run into is prose."""
        self._heading_open = False
        block, text = self._blocks[index], self._texts[index]
        if patterns.words(text) <= 6 and not patterns.is_terminated(text):
            if patterns.is_furniture(text) or patterns.is_caption(text):
                return False
            self._outline.continue_title(text)
            return True
        head, _, rest = block.text.partition(". ")
        if patterns.begins_lowercase(text) and patterns.words(head) <= 6 and rest:
            self._outline.continue_title(clean_text(head) + ".")
            self._add_rest(block, len(head) + 2)
            return True
        return False

    def _add_rest(self, block: Block, length: int) -> None:
        span = Span(block.span.start + length, block.span.end)
        self._add_prose(span, clean_text(block.text[length:]))

    def _take_block(self, index: int) -> None:
        block, text = self._blocks[index], self._texts[index]
        kind = self._kind(index)
        if kind in {"prose", "abstract", "acknowledgement"}:
            self._notes = False
            self._add_prose(block.span, text)
            return
        self._heading_open = False
        if self._paragraph:
            self._paragraph.interrupted = True
        self._elements.append(_Growing(kind, self._outline.path, [block.span], text))

    def _kind(self, index: int) -> ElementKind:
        text = self._texts[index]
        if patterns.is_furniture(text) or index in self._repeated:
            return "furniture"
        if self._role == "references":
            return "reference"
        if patterns.is_caption(text):
            return "caption"
        if patterns.is_bibliographic(text) or self._is_fragment_among_references(index):
            return "reference"
        if self._is_note(index):
            return "note"
        if self._role == "section":
            return "prose"
        return self._role

    def _is_note(self, index: int) -> bool:
        """Whether a block that cites nothing is a footnote by its place or its mark."""
        block, text = self._blocks[index], self._texts[index]
        if block.text.startswith(("\\*", "†", "‡")) or (
            block.text.startswith("* ") and not self._blocks[index - 1].text.startswith("* ")
        ):
            return True
        cut = self._paragraph and not patterns.is_terminated(self._paragraph.text)
        after_rule = self._notes and index > 0 and self._blocks[index - 1].rule
        return bool(after_rule and cut and not patterns.begins_lowercase(text))

    def _is_fragment_among_references(self, index: int) -> bool:
        """A scrap of a few words beside a citation belongs to it."""
        text = self._texts[index]
        if patterns.words(text) > 14 or patterns.is_terminated(text):
            return False
        before = index > 0 and (
            self._blocks[index - 1].rule or patterns.is_bibliographic(self._texts[index - 1])
        )
        after = index + 1 < len(self._texts) and patterns.is_bibliographic(self._texts[index + 1])
        return bool(before and after)

    def _add_prose(self, span: Span, text: str) -> None:
        self._heading_open = False
        kind: ElementKind = "prose" if self._role in {"section", "references"} else self._role
        paragraph = self._paragraph
        if paragraph and paragraph.kind == kind and _continues(paragraph, text):
            paragraph.spans.append(span)
            paragraph.text = f"{paragraph.text} {text}"
            paragraph.interrupted = False
            return
        self._paragraph = _Growing(kind, self._outline.path, [span], text)
        self._elements.append(self._paragraph)


def _continues(paragraph: _Growing, text: str) -> bool:
    """Whether ``text`` is the second half of a paragraph cut in mid-sentence."""
    if patterns.is_terminated(paragraph.text):
        return patterns.begins_lowercase(text) and paragraph.interrupted
    if patterns.begins_lowercase(text):
        return True
    if paragraph.text.rstrip().endswith((":", "：")):  # noqa: RUF001
        return False
    return paragraph.interrupted or patterns.breaks_off(paragraph.text)


def _repeated_lines(blocks: Sequence[Block], texts: Sequence[str]) -> set[int]:
    """Short lines that stand in a paper twice or more: running heads and the like."""
    counts = Counter(text for text in texts if 0 < patterns.words(text) <= 20)
    return {
        i
        for i, text in enumerate(texts)
        if counts[text] > 1 and not patterns.is_terminated(text) and not blocks[i].rule
    }


def element_text(source: str, element: Element) -> str:
    """The clean text of an element."""
    return clean(source, element.spans).text

"""Blocks to pieces: the text of every section, its headings taken out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest import patterns
from ingest.blocks import Block
from ingest.cleaning import clean_text
from ingest.headings import Heading, Style, heading_of, run_in, run_in_styles
from ingest.outline import Outline
from ingest.section_names import Role

_PAGE = re.compile(r"^\d{1,4}\s+(?=\D)|(?<=\D)\s+\d{1,4}$")
_LISTS = frozenset({"references", "notes"})
"""Roles of sections whose numbered lines are no headings."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of text, or what is left of it after its heading, and where it stands.

    ``chapter`` counts the headings before it; ``after_rule`` says that a rule
    stands directly above, ``repeated`` that it is a running head or the like.
    """

    block: Block
    text: str
    section: tuple[str, ...] = ()
    role: Role = "section"
    chapter: int = 0
    after_rule: bool = False
    repeated: bool = False


def split_off_headings(blocks: Sequence[Block]) -> list[Block]:
    """Part headings from the paragraphs that follow without a blank line."""
    return [part for block in blocks for part in _parts(block)]


def split_sections(blocks: Sequence[Block], headings: Sequence[Heading | None]) -> list[Piece]:
    """Put the blocks of a paper's body into the sections that its headings make.

    Args:
        blocks: The body's blocks in reading order, title and authors left out.
        headings: For every block the heading that it is, or None.

    Returns:
        Pieces in reading order; what is not in them is a heading or a rule.
    """
    return list(_Walk(blocks, headings).pieces())


class _Walk:
    """One pass over the blocks, keeping the outline."""

    def __init__(self, blocks: Sequence[Block], headings: Sequence[Heading | None]) -> None:
        self._blocks = blocks
        self._headings = headings
        self._texts = [clean_text(block.text) for block in blocks]
        self._repeated = _repeated_lines(blocks, self._texts, headings)
        self._styles: set[Style] = run_in_styles(blocks)
        self._outline = Outline()
        self._chapter = 0
        self._broken: Heading | None = None

    def pieces(self) -> Iterator[Piece]:
        for index, block in enumerate(self._blocks):
            heading = self._heading(index)
            if block.rule:
                continue
            if heading:
                self._enter(heading)
                self._broken = heading if _may_go_on(heading) else None
                continue
            taken = 0 if index in self._repeated else self._heading_within(index)
            self._broken = None
            if taken < len(block.text):
                yield self._piece(index, taken)

    def _heading(self, index: int) -> Heading | None:
        """The heading that a block is; among references only marked or well-known ones."""
        heading = self._headings[index]
        if not heading or index in self._repeated:
            return None
        listed = self._outline.role in _LISTS and not (heading.level or heading.known)
        return None if listed else heading

    def _enter(self, heading: Heading) -> None:
        self._outline.enter(heading)
        self._chapter += 1

    def _heading_within(self, index: int) -> int:
        """How much of a block is a heading: run into it, or the rest of a broken one."""
        block = self._blocks[index]
        listed = self._outline.role in _LISTS or patterns.is_caption(self._texts[index])
        if not listed and (found := run_in(block, self._styles)):
            self._enter(found[0])
            return found[1]
        length = _second_line(self._broken, block, self._texts[index]) if self._broken else 0
        if length == len(block.text) and index + 1 == len(self._blocks):
            return 0
        if length:
            self._outline.continue_title(clean_text(block.text[:length]))
        return length

    def _piece(self, index: int, taken: int) -> Piece:
        block = self._blocks[index]
        rest = block.part(taken) if taken else block
        return Piece(
            rest,
            clean_text(rest.text) if taken else self._texts[index],
            self._outline.path,
            self._outline.role,
            self._chapter,
            after_rule=index > 0 and self._blocks[index - 1].rule,
            repeated=index in self._repeated,
        )


def _may_go_on(heading: Heading) -> bool:
    """Whether a heading may be broken off: it ends in no stop and is no title of its own."""
    return not heading.known and not patterns.is_terminated(heading.title)


def _second_line(heading: Heading, block: Block, text: str) -> int:
    """How much of ``block`` is the second line of a broken heading."""
    if patterns.is_furniture(text) or patterns.is_caption(text) or patterns.is_item(block.text):
        return 0
    length = patterns.words(heading.title)
    lower = length >= 3 and patterns.begins_lowercase(text)
    if len(text) <= 80 and patterns.words(text) <= 6 and not patterns.is_terminated(text):
        full = length >= 5 and bool(heading.style) and not heading.level
        return len(block.text) if lower or full or patterns.breaks_off(heading.title) else 0
    head, stop, rest = block.text.partition(". ")
    return len(head) + len(stop) if lower and rest and patterns.words(head) <= 6 else 0


def _parts(block: Block) -> Iterator[Block]:
    lines = block.lines()
    if block.level or block.rule or block.code or len(lines) < 2:
        yield block
        return
    width = max(len(line) for _, line in lines)
    begin = 0
    for (start, _), (after, following) in pairwise(lines):
        fresh = start == begin or patterns.is_terminated(block.text[begin:start])
        if fresh and _heads(block.part(start, after), following.strip(), width):
            if start > begin:
                yield block.part(begin, start)
            yield block.part(start, after)
            begin = after
    yield block.part(begin)


def _heads(line: Block, following: str, width: int) -> bool:
    """Whether a line is a heading above a paragraph: it stops short and a sentence follows."""
    heading = heading_of(line)
    if not heading or patterns.is_terminated(line.text) or not patterns.begins_sentence(following):
        return False
    room = width - len(line.text) - 1
    first_word = following.partition(" ")[0]
    return heading.known or (len(first_word) <= room and patterns.words(heading.title) <= 12)


def _repeated_lines(
    blocks: Sequence[Block], texts: Sequence[str], headings: Sequence[Heading | None]
) -> set[int]:
    """Short lines that stand in a paper twice or more, page numbers aside: running heads."""
    lines = [
        _PAGE.sub("", text) if 0 < patterns.words(text) <= 20 and not blocks[i].code else ""
        for i, text in enumerate(texts)
    ]
    counts = Counter(lines)

    def repeats(i: int) -> bool:
        heading = headings[i]
        if blocks[i].rule or patterns.is_item(blocks[i].text) or (heading and heading.known):
            return False
        if lines[i] != texts[i] and patterns.words(lines[i]) < 3:
            return False
        if blocks[i].level and not _cuts(texts, i):
            return False
        return bool(lines[i]) and counts[lines[i]] > 1 and patterns.is_cut(texts[i])

    return {i for i in range(len(texts)) if repeats(i)}


def _cuts(texts: Sequence[str], index: int) -> bool:
    """Whether a line stands in the middle of a sentence."""
    if not 0 < index < len(texts) - 1:
        return False
    return patterns.is_cut(texts[index - 1]) and patterns.begins_lowercase(texts[index + 1])

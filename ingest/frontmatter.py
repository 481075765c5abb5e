"""Title, authors, affiliations, abstract and keywords from a paper's first page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from ingest import patterns
from ingest.addresses import is_address, is_statement, names_institution, without_email
from ingest.blocks import Block
from ingest.byline import is_numbered_place, read_byline
from ingest.cleaning import clean_text
from ingest.headings import Heading, strip_number
from ingest.imprint import printed_year
from ingest.labels import label_of, without_label_below
from ingest.metadata import split_list
from ingest.names import common_words, is_kind_of_paper, part_names, people, surely_people
from ingest.title import (
    MAX_TITLE,
    goes_on,
    is_above_abstract,
    is_sentence,
    opens_text,
    title_blocks,
)
from ingest.types import Element, ElementKind


@dataclass
class Head:
    """What a paper's first page says, and how many blocks it takes."""

    title: str = ""
    authors: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    year: int | None = None
    keywords: tuple[str, ...] = ()
    found: dict[str, str] = field(default_factory=dict)
    elements: list[Element] = field(default_factory=list)
    length: int = 0
    under: str = "names"
    """What the blocks to come are about: title, names, abstract, keywords, about, rest."""
    placed: bool = False
    """Whether the authors were named each beside an institution."""
    above: bool = False
    """Whether the last authors were named in a block above that of an institution."""
    following: str = ""
    """The text of the block to come."""
    common: frozenset[str] = frozenset()
    """See `ingest.names.common_words`."""
    printed: list[str] = field(default_factory=list)
    """What may give the year."""


def split_off_labels(blocks: Sequence[Block]) -> list[Block]:
    """Part abstract and keywords that stand line under line, and names below a title."""
    return [part for i, block in enumerate(blocks) for part in _parts(blocks, block, title=i == 0)]


def read_head(blocks: Sequence[Block], headings: Sequence[Heading | None]) -> Head:
    """Read a paper's head: everything before its first section or unlabelled paragraph.

    Args:
        blocks: All blocks of the paper.
        headings: For every block the heading that it is, or None.

    Returns:
        The metadata, the head's elements, and in ``length`` the number of
        leading blocks that belong to it.
    """
    head = Head(common=common_words(block.text for block in blocks))
    title = title_blocks(blocks, headings)
    if title:
        head.title = _strip_marks(" ".join(clean_text(blocks[i].text) for i in title))
        head.found["title"] = "first heading" if blocks[title[0]].level else "first line"
        head.under = "title"
    for i, block in enumerate(blocks):
        heading = headings[i]
        if heading and heading.role in {"abstract", "keywords"}:
            head.under = heading.role
        elif i not in title and not block.rule:
            if head.under != "title" and _begins_body(head, blocks, i, headings):
                break
            head.following = "".join(after.text for after in blocks[i + 1 : i + 2])
            _take(head, block, _kind(head, block))
        if title and i == title[-1]:
            head.under = "names"
        head.length = i + 1
    head.authors = part_names(head.authors, " ".join(head.affiliations))
    head.year = printed_year(head.printed)
    if head.year:
        head.found["year"] = "imprint"
    return head


def _begins_body(
    head: Head, blocks: Sequence[Block], index: int, headings: Sequence[Heading | None]
) -> bool:
    """Whether the head ends above a block: at a section, a list, an unlabelled paragraph."""
    block, heading = blocks[index], headings[index]
    if label_of(block.text):
        return False
    if heading and not heading.known and is_above_abstract(blocks, index, headings):
        return False
    if heading:
        numbered = heading.style and not is_numbered_place(block.text)
        marked = block.level or numbered or heading.known
        return bool(marked) or not _is_byline(head, blocks, index)
    if _kind(head, block) != "front":
        return False
    if block.code or patterns.is_item(block.text):
        return True
    text = clean_text(block.text)
    return _is_long(text) and not is_address(text) and not _is_byline(head, blocks, index)


def _kind(head: Head, block: Block) -> ElementKind:
    """What a block is, so long as it stands in the head."""
    text = clean_text(block.text)
    if label := label_of(block.text):
        return "abstract" if label[0] == "abstract" else "front"
    if patterns.is_furniture(text):
        return "furniture"
    if head.under == "abstract" and _is_long(text):
        return "abstract"
    star = block.text.startswith(("\\*", "* ", "†"))
    return "note" if star and patterns.is_terminated(text) else "front"


def _is_long(text: str) -> bool:
    return is_sentence(text) or patterns.words(text) > MAX_TITLE


def _is_byline(head: Head, blocks: Sequence[Block], index: int) -> bool:
    """Whether a bold, capital or long line names people or their institution, not a section."""
    text = clean_text(blocks[index].text)
    if head.under != "names":
        return False
    if is_kind_of_paper(text) or (not head.authors and surely_people(text, head.common)):
        return True
    if names_institution(text) and is_statement(text):
        return any(author in text for author in head.authors)
    if not (people(text, head.common) or names_institution(text)):
        return False
    return not any(opens_text(b, None) and not label_of(b.text) for b in blocks[index + 1 :][:1])


def _take(head: Head, block: Block, kind: ElementKind) -> None:
    """Read a block of the head into its metadata, and keep it as an element."""
    label, end = label_of(block.text) or ("", 0)
    if kind == "abstract":
        _take_abstract(head, block)
        return
    if label == "keywords" or (head.under == "keywords" and not label):
        _take_keywords(head, block, end)
    elif kind in {"front", "furniture"}:
        head.printed.append(clean_text(block.text))
        if label:
            _take_about(head, block.part(end))
        elif kind == "front":
            _read_names(head, block)
    head.elements.append(Element(kind, (), (block.span,)))


def _take_keywords(head: Head, block: Block, start: int) -> None:
    """Read keywords, behind their label or below their heading, in a row or one in each line."""
    text, about = without_label_below(clean_text(block.text[start:]))
    lines = [clean_text(line) for _, line in block.part(start).lines()]
    listed = list(takewhile(lambda line: not line.endswith(":"), filter(None, lines)))
    if len(listed) > 1 and not re.search("[;；,，、·]", text):  # noqa: RUF001
        text = "; ".join(listed)
    head.keywords = split_list(text.strip(" ."))
    head.found["keywords"] = "labelled paragraph" if start else "section of this name"
    head.under = "about" if about else "rest"


def _take_about(head: Head, block: Block) -> None:
    """Read what stands behind a label such as "About the authors:", or goes on below it."""
    under = head.under
    head.under = "about"
    if block.text:
        _read_names(head, block)
        head.under = under if under == "names" else "rest"


def _take_abstract(head: Head, block: Block) -> None:
    """Keep a piece of the abstract, which goes on after it where it is cut or has a heading."""
    label = label_of(block.text)
    part = block.part(label[1]) if label else block
    cut = not patterns.is_terminated(clean_text(part.text))
    last = head.elements[-1] if head.elements else None
    if last and last.kind == "abstract" and patterns.begins_lowercase(clean_text(part.text)):
        head.elements[-1] = Element("abstract", last.section, (*last.spans, part.span))
    elif part.text:
        head.elements.append(Element("abstract", ("Abstract",), (part.span,)))
    if label:
        head.under = "abstract" if cut else "rest"
    head.found.setdefault("abstract", "labelled paragraph" if label else "section of this name")


def _read_names(head: Head, block: Block) -> None:
    """Read names of people, of institutions, or first the ones and then the others."""
    stripped = (without_email(_strip_marks(clean_text(line))) for _, line in block.lines())
    lines = tuple(text for line in stripped if (text := line.strip(" ,;")))
    names, places = read_byline(lines, head.common)
    if head.placed and not places and "@" in block.text and len(lines) > 1:
        names, places = people(lines[0], head.common), lines[1:]
    above = names_institution(head.following) and not is_statement(clean_text(head.following))
    alone = head.above and above and surely_people(", ".join(lines), head.common)
    more = alone or (head.placed and places)
    if names and head.under == "names" and (not head.authors or more):
        head.authors = (*head.authors, *names)
        head.found["authors"] = "line below the title"
        head.placed, head.above = bool(places), above
        lines = places
    joined = ", ".join(lines)
    if names_institution(joined) and head.under != "title":
        head.affiliations = (*head.affiliations, joined)
        head.found.setdefault("affiliations", "head of the paper")
    elif head.under == "about" and head.affiliations and not patterns.is_terminated(joined):
        head.affiliations = (*head.affiliations[:-1], f"{head.affiliations[-1]} {joined}")


def _strip_marks(text: str) -> str:
    return strip_number(text).strip(" *†‡§#")


def _parts(blocks: Sequence[Block], block: Block, *, title: bool) -> list[Block]:
    if block.level or block.rule or block.code:
        return [block]
    lines = block.lines()
    cuts = {start for start, line in lines[1:] if label_of(line)}
    if title and not any(patterns.is_terminated(line) for _, line in lines):
        cuts |= set(_names_below_title(blocks, lines)[:1])
    bounds = [0, *sorted(cuts), len(block.text)]
    return [block.part(a, b) for a, b in pairwise(bounds)]


def _names_below_title(blocks: Sequence[Block], lines: Sequence[tuple[int, str]]) -> list[int]:
    """Where lines below the first line of a title begin that name people or institutions."""
    cleaned = [clean_text(line) for _, line in lines]
    common = common_words(block.text for block in blocks) if len(lines) > 1 else frozenset()
    return [
        start
        for (start, _), above, line in zip(lines[1:], cleaned, cleaned[1:], strict=False)
        if not goes_on(above, line) and (people(line, common) or names_institution(line))
    ]

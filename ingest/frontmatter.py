"""Title, authors, affiliations, abstract and keywords from a paper's first page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest import patterns
from ingest.blocks import Block
from ingest.cleaning import clean_text
from ingest.headings import Heading, strip_number
from ingest.metadata import part_names, people, split_list
from ingest.types import Element, ElementKind

_LABEL = r"^[*_#\s]{{0,9}}(?:{})\s{{0,9}}[*_]{{0,3}}\s{{0,9}}(?:[.:：—–-]|\*\*)[*_]{{0,3}}\s*"  # noqa: RUF001
_ABSTRACT = re.compile(_LABEL.format(r"abstract|summary|摘\s?要"), re.IGNORECASE)
_KEYWORDS = re.compile(
    _LABEL.format(r"key\s?-?words?(?: and phrases)?|index terms|关键词"), re.IGNORECASE
)
_ABOUT = re.compile(r"(?i)\b(?:about the authors?|author(?:'s)? (?:introduction|biography))\s*:?$")
_INSTITUTION = re.compile(
    r"(?i)\b(?:universit\w*|college|school|institut\w*|department|faculty|academy|laborator\w*|"
    r"cent(?:er|re)|ministry|hospital|p\.?\s?r\.?\s?china|corresponding author)\b|大学|学院"
)
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}\.\w{2,}")
_MAX_TITLE = 40
_PRINTED_YEAR = re.compile(
    r"(?i)(?:©|\(c\)|copyright|published|accepted|received|vol|article number|issue|\bno\b)"
    r"[^\n]{0,60}?\b((?:19|20)\d\d)\b"
)


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
    """What the blocks to come are about: names, abstract, keywords, about, rest."""


def split_off_labels(blocks: Sequence[Block]) -> list[Block]:
    """Part abstract and keywords that stand line under line, and names below a title."""
    return [part for i, block in enumerate(blocks) for part in _parts(block, title=i == 0)]


def read_head(blocks: Sequence[Block], headings: Sequence[Heading | None]) -> Head:
    """Read a paper's head: everything before its first section or unlabelled paragraph.

    Args:
        blocks: All blocks of the paper.
        headings: For every block the heading that it is, or None.

    Returns:
        The metadata, the head's elements, and in ``length`` the number of
        leading blocks that belong to it.
    """
    head = Head()
    title = _title_blocks(blocks, headings)
    if title:
        head.title = _strip_marks(" ".join(clean_text(blocks[i].text) for i in title))
        head.found["title"] = "first heading" if blocks[title[0]].level else "first line"
    for i, block in enumerate(blocks):
        heading = headings[i]
        if heading and heading.role in {"abstract", "keywords"}:
            head.under = heading.role
        elif i not in title and not block.rule:
            if _begins_body(head, blocks, i, heading):
                break
            _take(head, block, _kind(head, block))
        head.length = i + 1
    head.authors = part_names(head.authors, " ".join(head.affiliations))
    return head


def _title_blocks(blocks: Sequence[Block], headings: Sequence[Heading | None]) -> list[int]:
    """Which blocks are the title: the first heading that opens no section, or the first line."""
    for i, block in enumerate(blocks):
        if _opens_text(block, headings[i]):
            break
        if block.level and headings[i]:
            return _with_second_line(blocks, i)
    for i, block in enumerate(blocks[:3]):
        heading, text = headings[i], clean_text(block.text)
        if _opens_text(block, heading) or block.code or patterns.is_item(block.text):
            break
        if block.rule or patterns.is_furniture(text) or patterns.is_bibliographic(text):
            continue
        numbered = heading and heading.style
        fits = patterns.words(text) <= _MAX_TITLE and len(blocks) > 1 and not numbered
        return _with_second_line(blocks, i) if fits else []
    return []


def _opens_text(block: Block, heading: Heading | None) -> bool:
    """Whether a block is a labelled part, a paragraph, or the heading of a first section."""
    if heading:
        return heading.known or heading.number in {"1", "I", "A", "一", "1.1"}
    return _is_labelled(block) or _is_sentence(clean_text(block.text))


def _with_second_line(blocks: Sequence[Block], index: int) -> list[int]:
    """A title, and the block after it where it goes on in there."""
    for following in blocks[index + 1 : index + 2]:
        text = clean_text(following.text)
        short = patterns.words(text) <= 15 and not patterns.is_terminated(text)
        broken = patterns.breaks_off(clean_text(blocks[index].text))
        goes_on = broken or (patterns.begins_lowercase(text) and "@" not in text)
        if short and goes_on and following.level == blocks[index].level and not following.rule:
            return [index, index + 1]
    return [index]


def _is_labelled(block: Block) -> bool:
    return bool(_ABSTRACT.match(block.text) or _KEYWORDS.match(block.text))


def _is_sentence(text: str) -> bool:
    """Whether a text is running text: a statement, and no address of an institution."""
    if patterns.words(text) < 4 or not patterns.is_terminated(text) or patterns.is_furniture(text):
        return False
    return not _is_address(text) and not (text.endswith("?") and patterns.words(text) < 30)


def _is_address(text: str) -> bool:
    return len(_INSTITUTION.findall(text)) * 12 >= patterns.words(text)


def _begins_body(head: Head, blocks: Sequence[Block], index: int, heading: Heading | None) -> bool:
    """Whether the head ends above a block: at a section, a list, an unlabelled paragraph."""
    block = blocks[index]
    if _is_labelled(block):
        return False
    if heading:
        marked = block.level or heading.style or heading.known
        return bool(marked) or not _is_byline(head, blocks, index)
    if _kind(head, block) != "front":
        return False
    if block.code or patterns.is_item(block.text):
        return True
    text = clean_text(block.text)
    return _is_long(text) and not _is_address(text) and not _is_byline(head, blocks, index)


def _kind(head: Head, block: Block) -> ElementKind:
    """What a block is, so long as it stands in the head."""
    text = clean_text(block.text)
    if _is_labelled(block):
        return "abstract" if _ABSTRACT.match(block.text) else "front"
    if patterns.is_furniture(text):
        return "furniture"
    if head.under == "abstract" and _is_long(text):
        return "abstract"
    star = block.text.startswith(("\\*", "* ", "†"))
    return "note" if star and patterns.is_terminated(text) else "front"


def _is_long(text: str) -> bool:
    return _is_sentence(text) or patterns.words(text) > _MAX_TITLE


def _is_byline(head: Head, blocks: Sequence[Block], index: int) -> bool:
    """Whether a bold or capital line names people or their institution, not a section."""
    text = clean_text(blocks[index].text)
    if head.under != "names" or not (people(text) or _INSTITUTION.search(text)):
        return False
    return not any(_opens_text(b, None) and not _is_labelled(b) for b in blocks[index + 1 :][:1])


def _take(head: Head, block: Block, kind: ElementKind) -> None:
    """Read a block of the head into its metadata, and keep it as an element."""
    text = clean_text(block.text)
    keywords = _KEYWORDS.match(block.text)
    if kind == "abstract":
        _take_abstract(head, block)
        return
    if keywords or head.under == "keywords":
        text = clean_text(block.text[keywords.end() :]) if keywords else text
        head.keywords = split_list(_ABOUT.sub("", text).strip(" ."))
        head.found["keywords"] = "labelled paragraph" if keywords else "section of this name"
        head.under = "about" if _ABOUT.search(text) else "rest"
    elif kind == "front":
        _read_names(head, block)
        _read_year(head, text)
    elif kind == "furniture":
        _read_year(head, text)
    head.elements.append(Element(kind, (), (block.span,)))


def _take_abstract(head: Head, block: Block) -> None:
    """Keep a piece of the abstract, which goes on after it where it is cut or has a heading."""
    label = _ABSTRACT.match(block.text)
    part = block.part(label.end()) if label else block
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
    stripped = (_EMAIL.sub("", _strip_marks(clean_text(line))) for _, line in block.lines())
    lines = [text for line in stripped if (text := line.strip(" ,;"))]
    place = next((i for i, line in enumerate(lines) if _INSTITUTION.search(line)), len(lines))
    names = people(", ".join(lines[:place]))
    if names and head.under == "names" and not head.authors:
        head.authors = names
        head.found["authors"] = "line below the title"
        lines = lines[place:]
    joined = ", ".join(lines)
    if _INSTITUTION.search(joined):
        head.affiliations = (*head.affiliations, joined)
        head.found.setdefault("affiliations", "head of the paper")
    elif head.under == "about" and head.affiliations and not patterns.is_terminated(joined):
        head.affiliations = (*head.affiliations[:-1], f"{head.affiliations[-1]} {joined}")


def _read_year(head: Head, text: str) -> None:
    match = _PRINTED_YEAR.search(text[:2000])
    if match and head.year is None:
        head.year = int(match.group(1))
        head.found["year"] = "imprint"


def _strip_marks(text: str) -> str:
    return strip_number(text).strip(" *†‡§#")


def _parts(block: Block, *, title: bool) -> list[Block]:
    if block.level or block.rule or block.code:
        return [block]
    lines = block.lines()
    cuts = [start for start, line in lines[1:] if _ABSTRACT.match(line) or _KEYWORDS.match(line)]
    if title and not any(patterns.is_terminated(line) for _, line in lines):
        names = (
            s for s, line in lines[1:] if people(clean_text(line)) or _INSTITUTION.search(line)
        )
        cuts = sorted({*cuts, *list(names)[:1]})
    bounds = [0, *cuts, len(block.text)]
    return [block.part(a, b) for a, b in pairwise(bounds)]

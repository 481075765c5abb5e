"""Title, authors, affiliations, abstract and keywords from a paper's head."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from ingest import patterns
from ingest.blocks import Block
from ingest.cleaning import clean_text
from ingest.headings import heading_of, strip_number
from ingest.types import Element, ElementKind, Span

_LABEL = r"^[*_#\s]*(?:{})\s*[*_]*\s*(?:[.:：—–-]|\*\*)[*_]*\s*"  # noqa: RUF001
_ABSTRACT = re.compile(_LABEL.format(r"abstract|summary|摘\s*要"), re.IGNORECASE)
_KEYWORDS = re.compile(
    _LABEL.format(r"key\s*-?words?(?: and phrases)?|index terms|关键词"), re.IGNORECASE
)
_ABOUT = re.compile(r"(?i)\b(?:about the authors?|author(?:'s)? (?:introduction|biography))\s*:?\s*$")
_INSTITUTION = re.compile(
    r"(?i)\b(?:universit\w*|college|school|institut\w*|department|faculty|academy|laborator\w*|"
    r"cent(?:er|re)|ministry|hospital|p\.?\s?r\.?\s?china|corresponding author|大学|学院)\b"
)
_EMAIL = re.compile(r"\S+@\S+\.\w+")
_NAME_WORD = r"(?:[A-Z][\w'’.-]*|de|van|von|der|den|la|del|bin|al)"  # noqa: RUF001
_NAMES = re.compile(rf"^{_NAME_WORD}(?:[ ,;&]+(?:and )?{_NAME_WORD})*$")
_PRINTED_YEAR = re.compile(
    r"(?i)(?:©|\(c\)|copyright|published|accepted|received|vol|article number|issue|\bno\b)"
    r"[^\n]{0,60}?\b((?:19|20)\d\d)\b"
)


@dataclass
class Head:
    """What a paper's head says, and how many blocks it takes."""

    title: str = ""
    authors: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    year: int | None = None
    venue: str | None = None
    keywords: tuple[str, ...] = ()
    abstract: str | None = None
    found: dict[str, str] = field(default_factory=dict)
    elements: list[Element] = field(default_factory=list)
    length: int = 0


def read_head(blocks: Sequence[Block], yaml_text: str) -> Head:
    """Read a paper's head: everything before its first section.

    Args:
        blocks: All blocks of the paper.
        yaml_text: YAML front matter, or an empty string.

    Returns:
        The metadata, the head's elements, and in ``length`` the number of
        leading blocks that belong to it. Front matter wins over the page.
    """
    head = Head()
    body = _body_start(blocks)
    title_at = _title_at(blocks[:body] or blocks[:1])
    if title_at is not None:
        head.title = _strip_marks(clean_text(blocks[title_at].text))
        head.found["title"] = "first heading" if blocks[title_at].level else "first line"
    _read_blocks(head, blocks[:body], title_at)
    _split_joined_names(head)
    head.length = max(body, 0 if title_at is None else title_at + 1)
    _apply_yaml(head, yaml_text)
    return head


def _body_start(blocks: Sequence[Block]) -> int:
    """Index of the first heading after the title, or of the first paragraph without one."""
    seen_label = False
    for i, block in enumerate(blocks):
        heading = heading_of(block)
        label = bool(_ABSTRACT.match(block.text) or _KEYWORDS.match(block.text))
        seen_label = seen_label or label
        if heading and heading.role == "abstract":
            seen_label = True
            return i
        if heading and (heading.style or heading.known):
            return i
        if heading and heading.level and (i > _first_line(blocks) and seen_label):
            return i
        if heading and heading.level and _has_title_before(blocks, i):
            return i
    title_at = _title_at(blocks)
    return _after_labels(blocks, 0 if title_at is None else title_at + 1)


def _has_title_before(blocks: Sequence[Block], index: int) -> bool:
    return any(block.level and heading_of(block) for block in blocks[:index])


def _first_line(blocks: Sequence[Block]) -> int:
    return next((i for i, block in enumerate(blocks) if not block.rule), 0)


def _after_labels(blocks: Sequence[Block], start: int) -> int:
    """Where a text without sections begins: after title, names, abstract and keywords."""
    end = start
    for i in range(start, min(len(blocks), start + 8)):
        text = clean_text(blocks[i].text)
        if _ABSTRACT.match(blocks[i].text) or _KEYWORDS.match(blocks[i].text):
            end = i + 1
        elif i == end and _head_kind(text) == "front" and patterns.words(text) <= 30:
            end = i + 1
    return end


def _title_at(blocks: Sequence[Block]) -> int | None:
    for i, block in enumerate(blocks):
        heading = heading_of(block) if block.level else None
        if heading and heading.role == "section" and not heading.known:
            return i
    for i, block in enumerate(blocks[:3]):
        text = clean_text(block.text)
        short = 0 < patterns.words(text) <= 30 and not patterns.is_terminated(text)
        if short and not patterns.is_furniture(text) and not block.rule:
            labelled = _ABSTRACT.match(block.text) or _KEYWORDS.match(block.text)
            known = heading_of(block)
            if not labelled and not (known and (known.known or known.style)):
                return i
    return None


def _read_blocks(head: Head, blocks: Sequence[Block], title_at: int | None) -> None:
    labelled = False
    for i, block in enumerate(blocks):
        if i == title_at or block.rule:
            continue
        text = clean_text(block.text)
        abstract, keywords = _ABSTRACT.match(block.text), _KEYWORDS.match(block.text)
        if abstract:
            span = Span(block.span.start + abstract.end(), block.span.end)
            head.abstract = clean_text(block.text[abstract.end() :])
            head.found["abstract"] = "labelled paragraph"
            head.elements.append(Element("abstract", ("Abstract",), (span,)))
        elif keywords:
            head.keywords = _split_keywords(clean_text(block.text[keywords.end() :]))
            head.found["keywords"] = "labelled paragraph"
            head.elements.append(Element("front", (), (block.span,)))
        else:
            kind = _head_kind(text)
            if block.text.startswith(("\\*", "* ")) and patterns.is_terminated(text):
                kind = "note"
            if kind == "front" and title_at is not None and i > title_at:
                _read_names(head, block.text, names_allowed=not labelled)
            _read_year(head, text)
            head.elements.append(Element(kind, (), (block.span,)))
        labelled = labelled or bool(abstract or keywords)


def _head_kind(text: str) -> ElementKind:
    if patterns.is_furniture(text):
        return "furniture"
    dense = len(_INSTITUTION.findall(text)) * 12 >= patterns.words(text)
    if patterns.words(text) >= 8 and patterns.is_terminated(text) and not dense:
        return "prose"
    return "front"


def _read_names(head: Head, raw: str, *, names_allowed: bool) -> None:
    lines = [_strip_marks(clean_text(line)) for line in raw.split("\n")]
    lines = [_EMAIL.sub("", line).strip(" ,;") for line in lines]
    lines = [line for line in lines if line]
    if not lines:
        return
    joined = ", ".join(lines)
    if _INSTITUTION.search(joined):
        head.affiliations = (*head.affiliations, joined)
        head.found.setdefault("affiliations", "head of the paper")
    elif names_allowed and not head.authors and _NAMES.match(joined) and patterns.words(joined) <= 40:
        head.authors = tuple(name for name in re.split(r"\s*(?:[,;&]|\band\b)\s*", joined) if name)
        head.found["authors"] = "line below the title"


def _split_joined_names(head: Head) -> None:
    """Part names printed without a comma, where the note on the authors names each apart."""
    if len(head.authors) != 1:
        return
    tokens = head.authors[0].split()
    about = " ".join(head.affiliations)
    for cut in range(2, len(tokens) - 1):
        parts = (" ".join(tokens[:cut]), " ".join(tokens[cut:]))
        if all(f"{part}," in about for part in parts):
            head.authors = parts
            return


def _read_year(head: Head, text: str) -> None:
    match = _PRINTED_YEAR.search(text)
    if match and head.year is None:
        head.year = int(match.group(1))
        head.found["year"] = "imprint"


def _split_keywords(text: str) -> tuple[str, ...]:
    text = _ABOUT.sub("", text).strip(" .")
    separator = "[;；]" if re.search("[;；]", text) else "[,，、]"  # noqa: RUF001
    unquoted = rf'\s*{separator}\s*(?=(?:[^"]*"[^"]*")*[^"]*$)'
    return tuple(word for word in re.split(unquoted, text) if word)


def _strip_marks(text: str) -> str:
    return strip_number(text).strip(" *†‡§#")


def _apply_yaml(head: Head, yaml_text: str) -> None:
    try:
        data = yaml.safe_load(yaml_text) if yaml_text else None
    except yaml.YAMLError:
        return
    if not isinstance(data, Mapping):
        return
    values: dict[str, Any] = {
        "title": _text(data.get("title")),
        "authors": _texts(data.get("authors", data.get("author"))),
        "affiliations": _texts(data.get("affiliations", data.get("affiliation"))),
        "year": _year(data.get("year", data.get("date"))),
        "venue": _text(data.get("venue", data.get("journal"))) or None,
        "keywords": _texts(data.get("keywords")),
        "abstract": _text(data.get("abstract")) or None,
    }
    for name, value in values.items():
        if value:
            setattr(head, name, value)
            head.found[name] = "front matter"


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, (str, int, float)) else ""


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part for part in re.split(r"\s*;\s*", value.strip()) if part)
    if isinstance(value, Sequence):
        return tuple(_text(item) for item in value if _text(item))
    return ()


def _year(value: object) -> int | None:
    match = re.search(r"\b(1[5-9]|20)\d\d\b", str(value or ""))
    return int(match.group()) if match else None



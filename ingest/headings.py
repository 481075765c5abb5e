"""Headings: their numbering, their wording, and the outline they make.

Converters give Markdown levels erratically, authors number consistently: so
where a heading is numbered the numbering alone decides its depth, and Markdown
levels only place the headings that have no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ingest import patterns
from ingest.blocks import Block
from ingest.cleaning import clean_text

Style = tuple[str, int]
"""A numbering style: its name, and for decimals the number of components."""

Role = Literal["section", "abstract", "references", "acknowledgement"]

_NUMBERINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("decimal", re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=\S)")),
    ("roman", re.compile(r"([IVX]{1,5})\.\s+")),
    ("letter", re.compile(r"([A-Z])\.\s+")),
    ("number)", re.compile(r"(\d{1,2})\)\s*")),
    ("(number)", re.compile(r"[(（](\d{1,2})[)）]\s*")),  # noqa: RUF001
    ("letter)", re.compile(r"([a-z])\)\s+")),
    ("(letter)", re.compile(r"\(([a-z])\)\s+")),
    ("chinese", re.compile(r"([一二三四五六七八九十]+)、\s*")),
    ("(chinese)", re.compile(r"[(（]([一二三四五六七八九十]+)[)）]\s*")),  # noqa: RUF001
)
_KNOWN = re.compile(
    r"(?i)^(?:the\s+)?(?P<name>abstract|summary|introduction|background|literature review|"
    r"related work|methods?|methodology|materials and methods|results?|findings|discussion|"
    r"results and discussion|limitations|conclusions?|concluding remarks|conclusions? and .{0,40}|"
    r"acknowledge?ments?|funding|references|bibliography|works cited|literature cited|notes|"
    r"endnotes|appendix(?:\s+\w)?|摘\s*要|引言|结论|结语|致谢|参考文献)\s*[:：.]?$"  # noqa: RUF001
)
_REFERENCES = re.compile(
    r"(?i)^(?:references|bibliography|works cited|literature cited|endnotes|notes|参考文献)"
)
_ACKNOWLEDGEMENT = re.compile(r"(?i)^(?:acknowledge?ments?|funding|致谢)")
_ABSTRACT = re.compile(r"(?i)^(?:abstract|summary|摘\s*要)")
_BOLD_LINE = re.compile(r"^(\*\*|__)(?!\s)([^\n]+?)\1\s*$")
_BOLD_RUN_IN = re.compile(r"^(\*{2,3}|__)(?!\s)([^*\n]{2,100}?[.:]?)\1[.:]?\s+(?=\S)")
_FIRST_SENTENCE = re.compile(r"^(.{3,110}?[.。:：])\s+(?=[A-Z\"“(\u3400-\u9fff])", re.DOTALL)  # noqa: RUF001
_MAX_WORDS = 18


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: clean title, numbering, Markdown level (0 for none), and role."""

    title: str
    style: Style | None
    number: str
    level: int
    role: Role = "section"

    @property
    def known(self) -> bool:
        """Whether the title is one that papers give their outermost sections."""
        return bool(_KNOWN.match(strip_number(self.title)))


def numbering(title: str) -> tuple[Style, str] | None:
    """The numbering style and number a clean title begins with, if any."""
    for name, pattern in _NUMBERINGS:
        match = pattern.match(title)
        if match:
            number = match.group(1)
            return (name, number.count(".") + 1), number
    return None


def strip_number(title: str) -> str:
    """A clean title without its numbering."""
    for _, pattern in _NUMBERINGS:
        match = pattern.match(title)
        if match and match.end() < len(title):
            return title[match.end() :]
    return title


def role_of(title: str) -> Role:
    """What a section of this title holds."""
    name = strip_number(title)
    if not _KNOWN.match(name):
        return "section"
    if _REFERENCES.match(name):
        return "references"
    if _ACKNOWLEDGEMENT.match(name):
        return "acknowledgement"
    return "abstract" if _ABSTRACT.match(name) else "section"


def heading_of(block: Block) -> Heading | None:
    """The heading that a whole block is, by its own looks; None for anything else."""
    title = clean_text(block.text)
    if not title or not re.search(r"[^\W\d_]", title):
        return None
    numbered = numbering(title)
    if block.level:
        if patterns.words(title) > 40 and patterns.is_terminated(title):
            return None
        return _heading(title, numbered, block.level)
    if "\n" in block.text or patterns.words(title) > _MAX_WORDS:
        return None
    if patterns.is_bibliographic(title) or patterns.is_caption(title):
        return None
    if _KNOWN.match(strip_number(title)):
        return _heading(title, numbered, 0)
    if numbered:
        return _heading(title, numbered, 0) if _plausible(title, *numbered) else None
    bold = _BOLD_LINE.match(block.text)
    if (bold and not patterns.is_terminated(title)) or _is_capitals(title):
        return _heading(title, None, 0)
    return None


def run_in(block: Block, styles: Iterable[Style]) -> tuple[Heading, int] | None:
    """A heading that is run into its paragraph.

    Args:
        block: A block that is no heading as a whole.
        styles: Numbering styles that head paragraphs elsewhere in the paper.

    Returns:
        The heading, and how many characters of the block it takes.
    """
    bold = _BOLD_RUN_IN.match(block.text)
    if bold and patterns.words(bold.group(2)) <= _MAX_WORDS:
        title = clean_text(bold.group(2)).rstrip(".:")
        return _heading(title, numbering(title), 0), bold.end()
    numbered = numbering(block.text)
    sentence = _FIRST_SENTENCE.match(block.text)
    if not numbered or not sentence or numbered[0] not in set(styles):
        return None
    title = clean_text(sentence.group(1))
    rest = patterns.words(block.text[sentence.end() :])
    if patterns.words(title) > _MAX_WORDS or rest < 20 or not _plausible(title, *numbered):
        return None
    return _heading(title.rstrip(":："), numbered, 0), sentence.end()  # noqa: RUF001


def run_in_styles(blocks: Iterable[Block]) -> set[Style]:
    """Numbering styles whose numbers head paragraphs, at least 1 and 2 or n and n+1 of them."""
    seen: dict[Style, set[str]] = {}
    for block in blocks:
        numbered = numbering(block.text)
        if numbered and _FIRST_SENTENCE.match(block.text):
            style, number = numbered
            seen.setdefault(style, set()).add(number)
    return {
        style
        for style, numbers in seen.items()
        if any(_successor(n) in numbers for n in numbers)
    }


class Outline:
    """The path of open sections, updated heading by heading."""

    def __init__(self) -> None:
        self._open: list[Heading] = []

    @property
    def path(self) -> tuple[str, ...]:
        """Titles of the open sections from the outermost inwards."""
        return tuple(heading.title for heading in self._open)

    def enter(self, heading: Heading) -> None:
        """Close what ``heading`` ends and open its section."""
        heading = self._resolved(heading)
        del self._open[self._depth(heading) :]
        self._open.append(heading)

    def continue_title(self, more: str) -> None:
        """Add the second line of a broken heading to the innermost title."""
        last = self._open[-1]
        title = f"{last.title} {more}"
        self._open[-1] = Heading(title, last.style, last.number, last.level, last.role)

    def _resolved(self, heading: Heading) -> Heading:
        """Tell roman numerals from letters by what came before."""
        if heading.style != ("roman", 1) or len(heading.number) > 1:
            return heading
        letters = [h for h in self._open if h.style == ("letter", 1)]
        if letters and _successor(letters[-1].number) == heading.number:
            return Heading(heading.title, ("letter", 1), heading.number, heading.level, heading.role)
        return heading

    def _depth(self, heading: Heading) -> int:
        styles = [h.style for h in self._open]
        if heading.style and heading.style[0] == "decimal":
            for i, style in enumerate(styles):
                if style and style[0] == "decimal" and style[1] >= heading.style[1]:
                    return i
        elif heading.style in styles and heading.style is not None:
            return styles.index(heading.style)
        if heading.style is None:
            return self._unnumbered_depth(heading)
        return self._below_unnumbered(heading)

    def _below_unnumbered(self, heading: Heading) -> int:
        """A first number goes below an open section, unless that one stands as high or is known."""
        for i, other in enumerate(self._open):
            higher = 0 < heading.level <= other.level
            if other.style is None and (other.known or higher):
                return i
        return len(self._open)

    def _unnumbered_depth(self, heading: Heading) -> int:
        if heading.known or heading.role != "section":
            return 0
        for i, other in enumerate(self._open):
            if heading.level and other.level >= heading.level:
                return i
            if not heading.level and other.style is None and not other.level:
                return i
        return len(self._open)


def _heading(title: str, numbered: tuple[Style, str] | None, level: int) -> Heading:
    style, number = numbered or (None, "")
    return Heading(title, style, number, level, role_of(title))


def _plausible(title: str, style: Style, number: str) -> bool:
    """Whether a numbered line reads as a heading, not as an item or a citation."""
    rest = strip_number(title)
    first = next((c for c in rest if c.isalpha()), "")
    if not first or (first.islower() and style[0] not in {"(letter)", "letter)"}):
        return False
    if style == ("decimal", 1):
        bare = not title[len(number) :].startswith(".")
        return not patterns.is_terminated(title) and not (bare and "," in rest)
    return True


def _is_capitals(title: str) -> bool:
    letters = [c for c in title if c.isalpha()]
    return len(letters) >= 4 and all(c.isupper() for c in letters) and patterns.words(title) <= 12


def _successor(number: str) -> str:
    romans = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
    chinese = list("一二三四五六七八九十")
    for series in (romans, chinese):
        if number in series[:-1]:
            return series[series.index(number) + 1]
    if len(number) == 1 and number.isalpha():
        return chr(ord(number) + 1)
    head, _, last = number.rpartition(".")
    if last.isdigit():
        return f"{head}.{int(last) + 1}" if head else str(int(last) + 1)
    return ""

"""Headings: their numbering, their wording, and which lines of a paper are headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest import patterns
from ingest.blocks import Block
from ingest.cleaning import clean_text
from ingest.section_names import Role, known_role, unspaced

Style = tuple[str, int]
"""A numbering style: its name, and for decimals the number of components."""

_NUMBERINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("decimal", re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=\S)")),
    ("roman", re.compile(r"([IVX]{1,5})\.\s+")),
    ("letter", re.compile(r"([A-Z])\.\s+")),
    ("number)", re.compile(r"(\d{1,2})\)\s*")),
    ("(number)", re.compile(r"[(（](\d{1,2})[)）]\s*")),  # noqa: RUF001
    ("letter)", re.compile(r"([a-z])\)\s+")),
    ("(letter)", re.compile(r"\(([a-z])\)\s+")),
    ("chinese", re.compile(r"([一二三四五六七八九十]{1,3})、\s*")),
    ("chapter", re.compile(r"第([一二三四五六七八九十\d]{1,3})[章节]\s*")),
    ("(chinese)", re.compile(r"[(（]([一二三四五六七八九十]{1,3})[)）]\s*")),  # noqa: RUF001
)
_ALONE = frozenset({"decimal", "chinese", "chapter", "(chinese)"})
"""Styles that mark a heading without a neighbour in number; initials look like the others."""

_BOLD_LINE = re.compile(r"^(\*\*\*?|__)(?!\s)[^\n]+?\1\s*$")
_BOLD_RUN_IN = re.compile(r"^(\*{2,3}|__)(?!\s)([^*\n]{2,100}?[.:]?)\1[.:]?\s+(?=\S)")
_KNOWN_RUN_IN = re.compile(
    r"(?i)^(acknowledge?ments?|funding|致谢)\s*(?:[:：.]\s*|[—–-]\s+)(?=\S)"  # noqa: RUF001
)
_FIRST_SENTENCE = re.compile(r"^(.{3,110}?[.。:：])\s+(?=[A-Z\"“(\u3400-\u9fff])", re.DOTALL)  # noqa: RUF001
_MAX_WORDS = 18
_MAX_WORDS_MARKED = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: clean title, numbering, Markdown level (0 for none), and role.

    ``known`` says that the title is one that papers give their outermost sections.
    """

    title: str
    style: Style | None
    number: str
    level: int
    role: Role = "section"
    known: bool = False


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


def heading_of(block: Block) -> Heading | None:
    """The heading that a whole block is, by its own looks; None for anything else."""
    title = unspaced(clean_text(block.text).rstrip(" #")) if len(block.text) <= 1000 else ""
    if patterns.words(title) > (_MAX_WORDS_MARKED if block.level else _MAX_WORDS) or block.code:
        return None
    if not re.search(r"[^\W\d_]", title) or patterns.is_caption(title):
        return None
    if block.level:
        return _heading(title, block.level)
    if patterns.is_bibliographic(title) or patterns.is_furniture(title):
        return None
    heading = _heading(title, 0)
    return heading if _looks_like_heading(heading, block) else None


def _looks_like_heading(heading: Heading, block: Block) -> bool:
    """Whether a short block without Markdown level is a heading: one line, or a broken one."""
    lines, ended = block.lines(), patterns.is_terminated(heading.title)
    if heading.known or len(lines) > 2:
        return len(lines) == 1
    if heading.style:
        broken = len(lines) == 1 or not (ended or _begins_anew(lines[1][1]))
        return broken and _plausible(heading)
    return bool(_BOLD_LINE.match(block.text) and not ended) or _is_capitals(heading.title)


def find_headings(blocks: Sequence[Block]) -> list[Heading | None]:
    """The headings among a paper's blocks, told from list items and initials.

    Args:
        blocks: All blocks of a paper.

    Returns:
        For every block its heading, or None. A numbered line without Markdown
        level is no heading where the next number follows at once (a list, a
        table of contents), nor where it may be an initial or a sentence and
        no other heading has the number before or after it.
    """
    found = [heading_of(block) for block in blocks]
    numbers = {(heading.style, heading.number) for heading in found if heading}

    def stands(index: int, heading: Heading) -> bool:
        if heading.level or not heading.style:
            return True
        before, after = found[max(0, index - 1) : index], found[index + 1 : index + 2]
        if any(_follows(heading, other) for other in before) or any(
            other and _follows(other, heading) for other in after
        ):
            return False
        alone = heading.style[0] in _ALONE and not patterns.is_terminated(heading.title)
        return heading.known or alone or _has_neighbour(heading, numbers)

    return [h if h and stands(i, h) else None for i, h in enumerate(found)]


def run_in(block: Block, styles: Iterable[Style]) -> tuple[Heading, int] | None:
    """A heading that is run into its paragraph.

    Args:
        block: A block that is no heading as a whole.
        styles: Numbering styles that head paragraphs elsewhere in the paper.

    Returns:
        The heading, and how many characters of the block it takes.
    """
    if block.code:
        return None
    known = _KNOWN_RUN_IN.match(block.text)
    if known:
        return _heading(known.group(1), 0), known.end()
    bold = _BOLD_RUN_IN.match(block.text)
    if bold and patterns.words(bold.group(2)) <= _MAX_WORDS:
        return _heading(clean_text(bold.group(2)).rstrip(".:"), 0), bold.end()
    known_styles = set(styles)
    sentence = _FIRST_SENTENCE.match(block.text) if known_styles else None
    if not sentence:
        return None
    heading = _heading(clean_text(sentence.group(1)).rstrip(":："), 0)  # noqa: RUF001
    rest = patterns.words(block.text[sentence.end() :])
    if heading.style not in known_styles or patterns.words(heading.title) > _MAX_WORDS or rest < 20:
        return None
    return (heading, sentence.end()) if _plausible(heading) else None


def run_in_styles(blocks: Iterable[Block]) -> set[Style]:
    """Numbering styles whose numbers head paragraphs, at least n and n+1 of them."""
    seen: dict[Style, set[str]] = {}
    for block in blocks:
        numbered = numbering(block.text[:40])
        if numbered and _FIRST_SENTENCE.match(block.text):
            seen.setdefault(numbered[0], set()).add(numbered[1])
    return {
        style for style, numbers in seen.items() if any(successor(n) in numbers for n in numbers)
    }


def successor(number: str) -> str:
    """The next number in the same numbering, or an empty string."""
    romans = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
    chinese = list("一二三四五六七八九十")
    for series in (romans, chinese):
        if number in series[:-1]:
            return series[series.index(number) + 1]
    if len(number) == 1 and number.isascii() and number.isalpha():
        return chr(ord(number) + 1)
    head, _, last = number.rpartition(".")
    if last.isdigit():
        return f"{head}.{int(last) + 1}" if head else str(int(last) + 1)
    return ""


def _heading(title: str, level: int) -> Heading:
    style, number = numbering(title) or (None, "")
    role = known_role(strip_number(title))
    return Heading(title, style, number, level, role or "section", bool(role))


def _plausible(heading: Heading) -> bool:
    """Whether a numbered line reads as a heading, not as an item or a citation."""
    rest = strip_number(heading.title)
    first = next((c for c in rest if c.isalpha()), "")
    style = heading.style or ("", 0)
    if not first or (first.islower() and style[0] not in {"(letter)", "letter)"}):
        return False
    if style[0] == "decimal":
        following = re.escape(successor(heading.number))
        if re.search(rf"[;,]\s*{following}\s+[^\W\d]", rest):  # "1 Law School; 2 City Hall"
            return False
        bare = not heading.title[len(heading.number) :].startswith(".")
        return not patterns.is_terminated(rest) and not (bare and style[1] == 1 and "," in rest)
    return True


def _begins_anew(line: str) -> bool:
    return patterns.is_item(line) or numbering(line.strip()) is not None


def _is_capitals(title: str) -> bool:
    letters = [c for c in title if c.isalpha()]
    return len(letters) >= 4 and all(c.isupper() for c in letters) and patterns.words(title) <= 12


def _follows(heading: Heading, other: Heading | None) -> bool:
    """Whether a heading has the number after that of another one without Markdown level."""
    if not other or other.level or other.style != heading.style:
        return False
    return heading.number == successor(other.number)


def _has_neighbour(heading: Heading, numbers: set[tuple[Style | None, str]]) -> bool:
    """Whether a paper has the number before or after; single letters may be roman numerals."""
    lettered = {("roman", 1), ("letter", 1)}
    styles = lettered if heading.style in lettered else {heading.style}
    others = {number for style, number in numbers if style in styles}
    return bool(_next(heading.number) & others) or any(heading.number in _next(n) for n in others)


def _next(number: str) -> set[str]:
    following = {successor(number)} - {""}
    return following | {chr(ord(number) + 1)} if len(number) == 1 else following

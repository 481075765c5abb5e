"""Names that papers give their outermost sections, and what such a section holds."""

from __future__ import annotations

import re
from typing import Literal

Role = Literal["section", "abstract", "keywords", "references", "notes", "acknowledgement"]

_KNOWN = re.compile(
    r"(?i)^(?:the\s+)?(?:(?:one|two|three|four|five|six|seven|eight|nine|ten)[.,:]?\s+)?"
    r"(?:(?P<abstract>abstract|摘\s*要)|(?P<keywords>key\s*-?words|index terms|关键词)|"
    r"(?P<acknowledgement>acknowledge?ments?|funding|致\s*谢)|"
    r"(?P<references>references|bibliography|works cited|literature cited|参考文献)|"
    r"(?P<notes>notes|endnotes)|"
    r"(?P<section>(?:executive )?summary|introduction|background|literature review|"
    r"related work|methods?|methodology|materials and methods|results?|findings|discussion|"
    r"results and discussion|limitations|conclusions?|concluding remarks|conclusions? and .{0,40}|"
    r"appendix(?:\s+\w\b.{0,80})?|引\s*言|绪\s*论|结\s*论|结\s*语))\s*[:：.]?$"  # noqa: RUF001
)
_SPACED = re.compile(r"[A-Z](?: [A-Z]){3,}")


def known_role(title: str) -> Role | None:
    """What the section of a clean title without its number holds; None for no known name."""
    known = _KNOWN.match(title)
    return known.lastgroup if known else None  # type: ignore[return-value]


def unspaced(title: str) -> str:
    """A clean title whose known name is printed letter by letter, "A B S T R A C T", as a word."""
    word = title.replace(" ", "") if _SPACED.fullmatch(title) else ""
    return word if word and known_role(word) else title

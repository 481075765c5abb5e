"""Lines below a title: names of people, and the institutions that they belong to."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from ingest.addresses import institution_part, names_institution
from ingest.cleaning import clean_text
from ingest.names import is_full, people

_PART = re.compile(r"\s*[,，;；(（|]\s*|\s+[–—-]\s+")  # noqa: RUF001

_DEGREES = re.compile(
    r",?\s+(?:(?:Ph|M|Ed)\.? ?D|(?:D|M)\.? ?Phil|M\.? ?Sc|MP[HAP]|MBA|LL\.? ?M)\b\.?"
    r"(?=\s*[,;]|\s+and\b|\s*$)"
)
_OF_NOBODY = re.compile(
    r"(?i)(?:(?:associate|assistant|full|senior|adjunct|emeritus|research|visiting)\s+)*"
    r"(?:professor|lecturer|researcher|fellow|(?:phd|doctoral) (?:candidate|student))|"
    r"(?:\d{1,2}\.?\s+)?(?:january|february|march|april|may|june|july|august|september|october|"
    r"november|december)(?:\s+\d{1,2},?)?\s+\d{4}"
)
"""Lines between names and places: positions, and dates."""


def read_byline(
    lines: Sequence[str], common: Container[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The people that lines name first, and what is left of the lines.

    Args:
        lines: Clean lines of one block, without e-mail addresses.
        common: See `ingest.names.common_words`.

    Returns:
        Names, of lines above the first institution, or of "Name, Institution" in each line;
        and the lines without them.
    """
    place = institution_part(list(lines))
    named = [_DEGREES.sub("", line) for line in lines[:place] if not _OF_NOBODY.fullmatch(line)]
    names = people(", ".join(named), common)
    if names or place:
        return names, tuple(lines[place:] if names else lines)
    parted = [_name_and_place(line, common) for line in lines]
    return tuple(name for found, _ in parted for name in found), tuple(rest for _, rest in parted)


def is_numbered_place(text: str) -> bool:
    """Whether a number before a source text may be the mark of those who work at a place."""
    return text.startswith("<sup>") or names_institution(clean_text(text))


def _name_and_place(line: str, common: Container[str]) -> tuple[tuple[str, ...], str]:
    """The names in "Jane Roe, University of the North", and the institution."""
    begins = [0, *(match.end() for match in _PART.finditer(line))]
    ends = [*(match.start() for match in _PART.finditer(line)), len(line)]
    place = institution_part([line[a:b] for a, b in zip(begins, ends, strict=True)])
    names = people(line[: ends[place - 1]], common) if 0 < place < len(begins) else ()
    if names and all(map(is_full, names)):
        return names, line[begins[place] :].strip(" ()（）")  # noqa: RUF001
    return (), line

"""Lines below a title: names of people, and the institutions that they belong to."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from ingest.addresses import institution_part
from ingest.names import is_full, people

_PART = re.compile(r"\s*[,，;；(（|]\s*|\s+[–—-]\s+")  # noqa: RUF001


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
    names = people(", ".join(lines[:place]), common)
    if names or place:
        return names, tuple(lines[place:] if names else lines)
    parted = [_name_and_place(line, common) for line in lines]
    return tuple(name for found, _ in parted for name in found), tuple(rest for _, rest in parted)


def _name_and_place(line: str, common: Container[str]) -> tuple[tuple[str, ...], str]:
    """The names in "Jane Roe, University of the North", and the institution."""
    begins = [0, *(match.end() for match in _PART.finditer(line))]
    ends = [*(match.start() for match in _PART.finditer(line)), len(line)]
    place = institution_part([line[a:b] for a, b in zip(begins, ends, strict=True)])
    names = people(line[: ends[place - 1]], common) if 0 < place < len(begins) else ()
    if names and all(map(is_full, names)):
        return names, line[begins[place] :].strip(" ()（）")  # noqa: RUF001
    return (), line

"""The outline that headings make: which section stands inside which.

Converters give Markdown levels erratically, authors number consistently: so
where a heading is numbered the numbering alone decides its depth, and Markdown
levels only place the headings that have no number.
"""

from __future__ import annotations

from dataclasses import replace

from ingest.headings import Heading
from ingest.section_names import Role


class Outline:
    """The path of open sections, updated heading by heading."""

    def __init__(self) -> None:
        self._open: list[Heading] = []

    @property
    def path(self) -> tuple[str, ...]:
        """Titles of the open sections from the outermost inwards."""
        return tuple(heading.title for heading in self._open)

    @property
    def role(self) -> Role:
        """What the innermost section holds; parts of a list of references are references."""
        roles = (heading.role for heading in reversed(self._open))
        return next((role for role in roles if role != "section"), "section")

    def enter(self, heading: Heading) -> None:
        """Close what ``heading`` ends and open its section."""
        heading = self._resolved(heading)
        del self._open[self._depth(heading) :]
        self._open.append(heading)

    def continue_title(self, more: str) -> None:
        """Add the second line of a broken heading to the innermost title."""
        last = self._open[-1]
        self._open[-1] = replace(last, title=f"{last.title} {more}")

    def _resolved(self, heading: Heading) -> Heading:
        """Tell roman numerals from letters by what came before."""
        if heading.style != ("roman", 1) or len(heading.number) > 1:
            return heading
        letters = [h.number for h in self._open if h.style == ("letter", 1)]
        if letters and ord(letters[-1]) + 1 == ord(heading.number):
            return replace(heading, style=("letter", 1))
        return heading

    def _depth(self, heading: Heading) -> int:
        if heading.style is None:
            return self._unnumbered_depth(heading)
        styles = [h.style for h in self._open]
        if heading.style[0] == "decimal":
            for i, style in enumerate(styles):
                if style and style[0] == "decimal" and style[1] >= heading.style[1]:
                    return i
        elif heading.style in styles:
            return styles.index(heading.style)
        return self._below_unnumbered(heading)

    def _below_unnumbered(self, heading: Heading) -> int:
        """A first number goes below an open section, unless that one stands as high or is known."""
        for i, other in enumerate(self._open):
            higher = 0 < heading.level <= other.level
            if other.style is None and (other.known or higher):
                return i
        return len(self._open)

    def _unnumbered_depth(self, heading: Heading) -> int:
        depth = self._depth_by_level(heading)
        inside = any(other.style or other.known for other in self._open[:depth])
        if heading.known and (inside or not heading.level or heading.role != "section"):
            return 0
        return depth

    def _depth_by_level(self, heading: Heading) -> int:
        for i, other in enumerate(self._open):
            if heading.level and other.level >= heading.level:
                return i
            if not heading.level and other.style is None and not other.level:
                return i
        return len(self._open)

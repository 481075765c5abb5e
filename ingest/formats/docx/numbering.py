"""Numbers of paragraphs in a Word file, which stand nowhere in its text: they are counted."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.formats.xml import Node, attribute, child, children

BULLET = "-"
_PLACE = re.compile(r"%([1-9])")
_ROMANS = tuple(
    zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(), strict=True)
)  # fmt: skip
_DIGITS = "〇一二三四五六七八九"


class Numbering:
    """Counts the numbered paragraphs of a file, to be asked for each of them in order."""

    def __init__(self, root: Node | None) -> None:
        nodes = [] if root is None else list(children(root))
        self._kinds = {attribute(n, "abstractNumId"): n for n in nodes}
        self._lists = {attribute(n, "numId"): n for n in nodes if attribute(n, "numId")}
        self._counts: dict[str, list[int]] = {}
        self._begun: set[str] = set()

    def label(self, number: str, depth: int) -> str:
        """The number or bullet of the next paragraph of a list.

        Args:
            number: The list's id.
            depth: How deep the paragraph is nested in it, 0 the outermost.

        Returns:
            What is printed before the paragraph; empty where nothing is.
        """
        kind = attribute(child(self._lists.get(number), "abstractNumId"), "val")
        levels = self._levels(kind)
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(kind, [0] * 9)
        if number not in self._begun:
            self._begin(number, counts)
        counts[depth] = counts[depth] + 1 if counts[depth] else _start(levels[depth])
        counts[depth + 1 :] = [0] * (8 - depth)
        return self._written(levels, depth, counts)

    def _levels(self, kind: str) -> dict[int, Node]:
        node = self._kinds.get(kind)
        found = [] if node is None else children(node, "lvl")
        return {int(depth): n for n in found if (depth := attribute(n, "ilvl")) in set("012345678")}

    def _begin(self, number: str, counts: list[int]) -> None:
        """Set the counts back where a list that goes on elsewhere begins anew."""
        self._begun.add(number)
        for override in children(self._lists[number], "lvlOverride"):
            start = attribute(child(override, "startOverride"), "val")
            depth = attribute(override, "ilvl")
            if start.isdecimal() and depth in set("012345678"):
                counts[int(depth)] = int(start) - 1

    @staticmethod
    def _written(levels: dict[int, Node], depth: int, counts: list[int]) -> str:
        form = attribute(child(levels[depth], "numFmt"), "val")
        if form in {"bullet", "none"}:
            return BULLET if form == "bullet" else ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            inner = attribute(child(levels.get(at), "numFmt"), "val")
            return _FORMS.get(inner, str)(counts[at] or 1)

        return _PLACE.sub(number, attribute(child(levels[depth], "lvlText"), "val")).strip()


def roman(count: int) -> str:
    """A number in small roman numerals."""
    text = ""
    for value, sign in _ROMANS:
        text += sign * (count // value)
        count %= value
    return text


def _start(level: Node) -> int:
    value = attribute(child(level, "start"), "val")
    return int(value) if value.isdecimal() else 1


def _letters(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    if tens > 9:
        return "".join(_DIGITS[int(digit)] for digit in str(count))
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerRoman": roman,
    "upperRoman": lambda count: roman(count).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
}

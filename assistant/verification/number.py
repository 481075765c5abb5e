"""A number of a text, and which others say the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Unit = Literal["", "%", "part", "month", "decade", "th"]
"""A part is a fraction in words ("two thirds"), its value in percent."""

_VAGUE = frozenset("hundred thousand million billion trillion 百 千 万 亿".split())
"""Alone, as in "hundreds of", they count nothing exactly."""

_ROUNDED = 0.05
"""By how much, relatively, a number may differ that a sentence gives as approximate."""

_NEAR = 1.0
"""By how many percent a fraction in words may differ from a percentage: a third from 33%."""

_COUNTED_ON_FINGERS = 10
"""Up to here a number in words may count what a source lists without counting it."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number: its value, what it is of, how it is written, and where it stands.

    ``noun`` is the stem of the word behind it, which it counts, or empty.
    """

    value: float
    unit: Unit
    text: str
    start: int
    noun: str
    is_approximate: bool

    @property
    def is_small(self) -> bool:
        """Whether it is a count in words that a source may leave to be counted."""
        if self.text.lower().removesuffix("s") in _VAGUE:
            return True
        is_worded = not any(c.isdigit() for c in self.text)
        return not self.unit and is_worded and self.value <= _COUNTED_ON_FINGERS

    def is_in(self, others: Sequence[Number]) -> bool:
        """Whether one of the others says the same."""
        return any(self._equals(other) for other in others)

    def is_spelt_in(self, text: str) -> bool:
        """Whether its digits stand in a text, if only within a name ("Type 2" and "T2")."""
        return self.text.isdigit() and bool(re.search(rf"(?<!\d){self.text}(?!\d)", text))

    def _equals(self, other: Number) -> bool:
        if not self._may_equal(other):
            return False
        if self.is_approximate and self.value >= _COUNTED_ON_FINGERS:
            return abs(self.value - other.value) <= _ROUNDED * abs(self.value)
        if "part" in (self.unit, other.unit):
            return abs(self.value - other.value) < _NEAR
        return self.value == other.value

    def _may_equal(self, other: Number) -> bool:
        """Whether the units allow it: months and fractions are compared with their like."""
        units = {self.unit, other.unit}
        if "part" in units:
            return units <= {"part", "%"}
        if "month" in units:
            return units == {"month"}
        return self.unit != "%" or other.unit == "%"

"""The value of a number in Chinese characters."""

from __future__ import annotations

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {"\u3007": 0, "两": 2}
_TIMES = {"十": 10, "百": 100, "千": 1_000}

CHARACTER = f"[{''.join(_DIGITS)}十百千万亿]"
"""A pattern of the characters that numbers are written with."""


def value_of(characters: str) -> float:
    """The value of a number.

    Args:
        characters: As `CHARACTER` has them, at least one: "三百二十", or digit by digit as
            years are written, "一九八七".

    Returns:
        The value.
    """
    if all(character in _DIGITS for character in characters):
        return float("".join(str(_DIGITS[character]) for character in characters))
    total = group = digit = 0.0
    for character in characters:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _TIMES:
            group, digit = group + (digit or 1) * _TIMES[character], 0.0
        elif character == "万":
            total, group, digit = total + (group + digit or 1) * 1e4, 0.0, 0.0
        else:
            total, group, digit = (total + group + digit or 1) * 1e8, 0.0, 0.0
    return total + group + digit

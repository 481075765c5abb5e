"""Numbers and dates of a text, normalised, and those of a sentence that its sources lack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.verification.chinese_numbers import CHARACTER, value_of
from assistant.verification.number import Number, Unit
from assistant.verification.words import FUNCTION_WORDS, stem

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
).split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_TENS = "thirty forty fifty sixty seventy eighty ninety".split()
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_VALUES: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_SMALL)},
    **{word: float(30 + 10 * place) for place, word in enumerate(_TENS)},
    "dozen": 12.0,
}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
_ORDINAL_VALUES = {word: float(value) for value, word in enumerate(_ORDINALS, 1)}

_UNITS = "|".join(sorted((*_SMALL[:-1], "dozen", *_ORDINALS), key=len, reverse=True))
_GROUP = rf"(?:(?:twenty|{'|'.join(_TENS)})(?:[-\s](?:{_UNITS}))?|{_UNITS})"
_SCALE = "hundred|thousand|million|billion|trillion"
_WORDS = rf"(?:{_GROUP}|(?:{_SCALE}))(?:[-\s]+(?:{_SCALE})(?:s\b)?(?:\s+(?:and\s+)?{_GROUP}\b)?)*"
_NUMBER = re.compile(
    r"(?P<chinese>百分之)?(?<![\w.·])(?P<digits>\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+)(?P<point>[.·]\d+)?"
    r"(?P<decade>['\u2019]?s\b)?(?P<ordinal>(?:st|nd|rd|th)\b)?"
    rf"(?:\s?(?P<scale>{_SCALE}|[十百千]?[万亿]|[百千]))?"
    r"(?P<percent>\s?(?:%|per ?cent\b|percent\b))?"
    rf"|\b(?P<words>{_WORDS})(?P<many>s?)\b"
    r"(?P<worded_percent>\s(?:per ?cent|percent)\b)?",
    re.IGNORECASE | re.ASCII,
)
_FRACTION = re.compile(
    r"(?<!\bfirst )(?<!\bsecond )(?<!\blast )(?<!\blatter )(?<!\bformer )(?<!\band a )"
    r"\b(?:(?:(?<!\band )a|one)[-\s])?(?P<half>half)\b(?!-|\s+an?\b)"
    rf"|\b(?P<count>a|one|{'|'.join(_SMALL[2:10])})[-\s]"
    rf"(?P<part>quarter|{'|'.join(_ORDINALS[2:10])})(?P<many>s?)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    rf"(?<!\d)(?<!{CHARACTER})(?:万一|一一|千万|亿万|三五|三三两两|(?P<half>一半)|"
    rf"(?P<ordinal>第)?(?P<value>{CHARACTER}+)(?:分之(?P<share>{CHARACTER}+)|(?!分之)))"
)
_CHINESE_NOUN = re.compile(r"[个大种项条类名位家点次]?([\u3400-\u9fff]{2})")
_LISTS = re.compile(r"[,:\u3001\uff0c\uff1a]")
"""Behind an ordinal: it numbers what follows, and counts nothing."""
_MONTH = re.compile(
    r"\b(?P<name>(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?|"
    + "|".join(month.title() for month in _MONTHS)
    + r")\b|(?P<number>\d{1,2})(?=月)"
)
_ABOUT = re.compile(
    r"(?i)\b(?:about|around|nearly|almost|roughly|some|approximately|over|more than|less than|"
    r"under|close to|at least|up to)\s+$"
)
_FIRST_ORDINAL = 5
"""Below, ordinals mostly order what is said: "first", "second"."""


def numbers_of(text: str) -> list[Number]:
    """The numbers and months of a text, in order of their kinds.

    Digits with separators, decimals, percents, decades ("1990s"), ordinals from "fifth",
    number words, both with "million" and the like; both ends of a range; fractions in words;
    months as names or before 月; Chinese numerals, ordinals from 第二. Digits within a name
    ("G20", "COVID-19") are no numbers.

    Args:
        text: Any text.

    Returns:
        What was found, nothing twice.
    """
    fractions = [match for match in _FRACTION.finditer(text) if _is_fraction(match)]
    rest = text
    for match in fractions:  # its words are numbers themselves
        rest = f"{rest[: match.start()]}{'x' * len(match[0])}{rest[match.end() :]}"
    parts = [_number(text, match, _share(match), "part") for match in fractions]
    return [*parts, *_figures(rest), *_chinese(text), *_months(text)]


def missing_numbers(sentence: str, sources: Sequence[str]) -> list[Number]:
    """The numbers of a sentence that no source has.

    "One" and "zero" are mostly no numbers and are left out. A count in words up to ten
    is missing only where the sources count the same thing otherwise ("three levels" for
    "two levels"): else the sentence may have counted what a source lists.

    Args:
        sentence: What is checked.
        sources: What it cites.

    Returns:
        The numbers, in order of their kinds.
    """
    there = [number for source in sources for number in numbers_of(source)]
    missing = [
        number
        for number in numbers_of(sentence)
        if not number.is_in(there) and not any(number.is_spelt_in(text) for text in sources)
    ]
    return [n for n in missing if not n.is_small or _counted_otherwise(n, there)]


def _counted_otherwise(number: Number, there: Sequence[Number]) -> bool:
    return number.value > 1 and any(
        number.noun and number.noun == other.noun and other.value > 1 for other in there
    )


def _figures(text: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        if _is_part_of_a_name(text, match):
            continue
        value, unit = _worded(match) if match["words"] else _figured(match)
        if match["words"] and unit == "th" and value < _FIRST_ORDINAL:
            continue
        yield _number(text, match, value, unit)


def _number(text: str, match: re.Match[str], value: float, unit: Unit) -> Number:
    return Number(
        value=value,
        unit=unit,
        text=match[0].strip(),
        start=match.start(),
        noun=_noun_behind(text, match.end()),
        is_approximate=bool(_ABOUT.search(text[: match.start()])),
    )


def _is_fraction(match: re.Match[str]) -> bool:
    """Unlike "a third party" or "two third parties"."""
    if match["half"] or match["many"]:
        return True
    behind = re.match(r"\s+([^\W\d_]+)", match.string[match.end() :])
    is_one = match["count"].lower() in {"a", "one"}
    return is_one and (behind is None or behind[1].lower() in FUNCTION_WORDS)


def _share(match: re.Match[str]) -> float:
    """The percents of a fraction in words."""
    if match["half"]:
        return 50.0
    part, count = match["part"].lower(), match["count"].lower()
    whole = 4.0 if part == "quarter" else _ORDINAL_VALUES[part]
    return 100 * _VALUES.get(count, 1.0) / whole


def _chinese(text: str) -> Iterator[Number]:
    for match in _CHINESE.finditer(text):
        if match["half"]:
            yield _number(text, match, 50.0, "part")
        if not match["value"]:
            continue
        value, behind = value_of(match["value"]), text[match.end() : match.end() + 1]
        if match["share"]:
            unit: Unit = "%" if match["value"] == "百" else "part"
            yield _number(text, match, 100 * value_of(match["share"]) / (value or 1.0), unit)
        elif not match["ordinal"]:
            yield _number(text, match, value, "")
            if behind == "月":
                yield _number(text, match, value, "month")
        elif value > 1 and not _LISTS.match(behind):
            yield _number(text, match, value, "th")


def _is_part_of_a_name(text: str, match: re.Match[str]) -> bool:
    """As the 20 of "G-20"; the second half of a range is none."""
    if not match["digits"]:
        return False
    before = text[max(0, match.start() - 2) : match.start()]
    return bool(re.fullmatch(r"[A-Za-z]-", before, re.ASCII)) or (
        text[match.end() :][:1] == "-" and (text[match.end() + 1 :][:1].isupper())
    )


def _figured(match: re.Match[str]) -> tuple[float, Unit]:
    digits = re.sub(r"[, ]", "", match["digits"]) + (match["point"] or "").replace("·", ".")
    scale = (match["scale"] or "").lower()
    value = float(digits)
    if scale:
        value *= _SCALES.get(scale) or value_of(scale)
    if match["percent"] or match["chinese"]:
        return value, "%"
    if match["decade"]:
        return value, "decade"
    return value, "th" if match["ordinal"] else ""


def _worded(match: re.Match[str]) -> tuple[float, Unit]:
    total, group = 0.0, 0.0
    unit: Unit = "%" if match["worded_percent"] else ""
    for spelt in re.split(r"[-\s]+(?:and[-\s]+)?", match["words"].lower()):
        word = spelt if spelt in _VALUES or spelt in _SCALES else spelt.removesuffix("s")
        if word in _ORDINAL_VALUES:
            group, unit = group + _ORDINAL_VALUES[word], "th"
        elif word not in _SCALES:
            group += _VALUES[word]
        elif _SCALES[word] < 1e3:
            group = max(group, 1.0) * _SCALES[word]
        else:
            total, group = total + max(group, 1.0) * _SCALES[word], 0.0
    return total + group, unit


def _noun_behind(text: str, end: int) -> str:
    if chinese := _CHINESE_NOUN.match(text, end):
        return chinese[1]
    match = re.match(r"[\s-]*([^\W\d_]+)", text[end : end + 40])
    return stem(match[1]) if match else ""


def _months(text: str) -> Iterator[Number]:
    for match in _MONTH.finditer(text):
        if (
            match["name"] == "May"
            and not re.search(r"\d[\s,]*$|\bin $|\bof $", text[: match.start()])
            and not re.match(r"\s*\d", text[match.end() :])
        ):
            continue
        value = (
            int(match["number"])
            if match["number"]
            else 1 + [m[:3] for m in _MONTHS].index(match["name"][:3].lower())
        )
        yield Number(float(value), "month", match[0], match.start(), "", is_approximate=False)

"""Authors' names in parts: family, given name, suffix."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.pinyin import family_first
from ingest.authors import unbraced

_PARTICLES = frozenset("de van von der den la del di da dos du le ten ter bin al el y".split())
_SUFFIX = re.compile(r"(?i:jr|sr)\.?|II|III|IV")
_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_BRACKETS = re.compile(r"\s*[(（]([^()（）]*)[)）]")  # noqa: RUF001
_ORGANISATION = re.compile(
    r"(?i)\b(?:of|for|the|and|on|university|institute|institution|bank|ministry|commission|"
    r"committee|council|cent(?:er|re)|department|office|agency|association|organi[sz]ation|"
    r"nations|union|group|foundation|team|initiative|programme|program|network|society)\b"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's family and given name; ``given`` is empty where a name has no parts."""

    family: str
    given: str = ""
    suffix: str = ""


def parse_name(text: str) -> Name:
    """Part an author's name.

    "Roe, Jane" is parted at the comma. Otherwise the family name is last, with its
    particles; in pinyin it may be first, see `assistant.pinyin`. What stands in brackets in
    another script, as in "Zhang Yi (张毅)", is left out.

    Args:
        text: The name as the paper prints it.

    Returns:
        Its parts. A name in braces, an organisation, a single word and a name in Chinese
        characters, where the family name stands first and nothing is abbreviated, stay whole.
    """
    text = " ".join(text.split())
    if (plain := unbraced(text)) != text:
        return Name(plain)
    text = _in_one_script(text)
    if _CJK.search(text):
        return Name(text if _LATIN.search(text) else re.sub(r"[\s,]", "", text))
    if "," in text:
        return _parted_at_commas(text)
    words = text.split()
    if len(words) < 2 or _ORGANISATION.search(text):
        return Name(text)
    if len(words) == 2 and family_first(*words):
        return Name(words[0], words[1])
    suffix = [words.pop()] if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else []
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].lower() in _PARTICLES:
        cut -= 1
    return Name(" ".join(words[cut:]), " ".join(words[:cut]), *suffix)


def shown(text: str) -> str:
    """A name as it is read.

    Args:
        text: The name as the paper prints it, or as it is kept.

    Returns:
        "Joseph S. Nye Jr." for "Nye, Joseph S., Jr."; an organisation without its braces.
    """
    if "," not in text:
        return unbraced(text)
    name = parse_name(text)
    if family_first(name.family, name.given):
        return f"{name.family} {name.given}"
    return " ".join(filter(None, (name.given, name.family, name.suffix)))


def _in_one_script(text: str) -> str:
    """A name without brackets that say it once more, in Latin letters or in others."""
    outside = bool(_LATIN.search(_BRACKETS.sub("", text)))

    def kept(match: re.Match[str]) -> str:
        return match[0] if bool(_LATIN.search(match[1])) == outside else ""

    return _BRACKETS.sub(kept, text).strip() or text


def _parted_at_commas(text: str) -> Name:
    family, second, *rest = (*map(str.strip, text.split(",")), "")
    third = rest[0] if rest else ""
    if not _SUFFIX.fullmatch(second):
        return Name(family, second, third)
    if third:
        return Name(family, third, second)
    name = parse_name(family)
    return replace(name, suffix=second) if name.given else Name(text)

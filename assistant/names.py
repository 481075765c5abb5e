"""Authors' names in parts: family, given name, suffix."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARTICLES = frozenset("de van von der den la del di da dos du le ten ter bin al el y".split())
_SUFFIX = re.compile(r"(?i)(?:jr|sr)\.?|ii|iii|iv")
_CJK = re.compile(r"[\u3400-\u9fff]")
_ORGANISATION = re.compile(
    r"(?i)\b(?:of|for|the|and|on|university|institute|institution|bank|ministry|commission|"
    r"committee|council|cent(?:er|re)|department|office|agency|association|organi[sz]ation|"
    r"nations|union|group|foundation|team|initiative|programme|program|network|society)\b"
)
_SYLLABLE = r"(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:[aeiou]|[aeiouü]{1,3})(?:ng|n|r)?"
_PINYIN = re.compile(rf"(?i){_SYLLABLE}(?:[-'’]?{_SYLLABLE})?")  # noqa: RUF001
_SURNAMES = frozenset(
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song "
    "zheng xie han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai "
    "jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin "
    "hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan qian yin yi chang wen qiao "
    "lai gong pang zhuang ni geng ruan mo ouyang sima zhuge".split()
)
"""Frequent surnames in pinyin, for names that print the family first."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person's family and given name; ``given`` is empty where a name has no parts."""

    family: str
    given: str = ""
    suffix: str = ""


def parse_name(text: str) -> Name:
    """Part an author's name.

    "Roe, Jane" is parted at the comma. Otherwise the family name is last, with its
    particles; in pinyin it is first where the first word is a frequent surname and the
    last is not, or has as many syllables.

    Args:
        text: The name as the paper prints it.

    Returns:
        Its parts. An organisation, a single word and a name in Chinese characters, where
        the family name stands first and nothing is abbreviated, stay whole.
    """
    text = " ".join(text.split())
    if _CJK.search(text):
        return Name(text.replace(" ", ""))
    if "," in text:
        family, given, *suffix = [*map(str.strip, text.split(",")), ""][:3]
        return Name(family, given, *suffix)
    words = text.split()
    if len(words) < 2 or _ORGANISATION.search(text):
        return Name(text)
    if len(words) == 2 and _family_first(*words):
        return Name(words[0], words[1])
    suffix = [words.pop()] if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else []
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].lower() in _PARTICLES:
        cut -= 1
    return Name(" ".join(words[cut:]), " ".join(words[:cut]), *suffix)


def _family_first(first: str, last: str) -> bool:
    if first.lower() not in _SURNAMES or not _PINYIN.fullmatch(last):
        return False
    syllables = [len(re.findall("(?i)[aeiouü]+", word)) for word in (first, last)]
    return last.lower() not in _SURNAMES or syllables[1] >= syllables[0]

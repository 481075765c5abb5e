"""Names of people in printed lists, and whether a line names people at all."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from ingest import patterns

_HAN = r"[\u3400-\u9fff]"
_HAN_NAME = rf"(?:{_HAN}\s+{_HAN}{{1,2}}|{_HAN}{{2,4}})(?!{_HAN})"
_HAN_NAMES = re.compile(rf"{_HAN_NAME}(?:\s+{_HAN_NAME})*")
_HAN_SPACE = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
_BARS = re.compile(r"\s+[·•|]\s*|[·•|]\s+|(?<=[\d*†‡§])[·•|]")
"""Dots and bars between names; in "Karl·la" and between Chinese characters a dot is part of one."""

_PARTICLES = frozenset({"de", "van", "von", "der", "den", "la", "del", "di", "bin", "al", "y"})
_BY = re.compile(r"(?i)^(?:(?:written )?by\s+|author(?:s|\(s\))?\s*:\s*|(?:作者|文)\s*[:：/／]\s*)")  # noqa: RUF001
_MARKS = re.compile(r"(?:(?<!\d)\d{1,2}|[¹²³\u2070-\u2079*†‡§])+(?=[\s,;，；、·•|]|$)")  # noqa: RUF001
_COMMON = re.compile(r"(?<![\w@./-])[^\W\d_]{3,}(?![\w@/-]|\.\w)")
_ENDS_AS_NO_NAME = re.compile(
    r".{2,}(?:(?:[ts]ion|..ment|ism|[^v]ics|nance|cracy|ology)s?|[ts]ional|tical|ative|centric)|.+['’]s"  # noqa: RUF001
)
_KINDS_OF_PAPER = frozenset(
    "access article articles brief case commentary communication conference discussion editorial "
    "essay full invited issue length open original paper papers perspective policy position "
    "regular report research review short special study technical working".split()
)
"""Words of the lines that say what kind of paper it is, such as "Original Research"."""

_NO_NAMES = _KINDS_OF_PAPER - set("brief case full length open short".split()) | set(
    "abstract introduction journal keywords overview practice preface publication "
    "summary theory volume".split()
)

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程"
    "魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝"
    "顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文庞樊兰殷施洪翟安倪牛鲁俞章毕葛季柳岳耿左牟褚辛管祝"
    "骆靳焦聂齐冉欧柯甘童涂路霍祁尚卜游苗纪包舒柴蒙华裴谷喻单谌凌关曲时辜阮宁詹池艾盛凤简蓝麻"
    "裘瞿佟巩沙郁晏穆成戚隋应温项宗尤梅伍边狄古鲍闻匡虞解仇楚冷司卓景阳娄党植初宫车胥劳桂全冀"
    "張劉陳楊黃趙吳孫馬鄭謝許韓鄧馮蕭葉蘇呂盧鐘鍾譚陸範賈鄒龍賀顧龔萬錢戴嚴湯喬賴龐蘭駱聶齊塗"
    "紀蒙華單關寧簡藍項邊鮑"
)
_COMPOUND = frozenset(
    "欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 皇甫 尉迟 慕容 东方 令狐 夏侯 端木 公孙 司徒 宇文".split()
)
_LIKE_NAMES = frozenset(
    "安全 包容 边界 常规 成果 成就 程序 党建 单位 方案 方法 方法论 方式 方向 关系 关于 關係 關於 "
    "管理 华人 纪要 简介 简论 江湖 解读 解析 解释 金融 金融业 景气 路径 路线 任务 施政 石油 时代 "
    "时期 史料 司法 温度 文化 文明 文献 武器 项目 应对 应用 游戏 余论 章程 宗教 宗旨".split()
)
"""Words that begin as if they were names."""


def split_names(text: str) -> tuple[str, ...]:
    """The names in a printed list of people; "Roe, Jane" is one name, "张三，李四" are two."""  # noqa: RUF002
    listed = _BARS.sub("; ", " ".join(text.split()))
    people = re.split(r"\s*[;；]\s*|\s+(?:and|&)\s+|\s*[&、]\s*", listed)  # noqa: RUF001
    names: list[str] = []
    for person in people:
        parts = [part for part in re.split(r"\s*[,，]\s*(?:and\s+)?", person) if part]  # noqa: RUF001
        inverted = len(parts) == 2 and any(" " not in part for part in parts)
        if inverted and not re.search(_HAN, person):
            names.append(", ".join(parts))
        else:
            names.extend(name for part in parts for name in _split_chinese(part))
    return tuple(names)


def _split_chinese(text: str) -> tuple[str, ...]:
    """The names in "张三 李四", or in "张 三 李 四", spread as they are printed; else the text."""
    if not _HAN_NAMES.fullmatch(text):
        return (text,)
    return tuple(_HAN_SPACE.sub("", found[0]) for found in re.finditer(_HAN_NAME, text))


def people(text: str, common: Container[str] = ()) -> tuple[str, ...]:
    """The people that a line names, where it names people and nothing else.

    Args:
        text: A clean line.
        common: Words that are common in the paper, see `common_words`.

    Returns:
        Their names; nothing where one part of it is no name, or made of common words.
    """
    listed = _BARS.sub("; ", _BY.sub("", " ".join(text.split())))
    names = split_names(_MARKS.sub("", listed).strip(" ,;·•|"))
    named = (_is_name(name) and not _is_phrase(name, common) for name in names)
    return names if names and all(named) else ()


def surely_people(text: str, common: Container[str]) -> bool:
    """Whether a line that looks like a heading names people: each with two names or more.

    Args:
        text: A clean line.
        common: Words that are common in the paper, see `common_words`.

    Returns:
        Whether it does, and none of the names has a common word in it.
    """
    names = people(text, common)
    words = {w.lower() for name in names for w in _words(name) if w not in _PARTICLES}
    used = any(
        form in common for word in words for form in (word, f"{word}s", word.removesuffix("s"))
    )
    return bool(names) and all(map(is_full, names)) and not used


def is_kind_of_paper(text: str) -> bool:
    """Whether a line says what kind of paper it is, such as "Original Research"."""
    return _KINDS_OF_PAPER.issuperset(re.findall(r"\w+", text.lower()))


def is_full(name: str) -> bool:
    """Whether a name has two parts: a family name and a given name."""
    return len(_words(name)) > 1 or bool(re.match(_HAN, name))


def common_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that texts use in lowercase, as no name is, addresses on the net left out."""
    found = (word for text in texts for word in _COMMON.findall(text))
    return frozenset(word for word in found if word.islower())


def part_names(authors: tuple[str, ...], about: str) -> tuple[str, ...]:
    """Part two names printed without a comma, where the note on the authors names each apart."""
    tokens = authors[0].split() if len(authors) == 1 else []
    for cut in range(2, len(tokens) - 1):
        parts = (" ".join(tokens[:cut]), " ".join(tokens[cut:]))
        if all(f"{part}," in about for part in parts):
            return parts
    return authors


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", name) if word]


def _is_phrase(name: str, common: Container[str]) -> bool:
    """Whether capital words are a phrase: all are common, or one ends as no name does."""
    words = [word.lower() for word in _words(name)]
    return all(word in common for word in words) or any(map(_ENDS_AS_NO_NAME.fullmatch, words))


def _is_name(name: str) -> bool:
    if re.match(_HAN, name):
        return _is_chinese_name(name)
    words = _words(name)
    capital = [word for word in words if word[:1].isupper()]
    others = [word for word in words if not word[:1].isupper()]
    names = (word for word in words if word not in _PARTICLES)
    speaks = any(patterns.is_connective(word) or word.lower() in _NO_NAMES for word in names)
    plain = not re.search(r"[\d:/()@\"“”]", name)
    return 0 < len(capital) <= 6 and _PARTICLES.issuperset(others) and plain and not speaks


def _is_chinese_name(name: str) -> bool:
    """Whether Chinese characters are a name: a surname and one or two more."""
    if not re.fullmatch(rf"{_HAN}{{2,4}}", name) or name in _LIKE_NAMES:
        return False
    return name[:2] in _COMPOUND or (len(name) < 4 and name[0] in _SURNAMES)

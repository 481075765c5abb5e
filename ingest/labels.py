"""Labels of the parts of a paper's head, such as "Abstract:" and "【关键词】"."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"[*_#\s]{0,9}(?P<open>[【〔［\[]\s{0,9})?"  # noqa: RUF001
    r"(?:(?P<abstract>abstract|summary|摘\s{0,4}要|内容[摘提]要|提\s{0,4}要)|"
    r"(?P<keywords>key\s?-?words?(?: and phrases)?|index terms|关\s{0,4}键\s{0,4}[词字]|主题词)|"
    r"(?P<about>about the authors?|作者(?:简介|单位|信息)|基金(?:项目|资助)|通[讯信]作者|"
    r"收稿日期|中图分类号|文献标[识志]码|文章编号))"
    r"\s{0,9}[*_]{0,3}\s{0,9}"
    r"(?(open)[】〕］\]](?!\()[*_\s]{0,9}(?:[.:：—–-]\s*)?|"  # noqa: RUF001
    r"(?:[.:：—–-]|\*\*|(?<=[\u3400-\u9fff])\s)[*_]{0,3}\s*)",  # noqa: RUF001
    re.IGNORECASE,
)
_BARE_KEYWORDS = re.compile(
    r"[*_\s]{0,9}(?:Key\s?-?[Ww]ords|KEY\s?-?WORDS)[*_]{0,3}\s+(?=[^\W\d_])"
)
_BETWEEN = re.compile(r"\s*[;；]\s*|\s+[·•|]\s*|[·•|]\s+")  # noqa: RUF001
_LONGEST_KEYWORD = 6
"""Words."""

_ABOUT_BELOW = re.compile(
    r"(?i)\b(?:about the authors?|author(?:'s)? (?:introduction|biography))\s*:?$"
)


def label_of(text: str) -> tuple[str, int] | None:
    """The label that a source text begins with.

    Args:
        text: Source text of a block or a line, marks and all.

    Returns:
        ``abstract``, ``keywords``, or ``about`` for what is said of the authors and of the
        paper, and where the text behind the label begins; None where there is none.
    """
    if match := _LABEL.match(text):
        return str(match.lastgroup), match.end()
    bare = _BARE_KEYWORDS.match(text)
    return ("keywords", bare.end()) if bare and _is_list(text[bare.end() :]) else None


def _is_list(text: str) -> bool:
    """Whether a text is a list of keywords, and no sentence about them."""
    items = [item for item in _BETWEEN.split(text[:2000]) if item.strip()]
    return len(items) > 1 and all(len(item.split()) <= _LONGEST_KEYWORD for item in items)


def without_label_below(text: str) -> tuple[str, bool]:
    """A clean text without "About the authors:" at its end, and whether that stood there."""
    match = _ABOUT_BELOW.search(text)
    return (text[: match.start()], True) if match else (text, False)

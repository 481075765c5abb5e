"""What a Chinese sentence denies, told from its characters."""

from __future__ import annotations

import re

from assistant.verification.words import content_stems, is_chinese, words_of

_DENIAL = (
    "没有|缺乏|缺少|拒绝|难以|错误地|错误认为|误以为|误认为|误称|谎称|"
    "[并从决绝毫尚]?[不没無无未非否勿莫]"
)
_NO_DENIAL = (
    "不仅|不但|不只|不单|不光|不断(?!定|绝)|不同(?!意|步)|不少|不久|不过(?!分|问|度|于)|不管(?!理|控)|"
    "不论|不妨(?!碍)|不禁(?!止)|不愧|不惜|不料|不得不|不能不|不可不|不可或缺|必不可少|不可分割|"
    "密不可分|差不多|无论|无疑|无数|无比|无限(?!制)|无穷|无非|无不|未来|未免(?!除)|非常(?!任|规|设)|"
    "非洲|非凡|非但|除非|莫非|是非|是否(?!认|定|决)|能否(?!认|定|决)|可否|与否|否则|莫斯科|莫过于|"
    "莫大|没收|没落|沉没|淹没|出没|埋没"
)
"""Words in which these characters deny nothing, or deny twice."""

_DENIALS = re.compile(f"(?P<none>{_NO_DENIAL})|{_DENIAL}")
_LIGHT = re.compile("[了着过的地得都也]")
"""Particles, which come and go with a denial: "参加了", "没有参加"."""
_CLAUSE = re.compile(r"[^,;:.!?\uff0c\uff1b\uff1a\u3002\uff01\uff1f]+")
_LEAST_SHARED = 2
"""Pairs of characters that a clause must add to those which others have of a sentence."""


def are_chinese(one: str, other: str) -> bool:
    """Whether both texts are, so that what they deny is told from their characters."""
    return is_chinese(one) and is_chinese(other)


def chinese_denies_otherwise(sentence: str, source: str) -> bool:
    """Whether, of two Chinese sentences, one denies what the other asserts.

    Words of denial are counted, in the clauses of either side that have words of the other.
    Where they stand is not asked, so two that cancel ("没有人不") count as two.

    Args:
        sentence: What is checked.
        source: The sentence of a source that is nearest to it.

    Returns:
        Whether the counts differ.
    """
    return _denials_about(source, in_text=sentence) != _denials_about(sentence, in_text=source)


def asserted_pairs(text: str) -> set[str]:
    """The pairs of characters of a Chinese text, words of denial and particles left out."""
    asserted = _DENIALS.sub(lambda match: match["none"] or "", text)
    return content_stems(words_of(_LIGHT.sub("", asserted)))


def _denials_about(other: str, *, in_text: str) -> int:
    """How many denials stand in the clauses that say something of another sentence."""
    wanted, found = asserted_pairs(other), 0
    clauses = _CLAUSE.findall(in_text)
    for clause in sorted(clauses, key=lambda own: -len(asserted_pairs(own) & wanted)):
        pairs = asserted_pairs(clause)
        if len(pairs & wanted) >= _LEAST_SHARED:
            found += sum(not match["none"] for match in _DENIALS.finditer(clause))
            wanted -= pairs
    return found

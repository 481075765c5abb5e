"""Whether a question needs the one before it, or stands by itself."""

from __future__ import annotations

import re

from assistant.function_words import FUNCTION_WORDS

_GOES_ON = re.compile(
    r"(?i)^(?:and|but|so|or|also|more|tell me more|go on|(?:what|how) about)\b"
    r"|\b(?:then|too|instead|as well|you said|you mentioned)\W*$"
    r"|^(?:和|与|那|而|再|还有)"
)
"""How a question begins or ends that goes on from what was said."""

_POINTS_NOWHERE = re.compile(
    r"(?i)\b(?:is|are|was|were|be|been) there\b|\bthere (?:is|are|was|were)\b"
    r"|\bit(?= \w+ (?:that|whether|who|how|why|if)\b)"
    r"|\b(?:each|every) other\b|\bone another\b|\bother than\b|\bsuch as\b|\bat (?:first|last)\b"
    r"|\bon (?:the )?one hand\b|\bon the other hand\b|\bthose (?:who|that|which|of|in)\b"
    r"|\bboth(?= [\w-]+ and\b)"
    r"|\b(?:these|those) (?:papers|texts|articles|documents|authors|sources|readings)\b"
    r"|这[几些][篇位个]?(?:论文|文章|作者|文献|资料)|[这那]样的"
)
"""Uses of the words below that point back to nothing, or to the library."""

_POINTS_BACK = re.compile(
    r"(?i)\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|these|those|former|"
    r"latter|both|others?|another|same|such|there|first|second|third|fourth|fifth|last|next|"
    r"previous|above)\b"
    r"|\bones?\b(?=\W*$|[,;.?!]| (?:is|are|was|were|do|does|did|has|have|about|in|and|or)\b)"
    r"|(?:^|\b(?:is|was|are|were|do|does|did|can|could|will|would|should|how|why|mean|like|"
    r"about|of|for|with|by|to|on|in|from|after|before|than|and) )that\b|\bthat(?=\W*$)"
    r"|它|她|(?<![国其])他(?!国)|这|那(?!么)|(?<!因)此|(?<!应)该|(?<!尤)其(?![他实])|上述|"
    r"前者|后者|两者|二者|刚才|前面|前一|后一|另一|第[一二三四五]"
)
"""Words that point back. *That* does not where it joins ("actors that", "argues that")."""

_ENOUGH_TO_POINT_AT = 3
"""A word behind so many words of a subject points to them, not to an earlier question."""

_FEW_WORDS = 3
_COMPLETE = re.compile(
    r"(?i)^(?:what|who)(?:['\u2019]s| is| are| was| were) \w|^define \w"
    r"|^(?:什么|谁)是\w|^\w+是(?:什么|谁)"
)
"""Beginnings of short questions that are no scraps."""

_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_A_WORD = 2
"""Chinese characters that a word has, about."""

_COURTESY = re.compile(
    r"(?i)^\W*(?:(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|thanks?|thx|cheers|bye|"
    r"goodbye|ok(?:ay)?|great|perfect|there|again|you|so much|very much|a lot|"
    r"你好|您好|大家好|谢谢你?|多谢|再见|好的)(?!\w)\W*)+$"
)
"""Greetings and thanks, and nothing else."""


def leans_on_history(question: str) -> bool:
    """Whether a question needs the one before it: it goes on, points back, or is a scrap."""
    if is_courtesy(question):
        return False
    return bool(_GOES_ON.search(question)) or _points_back(question) or _is_scrap(question)


def is_courtesy(question: str) -> bool:
    """Whether a question only greets or thanks."""
    return bool(_COURTESY.match(question))


def _points_back(question: str) -> bool:
    pointing = _POINTS_NOWHERE.sub(lambda found: " " * len(found.group()), question)
    return any(
        _subject_words(question[: word.start()]) < _ENOUGH_TO_POINT_AT
        for word in _POINTS_BACK.finditer(pointing)
    )


def _is_scrap(question: str) -> bool:
    return _words(question) <= _FEW_WORDS and not _COMPLETE.search(question)


def _subject_words(text: str) -> float:
    """How many words say what a text is about; of Chinese ones, half are taken to do so."""
    others = [word.lower().partition("'")[0] for word in _WORD.findall(_HAN.sub(" ", text))]
    named = sum(len(word) > 1 and word not in FUNCTION_WORDS for word in others)
    return named + _han_words(text) / 2


def _words(text: str) -> float:
    return len(re.findall(r"\w[\w'\u2019-]*", _HAN.sub(" ", text))) + _han_words(text)


def _han_words(text: str) -> float:
    return len(_HAN.findall(text)) / _HAN_A_WORD

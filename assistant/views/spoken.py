"""What the library says, in the language of the session.

Its errors, notices and reasons are English sentences with values in them, the same for every
surface. ``locale/library_zh.po`` has them in Chinese, with a ``{field}`` where a value stands; a
test sees that none is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from string import Formatter

from assistant.views.words import catalog, language

_OURS = frozenset(
    "advice anew doubtful fault how many missing pages place reasons said what".split()
)
"""Fields whose values are the library's words, too."""

_PERHAPS = frozenset("damage error held kind kinds model places reason section who".split())
"""Fields whose values may be; those of all others are names, numbers or quotes."""

_NUMBERS = frozenset("n m total most least".split())

_COLONS = 10
"""So many colons may stand in a sentence and its place; others' words can have thousands."""


def spoken(message: object) -> str:
    """What the library says, as the reader of this session understands it.

    Args:
        message: An error, or a sentence of the library.

    Returns:
        It in the language of the session; as it is where nobody has translated it.
    """
    english = str(message)
    if language() == "en":
        return english
    return chinese(english) or english


@lru_cache(maxsize=512)
def chinese(english: str) -> str | None:
    """What the library says, in Chinese; None where nobody has translated it.

    Args:
        english: A sentence of the library, or several; a place and a colon may stand before it.

    Returns:
        Its translation, with the same values.
    """
    return _sentence(english) or _behind_a_place(english) or next(_fitting(english), None)


def _sentence(english: str) -> str | None:
    """The translation of a whole sentence all of whose parts are known."""
    if same := catalog("zh").get(english):
        return str(same.string)
    return next(_fitting(english, wholly=True), None)


def _behind_a_place(english: str) -> str | None:
    colons = list(re.finditer(": ", english))
    for colon in reversed(colons[-_COLONS:]):
        if said := _sentence(english[colon.end() :]):
            place = english[: colon.start()]
            return f"{_sentence(place) or place}：{said}"  # noqa: RUF001
    return None


def _fitting(english: str, *, wholly: bool = False) -> Iterator[str]:
    """Translations by every pattern that fits; ``wholly``: whose values are known, where ours."""
    for pattern, translation in _patterns():
        if found := pattern.fullmatch(english):
            own = found.groupdict()
            known = {name: said for name in own if (said := _value(name, own[name])) is not None}
            if len(known) == len(own) or not wholly:
                yield translation.format(**own | known)


def _value(name: str, value: str) -> str | None:
    """A value as it stands in a translation; None for words of ours that nobody translated."""
    if name not in _OURS | _PERHAPS:
        return value
    parts = [_sentence(part) for part in value.split(", ")]
    listed = "、".join(filter(None, parts)) if all(parts) else None
    return _sentence(value) or listed or (value if name in _PERHAPS else None)


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """What is said, as patterns, and its translation.

    Those come first that frame another sentence, then the most particular: both, since a name at
    the end of a pattern could be anything.
    """
    said = {str(message.id): str(message.string) for message in catalog("library_zh") if message.id}
    return [(_pattern(text), said[text]) for text in sorted(said, key=_particular, reverse=True)]


def _particular(text: str) -> tuple[bool, int]:
    parts = list(Formatter().parse(text))
    frames = not parts[0][0] and parts[0][1] in _OURS
    return frames, sum(len(written) for written, *_ in parts)


def _pattern(text: str) -> re.Pattern[str]:
    pattern = ""
    for written, name, *_ in Formatter().parse(text):
        pattern += re.escape(written)
        if name:
            pattern += rf"(?P<{name}>\d[\d.,]*)" if name in _NUMBERS else f"(?P<{name}>.*?)"
    return re.compile(pattern, re.DOTALL | re.IGNORECASE)

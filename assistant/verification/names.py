"""Names of a sentence that its sources lack, and names that have changed places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verification.words import FUNCTION_WORDS, Word, words_of

_PART = r"[A-Z][\w-]*(?:['\u2019](?!s\b)\w+)?"
_NAME = re.compile(rf"\b{_PART}(?:(?:\s+(?:of\s+(?:the\s+)?|the\s+)?|-){_PART})*")
_SAYS = re.compile(
    r"(?i)\s+(?:also\s+|then\s+|further\s+|both\s+|\(\d{4}\)\s+|and\s+[A-Z]\w+\s+){0,2}(?:"
    r"(?:add|advis|advocat|agree|analy[sz]|argu|ask|assert|assum|believ|call|characteri[sz]|claim|"
    r"conced|conclud|consider|contend|criticis|criticiz|defin|den[yi]|describ|discuss|distinguish|"
    r"emphasi[sz]|examin|explain|hold|hope|identif[yi]|insist|interpret|maintain|mention|name|not|"
    r"object|observ|point|propos|quot|recommend|reject|remark|report|sa[yi]|see|show|stat|stress|"
    r"suggest|summari[sz]|think|treat|understand|view|warn|writ)(?:e|es|s|d|ed|ing|ning)?|"
    r"elaborat(?:es|ed)|held|saw|spoke|spoken|thought|understood|wrote)\b"
)
_CREDITS = re.compile(r"(?i)\b(?:according to|in the words of)\s+(?:the\s+)?$")
_ACRONYM = re.compile(r"[A-Z]{2,}s?")
_MINOR = FUNCTION_WORDS | {"according", "although", "while", "first", "second", "finally"}
_MONTHS = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)$"
)
_BY = re.compile(r"\bby\s+(?:the\s+)?$")
_AROUND = 2
"""Content words on either side of a name by which its role is known."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands, and its characters; ``is_credited`` says that it is who says so."""

    text: str
    start: int
    end: int
    is_credited: bool

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of its words, function words left out."""
        return tuple(w.stem for w in words_of(self.text) if _is_part(w))


def names_of(text: str) -> list[Name]:
    """Capitalised words in a row, with "of" and "the" between them, and acronyms.

    The first word of a sentence counts where it goes on ("United Nations") or is an
    acronym; alone it may be any word, and `missing_names` looks closer.

    Args:
        text: A sentence or several.

    Returns:
        The names, in order.
    """
    names = []
    for match in _NAME.finditer(text):
        start, end = _without_minor_words(text, match.start(), match.end())
        if start < end and not _MONTHS.match(text[start:end]):
            credited = bool(_SAYS.match(text[end:]) or _CREDITS.search(text[:start]))
            names.append(Name(text[start:end], start, end, credited))
    return names


def missing_names(sentence: str, sources: Sequence[str]) -> list[str]:
    """The names of a sentence that no source mentions.

    A name is there where its words stand one behind the other, in any form ("Chinese" is
    not "China", but "Westphalian" is "Westphalia"), or where it is the initials of a name
    there, or has that for its initials. Who is credited with what is said ("Smith argues")
    need not be named in his own text; but where the source credits somebody else, he is
    missing.

    Args:
        sentence: What is checked.
        sources: What it cites.

    Returns:
        The names as they stand in the sentence, once each.
    """
    whole = "\n".join(sources)
    rows = [[w.stem for w in words_of(s) if _is_part(w)] for s in sources]
    stems = {part for row in rows for part in row}
    capitalised = {word.stem for word in words_of(whole) if word.text[0].isupper()}
    initials = {_initials(name.text) for name in names_of(whole)}
    acronyms = set(_ACRONYM.findall(whole))
    source_credits = any(name.is_credited for name in names_of(whole))
    missing = []
    for name in names_of(sentence):
        if name.is_credited and not source_credits:
            continue
        if _starts_a_sentence(sentence, name.start) and _may_be_any_word(name.text):
            continue
        known = capitalised if _ACRONYM.fullmatch(name.text) else stems
        found = all(_is_there(part, known) for part in name.stems) and (
            any(_stand_together(name.stems, row) for row in rows)
        )
        if not (found or name.text in initials or _initials(name.text) in acronyms):
            missing.append(name.text)
    return list(dict.fromkeys(missing))


def swapped_names(sentence: str, source: str) -> tuple[str, str] | None:
    """Two names that stand in each other's place.

    For each name the words around it are compared with those around it in the source:
    two names have changed places where each stands among words of the other, and not
    among its own. Where only their order about a common verb has changed, they have,
    too, unless one side is in the passive voice.

    Args:
        sentence: What is checked.
        source: The sentence of a source that is nearest to it.

    Returns:
        The two names as they stand in the sentence, or None.
    """
    ours, theirs = _placed(sentence), _placed(source)
    shared = [name for name in ours if name in theirs]
    for at, one in enumerate(shared):
        for other in shared[at + 1 :]:
            if _changed_places(ours[one], ours[other], theirs[one], theirs[other]):
                return ours[one].text, ours[other].text
    return None


@dataclass(frozen=True, slots=True)
class _Place:
    """A name in its sentence: the stems before and behind it, the nearest first.

    ``is_agent`` says that "by" stands before it, as in the passive voice.
    """

    text: str
    before: tuple[str, ...]
    behind: tuple[str, ...]
    is_agent: bool


def _changed_places(one: _Place, other: _Place, their_one: _Place, their_other: _Place) -> bool:
    if (one.is_agent, other.is_agent) != (their_one.is_agent, their_other.is_agent):
        return False
    own = _likeness(one, their_one) + _likeness(other, their_other)
    crossed = _likeness(one, their_other) + _likeness(other, their_one)
    return crossed >= 2 and crossed > 2 * own


def _likeness(one: _Place, other: _Place) -> int:
    """How many words stand on the same side of both."""
    return len({*one.before} & {*other.before}) + len({*one.behind} & {*other.behind})


def _placed(text: str) -> dict[str, _Place]:
    """Names that stand once in a text, by their stems, with the words around them."""
    names = names_of(text)
    words = [w for w in words_of(text) if w.has_content]
    places: dict[str, list[_Place]] = {}
    for name in names:
        before = [w.stem for w in words if w.end <= name.start][::-1][:_AROUND]
        behind = [w.stem for w in words if w.start >= name.end][:_AROUND]
        key = " ".join(name.stems)
        is_agent = bool(_BY.search(text[: name.start]))
        place = _Place(name.text, tuple(before), tuple(behind), is_agent)
        places.setdefault(key, []).append(place)
    return {key: found[0] for key, found in places.items() if key and len(found) == 1}


def _is_there(part: str, known: set[str]) -> bool:
    return part in known or any(
        len(part) >= 5 and len(k) >= 5 and (k.startswith(part) or part.startswith(k)) for k in known
    )


def _stand_together(parts: Sequence[str], row: Sequence[str]) -> bool:
    """Whether the words of a name stand one behind the other somewhere."""
    places = range(len(row) - len(parts) + 1)
    return any(all(_is_there(part, {row[at + i]}) for i, part in enumerate(parts)) for at in places)


def _is_part(word: Word) -> bool:
    return word.text.lower() not in FUNCTION_WORDS


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper())


def _starts_a_sentence(text: str, at: int) -> bool:
    return not text[:at].strip(" “\"'(") or bool(re.search(r"[.!?:][\s“\"'(]*$", text[:at]))


def _may_be_any_word(name: str) -> bool:
    return bool(re.fullmatch(r"[A-Z][a-z\u2019'-]*", name))


def _without_minor_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without function words at its start ("The United Nations") and "'s" at its end."""
    while match := re.match(r"([A-Za-z]+)(?:\s+|$)", text[start:end]):
        if match[1].lower() not in _MINOR or (match[1].isupper() and len(match[1]) > 1):
            break
        start += match.end()
    kept = re.sub(r"['\u2019]s?$|-+$", "", text[start:end])
    return start, start + len(kept)

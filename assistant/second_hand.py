"""Claims at second hand: whose words a passage reports, so that a citation can say so.

"Rosenau, cited by Zhang" is what a student may cite; "Zhang" alone is not. A report is told
by its construction: a reporting verb with a clause or a quote behind it, an evidential
phrase, or a citation in brackets (Hyland 1999, Applied Linguistics 20(3)), in English and
Chinese. Who reports is taken as printed. Theories and concepts are nobody, and what is
reported of nobody stays the author's.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from assistant.reporting import (
    AGENT_SAYS,
    ANYBODY,
    APPOSITION,
    AUTHORITIES,
    BETWEEN,
    BRACKETS,
    CALLS,
    CHINESE,
    COINS,
    DOCUMENT,
    IMPERSONAL,
    NOBODY,
    NOUN,
    OWN,
    PRONOUN,
    PUBLISHED,
    SAYS,
    SOMEBODY,
    TITLES,
    WHOSE,
    WORK,
)
from ingest.sentences import split_sentences


def second_hand(text: str, start: int, end: int, authors: Sequence[str]) -> str | None:
    """Whose claim some words of a passage report, where it is not their author's own.

    A sentence counts with what it says itself. One that goes on with a quote which an earlier
    sentence opened counts with that sentence, and "he", "she" and "they" with whoever the
    sentence before names.

    Args:
        text: A passage.
        start: Where the words begin.
        end: Where they end.
        authors: The paper's authors, whose claims are their own.

    Returns:
        The name as printed, without titles and article: "Rosenau", "some critics"; of several
        sentences that report others all names, in their order: "Rosenau; Falk"; or None.
    """
    sentences = split_sentences(text)
    names: list[str] = []
    for i, (first, last) in enumerate(sentences):
        if first < end and start < last:
            before = text[slice(*sentences[i - 1])] if i else ""
            opened = _opening(text, sentences[:i], first)
            found = itertools.chain(_sources(text[first:last], before), _sources(opened, ""))
            name = next((name for name in found if not _is_part_of(name, authors)), "")
            if name and not _is_part_of(name, names):
                names.append(name)
    return "; ".join(names) or None


def _opening(text: str, sentences: Sequence[tuple[int, int]], at: int) -> str:
    """The sentence that opens the quote which is still open at a place, or an empty string."""
    opened: str = ""
    for first, last in sentences:
        for mark in re.finditer(r'["“”«»]', text[first:last]):
            sign = mark.group()
            closes = sign in "”»" or (sign == '"' and bool(opened))
            opened = "" if closes else text[first:last]
    return opened if at else ""


def _sources(sentence: str, previous: str) -> Iterator[str]:
    """Who is named in a sentence as the source of what it says."""
    for match in WHOSE.finditer(sentence):
        if match["title"]:
            yield match["title"]
            continue
        whose = next(filter(None, match.groups()))
        yield from _named(re.sub(r"^.* of (?=[A-Z])", "", whose), previous)
    for verb in (SAYS, CALLS):
        for match in verb.finditer(sentence):
            yield from _named(sentence[: match.start()], previous)
    for match in AGENT_SAYS.finditer(sentence):
        yield from _named(sentence[: match.start()], previous, (NOUN,))
    for match in COINS.finditer(sentence):
        yield from _named(sentence[: match.start()], "", AUTHORITIES)
    yield from (match["who"] for match in BRACKETS.finditer(sentence))
    yield from (match["who"] or match["view"] for match in CHINESE.finditer(sentence))


def _named(before: str, previous: str, among: Sequence[re.Pattern[str]] = ANYBODY) -> Iterator[str]:
    """Who a text names at its end, adverbs and years aside."""
    left = APPOSITION.sub(r"\1", before.rstrip())
    while OWN.search(left) is None:
        if IMPERSONAL.search(left):
            document = DOCUMENT.search(left)
            yield from (document["name"],) if document else ()
            return
        if PRONOUN.search(left) or (WORK.search(left) and PUBLISHED.search(previous)):
            yield from itertools.chain(_sources(previous, ""), _antecedent(left, previous))
            return
        for pattern in among:
            found = pattern.search(left)
            name = TITLES.sub("", found["name"]).strip(" ,") if found else ""
            if found and name and not (NOBODY.fullmatch(name) or _is_object(left, found)):
                yield _joined(left[: found.start("name")], name)
                return
        shorter = BETWEEN.sub("", left)
        if shorter == left:
            return
        left = shorter


def _is_object(left: str, name: re.Match[str]) -> bool:
    """Whether a name only goes with the noun before it: "an analysis of Weber suggests"."""
    return bool(re.search(r"\b(?:of|in|with|by|for|from|between|to|on) $", left[: name.start()]))


def _joined(before: str, name: str) -> str:
    """A name with the one that it is joined to: "many countries and Japan"."""
    other = re.search(r"([^,.;:()]{2,60}?) (?:and|&) $", before)
    first = next(_named(other[1], ""), "") if other else ""
    return f"{first} and {name}" if first and before.endswith(f"{first} and ") else name


def _antecedent(*texts: str) -> Iterator[str]:
    """Whom a pronoun stands for: the first somebody in the first text that has one.

    A name behind a preposition is a place's as a rule, and a single word at the head of a
    sentence any word's.
    """
    for text in texts:
        for match in SOMEBODY.finditer(text):
            name = TITLES.sub("", match["name"]).strip(" .,")
            opens = match.start() == 0 and " " not in name
            if not (opens or name.endswith(("'s", "\u2019s")) or NOBODY.fullmatch(name)):
                yield name
                return


def _is_part_of(name: str, names: Sequence[str]) -> bool:
    """Whether one of some names has all words of a name."""
    words = {word.lower() for word in re.findall(r"\w+", name)}
    return any(words <= {w.lower() for w in re.findall(r"\w+", other)} for other in names)

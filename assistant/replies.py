"""What a language model wrote, read by code: quotes, sentences, markers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assistant.prompts import ANSWER_HEADING, QUOTES_HEADING
from ingest.sentences import split_sentences

_HEADING = r"(?im)^[\s#*_>]*{}[\s*_]*(?::[\s*_]*|$)"
_ANSWER = re.compile(_HEADING.format(ANSWER_HEADING))
_QUOTES = re.compile(_HEADING.format(QUOTES_HEADING))
_QUOTE_LINE = re.compile(
    r"^\W*?\[?(\d{1,9})\]?[.:)]?\s*[\"“”'«「](.+?)[\"“”'»」]?\s*(?:\[\d+\])?\s*$"
)
_MARKER = re.compile(r"\s*[\[【](\s*\d{1,9}(?:\s*[,;\uff0c\u3001\u2013-]\s*\d{1,9})*\s*)[\]】]")
_OPEN_MARKER = re.compile(r"\s*[\[【][^\]】]*$")
_LONGEST_RANGE = 20


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote that the model gave as evidence, and the number of its passage."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence of an answer without its markers, and the passages that they name.

    ``nowhere`` counts markers that name no passage.
    """

    text: str
    numbers: tuple[int, ...]
    nowhere: int = 0


def answer_part(reply: str) -> str | None:
    """The answer in a reply, as far as it has come.

    Args:
        reply: What the model has written so far.

    Returns:
        What stands behind the heading of the answer; all of it where the reply did not
        begin with quotes; None while only quotes have come, or it is too early to tell.
    """
    if heading := _ANSWER.search(reply):
        return reply[heading.end() :].lstrip()
    started = reply.lstrip("#*_> \n\t")
    if _could_become(started, QUOTES_HEADING) or _could_become(started, ANSWER_HEADING):
        return None
    return reply.lstrip()


def whole_answer(reply: str) -> str:
    """The answer in a finished reply; what follows its quotes where the heading is missing."""
    part = answer_part(reply)
    if part is not None:
        return part.strip()
    lines = _QUOTES.sub("", reply, count=1).splitlines()
    return "\n".join(line for line in lines if not _QUOTE_LINE.match(line)).strip()


def quotes(reply: str) -> list[Quote]:
    """The quotes that a reply gives before its answer."""
    heading = _ANSWER.search(reply)
    lines = (reply[: heading.start()] if heading else reply).splitlines()
    found = [_QUOTE_LINE.match(line) for line in lines]
    return [Quote(int(line[1]), line[2].strip()) for line in found if line]


def sentences(answer: str, known: Collection[int]) -> list[Written]:
    """Split an answer into its sentences.

    Args:
        answer: The answer, with markers such as ``[2]``, ``[1, 3]``, ``[1-3]`` or ``【2】``.
        known: The numbers that passages have.

    Returns:
        The sentences; a marker belongs to the sentence it stands in or behind.
    """
    found: list[Written] = []
    for line in answer.splitlines():
        for start, end in split_sentences(line):
            piece = line[start:end]
            if found and not _MARKER.sub("", piece).strip(" .。"):
                found[-1] = _merged(found[-1], _written(piece, known))
                continue
            leading = _leading_markers(piece)
            if leading and found:
                found[-1] = _merged(found[-1], _written(piece[:leading], known))
                piece = piece[leading:]
            found.append(_written(piece, known))
    return [one for one in found if any(map(str.isalnum, one.text))]


def renumbered(answer: str, numbers: Mapping[int, int]) -> str:
    """An answer with the passages' numbers replaced; markers that name none are taken out.

    Args:
        answer: See `sentences`.
        numbers: The new number of each passage that is cited.

    Returns:
        The answer.
    """

    def replaced(marker: re.Match[str]) -> str:
        own = dict.fromkeys(numbers[n] for n in _numbers(marker[1]) if n in numbers)
        return "".join(f" [{number}]" for number in own)

    return _MARKER.sub(replaced, answer).strip()


def without_open_marker(text: str) -> str:
    """A text that is still being written, without a marker that has only begun."""
    return _OPEN_MARKER.sub("", text)


def _written(piece: str, known: Collection[int]) -> Written:
    named = [number for marker in _MARKER.findall(piece) for number in _numbers(marker)]
    numbers = tuple(dict.fromkeys(number for number in named if number in known))
    text = _MARKER.sub("", piece).strip()
    return Written(text, numbers, sum(number not in known for number in named))


def _merged(one: Written, markers: Written) -> Written:
    numbers = tuple(dict.fromkeys((*one.numbers, *markers.numbers)))
    return Written(one.text, numbers, one.nowhere + markers.nowhere)


def _leading_markers(piece: str) -> int:
    """How many characters of markers a sentence starts with; they belong to the last one."""
    end = 0
    while marker := _MARKER.match(piece, end):
        end = marker.end()
    return end


def _numbers(marker: str) -> list[int]:
    numbers: list[int] = []
    for part in re.split(r"[,;\uff0c\u3001]", marker):
        bounds = [int(bound) for bound in re.split(r"[\u2013-]", part)]
        first, last = bounds[0], bounds[-1]
        numbers += range(first, min(last, first + _LONGEST_RANGE) + 1) if last > first else [first]
    return numbers


def _could_become(started: str, heading: str) -> bool:
    """Whether a text begins with a heading, or may yet."""
    return started[: len(heading)].upper() == heading[: len(started)]

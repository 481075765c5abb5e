"""Which papers a question means by naming their authors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ingest.sentences import split_sentences

_WORD = re.compile(r"\w{2,}")
_LONG_NAME = 5
"""Names so long are known in small letters, too."""

_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,}")

_BEFORE = re.compile(r"(\w+)\.? $")
_BEHIND = re.compile(r" ([A-Z]\w+)")
_TITLES = frozenset({"Professor", "Prof", "Dr", "Mr", "Mrs", "Ms"})

_LEFT_OUT = re.compile(r"(?i)\b(?:besides|except(?: for)?|apart from|other than) $|除了?$")
"""What stands before somebody of whom the question does not ask."""


class _Name(NamedTuple):
    """A word that may name somebody, and the capitalised words right beside it."""

    word: str
    beside: frozenset[str] = frozenset()


def named_papers(question: str, authors: Mapping[str, Sequence[str]]) -> set[str]:
    """The papers of which a question names an author; see `papers_by_name`."""
    return set[str]().union(*papers_by_name(question, authors))


def papers_by_name(question: str, authors: Mapping[str, Sequence[str]]) -> list[frozenset[str]]:
    """The papers that each name in a question stands for.

    Args:
        question: The question, with what was said before it.
        authors: The authors of each paper.

    Returns:
        For each name the papers one of whose authors' names has it: a capitalised word, or
        one of five letters or more in any spelling; or, in Chinese, the whole name. A name
        of which the other words are not the author's ("Xi Jinping", of Xi Chen) is somebody
        else's, and one behind "other than" is not asked of. Authors of the same papers count
        once.
    """
    spoken = list(_names(question))
    named = defaultdict[str, set[str]](set)
    for paper, names in authors.items():
        for author in names:
            for word in _spoken(author, spoken, question):
                named[word].add(paper)
    return sorted({frozenset(papers) for papers in named.values()}, key=sorted)


def _spoken(author: str, spoken: Sequence[_Name], question: str) -> list[str]:
    """The words of a question that are this author's name."""
    if _HAN_NAME.fullmatch(author):
        before, found, _ = question.partition(author)
        return [author] if found and not _LEFT_OUT.search(before) else []
    own = {word.lower() for word in _WORD.findall(author)}
    return [name.word for name in spoken if name.word in own and name.beside <= own]


def _names(question: str) -> Iterator[_Name]:
    for start, end in split_sentences(question):
        sentence = question[start:end]
        for word in _WORD.finditer(sentence):
            if _LEFT_OUT.search(sentence[: word.start()]):
                continue
            if word.group()[0].isupper():
                yield _Name(word.group().lower(), _beside(sentence, word))
            elif len(word.group()) >= _LONG_NAME:
                yield _Name(word.group().lower())


def _beside(sentence: str, word: re.Match[str]) -> frozenset[str]:
    before = _BEFORE.search(sentence, 0, word.start())
    behind = _BEHIND.match(sentence, word.end())
    beside = [behind.group(1)] if behind else []
    if before and before.start() and before.group(1)[0].isupper():
        beside.append(before.group(1))
    return frozenset(name.lower() for name in beside if name not in _TITLES)

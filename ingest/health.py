"""How well a file could be read: what was counted, what is wrong, and what to do about it.

A file has 100 points at first, and each problem takes some:

======================================  =====================================================
problem                                 points it takes
======================================  =====================================================
garbled words                           4 for each of a hundred words, at most 40
pages that are pictures, and were not   60 times their share of the pages
read
empty pages                             20 times their share
pages of less than 50 words on average  up to 20, in proportion to what is missing
OCR                                     40 times what its confidence lacks to 1, in proportion
                                        to the pages read so; 10 where it is not known
title, authors or year not found        4 each
title, authors or year doubtful         2 each
notices of the reader                   2 each, at most 10
instructions planted in the text        2 each, at most 10: many are false alarms
======================================  =====================================================

What is left over, rounded, is the score, at least 0. More of a problem never raises it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest import patterns
from ingest.document import Document
from ingest.garbled import garbled_words
from ingest.languages import language_of
from ingest.layout import Page
from ingest.planted import planted
from ingest.types import RETRIEVABLE, Element, ElementKind, HealthReport, Paper

_ASKED_AFTER = ("title", "authors", "year")
_WORDS_A_PAGE = 50
_GARBLED_AT_LEAST = 0.005
"""Below this share of garbled words, a formula or two, nothing is said."""
_JUDGED = frozenset({"en", "zh"})
"""The languages that `ingest.planted` knows; in others it takes every paragraph for a cipher."""
_TOLD = 8
_PART = re.compile(r".{1,2000}(?:(?<=[.!?。！？])|$)|.{1,2000}", re.DOTALL)  # noqa: RUF001
"""Whole sentences, as far as they are short: parting long text into sentences is slow."""


def examined(document: Document, elements: Sequence[Element], texts: Sequence[str]) -> HealthReport:
    """Examine what was read of a file.

    Args:
        document: What the reader made of the file.
        elements: The elements of its text.
        texts: Their clean texts.

    Returns:
        The report.
    """
    words = sum(map(patterns.words, texts))
    characters = sum(map(len, texts))
    garbled = [word for text in texts for word in garbled_words(text)]
    pages = document.layout.pages if document.layout else ()
    recognised = [n for n, page in enumerate(pages, 1) if page.state == "recognised"]
    known = [(c, n) for n in recognised if (c := pages[n - 1].confidence) is not None]
    kinds = list(zip(elements, texts, strict=True))
    return HealthReport(
        kind=document.kind,
        pages=len(pages),
        words=words,
        characters=characters,
        garbled=len(garbled) / max(1, words),
        garbled_words=tuple(dict.fromkeys(map(_shown, garbled)))[:3],
        references=_share(kinds, "reference", characters),
        footnotes=_share(kinds, "note", characters),
        empty_pages=_in_state(pages, "empty"),
        unread_pages=_in_state(pages, "picture"),
        recognised_pages=len(recognised),
        ocr_confidence=sum(c for c, _ in known) / len(known) if known else None,
        worst_page=min(known)[1] if known else None,
        left_out=document.left_out,
        notices=document.notices,
        planted=_told(list(_planted(kinds))),
    )


def score(report: HealthReport, paper: Paper) -> int:
    """How well a file could be read, from 0 to 100; the module tells how it is made up.

    Args:
        report: The file's report.
        paper: Its paper, as it is now: corrections take doubts away.

    Returns:
        The points that are left.
    """
    pages = max(1, report.pages)
    taken = (
        min(40, 400 * report.garbled),
        60 * len(report.unread_pages) / pages,
        20 * len(report.empty_pages) / pages,
        20 * (1 - min(1, report.words_a_page / _WORDS_A_PAGE)) if report.pages else 0,
        _taken_by_ocr(report) * report.recognised_pages / pages,
        4 * len(missing_fields(paper)) + 2 * len(doubtful_fields(paper)),
        min(10, 2 * len(report.notices)),
        min(10, 2 * len(report.planted)),
    )
    return max(0, round(100 - sum(taken)))


def problems(report: HealthReport, paper: Paper) -> list[str]:
    """What is wrong with what was read of a file, and what to do, in sentences.

    Args:
        report: The file's report.
        paper: Its paper, as it is now.

    Returns:
        Sentences, what weighs most first; empty where all is well.
    """
    return [*_unread(report), *_badly_read(report), *report.planted, *_doubts(paper)]


def missing_fields(paper: Paper) -> list[str]:
    """Which of title, authors and year were not found."""
    return [name for name in _ASKED_AFTER if name not in paper.found]


def doubtful_fields(paper: Paper) -> list[str]:
    """Which of title, authors and year are doubtful."""
    return [name for name in _ASKED_AFTER if paper.sureness(name) == "doubtful"]


def _taken_by_ocr(report: HealthReport) -> float:
    return 10 if report.ocr_confidence is None else 40 * (1 - report.ocr_confidence)


def _unread(report: HealthReport) -> Iterator[str]:
    if report.unread_pages:
        yield (
            f"{_numbered(report.unread_pages)} of {report.pages}: pictures, and nobody read them. "
            "Install Tesseract (`govassist doctor` says how), then add the file again."
        )
    if report.empty_pages:
        yield (
            f"{_numbered(report.empty_pages)} of {report.pages}: empty. "
            "Look whether the file is whole."
        )
    if report.pages and report.words_a_page < _WORDS_A_PAGE:
        yield (
            f"Only {report.words_a_page:.0f} words a page. Look whether the file is a paper, and "
            "whether its pages are pictures."
        )


def _badly_read(report: HealthReport) -> Iterator[str]:
    if report.garbled >= _GARBLED_AT_LEAST:
        yield (
            f"{report.garbled:.1%} of the words look garbled, such as "
            f"{', '.join(report.garbled_words)}. Compare quotes with the file, or look for a "
            "better copy of it."
        )
    if report.recognised_pages and report.ocr_confidence is None:
        yield (
            f"{report.recognised_pages} of {report.pages} pages were read by OCR when the file was "
            "made, nobody knows how well. Compare quotes with the file."
        )
    elif report.recognised_pages and report.ocr_confidence is not None:
        yield (
            f"{report.recognised_pages} of {report.pages} pages were read by OCR, with a "
            f"confidence of {report.ocr_confidence:.0%}, the least on page {report.worst_page}. "
            "Compare quotes with the file."
        )
    yield from report.notices


def _doubts(paper: Paper) -> Iterator[str]:
    doubts = []
    if missing := missing_fields(paper):
        doubts.append(f"not found: {', '.join(missing)}")
    if doubtful := doubtful_fields(paper):
        places = ", ".join(f"{name} ({paper.found[name]})" for name in doubtful)
        doubts.append(f"doubtful: {places}")
    if doubts:
        said = "; ".join(doubts)
        correct = f"Correct it with `govassist papers --edit {paper.id[:8]}`."
        yield f"{said[0].upper()}{said[1:]}. {correct}"


def _in_state(pages: Sequence[Page], state: str) -> tuple[int, ...]:
    return tuple(number for number, page in enumerate(pages, 1) if page.state == state)


def _shown(word: str) -> str:
    """A garbled word as it can be printed."""
    return "".join(sign if sign.isprintable() else "□" for sign in word[:40])


def _share(texts: Sequence[tuple[Element, str]], kind: ElementKind, characters: int) -> float:
    return sum(len(text) for element, text in texts if element.kind == kind) / max(1, characters)


def _planted(texts: Sequence[tuple[Element, str]]) -> Iterator[str]:
    """Paragraphs in which something seems to have been planted, by section."""
    retrieved = [(element, text) for element, text in texts if element.kind in RETRIEVABLE]
    language = language_of("\n".join(text for _, text in retrieved))
    for element, text in retrieved:
        if language not in {None, *_JUDGED} and language_of(text) not in _JUDGED:
            continue
        for place in (place for part in _PART.findall(text) for place in planted(part)):
            section = " > ".join(element.section) or "before the first heading"
            yield f"A sentence {place.reason}, as if meant for a machine ({section})."


def _told(sentences: Sequence[str]) -> tuple[str, ...]:
    """The first sentences, and how many more there are."""
    more = len(sentences) - _TOLD
    rest = (f"{more} more sentences seem to be meant for a machine.",) if more > 0 else ()
    return (*sentences[:_TOLD], *rest)


def _numbered(pages: Sequence[int]) -> str:
    """Page numbers in words: "Pages 1, 4-6"."""
    runs = [
        [page for _, page in run] for _, run in groupby(enumerate(pages), lambda x: x[1] - x[0])
    ]
    shown = ", ".join(f"{run[0]}-{run[-1]}" if run[1:] else str(run[0]) for run in runs)
    return f"Page{'s' if pages[1:] else ''} {shown}"

"""What is printed on a paper about its publication: DOI, journal or proceedings, year.

Only short lines of the first page count, and of prose and notes only those that begin with a
DOI; the rest names the publications of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from ingest.cleaning import clean_text
from ingest.document import Claim
from ingest.layout import Layout
from ingest.types import Element

IMPRINT = "imprint"

_FIRST_PAGE = 5_000
"""Characters that stand for the first page of a file without pages."""
_LONGEST_LINE = 250
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|^`]+", re.IGNORECASE)
_LEADS_TO_DOI = re.compile(
    r"(?i)\W*(?:(?:article|paper|cite as|link|available at)\W+)?"
    r"(?:digital object identifier|doi|https?://(?:dx\.|www\.)?doi\.org/)\b\W*"
    r"(?:doi\W*|https?://(?:dx\.|www\.)?doi\.org/)*"
)
_VOLUME = r"(?:vol(?:ume)?\b\.?|jahrgang|band)\s*\d+"
_PRINTED_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)"
_BEHIND = r"(?!(?:19|20)\d\d\b)\d{1,4}"
_LOCATORS = (
    rf"\({_PRINTED_YEAR}\)\s*,?\s*\d{{1,4}}\s*(?:\(\d{{1,3}}\))?\s*[:,/]\s*\w?\d",  # (2019), 39:1
    rf"\d{{1,4}}\s*\({_PRINTED_YEAR}\)\s*,?\s*\w{{0,2}}\d",  # 48 (2019) 101
    rf"{_PRINTED_YEAR}\s*;\s*\d{{1,4}}\s*(?:\(\d{{1,3}}\))?\s*:\s*\w?\d",  # 2019;32(1):101
    rf"{_PRINTED_YEAR},\s*{_BEHIND}(?:\(\d{{1,3}}\))?,\s*\w?\d{{1,6}}\b",  # 2021, 13, 4521
    rf"{_PRINTED_YEAR}\s*\(\d{{1,2}}\)(?=\W*$|\W+\w?\d)",  # 2021(3)
    rf"{_PRINTED_YEAR},?\s*{_VOLUME}",  # 2020, Vol. 35
)
"""Where in a journal a paper stands, the year of the issue in it."""

_NAME = r"\W*(?:source:\s*)?(?P<venue>[^\d;:|()\[\]]{4,120}?)"
_ISSUES = tuple(re.compile(rf"(?i){_NAME}[\s,.–—-]*(?<![\d/]){place}") for place in _LOCATORS)  # noqa: RUF001
_JOURNAL = re.compile(
    rf"(?i){_NAME}[\s,;:.|(–—-]*"  # noqa: RUF001
    rf"(?:e?-?ISSN\b[^A-Za-z]{{0,30}}[xX]?[^A-Za-z]{{0,12}})?{_VOLUME}"
)
_PROCEEDINGS = re.compile(
    r"\W*(?:In:?\s+)?(?P<venue>Proceedings of (?:the )?[^,;|]{4,150}?)"
    r"(?=\s*(?:[,;|(]|\bpages?\b|\bpp\.|\.\s|\.$|$))"
)
_APPEARED = re.compile(
    r"(?i)\W*(?:(?:originally |first )?published in|(?:to )?appear(?:s|ed)? in|"
    r"(?:article|paper|chapter) in(?=[^·]*·))\W*"
    r"(?P<venue>[^\d;:|()\[\]·]{4,120}?)\s*(?:[;:.|(·]|,?\s*(?:vol(?:ume)?\b|\d|$))"
)
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/]|[.-]\d)")
_DATED = rf"(?:(?!received|accepted|revised)[^\n]){{0,60}}?{_PRINTED_YEAR}"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter)"
)
_DATE = rf"(?:\d{{1,2}}\s+)?\b{_MONTH}\b\.?(?:\s+\d{{1,2}})?,?\s+{_PRINTED_YEAR}"
_NO_ISSUE = (
    r"\b(?:received|accepted|revised|submitted|downloaded|accessed|retrieved|viewed|printed|edited|"
    r"modified|updated)\b"
)
_YEARS_OF_ISSUES = (
    *(re.compile(rf"(?i){place}") for place in _LOCATORS),
    re.compile(rf"\({_PRINTED_YEAR}\),?\s*\d{{1,6}}\b"),
    re.compile(rf"{_PRINTED_YEAR}\s*年\s*第\s*\d+\s*[期卷]"),
    re.compile(rf"(?:卷|期)\s*[(（]?{_PRINTED_YEAR}\s*年"),  # noqa: RUF001
    re.compile(rf"(?i){_VOLUME}{_DATED}"),
)
_YEARS = (
    *_YEARS_OF_ISSUES,
    re.compile(rf"(?i)\b(?:vol|article number|issue|no\b){_DATED}"),
    re.compile(rf"(?i)(?:©|\(c\)|\b(?:copyright|published)){_DATED}"),
    re.compile(rf"(?i)^\W*{_DATE}(?=\W*$|\s*[|·•]|\s+by\b)"),
    re.compile(rf"(?i)^(?!.*{_NO_ISSUE}).{{0,200}}?\b{_DATE}[^\w.]*$"),
    re.compile(rf"(?i)(?:\baccepted|录用日期|修回日期){_DATED}"),
    re.compile(rf"(?i)(?:\breceived|收稿日期){_DATED}"),
)
"""Years as they are printed: of an issue, of publication, of a text, of acceptance, of arrival."""
_NO_VENUE = re.compile(r"(?i)\b(?:this|these|our|we|is|are|was|were|see)\b|@|https?:|\bISSN\b")
_NO_NAME = re.compile(rf"(?i:\b{_MONTH}\.?$)|[a-z]{{5,}}\.\s|\b[A-Z]\.\s*(?:,|&|and\b)|,\s*[A-Z]\.")
"""A date, or people and a title before the name: a citation of some other paper."""


def imprint_claims(
    text: str, elements: Sequence[Element], layout: Layout | None
) -> Iterator[Claim]:
    """What a paper's first page says about its publication.

    Args:
        text: The document's text.
        elements: Its elements.
        layout: Its pages; None where it has none.

    Yields:
        Claims of ``doi``, ``venue`` and ``year``, at most one of each.
    """
    lines = list(_lines(text, elements, layout))
    front = [line for is_front, line in lines if is_front]
    claims = list(printed_claims(front))
    yield from claims
    if year := printed_year(front):
        yield Claim("year", year, IMPRINT)
    if not any(claim.field == "doi" for claim in claims):
        labelled = filter(None, (_doi(line, anywhere=False) for _, line in lines))
        yield from (Claim("doi", doi, IMPRINT) for doi in islice(labelled, 1))


def printed_claims(lines: Sequence[str]) -> Iterator[Claim]:
    """What lines above and below a paper's own text say about its publication.

    Args:
        lines: Lines of the front, running heads and feet of the first page, clean.

    Yields:
        Claims of ``doi``, ``venue`` and ``year``, at most one of each.
    """
    if doi := next(filter(None, (_doi(line, anywhere=True) for line in lines)), None):
        yield Claim("doi", doi, IMPRINT)
    venue, year = _issue(lines)
    if venue:
        yield Claim("venue", venue, IMPRINT)
    if year:
        yield Claim("year", year, IMPRINT)


def _issue(lines: Sequence[str]) -> tuple[str | None, int | None]:
    """Where a paper appeared, and when: from the line that names it, else from any issue."""
    for line in lines:
        if venue := _venue(line):
            years = set(_YEAR.findall(line))
            return venue, int(years.pop()) if len(years) == 1 else _year_of(line)
    return None, next(filter(None, map(_year_of, lines)), None)


def _year_of(line: str) -> int | None:
    """The year of the issue that a line is about; None for any other line."""
    found = next(filter(None, (pattern.search(line) for pattern in _YEARS_OF_ISSUES)), None)
    return int(found["year"]) if found else None


def printed_year(texts: Sequence[str]) -> int | None:
    """The year in which a paper appeared, as its head gives it.

    Args:
        texts: Clean texts of the head, and of the furniture in it.

    Returns:
        The year of the issue or of publication, else of acceptance, else of arrival; None
        where there is none of them.
    """
    found = (pattern.search(text[:2000]) for pattern in _YEARS for text in texts)
    return next((int(match["year"]) for match in found if match), None)


def _lines(
    text: str, elements: Sequence[Element], layout: Layout | None
) -> Iterator[tuple[bool, str]]:
    """Short clean lines of the first page, and whether each is of the front."""
    page_end = _end_of_first_page(layout)
    for element in elements:
        if element.spans[0].start >= page_end:
            return
        if element.kind == "reference" or not _on_first_page(element, layout):
            continue
        for start, end in element.spans:
            for line in re.finditer(r"[^\n]+", text[start:end]):
                cleaned = clean_text(line.group()) if len(line.group()) < 1_000 else ""
                if 0 < len(cleaned) <= _LONGEST_LINE:
                    yield element.kind in {"front", "furniture"}, cleaned


def _end_of_first_page(layout: Layout | None) -> int:
    """Where the last word of the first page ends."""
    if layout is None:
        return _FIRST_PAGE
    return int(layout.ranges[layout.ranges[:, 2] == 1, 1].max(initial=0))


def _on_first_page(element: Element, layout: Layout | None) -> bool:
    """Whether an element begins on the first page, of which notes may follow later ones."""
    if layout is None:
        return True
    pages = layout.pages_of(element.spans[:1])
    return pages is not None and pages[0] == 1


def _doi(line: str, *, anywhere: bool) -> str | None:
    """The DOI that a line gives: behind "DOI", or, in the front, anywhere."""
    label = _LEADS_TO_DOI.match(line)
    found = _DOI.search(line) if anywhere else _DOI.match(line, label.end() if label else 0)
    return bare_doi(found.group()) if found else None


def bare_doi(text: str) -> str | None:
    """A DOI without address and label, and without the punctuation behind it.

    Args:
        text: Such as ``https://doi.org/10.1000/182``.

    Returns:
        The DOI, or None where there is none in the text.
    """
    found = _DOI.search(text)
    if not found:
        return None
    doi = found.group().rstrip(".,;:'’”*_")  # noqa: RUF001
    for opening, closing in ("()", "[]"):
        while doi.endswith(closing) and doi.count(closing) > doi.count(opening):
            doi = doi[:-1].rstrip(".,;:")
    return doi if not doi.endswith("/") else None


def _venue(line: str) -> str | None:
    """The journal or proceedings that a line names as the paper's, beyond doubt."""
    for pattern in (_APPEARED, _PROCEEDINGS, *_ISSUES, _JOURNAL):
        match = pattern.match(line)
        if match:
            venue = match["venue"].strip(' .,;:–—-*"“”')  # noqa: RUF001
            capital = venue[:1].isupper() or not venue[:1].isascii()
            named = not (_NO_VENUE.search(venue) or _NO_NAME.search(venue))
            return venue if capital and len(venue) > 3 and named else None
    return None

"""References of papers for a reading list: APA 7, BibTeX, RIS and CSL-JSON.

What a paper does not say of itself is left out, never guessed. Titles stand as printed:
APA wants them in sentence case, but no rule tells a proper name from a title's capital.
The formats are written here, and tested by reading them back with pybtex and rispy:
citeproc-py 0.11.1 sets no 2020a and prints an anonymous title twice, and the one style
wanted comes with 89 MB of others.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

from assistant.names import Name, parse_name
from ingest.types import Paper

_PROCEEDINGS = re.compile(r"(?i)\b(?:proceedings|conference|symposium|workshop)\b|会议|论文集")
_BIBTEX = {
    "article-journal": ("article", "journal"),
    "paper-conference": ("inproceedings", "booktitle"),
    "document": ("misc", "howpublished"),
}
_RIS = {"article-journal": "JOUR", "paper-conference": "CONF", "document": "GEN"}
# BibTeX counts braces, escaped or not.
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        **{sign: f"\\{sign}" for sign in "$&#_%"},
    }
)
_LISTED_AUTHORS = 20
_STOPWORDS = frozenset("a an the of on in and or for to from with by at as its under".split())


def as_csl(papers: Sequence[Paper]) -> list[dict[str, Any]]:
    """Papers as items of CSL-JSON, the exchange format of citation processors.

    Source: the CSL 1.0.2 data schema (citationstyles.org).

    Args:
        papers: Papers.

    Returns:
        One item for each, in their order. ``id`` is its citation key.
    """
    return [_item(paper, key) for paper, key in zip(papers, citation_keys(papers), strict=True)]


def _item(paper: Paper, key: str) -> dict[str, Any]:
    item: dict[str, Any] = {"id": key, "type": _type(paper), "title": _title(paper)}
    if paper.authors:
        item["author"] = [_csl_name(parse_name(author)) for author in paper.authors]
    if paper.year:
        item["issued"] = {"date-parts": [[paper.year]]}
    if paper.venue:
        item["container-title"] = paper.venue
    if paper.keywords:
        item["keyword"] = ", ".join(paper.keywords)
    return item


def _csl_name(name: Name) -> dict[str, str]:
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {k: v for k, v in parts.items() if v} if name.given else {"literal": name.family}


def _type(paper: Paper) -> str:
    if not paper.venue:
        return "document"
    return "paper-conference" if _PROCEEDINGS.search(paper.venue) else "article-journal"


def _title(paper: Paper) -> str:
    return " ".join(paper.title.split()).rstrip(".")


def citation_keys(papers: Sequence[Paper]) -> list[str]:
    """Citation keys: the first family name, the year, two words of the title.

    A key depends on its paper alone, but that papers which would share one have the
    first six digits of their ids added. Keys are ASCII letters, digits and hyphens;
    a paper with none in its names has its id for them.

    Args:
        papers: Papers.

    Returns:
        A key for each, in their order: "zhang2020studygovernance".
    """
    keys = [_key(paper) for paper in papers]
    many = Counter(keys)
    return [
        f"{key}-{paper.id[:6]}" if many[key] > 1 else key
        for key, paper in zip(keys, papers, strict=True)
    ]


def _key(paper: Paper) -> str:
    family = _ascii(parse_name(paper.authors[0]).family) if paper.authors else "anonymous"
    words = [_ascii(word) for word in re.findall(r"[^\W_]+", paper.title)]
    telling = [word for word in words if word and word not in _STOPWORDS][:2]
    return f"{family or paper.id[:6]}{paper.year or 'nd'}{''.join(telling)}"


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower())


def apa(papers: Sequence[Paper]) -> list[str]:
    """References by the Publication Manual of the APA, 7th edition, as plain text.

    Plain text has no italics. Works of the same authors and year are lettered in the order
    of their titles (2020a, 2020b; n.d.-a); names in Chinese characters stay whole.

    Args:
        papers: Papers.

    Returns:
        A reference for each, in their order; a reference list sorts them.
    """
    return [_apa(paper, year) for paper, year in zip(papers, _lettered_years(papers), strict=True)]


def _apa(paper: Paper, year: str) -> str:
    title = _stopped(_title(paper))
    head = f"{_stopped(_apa_authors(paper))} ({year}). {title}"
    whole = head if paper.authors else f"{title} ({year})."
    return f"{whole} {_stopped(paper.venue)}" if paper.venue else whole


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!", "。", "？", "！")) else f"{text}."  # noqa: RUF001


def _apa_authors(paper: Paper) -> str:
    names = [_apa_name(parse_name(author)) for author in paper.authors]
    if len(names) > _LISTED_AUTHORS:
        return f"{', '.join(names[: _LISTED_AUTHORS - 1])}, . . . {names[-1]}"
    return ", & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _apa_name(name: Name) -> str:
    """Family name and initials, hyphens kept: "Roe, J.-P."."""
    initials = " ".join(re.findall(r"(?<![^\W\d_])[^\W\d_]|-(?=\w)", name.given)).upper()
    dotted = re.sub(r"(\w)", r"\1.", initials).replace(" - ", "-")
    return ", ".join(filter(None, (name.family, dotted, name.suffix)))


def _lettered_years(papers: Sequence[Paper]) -> list[str]:
    """The year of each paper, with a letter where its authors have others of that year."""
    groups: dict[tuple[tuple[str, ...], int | None], list[Paper]] = {}
    for paper in {paper.id: paper for paper in papers}.values():
        if paper.authors:
            groups.setdefault((paper.authors, paper.year), []).append(paper)
    letters = {
        paper.id: _letter(order)
        for group in groups.values()
        if len(group) > 1
        for order, paper in enumerate(sorted(group, key=_order))
    }
    years = [(str(paper.year) if paper.year else "n.d.", letters.get(paper.id)) for paper in papers]
    return [f"{y}{'-' if y == 'n.d.' else ''}{letter}" if letter else y for y, letter in years]


def _order(paper: Paper) -> tuple[str, str]:
    return re.sub(r"(?i)^(?:a|an|the)\s+", "", _title(paper)).casefold(), paper.id


def _letter(order: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return (_letter(order // 26 - 1) if order >= 26 else "") + letters[order % 26]


def bibtex(papers: Sequence[Paper]) -> str:
    """References as a BibTeX database, in UTF-8, for BibTeX and biber.

    Titles are in braces, so that no style changes their capitals; LaTeX's special
    characters are escaped.

    Args:
        papers: Papers.

    Returns:
        An entry for each, in their order.
    """
    return "\n".join(map(_bibtex_entry, papers, citation_keys(papers)))


def _bibtex_entry(paper: Paper, key: str) -> str:
    kind, container = _BIBTEX[_type(paper)]
    fields = {
        "author": " and ".join(_bibtex_name(parse_name(author)) for author in paper.authors),
        "title": f"{{{_latex(_title(paper))}}}",
        container: _latex(paper.venue or ""),
        "year": str(paper.year or ""),
        "keywords": _latex(", ".join(paper.keywords)),
    }
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def _bibtex_name(name: Name) -> str:
    if not name.given:
        return f"{{{_latex(name.family)}}}"
    return ", ".join(_latex(part) for part in (name.family, name.suffix, name.given) if part)


def _latex(text: str) -> str:
    return " ".join(text.split()).translate(_LATEX)


def ris(papers: Sequence[Paper]) -> str:
    """References in RIS, the tagged format of reference managers.

    Source: the RIS format specification (Research Information Systems, 2011).

    Args:
        papers: Papers.

    Returns:
        A record for each, in their order.
    """
    return "\n".join(map(_ris_record, papers, citation_keys(papers)))


def _ris_record(paper: Paper, key: str) -> str:
    lines = [("TY", _RIS[_type(paper)]), ("ID", key)]
    lines += [("AU", _ris_name(parse_name(author))) for author in paper.authors]
    lines += [("TI", _title(paper)), ("T2", paper.venue or ""), ("PY", str(paper.year or ""))]
    lines += [("KW", keyword) for keyword in paper.keywords]
    text = "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in lines if value)
    return f"{text}ER  - \n"


def _ris_name(name: Name) -> str:
    return ", ".join(filter(None, (name.family, name.given, name.suffix)))

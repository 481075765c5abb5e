"""References of papers for a reading list: citation keys, items of CSL, and APA 7.

What a paper does not say of itself is left out, never guessed. Titles stand as printed:
APA wants them in sentence case, but no rule tells a proper name from a title's capital.
APA is written here: citeproc-py 0.11.1 sets no 2020a and prints an anonymous title twice,
and the one style wanted comes with 89 MB of others. `assistant.bibliography` writes files.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

from assistant.language import Language
from assistant.names import Name, parse_name, shown
from ingest.types import Paper

_PROCEEDINGS = re.compile(r"(?i)\b(?:proceedings|conference|symposium|workshop)\b|会议|论文集")
_LISTED_AUTHORS = 20
_IN_SHORT: dict[Language, tuple[str, str]] = {"en": (", ", " et al."), "zh": ("、", "等")}
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
    item: dict[str, Any] = {"id": key, "type": kind(paper), "title": title(paper)}
    if paper.authors:
        item["author"] = [_csl_name(parse_name(author)) for author in paper.authors]
    if paper.year:
        item["issued"] = {"date-parts": [[paper.year]]}
    if paper.venue:
        item["container-title"] = paper.venue
    if paper.keywords:
        item["keyword"] = ", ".join(paper.keywords)
    others = {"DOI": paper.doi, "abstract": paper.abstract, "language": paper.language}
    return item | {name: value for name, value in others.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {k: v for k, v in parts.items() if v} if name.given else {"literal": name.family}


def kind(paper: Paper) -> str:
    """The type of CSL that a paper's venue makes it."""
    if not paper.venue:
        return "document"
    return "paper-conference" if _PROCEEDINGS.search(paper.venue) else "article-journal"


def title(paper: Paper) -> str:
    """A paper's title in one line, without a full stop."""
    return " ".join(paper.title.split()).rstrip(".")


def author_names(paper: Paper) -> list[str]:
    """Its authors as they are shown."""
    return list(map(shown, paper.authors))


def authors_in_short(paper: Paper, language: Language = "en") -> str:
    """Its first two authors, "et al." for more; its title where none is known."""
    comma, others = _IN_SHORT[language]
    names = author_names(paper)
    return comma.join(names[:2]) + (others if len(names) > 2 else "") or title(paper)


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


def quoted(quote: str, paper: Paper, pages: str = "", second_hand: str | None = None) -> str:
    """A quote with its place and the reference of its paper, as plain text to be pasted.

    Args:
        quote: Word for word.
        paper: Where it stands.
        pages: On which pages, such as "p. 3"; empty where not known.
        second_hand: Whose claim the paper reports there, where it is not its own.

    Returns:
        Such as "“Dunes move.” (Zhang Yi, 2020, p. 3)", a blank line, and the reference by APA.
    """
    reporting = f"reporting {second_hand}" if second_hand else ""
    parts = (authors_in_short(paper), str(paper.year or "n.d."), pages, reporting)
    place = ", ".join(filter(None, parts))
    return f"“{quote}” ({place})\n\n{apa([paper])[0]}"


def _apa(paper: Paper, year: str) -> str:
    named = _stopped(title(paper))
    head = f"{_stopped(_apa_authors(paper))} ({year}). {named}"
    whole = head if paper.authors else f"{named} ({year})."
    venue = _stopped(paper.venue) if paper.venue else ""
    address = f"https://doi.org/{paper.doi}" if paper.doi else ""
    return " ".join(filter(None, (whole, venue, address)))


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
    return re.sub(r"(?i)^(?:a|an|the)\s+", "", title(paper)).casefold(), paper.id


def _letter(order: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return (_letter(order // 26 - 1) if order >= 26 else "") + letters[order % 26]

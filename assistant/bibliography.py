"""Papers as bibliography files: BibTeX written by pybtex, RIS by rispy, CSL-JSON, and APA."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Literal, get_args

from assistant.names import Name, parse_name
from assistant.references import apa, as_csl, citation_keys, kind, title
from ingest.errors import BadSettings
from ingest.types import Paper

BibliographyFormat = Literal["bibtex", "ris", "csl", "apa"]

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
_LIGATURE = re.compile(r"([-`',])(?=\1)|[?!](?=`)")
"""What LaTeX would print as one sign with the next, such as two commas as a quotation mark."""

_SEPARATES = re.compile(r"(?i),|(?:^|\s)and(?:\s|$)")


def written(papers: Sequence[Paper], form: BibliographyFormat) -> str:
    """Papers as the text of a bibliography file.

    Args:
        papers: Papers.
        form: Which format.

    Returns:
        An entry for each, in their order.

    Raises:
        BadSettings: There is no such format.
    """
    if form not in get_args(BibliographyFormat):
        known = ", ".join(get_args(BibliographyFormat))
        raise BadSettings(f"{form!r} is no format of bibliographies. There are {known}.")
    if form == "csl":
        return csl_json(papers)
    if form == "apa":
        return "\n".join(apa(papers))
    return bibtex(papers) if form == "bibtex" else ris(papers)


def csl_json(papers: Sequence[Paper]) -> str:
    """Papers in CSL-JSON; see `assistant.references.as_csl`."""
    return json.dumps(as_csl(papers), ensure_ascii=False, indent=2)


def bibtex(papers: Sequence[Paper]) -> str:
    """Papers as a BibTeX database, in UTF-8, for BibTeX and biber.

    Titles are in braces, so that no style changes their capitals; LaTeX's special
    characters are escaped.

    Args:
        papers: Papers.

    Returns:
        An entry for each, in their order.
    """
    from pybtex.database import BibliographyData, Entry
    from pybtex.database.output.bibtex import Writer

    class Escaped(Writer):  # type: ignore[misc]
        """Writes values that are LaTeX; its base would escape them once more."""

        def _encode(self, text: str) -> str:
            return text

    entries = {
        key: Entry(_BIBTEX[kind(paper)][0], list(_bibtex_fields(paper).items()))
        for paper, key in zip(papers, citation_keys(papers), strict=True)
    }
    text: str = Escaped().to_string(BibliographyData(entries)) if entries else ""
    return text


def _bibtex_fields(paper: Paper) -> dict[str, str]:
    fields = {
        "author": " and ".join(_bibtex_name(parse_name(author)) for author in paper.authors),
        "title": f"{{{_latex(title(paper))}}}",
        _BIBTEX[kind(paper)][1]: _latex(paper.venue or ""),
        "year": str(paper.year or ""),
        "doi": paper.doi or "",
        "keywords": _latex(", ".join(paper.keywords)),
        "language": paper.language or "",
        "abstract": _latex(paper.abstract or ""),
    }
    return {name: value for name, value in fields.items() if value}


def _bibtex_name(name: Name) -> str:
    if not name.given:
        return f"{{{_latex(name.family)}}}"
    parts = (name.family, name.suffix, name.given)
    return ", ".join(_bibtex_part(part) for part in parts if part)


def _bibtex_part(text: str) -> str:
    """A part of a name, in braces where BibTeX would part it further."""
    return f"{{{_latex(text)}}}" if _SEPARATES.search(text) else _latex(text)


def _latex(text: str) -> str:
    return _LIGATURE.sub(r"\g<0>{}", " ".join(text.split()).translate(_LATEX))


def ris(papers: Sequence[Paper]) -> str:
    """Papers in RIS, the tagged format of reference managers.

    Args:
        papers: Papers.

    Returns:
        A record for each, in their order.
    """
    import rispy

    class Plain(rispy.RisWriter):  # type: ignore[misc]
        """Writes no numbers above the records: they are no part of the format."""

        def set_header(self, count: int) -> str:  # noqa: ARG002
            return ""

    keys = citation_keys(papers)
    records = [_ris_record(paper, key) for paper, key in zip(papers, keys, strict=True)]
    text: str = rispy.dumps(records, implementation=Plain) if records else ""
    return text


def _ris_record(paper: Paper, key: str) -> dict[str, object]:
    record = {
        "type_of_reference": _RIS[kind(paper)],
        "id": key,
        "authors": [_ris_name(parse_name(author)) for author in paper.authors],
        "title": title(paper),
        "secondary_title": _line(paper.venue or ""),
        "year": str(paper.year or ""),
        "doi": paper.doi,
        "keywords": [_line(keyword) for keyword in paper.keywords],
        "language": paper.language,
        "abstract": _line(paper.abstract or ""),
    }
    return {name: value for name, value in record.items() if value}


def _ris_name(name: Name) -> str:
    return ", ".join(filter(None, (name.family, name.given, name.suffix)))


def _line(text: str) -> str:
    return " ".join(text.split())

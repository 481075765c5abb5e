"""BibTeX files read by pybtex, and LaTeX in them as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.bibliography_entry import (
    KEYWORDS,
    Entry,
    Warn,
    entry_claims,
    first,
    inverted_name,
)

_VENUES = (
    *("journal", "journaltitle", "booktitle", "howpublished", "school", "institution"),
    "publisher",
)
_TEXTS = (
    *("title", "year", "date", "keywords", "abstract", "langid", "language"),
    *_VENUES,
)


def read_bibtex(text: str, warn: Warn) -> list[Entry]:
    """Read a BibTeX file; entries that are damaged are left out, or read as far as they go.

    Args:
        text: The file.
        warn: Told what is wrong.

    Returns:
        Its entries.
    """
    from pybtex.database.input.bibtex import Parser
    from pybtex.errors import capture

    with capture() as errors:
        entries = Parser(encoding="utf-8").parse_string(text).entries
        read = [_entry(entry) for entry in entries.values()]
    for error in errors:
        warn(f"{error}. Mend that entry")
    return [entry for entry in read if entry.claims]


def _entry(entry: Any) -> Entry:
    fields = {name.lower(): value for name, value in entry.fields.items()}
    plain = {name: plain_text(fields[name]) for name in _TEXTS if name in fields}
    people = (entry.persons.get("author") or entry.persons.get("editor") or [])[:1_000]
    claims = entry_claims(
        title=plain.get("title"),
        authors=[_name(person) for person in people if str(person) != "others"],
        year=plain.get("year") or plain.get("date"),
        venue=first(plain, *_VENUES),
        doi=(fields.get("doi") or fields.get("url", "")).replace("\\", ""),
        keywords=KEYWORDS.split(plain.get("keywords", "")),
        abstract=plain.get("abstract"),
        language=plain.get("langid") or plain.get("language"),
    )
    return Entry(claims, tuple(_files(fields.get("file", ""))))


def _name(person: Any) -> str:
    family, given, suffix = (
        " ".join(map(plain_text, names))
        for names in (
            (*person.prelast_names, *person.last_names),
            (*person.first_names, *person.middle_names),
            person.lineage_names,
        )
    )
    return inverted_name(family, given, suffix)


def _files(field: str) -> Iterator[str]:
    """The files of ``file = {Full Text:files/12/a.pdf:application/pdf;b.pdf}``."""
    for one in re.split(r"(?<!\\);", field):
        parts = [part.replace("\\", "") for part in re.split(r"(?<!\\):", one)]
        yield from (Path(part).name for part in parts if Path(part).suffix)


# What pybtex's own decoder leaves as it is.
_COMMANDS = {
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "$": "$",
    "{": "{",
    "}": "}",
}
_WORDS = "text(?:ascii(?:circum|tilde)|backslash|brace(?:left|right))"
_COMMAND = re.compile(rf"\{{\\({_WORDS})\s*\}}|\\({_WORDS})(?![A-Za-z])(?:\{{\}}|\s)?|\\([${{}}])")
_STYLE = re.compile(r"\\(?:emph|text(?:bf|it|md|normal|rm|sc|sf|sl|tt|up)|(?:bf|it|em|sc|tt)\b)\s*")
_LATEX = re.compile(r"[\\~$`]|''|--")
_PRIVATE = 0xF0000


def plain_text(latex: str) -> str:
    """What LaTeX in a bibliography says: accents and special characters as they are.

    Args:
        latex: The value of a field.

    Returns:
        Its text, without braces; as it is where it is not LaTeX.
    """
    from pybtex.exceptions import PybtexError
    from pybtex.richtext import Text

    if not _LATEX.search(latex):  # decoding takes some milliseconds
        balanced = latex.count("{") == latex.count("}")
        return " ".join((re.sub("[{}]", "", latex) if balanced else latex).split())
    signs = list(_COMMANDS.values())

    def put_aside(match: re.Match[str]) -> str:
        return chr(_PRIVATE + signs.index(_COMMANDS[match[1] or match[2] or match[3]]))

    try:
        text = str(Text.from_latex(_COMMAND.sub(put_aside, _STYLE.sub("", latex))))
    except (PybtexError, ValueError):
        return latex
    back = {_PRIVATE + i: sign for i, sign in enumerate(signs)} | {0xA0: " "}
    return " ".join(text.translate(back).split())

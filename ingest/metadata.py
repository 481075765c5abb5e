"""What a text file says about its own paper: YAML or TOML front matter, pandoc's title block.

Also the lines around the texts of Project Gutenberg, which are no part of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import yaml

from ingest import patterns
from ingest.authors import whole
from ingest.cleaning import clean_text
from ingest.imprint import bare_doi
from ingest.languages import language_code
from ingest.names import split_names

_BETWEEN = r"\ufeff?{0}[ \t]*\r?\n((?:(?!{0}[ \t]*\r?$)[^\n]*\n)*?)(?:{1})[ \t]*(?:\r?\n|\Z)"
_YAML = re.compile(_BETWEEN.format("---", r"---|\.\.\."), re.MULTILINE)
_TOML = re.compile(_BETWEEN.format(r"\+\+\+", r"\+\+\+"), re.MULTILINE)
_TITLE_BLOCK = re.compile(
    r"\ufeff?((?:%(?:[ \t][^\n]*)?(?:\n(?:[ \t]+\S[^\n]*(?:\n|\Z))*|\Z)){1,3})"
    r"(?=[ \t]*(?:\r?\n|\Z))"
)
_STARTS = re.compile(
    r"((?:(?!\*{3})[^\n]*\n){1,200}?)"
    r"\*{3} ?START OF (?:THE|THIS) [^\n]*\*{3}[ \t]*(?:\r?\n|\Z)"
)
_ENDS = re.compile(r"^\*{3} ?END OF (?:THE|THIS) [^\n]*\*{3}[ \t]*\r?$", re.MULTILINE)
"""The lines that Project Gutenberg puts around a text; above the first one it says what it is."""

_LINE = re.compile(
    r"^([A-Za-z_][\w -]{0,30}?)[ \t]*(?::[ \t]+|=[ \t]*)(\S[^\r\n]*?)[ \t]*\r?$", re.MULTILINE
)
_NAMES = {
    "title": ("title",),
    "authors": ("authors", "author", "by"),
    "affiliations": ("affiliations", "affiliation", "institution"),
    "year": ("year", "date", "published"),
    "venue": ("venue", "journal", "publication", "booktitle"),
    "doi": ("doi",),
    "language": ("language", "lang"),
    "keywords": ("keywords", "keyword", "tags"),
    "abstract": ("abstract", "summary"),
}
_GIVEN = ("given", "first", "firstname", "first-name", "given-names", "forename")
_FAMILY = ("family", "last", "lastname", "last-name", "surname")
_DOTS = r"\s+[·•|]\s*|[·•|]\s+"
"""What stands between the items of a list; within a Chinese name a dot has no spaces."""

_NOTHING = frozenset({"", "null", "~", "none"})


def front_matter(text: str) -> tuple[dict[str, Any], int]:
    """The front matter at the head of a text, and where the rest begins.

    A head between two rules that names nothing of a paper is no front matter.
    Broken YAML and TOML are read line by line.

    Args:
        text: The text as the reader decoded it.

    Returns:
        The values of `Paper`'s fields that are given, and the index after it.
    """
    data, end = _given(text)
    values = {field: _first(data, names) for field, names in _NAMES.items()}
    given = {field: _READERS[field](value) for field, value in values.items() if value is not None}
    if not any(value is not None for value in values.values()):
        return {}, 0
    return {field: value for field, value in given.items() if value}, end


def end_of_text(text: str) -> int:
    """Where a text ends: at the line that closes it, if one opens it, else at its end."""
    end = _ENDS.search(text) if _STARTS.match(text) else None
    return end.start() if end else len(text)


def _given(text: str) -> tuple[dict[str, Any], int]:
    """What the head of a text says, in whichever form, and where the rest begins."""
    for pattern, load in (
        (_YAML, _load_yaml),
        (_TOML, _load_toml),
        (_TITLE_BLOCK, _title_block),
        (_STARTS, _lines),
    ):
        if match := pattern.match(text):
            data = load(match[1])
            known = data if isinstance(data, Mapping) else {}
            return {str(key).strip().lower(): value for key, value in known.items()}, match.end()
    return {}, 0


def _load_yaml(text: str) -> object:
    """A YAML text, all values strings or made of strings."""
    try:
        # BaseLoader makes strings only: no dates, no numbers, no Python objects.
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError):
        return _lines(text)


def _load_toml(text: str) -> object:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return _lines(text)


def _lines(text: str) -> dict[str, str]:
    """What single lines say, where the whole is broken."""
    return {key: value.strip("\"'") for key, value in _LINE.findall(text)}


def _title_block(text: str) -> dict[str, str]:
    """Pandoc's title, authors, one a line or with semicolons, and date."""
    parts = (part.strip() for part in re.split(r"^%", text, flags=re.MULTILINE)[1:])
    values = zip(("title", "authors", "date"), parts, strict=False)
    data = {name: re.sub(r"\s*\n\s*", "; " if name == "authors" else " ", v) for name, v in values}
    return {name: value for name, value in data.items() if value}


def _first(data: Mapping[str, Any], names: Sequence[str]) -> object:
    return next((data[name] for name in names if name in data), None)


def _text(value: object) -> str:
    return _person(value) if isinstance(value, Mapping) else _scalar(value)


def _plain(value: object) -> str:
    """A text without the Markdown in it."""
    return clean_text(_text(value))


def _scalar(value: object) -> str:
    text = " ".join(str(value).split()) if isinstance(value, str | int | date) else ""
    return "" if text.lower() in _NOTHING else text


def _person(parts: Mapping[str, Any]) -> str:
    """The name in a mapping: whole, or of a given and a family name."""
    name = parts.get("name", parts)
    if not isinstance(name, Mapping):
        return _scalar(name)
    if literal := _scalar(name.get("literal")):
        return whole(literal)
    return " ".join(filter(None, (_scalar(_first(name, part)) for part in (_GIVEN, _FAMILY))))


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return split_list(_text(value))
    items = value if isinstance(value, Sequence) else (value,)
    return tuple(text for text in map(_text, items) if text)


def _authors(value: object) -> tuple[str, ...]:
    return split_names(_text(value)) if isinstance(value, str) else _texts(value)


def _places(value: object) -> tuple[str, ...]:
    return tuple(filter(None, re.split(r"\s*;\s*", _text(value)))) or _texts(value)


def _year(value: object) -> int | None:
    match = re.search(r"\b(?:1[5-9]|20)\d\d(?!\d)", _text(value))
    return int(match.group()) if match else None


_READERS = {
    "title": _plain,
    "authors": _authors,
    "affiliations": _places,
    "year": _year,
    "venue": _text,
    "doi": lambda value: bare_doi(_text(value)),
    "language": lambda value: language_code(_text(value)),
    "keywords": _texts,
    "abstract": _plain,
}


def split_list(text: str) -> tuple[str, ...]:
    """The items of a printed list: at its semicolons, dots or bars, else commas outside quotes.

    Where it has none, and is Chinese, they stand apart by white space.
    """
    if re.search(_DOTS, text) and not re.search("[;；]", text):  # noqa: RUF001
        return tuple(filter(None, re.split(_DOTS, text.strip(" ·•|"))))
    if not re.search("[;；,，、]", text) and patterns.is_chinese(text):  # noqa: RUF001
        return tuple(text.split())
    separator = "[;；]" if re.search("[;；]", text) else "[,，、]"  # noqa: RUF001
    unquoted = rf'\s*{separator}\s*(?=(?:[^"]*"[^"]*")*[^"]*$)' if len(text) < 2000 else separator
    return tuple(item for item in (part.strip() for part in re.split(unquoted, text)) if item)

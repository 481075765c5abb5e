"""What is known of a concept: its names, the papers that use it, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.types import Citation, Coverage
from ingest.types import Paper

AliasKind = Literal["spelling", "abbreviation", "stated", "translation", "list"]
"""Why a name is taken for another name of a concept: it is spelt or formed otherwise (joined or
parted words; *poly-* for *multi-*); it is short for it; a paper says so; a paper gives it in
another script; or it stands in its place in the same list."""


@dataclass(frozen=True, slots=True)
class ConceptName:
    """A concept of the library as a choice: its most frequent wording, and how much uses it.

    ``keyword`` says whether a paper names it among its keywords. ``score`` is the rank's:
    higher is better, and compares only within one library.
    """

    name: str
    papers: int
    passages: int
    keyword: bool
    score: float


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a concept, with what shows that it is one.

    ``evidence`` are quotes: of the sentences that say so, of one from each paper that spells it
    so, or of both lists. ``merged`` says whether its sentences count as the concept's: a name
    that only stands in the same place of a list does not, unless asked for.
    """

    name: str
    kind: AliasKind
    evidence: tuple[Citation, ...]
    merged: bool

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers of its evidence."""
        return tuple({citation.paper.id: citation.paper for citation in self.evidence}.values())


@dataclass(frozen=True, slots=True)
class ConceptEntry:
    """What one paper says of a concept.

    ``definitions`` and ``uses`` are in reading order, at most a few of each; ``passages``
    counts all that name it. ``wordings`` are the names it has there, the most frequent first.
    """

    paper: Paper
    definitions: tuple[Citation, ...]
    uses: tuple[Citation, ...]
    passages: int
    wordings: tuple[str, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Definitions, then uses."""
        return (*self.definitions, *self.uses)


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept across papers: who defines it, who uses it, who does not, and by which names.

    ``entries`` go by year, then author; papers without a year come last. ``absent`` are papers
    that do not use it. ``nearest`` are concepts of the library that come nearest, where no
    paper uses it.
    """

    name: str
    aliases: tuple[Alias, ...]
    entries: tuple[ConceptEntry, ...]
    absent: tuple[Paper, ...]
    nearest: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All quotes of the entries, numbered from 1."""
        return tuple(citation for entry in self.entries for citation in entry.citations)

    @property
    def defining(self) -> tuple[Paper, ...]:
        """The papers that define it."""
        return tuple(entry.paper for entry in self.entries if entry.definitions)

    @property
    def coverage(self) -> Coverage:
        """How many papers were read, which name it, and which of them are quoted."""
        found = tuple(entry.paper.id for entry in self.entries)
        used = tuple(entry.paper.id for entry in self.entries if entry.citations)
        return Coverage(len(self.entries) + len(self.absent), found, used)

"""What questions turn into: hits, citations, answers, and reports on adding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypedDict

from ingest.types import Paper, Passage, Span

Verdict = Literal["supported", "partly", "not supported", "quote not found"]
"""What checking a citation against its source found."""

Status = Literal["added", "replaced", "unchanged", "failed"]


class Turn(TypedDict):
    """One turn of a conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    ``score`` is in [0, 1], higher is better, and compares only within one
    search. ``scores`` are its components as the engines gave them: ``passage``
    is a cosine in [-1, 1], ``lexical`` is BM25, at least 0, ``late`` is late
    interaction in [-1, 1]; one is missing where that ranking did not reach it.
    """

    passage: Passage
    score: float
    scores: Mapping[str, float]

    @property
    def paper_id(self) -> str:
        """The passage's paper."""
        return self.passage.paper_id

    @property
    def section(self) -> tuple[str, ...]:
        """The passage's path of headings."""
        return self.passage.section

    @property
    def pages(self) -> tuple[int, int] | None:
        """The passage's first and last page, or None where the source has none."""
        return self.passage.pages

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the passage stands in the source."""
        return self.passage.spans


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it stands.

    ``spans`` are the source ranges that stand letter for letter in ``quote``,
    in order; between two of them lies only what cleaning leaves out (line
    breaks, note marks, a page break). ``verdict`` says whether they were found.
    """

    number: int
    paper: Paper
    passage: Passage
    quote: str
    spans: tuple[Span, ...]
    verdict: Verdict

    @property
    def reference(self) -> str:
        """Author, year, title, section and pages, as far as known."""
        authors = " and ".join(self.paper.authors) or "Unknown author"
        year = f" ({self.paper.year})" if self.paper.year else ""
        parts = [f"{authors}{year}. {self.paper.title.rstrip('.')}"]
        if self.passage.section:
            parts.append(" > ".join(self.passage.section))
        if self.passage.pages:
            first, last = self.passage.pages
            parts.append(f"p. {first}" if first == last else f"pp. {first}-{last}")
        return ". ".join(parts)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of an answer and the numbers of the citations it rests on."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the papers say to a question.

    ``text`` has a marker ``[n]`` behind each quote, for ``citations[n - 1]``.
    Where ``answered`` is false the papers hold no answer: there are no
    citations, and ``nearest`` holds the passages that come closest.
    """

    question: str
    text: str
    answered: bool
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file; ``reason`` says why, where it failed."""

    path: str
    status: Status
    paper_id: str | None = None
    title: str | None = None
    passages: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of every file that was to be added."""

    files: tuple[FileReport, ...] = field(default=())

    def _with(self, status: Status) -> tuple[FileReport, ...]:
        return tuple(file for file in self.files if file.status == status)

    @property
    def added(self) -> tuple[FileReport, ...]:
        """New papers."""
        return self._with("added")

    @property
    def replaced(self) -> tuple[FileReport, ...]:
        """Papers whose file had changed; the old version is gone."""
        return self._with("replaced")

    @property
    def unchanged(self) -> tuple[FileReport, ...]:
        """Files that are in the library already, byte for byte."""
        return self._with("unchanged")

    @property
    def failed(self) -> tuple[FileReport, ...]:
        """Files that could not be read, and why; the library holds nothing of them."""
        return self._with("failed")

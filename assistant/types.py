"""What questions turn into: hits, citations, answers, and reports on adding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypedDict

from assistant.references import authors_in_short
from ingest.types import HealthReport, Paper, Passage, Span

Verdict = Literal["supported", "partly", "not supported", "quote not found"]
"""What checking a citation against its source found."""

QUOTING = "quoting"
"""What an answer is by, where no language model wrote it."""

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
    ``second_hand`` names whose claim the paper reports here, where it is not its
    own. ``planted`` says why the passage seems to give orders to a machine.
    """

    number: int
    paper: Paper
    passage: Passage
    quote: str
    spans: tuple[Span, ...]
    verdict: Verdict
    second_hand: str | None = None
    planted: str | None = None

    @property
    def reference(self) -> str:
        """Authors in short, year, title, section and pages, as far as known."""
        authors = authors_in_short(self.paper) if self.paper.authors else "Unknown author"
        who = f"{authors} ({self.paper.year})" if self.paper.year else authors.rstrip(".")
        parts = [f"{who}. {self.paper.title.rstrip('.')}"]
        if self.passage.section:
            parts.append(" > ".join(self.passage.section).rstrip("."))
        if self.passage.pages:
            parts.append(self.passage.cited_pages)
        if self.second_hand:
            parts.append(f"Reports {self.second_hand}")
        return ". ".join(parts)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of an answer and the numbers of the citations it rests on.

    ``verdict`` says whether they say it, and ``reasons`` why, in plain words.
    """

    text: str
    citations: tuple[int, ...]
    verdict: Verdict = "supported"
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which papers an answer looked at.

    ``searched`` counts those in scope; ``matched`` are the ids of those that have a
    passage among the hits, best first, ``used`` of those that are cited.
    """

    searched: int
    matched: tuple[str, ...]
    used: tuple[str, ...]

    @property
    def unused(self) -> tuple[str, ...]:
        """Papers that matched and are not cited."""
        return tuple(paper for paper in self.matched if paper not in self.used)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the papers say to a question.

    ``text`` has a marker ``[n]`` behind each quote, for ``citations[n - 1]``.
    Where ``answered`` is false the papers hold no answer: there are no
    citations, and ``nearest`` holds the passages that come closest.

    ``by`` names the language model, or is ``"quoting"``. ``standalone`` is a follow-up
    as it was understood, else empty. ``notices`` tell what the reader has to know: why
    a model's answer was replaced by quotes, which passages did not fit into its window,
    how many of its markers led nowhere. ``confidence`` is the gate's probability, in
    [0, 1], that the papers answer. ``record`` is the id for `Assistant.replay`.
    """

    question: str
    text: str
    answered: bool
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Hit, ...] = ()
    by: str = QUOTING
    standalone: str = ""
    notices: tuple[str, ...] = ()
    coverage: Coverage | None = None
    confidence: float = 0.0
    record: str = ""

    def citing(self, papers: Mapping[str, Paper]) -> Answer:
        """The same with what is known of the cited papers now.

        Args:
            papers: The library's papers by id.

        Returns:
            An answer whose citations have these papers; the recorded ones where they are gone.
        """
        cited = (replace(c, paper=papers.get(c.paper.id, c.paper)) for c in self.citations)
        return replace(self, citations=tuple(cited))


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file.

    ``reason`` says why it failed; ``warnings`` what its reader should look at, such as
    passages that give orders to a machine.
    """

    path: str
    status: Status
    paper_id: str | None = None
    title: str | None = None
    passages: int = 0
    reason: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of every file that was to be added.

    ``notices`` tell what is wrong with the bibliography files beside them.
    """

    files: tuple[FileReport, ...] = field(default=())
    notices: tuple[str, ...] = ()

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


@dataclass(frozen=True, slots=True)
class PaperHealth:
    """How well a paper's file could be read.

    ``score`` goes from 0 to 100, the best; `ingest.health` says how it is made up.
    ``problems`` are sentences that say what is wrong and what to do. ``report`` is None, and
    the score 0, where an older version added the paper: add its file again.
    """

    paper: Paper
    score: int
    problems: tuple[str, ...]
    report: HealthReport | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A paper that is much the same as another, and why, in a few words each."""

    paper: Paper
    other: Paper
    reasons: tuple[str, ...]

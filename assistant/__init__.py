"""Governance Assistant: questions to a library of papers, answers with citations.

Everything public is here; importing it loads no model and no engine.
"""

from assistant.api import Assistant
from assistant.types import AddReport, Answer, Citation, FileReport, Hit, Sentence, Turn, Verdict
from ingest.errors import (
    BadHistory,
    BadQuery,
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
    "BadHistory",
    "BadQuery",
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
    "Sentence",
    "Span",
    "Turn",
    "UnknownPaper",
    "UnreadableFile",
    "Verdict",
]

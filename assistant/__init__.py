"""Governance Assistant: questions to a library of papers, answers with citations.

Everything public is here; importing it loads no model and no engine.
"""

from assistant.api import Assistant
from assistant.conversations.conversation import Conversation, ConversationTurn
from assistant.conversations.deleted import DeletedConversation
from assistant.conversations.ratings import Rating
from assistant.events import Done, Event, Retrieved, SentenceVerified, Token
from assistant.models.errors import ModelError
from assistant.models.types import ChatModel
from assistant.records import Record
from assistant.replay import Replay
from assistant.settings import SearchSettings
from assistant.types import (
    AddReport,
    Answer,
    Citation,
    Coverage,
    Duplicate,
    FileReport,
    Hit,
    PaperHealth,
    Sentence,
    Turn,
    Verdict,
)
from ingest.errors import (
    BadCorrection,
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
    UnknownConversation,
    UnknownPaper,
    UnreadableFile,
)
from ingest.types import HealthReport, Paper, Passage, Span

__version__ = "0.1.0"

__all__ = [
    "AddReport",
    "Answer",
    "Assistant",
    "BadCorrection",
    "BadGolden",
    "BadHistory",
    "BadQuery",
    "BadSettings",
    "ChatModel",
    "Citation",
    "Conversation",
    "ConversationTurn",
    "Coverage",
    "DeletedConversation",
    "Done",
    "Duplicate",
    "EmbedderError",
    "EmbedderMismatch",
    "Event",
    "FileReport",
    "GovernanceAssistantError",
    "HealthReport",
    "Hit",
    "InputError",
    "LibraryBusy",
    "LibraryError",
    "LibraryUnwritable",
    "ModelError",
    "NotALibrary",
    "NothingToRead",
    "Paper",
    "PaperHealth",
    "Passage",
    "Rating",
    "Record",
    "Replay",
    "Retrieved",
    "SearchSettings",
    "Sentence",
    "SentenceVerified",
    "Span",
    "Token",
    "Turn",
    "UnknownConversation",
    "UnknownPaper",
    "UnreadableFile",
    "Verdict",
]

"""Every error this project raises on purpose, in one tree.

::

    GovernanceAssistantError
    ├── InputError                  what the user gave cannot be used
    │   ├── UnreadableFile          a paper's file cannot be read
    │   ├── NothingToRead           a folder or path holds no paper
    │   ├── BadQuery                empty or oversized question
    │   ├── UnknownPaper            no such paper in the library
    │   ├── BadHistory              conversation turns in a wrong form
    │   ├── UnknownConversation     no such conversation, or no record of such an answer
    │   ├── BadSettings             an unknown setting, or a value out of place
    │   ├── BadCorrection           a paper cannot be corrected so
    │   └── BadGolden               golden questions or a run that cannot be used
    ├── LibraryError                the library on disk cannot be used
    │   ├── NotALibrary             the folder is something else
    │   ├── LibraryBusy             another process is writing
    │   ├── LibraryUnwritable       no room or no permission
    │   └── EmbedderMismatch        vectors were made by another embedder
    ├── EmbedderError               an embedder cannot be loaded
    └── ModelError                  a language model cannot be used; see assistant.models.errors

Messages say what is wrong, where, and what to do. Errors of foreign libraries
are translated into these where they enter.
"""


# ruff: noqa: N818 - the names say what is wrong; all but the base read as a message


class GovernanceAssistantError(Exception):
    """Base of all errors raised on purpose."""


class InputError(GovernanceAssistantError):
    """What the user gave cannot be used."""


class UnreadableFile(InputError):
    """A paper's file cannot be read."""


class NothingToRead(InputError):
    """A path holds no paper."""


class BadQuery(InputError):
    """A question is empty or too long."""


class UnknownPaper(InputError):
    """The library has no such paper."""


class BadHistory(InputError):
    """Conversation turns are not in the expected form."""


class UnknownConversation(InputError):
    """There is no such conversation, or no record of such an answer."""


class BadSettings(InputError):
    """A setting is unknown or has a value out of place."""


class BadCorrection(InputError):
    """A correction names no field of papers, or a value that it cannot have."""


class BadGolden(InputError):
    """Golden questions, or a run of them, cannot be used."""


class LibraryError(GovernanceAssistantError):
    """The library on disk cannot be used."""


class NotALibrary(LibraryError):
    """The folder exists and is something other than a library."""


class LibraryBusy(LibraryError):
    """Another process is writing to the library."""


class LibraryUnwritable(LibraryError):
    """The library cannot be written: disk full or no permission."""


class EmbedderMismatch(LibraryError):
    """The library's vectors were made by another embedder."""


class EmbedderError(GovernanceAssistantError):
    """An embedder cannot be loaded."""

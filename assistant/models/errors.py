"""What can go wrong with a language model; part of the tree in `ingest.errors`.

::

    GovernanceAssistantError
    └── ModelError                  a language model cannot be used
        ├── BadModelName            a name or an option in no known form
        ├── ModelNotInstalled       a package or a file is missing
        ├── ModelNotFound           the provider has no such model
        ├── ModelUnreachable        nobody answers at the address
        ├── ModelRefusedKey         the key is missing or refused
        ├── ModelOutOfQuota         too many requests, or the quota is used up
        ├── ModelRefusedRequest     the provider takes the request for a bad one
        ├── ModelTimedOut           no token came in time
        ├── ModelBroke              the provider failed, or its reply is broken or endless
        └── ModelSaidNothing        the reply is empty

Messages say what, where and what to do, and never hold a key.
"""

from __future__ import annotations

from ingest.errors import GovernanceAssistantError

# ruff: noqa: N818 - the names say what is wrong; all but the base read as a message


class ModelError(GovernanceAssistantError):
    """A language model cannot be used."""


class BadModelName(ModelError):
    """A model's name, or an option to it, is in no known form."""


class ModelNotInstalled(ModelError):
    """A package that runs the model is missing, or its file."""


class ModelNotFound(ModelError):
    """The provider has no model of this name."""


class ModelUnreachable(ModelError):
    """Nobody answers at the provider's address."""


class ModelRefusedKey(ModelError):
    """The provider's key is missing or refused."""


class ModelOutOfQuota(ModelError):
    """Too many requests, or the quota is used up."""


class ModelRefusedRequest(ModelError):
    """The provider takes the request for a bad one; a too long prompt is one."""


class ModelTimedOut(ModelError):
    """No token came in time."""


class ModelBroke(ModelError):
    """The provider failed, or its reply is cut, malformed or endless."""


class ModelSaidNothing(ModelError):
    """The reply is empty."""

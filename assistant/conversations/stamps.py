"""Ids and points in time, as conversations and records have them."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

_BYTES_OF_ID = 6


def new_id() -> str:
    """An id that nobody has: 12 hexadecimal digits by chance."""
    return secrets.token_hex(_BYTES_OF_ID)


def timestamp() -> str:
    """Now, in ISO 8601, UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")

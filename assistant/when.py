"""When something happened, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_datetime, format_timedelta

_DAYS_IN_WORDS = 7


def told(moment: str, language: str, timezone: str | None, now: datetime | None = None) -> str:
    """How long ago something happened, or on which day, where that is long ago.

    Args:
        moment: When, in ISO 8601, UTC.
        language: Of the words.
        timezone: The reader's, such as ``Europe/Berlin``; UTC where None or unknown.
        now: When it is told; now where None.

    Returns:
        Such as "2 hours ago" or "12 Nov 2026".
    """
    local = _local(moment, timezone)
    passed = (now or datetime.now(UTC)) - local
    if passed < timedelta(days=_DAYS_IN_WORDS):
        return format_timedelta(-passed, add_direction=True, locale=language)
    return format_date(local, "medium", locale=language)


def to_the_minute(moment: str, language: str, timezone: str | None) -> str:
    """The day and the time at which something happened; see `told`."""
    return format_datetime(_local(moment, timezone), "medium", locale=language)


def _local(moment: str, timezone: str | None) -> datetime:
    try:
        zone = ZoneInfo(timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return datetime.fromisoformat(moment)
    return datetime.fromisoformat(moment).astimezone(zone)

"""Answers, hits and reports as JSON-ready values, the same for every surface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from assistant.types import Citation


def to_json(value: Any) -> Any:
    """A value of the public types as dicts, lists, strings and numbers.

    Args:
        value: A dataclass of `assistant.types` or `ingest.types`, or a
            collection of such.

    Returns:
        What `json.dumps` takes. A citation also gets its ``reference``.
    """
    if is_dataclass(value) and not isinstance(value, type):
        data = {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
        if isinstance(value, Citation):
            data["reference"] = value.reference
        return data
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    return value

"""How to search: every switch, with its default."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self

from ingest.errors import BadSettings


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """The switches of a search.

    ``depth`` is how many passages of each ranking are fused.
    """

    depth: int = 100

    def as_dict(self) -> dict[str, Any]:
        """The settings as JSON-ready values."""
        return asdict(self)

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any], where: str = "settings") -> Self:
        """Make settings; what is not named keeps its default.

        Args:
            values: Values by name.
            where: What to name in a message.

        Returns:
            The settings.

        Raises:
            BadSettings: An unknown name, or a value of another type than the default's.
        """
        known = {field.name: field for field in fields(cls)}
        for name, value in values.items():
            if name not in known:
                raise BadSettings(
                    f"{where}: no setting is called {name!r}. There are: {', '.join(known)}."
                )
            default = known[name].default
            if type(value) is not type(default) and not (
                isinstance(default, float) and type(value) is int
            ):
                raise BadSettings(
                    f"{where}: {name} is {value!r}; it has to be like {default!r}, its default."
                )
        return cls(**values)

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read settings from a TOML file.

        Args:
            path: Where it lies.

        Returns:
            The settings.

        Raises:
            BadSettings: It cannot be read, or see `from_mapping`.
        """
        try:
            values = tomllib.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise BadSettings(f"{path}: not a readable TOML file ({error}).") from error
        return cls.from_mapping(values, str(path))

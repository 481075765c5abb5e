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

    ``dense`` and ``lexical`` say whether candidates are looked for by passage vector
    and by BM25, ``depth`` how many of each. ``fusion`` of the two is by ``"score"``
    (min-max) or by ``"rank"`` (reciprocal rank). ``late`` says whether the best
    ``reranked`` of the fused list are put in order by late interaction; then ``around``
    says whether a passage's neighbours count, and ``named`` whether papers do whose
    authors the question names. ``translate`` says whether a Chinese question is
    searched in English words, too, where the dictionary is installed. ``cross_encoder``
    names one of sentence-transformers, or its folder: it then puts the best ``reranked``
    in order instead, in seconds rather than milliseconds.
    """

    dense: bool = True
    lexical: bool = True
    depth: int = 100
    fusion: str = "score"
    late: bool = True
    reranked: int = 80
    translate: bool = True
    around: bool = True
    named: bool = True
    cross_encoder: str = ""

    def __post_init__(self) -> None:
        if not (self.dense or self.lexical):
            raise BadSettings("dense and lexical are both off, so nothing can be found.")
        if self.fusion not in {"score", "rank"}:
            raise BadSettings(f'fusion is {self.fusion!r}; it is "score" or "rank".')
        for name in ("depth", "reranked"):
            if getattr(self, name) < 1:
                raise BadSettings(f"{name} is {getattr(self, name)}; it has to be at least 1.")

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

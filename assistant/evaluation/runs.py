"""Runs that are kept with the library, to be looked at again and compared."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.evaluation.compare import GATE, Comparison, compare
from assistant.evaluation.files import read_run, write_run
from assistant.evaluation.trec import write_trec
from assistant.evaluation.types import EvaluationRun
from ingest.errors import BadGolden, LibraryUnwritable

_STAMP = "%Y%m%d-%H%M%S"
_NAMED = re.compile(r"(\d{8}-\d{6})-(.+)")
_LONGEST = 60
UNNAMED = "run"


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A kept run without its questions.

    ``id`` is the name of its file without the ending, ``created`` is in UTC, ``questions`` is
    their number, ``metrics`` are the means of the metrics that decide a comparison. ``problem``
    says why the file cannot be read; the figures are missing then.
    """

    id: str
    name: str
    created: datetime
    questions: int = 0
    metrics: Mapping[str, float] = field(default_factory=dict)
    problem: str = ""


class Runs:
    """The runs in the folder ``runs`` of a library, in the format of ``govassist evaluate --out``.

    Args:
        library: The library's folder.
    """

    def __init__(self, library: Path) -> None:
        from vectorstore.folder import RUNS

        self._folder = library / RUNS

    def save(self, name: str, run: EvaluationRun) -> RunSummary:
        """Keep a run.

        Args:
            name: What to call it; letters, digits and hyphens of it are kept.
            run: The run.

        Returns:
            The run as it is listed.

        Raises:
            LibraryUnwritable: No room or no permission.
        """
        path = self._free(f"{datetime.now(UTC):{_STAMP}}-{_slug(name)}")
        try:
            write_run(path, run)
        except BadGolden as error:
            raise LibraryUnwritable(
                f"{path}: the run cannot be kept ({error}). Check that the disk has room and "
                "that you may write there, then evaluate again."
            ) from error
        return _summary(path, path.stat().st_mtime_ns)

    def list(self) -> list[RunSummary]:
        """The runs, newest first."""
        files = self._folder.glob("*.json") if self._folder.is_dir() else ()
        found = [_summary(file, age) for file in files if (age := _age(file)) is not None]
        return sorted(found, key=lambda run: (run.created, run.id), reverse=True)

    def read(self, run: str) -> EvaluationRun:
        """A run with its questions and their rankings.

        Args:
            run: Its id.

        Returns:
            The run.

        Raises:
            BadGolden: There is none of this id, or its file is damaged.
        """
        return _read(*self._place(run))

    def compare(self, run: str, baseline: str) -> Comparison:
        """A run against another; see `assistant.evaluation.compare.compare`.

        Args:
            run: The id of what is to be judged.
            baseline: The id of what it is judged by.

        Returns:
            The differences of every metric that both have.

        Raises:
            BadGolden: See `read`, or they have no answerable question in common.
        """
        return _compared(*self._place(run), *self._place(baseline))

    def delete(self, run: str) -> None:
        """Delete a run.

        Args:
            run: Its id.

        Raises:
            BadGolden: There is none of this id.
            LibraryUnwritable: No permission.
        """
        path = self.path(run)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise LibraryUnwritable(
                f"{path}: the run cannot be deleted ({error.strerror}). Check that you may write "
                "there."
            ) from error

    def path(self, run: str) -> Path:
        """The file of a run.

        Args:
            run: Its id.

        Returns:
            The file, as ``govassist evaluate --against`` reads it.

        Raises:
            BadGolden: There is none of this id.
        """
        return self._place(run)[0]

    def _place(self, run: str) -> tuple[Path, int]:
        """The file of a run and its age, by which what was made of it is kept."""
        for file in self._folder.glob("*.json"):
            if file.stem == run and (age := _age(file)) is not None:
                return file, age
        raise BadGolden(
            f"{self._folder}: no run with the id {run!r}; it may have been deleted meanwhile. "
            "Load the page anew to see what there is."
        )

    def _free(self, stem: str) -> Path:
        taken = {file.stem for file in self._folder.glob("*.json")}
        names = (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3)))
        return self._folder / f"{next(name for name in names if name not in taken)}.json"


def trec_zip(run: EvaluationRun) -> bytes:
    """A run as TREC files, in one ZIP file; docs/evaluation.md says what they hold.

    Args:
        run: The run.

    Returns:
        The bytes of the ZIP file.
    """
    packed = io.BytesIO()
    with TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w") as archive:
        write_trec(Path(folder), run)
        for file in sorted(Path(folder).iterdir()):
            archive.write(file, file.name, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _slug(name: str) -> str:
    return "-".join(re.findall(r"\w+", name))[:_LONGEST].strip("-_") or UNNAMED


def _age(file: Path) -> int | None:
    """When a file was changed; None where another session has deleted it meanwhile."""
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:
        return None


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> EvaluationRun:
    """Estimates are computed anew from every file, so the last few are kept."""
    return read_run(path)


@lru_cache(maxsize=8)
def _compared(run: Path, changed: int, baseline: Path, changed_too: int) -> Comparison:
    return compare(_read(run, changed), _read(baseline, changed_too))


@lru_cache(maxsize=256)
def _summary(path: Path, changed: int) -> RunSummary:
    named = _NAMED.fullmatch(path.stem)
    try:
        created = datetime.strptime(named[1], _STAMP).replace(tzinfo=UTC) if named else None
    except ValueError:
        created = None
    name = named[2] if named and created else path.stem
    created = created or datetime.fromtimestamp(changed / 1e9, UTC)
    try:
        data = json.loads(path.read_text("utf-8"))
        means = {m: float(data["overall"][m]["mean"]) for m in GATE if m in data["overall"]}
        return RunSummary(path.stem, name, created, len(data["questions"]), means)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        problem = f"{path}: a damaged run, or none ({error!r}). Delete it, and evaluate again."
        return RunSummary(path.stem, name, created, problem=problem)

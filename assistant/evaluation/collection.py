"""Golden questions that readers and evaluators collect; they are kept with the library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import filelock

from assistant.evaluation.golden import read_golden
from assistant.evaluation.golden_json import question_from_json, question_to_json
from assistant.evaluation.types import GoldenQuestion
from ingest.errors import BadGolden, LibraryBusy, LibraryUnwritable

_PATIENCE = 10


class Collection:
    """The golden questions in ``golden.jsonl`` of a library, in the format of docs/evaluation.md.

    Each change writes the file whole or not at all, and waits for other threads and processes
    that are at it; lines that it does not concern stay as they are.

    Args:
        library: The library's folder.
    """

    def __init__(self, library: Path) -> None:
        from vectorstore.folder import GOLDEN

        self.path = library / GOLDEN

    def questions(self) -> tuple[GoldenQuestion, ...]:
        """The questions, oldest first.

        Returns:
            An empty tuple where nothing was collected.

        Raises:
            BadGolden: Somebody damaged the file; the message names the line.
        """
        return read_golden(self.path) if self.path.exists() else ()

    def add(self, question: GoldenQuestion) -> GoldenQuestion:
        """Collect a question.

        Args:
            question: Where its id is taken, it gets a number behind it.

        Returns:
            The question as it is kept.

        Raises:
            BadGolden: It is not in the form of a golden question, or the file is damaged.
            LibraryBusy: Another process is writing, and has been for ten seconds.
            LibraryUnwritable: No room or no permission.
        """
        with self._changing() as lines:
            ids = (question.id, *(f"{question.id}-{n}" for n in range(2, len(lines) + 3)))
            kept = replace(question, id=next(key for key in ids if key not in lines))
            lines[kept.id] = _line(kept)
        return kept

    def replace(self, question: GoldenQuestion) -> None:
        """Write a question anew, in its place.

        Args:
            question: With the id of the one whose place it takes.

        Raises:
            BadGolden: See `add`, or there is none of this id.
            LibraryBusy: See `add`.
            LibraryUnwritable: See `add`.
        """
        with self._changing() as lines:
            self._check_held(question.id, lines)
            lines[question.id] = _line(question)

    def remove(self, question: str) -> None:
        """Take a question out.

        Args:
            question: Its id.

        Raises:
            BadGolden: The file is damaged, or there is none of this id.
            LibraryBusy: See `add`.
            LibraryUnwritable: See `add`.
        """
        with self._changing() as lines:
            self._check_held(question, lines)
            del lines[question]

    def _check_held(self, question: str, lines: dict[str, str]) -> None:
        if question not in lines:
            raise BadGolden(
                f"{self.path}: no question with the id {question!r}; it may have been deleted "
                "meanwhile. Load the page anew to see what there is."
            )

    @contextmanager
    def _changing(self) -> Iterator[dict[str, str]]:
        """The file's lines by the ids of their questions, written when the caller is done."""
        try:
            with filelock.FileLock(f"{self.path}.lock", timeout=_PATIENCE):
                lines = self._lines()
                yield lines
                self._write(lines)
        except filelock.Timeout:
            raise LibraryBusy(
                f"{self.path}: another process is writing the golden questions, and has been for "
                f"{_PATIENCE} seconds. Wait until it has finished, then save again."
            ) from None
        except OSError as error:
            raise LibraryUnwritable(
                f"{self.path}: the golden questions cannot be written ({error.strerror}). Check "
                "that the disk has room and that you may write there, then save again."
            ) from error

    def _lines(self) -> dict[str, str]:
        if not self.path.exists():
            return {}
        read_golden(self.path)
        lines = self.path.read_text("utf-8").split("\n")
        return {json.loads(line)["id"]: line for line in lines if line.strip()}

    def _write(self, lines: dict[str, str]) -> None:
        if not lines:
            self.path.unlink(missing_ok=True)
            return
        new = self.path.with_name(f"{self.path.name}.new")
        new.write_text("".join(f"{line}\n" for line in lines.values()), "utf-8", newline="\n")
        new.replace(self.path)


def _line(question: GoldenQuestion) -> str:
    row = question_to_json(question)
    question_from_json(row, f"question {question.id!r}")
    return json.dumps(row, ensure_ascii=False)

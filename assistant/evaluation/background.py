"""Evaluations in the background: one at a time of each library, whoever looks at it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from assistant.evaluation.run import evaluate
from assistant.evaluation.runs import Runs
from assistant.evaluation.types import GoldenQuestion
from assistant.searching import Searcher
from assistant.settings import SearchSettings
from ingest.errors import BadGolden, GovernanceAssistantError

State = Literal["running", "done", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an evaluation is.

    ``asked`` of ``questions`` were asked. ``run`` is the id of the run that was kept, empty
    while there is none; ``error`` says why it failed.
    """

    name: str
    questions: int
    asked: int = 0
    state: State = "running"
    run: str = ""
    error: str = ""


_looking_up = threading.Lock()
"""Held while a library's evaluations are: ``cache`` lets two threads make some each."""


class _StoppedByUser(Exception):  # noqa: N818 - it is no error
    """Somebody stopped the evaluation."""


class Evaluation:
    """One evaluation, in a thread of its own.

    Args:
        assistant: An assistant on the library.
        name: What the run is called.
        questions: The questions.
        settings: How to search.
        runs: Where the run is kept.
    """

    def __init__(
        self,
        assistant: Searcher,
        name: str,
        questions: Sequence[GoldenQuestion],
        settings: SearchSettings,
        runs: Runs,
    ) -> None:
        self._searcher = Searcher(assistant._library, settings=settings)
        self._questions = questions
        self._runs = runs
        self._stop = threading.Event()
        self.progress = Progress(name, len(questions))
        self.thread = threading.Thread(target=self._work, name="evaluation", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Ask no further question, and keep no run."""
        self._stop.set()

    def _work(self) -> None:
        try:
            run = evaluate(self._searcher, self._questions, progress=self._follow)
            if self._stop.is_set():
                raise _StoppedByUser
            kept = self._runs.save(self.progress.name, run)
            self._runs.read(kept.id)  # it is kept in memory, and the first who looks need not wait
            self.progress = replace(self.progress, state="done", run=kept.id)
        except _StoppedByUser:
            self.progress = replace(self.progress, state="stopped")
        except GovernanceAssistantError as error:
            self.progress = replace(self.progress, state="failed", error=str(error))
        except Exception as error:
            logging.getLogger(__name__).exception("An evaluation broke off")
            self.progress = replace(
                self.progress,
                state="failed",
                error=f"The evaluation broke off ({error!r}). Run it again; the server's log "
                "says more.",
            )

    def _follow(self, _: str, asked: int, __: int) -> None:
        if self._stop.is_set():
            raise _StoppedByUser
        self.progress = replace(self.progress, asked=asked)


class Evaluations:
    """The evaluations of one library."""

    def __init__(self, library: Path) -> None:
        self.runs = Runs(library)
        self.last: Evaluation | None = None
        self._lock = threading.Lock()

    def start(
        self,
        assistant: Searcher,
        name: str,
        questions: Sequence[GoldenQuestion],
        settings: SearchSettings,
    ) -> Evaluation:
        """Evaluate in the background; the run is kept with the library.

        Args:
            assistant: An assistant on the library.
            name: What to call the run.
            questions: Golden questions; at least one.
            settings: How to search.

        Returns:
            The evaluation that has begun.

        Raises:
            BadGolden: There is no question, or another one is at work.
        """
        if not questions:
            raise BadGolden(
                "There is no golden question to evaluate with. Choose “Make this a test” below an "
                "answer of the chat, or give a file that has some."
            )
        with self._lock:
            if self.last and self.last.progress.state == "running":
                raise BadGolden(
                    f"The evaluation {self.last.progress.name!r} is at work. Wait until it has "
                    "finished, or stop it."
                )
            self.last = Evaluation(assistant, name, questions, settings, self.runs)
            return self.last


def evaluations_of(assistant: Searcher) -> Evaluations:
    """The evaluations of an assistant's library in this process, for all who ask."""
    with _looking_up:
        return _evaluations(assistant._library.path)


@cache
def _evaluations(library: Path) -> Evaluations:
    return Evaluations(library)

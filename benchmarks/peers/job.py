"""What a peer is asked to do, and what it answers: JSON files.

Runs in the peers' environment, so it imports nothing of this project.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Job:
    """Documents to index and questions to ask.

    ``weights`` is the folder of a sentence-transformers model, ``documents`` are
    texts by id, ``questions`` texts by id, ``k`` is how many chunks are wanted of
    each, and ``folder`` an empty folder for whatever is stored.
    """

    weights: str
    documents: dict[str, str]
    questions: dict[str, str]
    k: int
    folder: Path


@dataclass(frozen=True)
class Chunk:
    """A chunk that was found; ``start`` is its first character's index, where the peer tells."""

    document: str
    text: str
    start: int | None = None


Retriever = Callable[[str], list[Chunk]]
"""From a question to chunks, best first."""


def run(build: Callable[[Job], Retriever]) -> None:
    """Do the job in the file that the command line names first; write to the second.

    Args:
        build: Indexes the documents of a job.
    """
    given: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        job = Job(**given, folder=Path(folder))
        retrieve = build(job)
        found = {
            identity: [asdict(chunk) for chunk in retrieve(question)]
            for identity, question in job.questions.items()
        }
    Path(sys.argv[2]).write_text(json.dumps(found), "utf-8")

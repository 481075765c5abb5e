"""How well the papers of a library could be read."""

from __future__ import annotations

from assistant.types import PaperHealth
from ingest.health import problems, score
from ingest.types import HealthReport, Paper

_UNKNOWN = (
    "An older version added this paper and examined nothing. Add its file again: `govassist add "
    "--again`."
)


def paper_health(paper: Paper, report: HealthReport | None) -> PaperHealth:
    """Judge a paper by the report of its file.

    Args:
        paper: The paper as it is now.
        report: What was found when its file was read; None where nobody looked.

    Returns:
        Its score and its problems.
    """
    if report is None:
        return PaperHealth(paper, 0, (_UNKNOWN,))
    return PaperHealth(paper, score(report, paper), tuple(problems(report, paper)), report)

"""The commit of this project's checkout."""

from __future__ import annotations

import subprocess
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parent.parent.parent
UNKNOWN = "unknown"


def commit() -> str:
    """Which commit the code is of.

    Returns:
        Its hash, with a "+" behind it where tracked files were changed since;
        "unknown" where the code stands in no checkout of its own, or git is
        missing.
    """
    try:
        if Path(_git("rev-parse", "--show-toplevel")).resolve() != _CHECKOUT:
            return UNKNOWN
        changed = _git("status", "--porcelain", "--untracked-files=no")
        return _git("rev-parse", "HEAD") + ("+" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return UNKNOWN


def _git(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own arguments
        ["git", *arguments],  # noqa: S607
        cwd=_CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()

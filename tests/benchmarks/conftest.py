"""Where the public sets are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def benchmarks() -> Path:
    folder = os.environ.get("GOVASSIST_BENCHMARKS")
    if not folder:
        pytest.skip("GOVASSIST_BENCHMARKS does not name the folder with the public test sets")
    return Path(folder)

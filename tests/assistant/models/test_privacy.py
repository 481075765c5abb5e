"""Text goes to the model's server and to nobody else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from assistant.models.langchain import traced_to
from tests.assistant.models.provider import FakeProvider

SCRIPT = """
import sys

def refuse(event, arguments):
    if event == "socket.connect" and arguments[1][:2] != ("127.0.0.1", int(sys.argv[2])):
        sys.exit(f"tried to get out: {arguments}")
    if event == "socket.getaddrinfo" and arguments[0] not in ("127.0.0.1", b"127.0.0.1"):
        sys.exit(f"tried to get out: {arguments}")

sys.addaudithook(refuse)
from assistant.models import Message, open_model
model = open_model(sys.argv[1], base_url=sys.argv[3], timeout=20)
print(model.info)
print("".join(model.stream([Message("user", "Who?")], max_tokens=5)))
model.close()
from langsmith.utils import tracing_is_enabled
assert not tracing_is_enabled()
"""


@pytest.mark.parametrize(
    ("name", "path"), [("openai:tiny", "/v1/chat/completions"), ("ollama:tiny", "/api/chat")]
)
def test_nobody_else_is_talked_to_and_no_proxy_is_used(
    provider: FakeProvider, name: str, path: str
) -> None:
    provider.details["/api/show"] = {}
    port = provider.root.rpartition(":")[2]
    base_url = provider.root if name.startswith("ollama") else provider.url
    proxy = "http://192.0.2.1:3128"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT, name, port, base_url],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "HTTP_PROXY": proxy, "http_proxy": proxy, "ALL_PROXY": proxy},
    )
    assert done.returncode == 0, done.stderr
    assert "Rules are made" in done.stdout
    assert [request.path for request in provider.requests] == [path]


def test_redirections_are_not_followed(provider: FakeProvider) -> None:
    from assistant.models.serving import ask

    provider.details["/v1/models"] = {"data": []}
    assert ask(f"{provider.url}/models") == {"data": []}
    provider.redirections["/v1/models"] = f"{provider.root}/elsewhere"
    provider.details["/elsewhere"] = {"data": []}
    assert ask(f"{provider.url}/models") is None


@pytest.mark.parametrize(
    ("name", "value", "host"),
    [
        ("LANGSMITH_TRACING", "", None),
        ("LANGSMITH_TRACING", "false", None),
        ("LANGSMITH_TRACING", "true", "api.smith.langchain.com"),
        ("LANGCHAIN_TRACING_V2", "true", "api.smith.langchain.com"),
    ],
)
def test_tracing_is_told_where_the_user_has_switched_it_on(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, host: str | None
) -> None:
    monkeypatch.setenv(name, value)
    assert traced_to() == host

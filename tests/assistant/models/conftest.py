"""What the tests of models share: a made-up provider, a tiny real model, an empty environment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.models import ChatModel, Message
from assistant.models.gguf import GgufModel
from assistant.models.opening import open_model
from assistant.models.xllamacpp import Server
from tests.assistant.models.provider import FakeProvider
from tests.assistant.models.smollm2 import smollm2_file

SECRET = "sk-test-0123456789abcdef"
NOBODY = "http://127.0.0.1:9"
"""An address of this machine where nobody answers."""

_SETTINGS = tuple(
    "GOVASSIST_ OPENAI_ ANTHROPIC_ GOOGLE_ GEMINI_ MISTRAL_ OLLAMA_ LANGSMITH_ LANGCHAIN_".split()
)


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith(_SETTINGS) and name not in {"GOVASSIST_CACHE", "GOVASSIST_PAPERS"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("OLLAMA_HOST", NOBODY)


@pytest.fixture
def model(provider: FakeProvider, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatModel]:
    """A model at the made-up provider's."""
    monkeypatch.setenv("GOVASSIST_API_KEY", SECRET)
    model = opened("openai:tiny", base_url=provider.url, timeout=30)
    yield model
    model.close()


@pytest.fixture
def hasty(provider: FakeProvider, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatModel]:
    """A model at the made-up provider's, with little patience."""
    monkeypatch.setenv("GOVASSIST_API_KEY", SECRET)
    model = opened("openai:tiny", base_url=provider.url, timeout=1.5)
    yield model
    model.close()


@pytest.fixture(scope="session")
def smollm2() -> Path:
    return smollm2_file()


@pytest.fixture(scope="session")
def tiny(smollm2: Path) -> Iterator[GgufModel]:
    """A real model in this process."""
    model = open_model(f"gguf:{smollm2}", window=1024)
    assert isinstance(model, GgufModel)
    yield model
    model.close()


@pytest.fixture(scope="session")
def llama_server(smollm2: Path) -> Iterator[Server]:
    """A real model behind a port of this machine."""
    server = Server(smollm2, 768, port=True)
    yield server
    server.close()


def opened(
    name: str,
    *,
    base_url: str | None = None,
    window: int | None = None,
    timeout: float | None = None,
) -> ChatModel:
    model = open_model(name, base_url=base_url, window=window, timeout=timeout)
    assert model is not None
    return model


def asked(model: ChatModel, question: str = "Who makes the rules?", max_tokens: int = 20) -> str:
    return "".join(model.stream([Message("user", question)], max_tokens=max_tokens))

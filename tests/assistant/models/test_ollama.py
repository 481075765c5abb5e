"""Ollama: which model is taken by itself, its window, and that nothing is cut silently."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

from assistant.models import (
    BadModelName,
    Message,
    ModelBroke,
    ModelNotFound,
    ModelTimedOut,
    open_model,
)
from assistant.models.places import ollama_address
from assistant.models.serving import ollama_models
from tests.assistant.models.conftest import asked, opened
from tests.assistant.models.provider import REPLY, FakeProvider

SHOWN = {
    "model_info": {"general.architecture": "llama", "llama.context_length": 131_072},
    "parameters": 'stop "<|end|>"\ntemperature 0.7',
    "capabilities": ["completion"],
}


def listed(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"models": list(entries)}


@pytest.fixture
def ollama(provider: FakeProvider, monkeypatch: pytest.MonkeyPatch) -> FakeProvider:
    monkeypatch.setenv("OLLAMA_HOST", provider.root)
    provider.details = {
        "/api/tags": listed(
            {"name": "nomic-embed-text:latest", "details": {"family": "nomic-bert"}},
            {"name": "my-encoder:latest", "details": {"family": "bert", "families": None}},
            {"name": "gpt-oss:120b-cloud", "remote_host": "https://ollama.com:443"},
            {"name": "llama3.2:3b", "details": {"family": "llama", "families": ["llama"]}},
            {"name": "qwen3:8b", "details": {"family": "qwen3"}},
        ),
        "/api/show": SHOWN,
    }
    return provider


def test_the_first_chat_model_of_this_machine_is_found(ollama: FakeProvider) -> None:
    model = open_model()
    assert model is not None
    assert model.info.name == "ollama:llama3.2:3b"
    assert (model.info.where, model.info.hosted) == ("this machine", False)
    assert asked(model, max_tokens=33).strip() == REPLY
    [request] = ollama.requests
    assert request.path == "/api/chat"
    assert request.body["options"] == {"num_ctx": 8192, "num_predict": 33, "temperature": 0.0}
    assert request.body["think"] is False
    model.close()


@pytest.mark.parametrize(
    "told",
    [
        listed(),
        listed({"name": "bge-m3:latest"}),
        listed({"name": "kimi:1t-cloud"}),
        listed({"name": 7}, {}),
        listed({"name": "e5-embed", "details": {"family": [], "families": 7}}),
        {"models": "none"},
        {"error": "out of order"},
    ],
)
def test_without_a_chat_model_there_are_quotes(ollama: FakeProvider, told: dict[str, Any]) -> None:
    ollama.details["/api/tags"] = told
    assert open_model("auto") is None
    assert ollama.requests == []


def test_what_answers_there_may_be_something_else() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_babble, args=(server,), daemon=True).start()
        assert ollama_models(f"http://127.0.0.1:{server.getsockname()[1]}") is None


def _babble(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(1000)
        connection.sendall(b"SSH-2.0-OpenSSH_9.9\r\n")


def test_a_setting_of_ollama_that_is_no_address_matters_only_where_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:port")
    assert open_model("auto") is None
    with pytest.raises(BadModelName, match="is not the address of a server"):
        open_model("ollama:llama3.2")


def test_an_ollama_elsewhere_is_only_used_when_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "192.0.2.1")
    assert open_model("auto") is None
    monkeypatch.setenv("GOVASSIST_WINDOW", "4000")
    model = opened("ollama:llama3.2", base_url="https://gpu.example.org")
    assert (model.info.where, model.info.hosted) == ("gpu.example.org", True)
    model.close()


@pytest.mark.parametrize(
    ("shown", "asked_for", "window"),
    [
        (SHOWN, None, 8192),
        (SHOWN, 20_000, 20_000),
        ({**SHOWN, "parameters": "num_ctx 16384\ntop_k 5"}, None, 16_384),
        ({"model_info": {"gemma.context_length": 2048}}, None, 2048),
        ({"model_info": {"gemma.context_length": 2048}}, 20_000, 2048),
        ({"model_info": None, "parameters": None}, None, 8192),
        ({"error": "not found"}, None, 4096),
    ],
)
def test_the_window_is_what_is_told_and_is_set(
    ollama: FakeProvider, shown: dict[str, Any], asked_for: int | None, window: int
) -> None:
    ollama.details["/api/show"] = shown
    model = opened("ollama:llama3.2:3b", window=asked_for)
    assert model.info.window == window
    asked(model)
    assert ollama.requests[0].body["options"]["num_ctx"] == window
    model.close()


def test_a_model_that_ollama_passes_on_leaves_this_machine(ollama: FakeProvider) -> None:
    ollama.details["/api/show"] = {**SHOWN, "remote_host": "https://ollama.com:443"}
    model = opened("ollama:gpt-oss:120b-cloud")
    assert (model.info.where, model.info.hosted) == ("ollama.com", True)
    assert model.info.window == 131_072
    model.close()


@pytest.mark.parametrize(
    ("behaviour", "error", "told"),
    [
        ("404", ModelNotFound, "ollama pull llama3.2"),
        ("500", ModelBroke, "Out of memory"),
        ("cut neatly", ModelBroke, "broke off"),
        ("hang midway", ModelTimedOut, "sent nothing for"),
        ("malformed stream", ModelBroke, "cannot be read"),
    ],
)
def test_faults(ollama: FakeProvider, behaviour: str, error: type[Exception], told: str) -> None:
    model = opened("ollama:llama3.2", timeout=1)
    ollama.behave(behaviour)
    with pytest.raises(error, match=told):
        list(model.stream([Message("user", "Who?")], max_tokens=5))
    model.close()


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("", "http://127.0.0.1:11434"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        (":8000", "http://127.0.0.1:8000"),
        ("gpu.example.org", "http://gpu.example.org:11434"),
        ("https://gpu.example.org", "https://gpu.example.org:443"),
        ("http://gpu.example.org/ollama/", "http://gpu.example.org:80/ollama"),
        ("[::]:8000", "http://127.0.0.1:8000"),
        ("[::1]", "http://[::1]:11434"),
    ],
)
def test_ollama_host_is_understood_as_ollama_does(
    host: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", host)
    assert ollama_address() == address

"""A real model, SmolLM2 of 135 million parameters, in this process and behind a port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from assistant import Assistant
from assistant.models import (
    ChatModel,
    Message,
    ModelBroke,
    ModelNotInstalled,
    ModelRefusedKey,
    ModelRefusedRequest,
    ModelUnreachable,
    open_model,
)
from assistant.models.counting import estimate
from assistant.models.gguf import GgufModel
from assistant.models.xllamacpp import Server
from tests.assistant.models.conftest import asked, opened

COUNT = [Message("user", "Count from one to one hundred.")]


@pytest.fixture(params=["gguf", "openai"])
def real(
    request: pytest.FixtureRequest,
    tiny: GgufModel,
    llama_server: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[ChatModel]:
    monkeypatch.setenv("GOVASSIST_API_KEY", llama_server.key)
    served = opened("openai:smollm2", base_url=f"{llama_server.address}/v1")
    yield tiny if request.param == "gguf" else served
    served.close()


def test_it_answers_piece_by_piece_and_always_the_same(real: ChatModel) -> None:
    messages = [Message("system", "You are brief."), Message("user", "Name a colour.")]
    first, second = (list(real.stream(messages, max_tokens=6)) for _ in range(2))
    assert first == second
    assert 2 <= len(first) <= 6
    assert "".join(first).isascii()


def test_it_is_cancelled_in_the_middle(real: ChatModel) -> None:
    stop = threading.Event()
    got = []
    for delta in real.stream(COUNT, max_tokens=500, stop=stop):
        got.append(delta)
        if len(got) == 3:
            stop.set()
            began = time.monotonic()
    assert len(got) == 3
    assert time.monotonic() - began < 1
    assert asked(real, "Name a colour.", max_tokens=2), "it is free for the next question"


def test_window_and_tokens_are_exact(real: ChatModel) -> None:
    assert real.info.window == (1024 if real.info.name.startswith("gguf") else 768)
    assert not real.info.hosted
    assert real.info.where == "this machine"
    assert real.count_tokens("") == 0
    assert real.count_tokens("Rules are made by those who keep them.") == 9
    assert real.count_tokens("多中心治理") == 9
    long = "rule " * real.info.window
    assert real.count_tokens(long) == real.info.window + 1
    with pytest.raises(ModelRefusedRequest, match="exceeds the available context size"):
        asked(real, long)


def test_cancelled_while_the_prompt_is_read(tiny: GgufModel) -> None:
    stop = threading.Event()
    prompt = [Message("user", "Which rule is rule number seven? " * 100)]
    assert tiny.count_tokens(prompt[0].content) > 600
    threading.Timer(0.2, stop.set).start()
    began = time.monotonic()
    assert list(tiny.stream(prompt, max_tokens=2, stop=stop)) == []
    assert time.monotonic() - began < 2


def test_counting_fails_as_a_model_does(smollm2: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise httpx.ReadError("llama.cpp is gone")

    model = opened(f"gguf:{smollm2}", window=512)
    assert isinstance(model, GgufModel)
    assert model._server is not None
    monkeypatch.setattr(model._server, "ask", broken)
    with pytest.raises(ModelBroke, match="broke off the connection"):
        model.count_tokens("Rules are made.")
    model.close()
    with pytest.raises(ModelUnreachable, match="has been closed"):
        model.count_tokens("Rules are kept.")


def test_quotes_take_the_place_of_a_model_that_was_closed(
    smollm2: Path, samples_copy: Path
) -> None:
    model = opened(f"gguf:{smollm2}", window=512)
    model.close()
    with Assistant.open(samples_copy, model=model) as assistant:
        answer = assistant.ask("What is polycentric governance?")
    assert answer.by == "quoting"
    assert answer.notices[0].endswith("has been closed. Open it again. Quotes are shown instead.")


def test_it_opens_no_port(tiny: GgufModel) -> None:
    if not hasattr(socket, "AF_UNIX"):
        pytest.skip("this system has no socket files, so a port of this machine is used")
    listening = [
        connection.laddr
        for connection in psutil.Process().net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    ]
    asked(tiny, "Name a colour.", max_tokens=1)
    after = [
        connection.laddr
        for connection in psutil.Process().net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert after == listening


def test_llama_cpp_refuses_another_key(
    llama_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVASSIST_API_KEY", "sk-of-somebody-else")
    model = opened("openai:smollm2", base_url=f"{llama_server.address}/v1")
    with pytest.raises(ModelRefusedKey, match="GOVASSIST_API_KEY"):
        asked(model)
    assert model.info.window == 4096
    model.close()


def test_the_estimate_is_above_the_count(tiny: GgufModel) -> None:
    english = "Polycentric governance means that several centres of decision make the rules. "
    chinese = "多中心治理是指多个相互独立的决策中心在同一领域内共同制定并执行规则。"
    for text in (english, chinese, f"{english}{chinese}"):
        exact = tiny.count_tokens(text)
        assert exact <= estimate(text) <= 1.5 * exact


@pytest.mark.parametrize(
    ("content", "error", "told"),
    [
        (b"<html></html>", ModelBroke, "no GGUF file"),
        (b"GGUF" + b"\xff" * 5000, ModelBroke, "cannot be loaded by llama.cpp"),
        (None, ModelNotInstalled, "there is no such model file"),
    ],
)
def test_a_file_that_is_no_model(
    tmp_path: Path, content: bytes | None, error: type[Exception], told: str
) -> None:
    path = tmp_path / "model.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error, match=told):
        open_model(f"gguf:{path}")


def test_a_closed_model_says_so_and_an_unclosed_one_lets_the_process_end(smollm2: Path) -> None:
    script = """
import sys
from assistant.models import Message, ModelUnreachable, open_model
first = open_model(sys.argv[1], window=512)
print(next(first.stream([Message("user", "Hi")], max_tokens=2)))
first.close()
try:
    list(first.stream([Message("user", "Hi")], max_tokens=2))
except ModelUnreachable as error:
    print(error)
second = open_model(sys.argv[1], window=512)
reply = second.stream([Message("user", "Count to fifty.")], max_tokens=400)
print(next(reply))
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, f"gguf:{smollm2}"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "TMPDIR": os.environ.get("TMPDIR", "/tmp")},
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "has been closed" in done.stdout

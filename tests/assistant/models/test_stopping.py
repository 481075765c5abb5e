"""An answer ends at once when it is stopped, and the connection is closed."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import time
from types import AsyncGeneratorType

import pytest

from assistant.models import ChatModel, Message, ModelError, ModelUnreachable
from tests.assistant.models.conftest import asked, opened
from tests.assistant.models.provider import REPLY, FakeProvider

WHO = [Message("user", "Who makes the rules?")]


def test_stopped_while_the_first_token_is_waited_for(provider: FakeProvider) -> None:
    model = opened("openai:tiny", base_url=provider.url, timeout=30)
    provider.behave("hang first")
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    began = time.monotonic()
    assert list(model.stream(WHO, max_tokens=20, stop=stop)) == []
    assert time.monotonic() - began < 1.5
    assert provider.requests[0].closed.wait(2)
    model.close()


def test_stopped_in_the_middle(provider: FakeProvider, model: ChatModel) -> None:
    provider.behave("slowly")
    stop = threading.Event()
    got = []
    for delta in model.stream(WHO, max_tokens=20, stop=stop):
        got.append(delta)
        if len(got) == 3:
            stop.set()
    assert got == ["word "] * 3
    assert provider.requests[0].closed.wait(2)


def test_stopped_while_it_waits_to_ask_again(provider: FakeProvider) -> None:
    model = opened("openai:tiny", base_url=provider.url, timeout=30)
    provider.behave("429")
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    began = time.monotonic()
    assert list(model.stream(WHO, max_tokens=20, stop=stop)) == []
    assert time.monotonic() - began < 1
    assert len(provider.requests) == 1
    model.close()


def test_stopped_beforehand_asks_nothing(provider: FakeProvider, model: ChatModel) -> None:
    stop = threading.Event()
    stop.set()
    assert list(model.stream(WHO, max_tokens=20, stop=stop)) == []
    assert provider.requests == []


def test_who_looks_away_closes_the_connection(provider: FakeProvider, model: ChatModel) -> None:
    provider.behave("slowly")
    for _ in model.stream(WHO, max_tokens=20):
        break
    assert provider.requests[0].closed.wait(2)


def test_many_at_once(provider: FakeProvider, model: ChatModel) -> None:
    replies: list[str] = []
    threads = [threading.Thread(target=lambda: replies.append(asked(model))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [reply.strip() for reply in replies] == [REPLY] * 8


def test_closing_ends_what_is_being_said(provider: FakeProvider, model: ChatModel) -> None:
    provider.behave("slowly")
    reply = model.stream(WHO, max_tokens=20)
    assert next(reply) == "word "
    model.close()
    with pytest.raises(ModelUnreachable, match="has been closed"):
        assert set(reply) <= {"word "}
    assert provider.requests[0].closed.wait(2)
    model.close()
    with pytest.raises(ModelUnreachable, match="has been closed"):
        asked(model)


def test_closing_ends_the_wait_for_the_first_token(provider: FakeProvider) -> None:
    model = opened("openai:tiny", base_url=provider.url, timeout=30)
    provider.behave("hang first")
    closing = threading.Timer(0.3, model.close)
    closing.start()
    with pytest.raises(ModelUnreachable, match="has been closed"):
        asked(model)
    closing.join()


def test_a_reply_that_had_come_whole_outlives_its_model(
    provider: FakeProvider, model: ChatModel
) -> None:
    reply = model.stream(WHO, max_tokens=20)
    first = next(reply)
    time.sleep(1)  # until the last of it has come in
    model.close()
    assert f"{first}{''.join(reply)}".strip() == REPLY


def test_threads_that_come_first_share_one_loop() -> None:
    script = """
import sys, threading
from assistant.models.loop import _loop
sys.setswitchinterval(1e-6)
start, loops = threading.Barrier(16), set()
def come():
    start.wait()
    loops.add(_loop())
threads = [threading.Thread(target=come) for _ in range(16)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(loops))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "1\n"


def test_a_model_opened_anew_answers(provider: FakeProvider) -> None:
    for _ in range(3):
        model = opened("openai:tiny", base_url=provider.url, timeout=5)
        assert asked(model).strip() == REPLY
        model.close()


@pytest.mark.parametrize("behaviour", ["endless", "cut", "error midway", "hang midway"])
def test_nothing_of_a_reply_is_left_for_the_garbage_collector(
    provider: FakeProvider, hasty: ChatModel, behaviour: str
) -> None:
    gc.collect()
    gc.disable()
    before = open_generators()
    try:
        provider.behave(behaviour)
        with pytest.raises(ModelError):
            list(hasty.stream(WHO, max_tokens=20))
        left = open_generators() - before
    finally:
        gc.enable()
    assert left == set()


def open_generators() -> set[AsyncGeneratorType[object, object]]:
    """The asynchronous generators of this process that have not ended."""
    # Not isinstance: it asks objects for their class, and some of torch's warn of being asked.
    generators = {thing for thing in gc.get_objects() if type(thing) is AsyncGeneratorType}
    return {generator for generator in generators if generator.ag_frame is not None}

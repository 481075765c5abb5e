"""Every fault that a provider's port can have ends in its own error, in time, without the key."""

from __future__ import annotations

import time

import pytest

from assistant.models import (
    ChatModel,
    Message,
    ModelBroke,
    ModelError,
    ModelNotFound,
    ModelOutOfQuota,
    ModelRefusedKey,
    ModelRefusedRequest,
    ModelSaidNothing,
    ModelTimedOut,
    ModelUnreachable,
)
from assistant.models.streaming import LONGEST_REPLY
from ingest.errors import GovernanceAssistantError
from tests.assistant.models.conftest import NOBODY, SECRET, asked, opened
from tests.assistant.models.provider import REPLY, FakeProvider


@pytest.mark.parametrize(
    ("behaviour", "error", "told", "requests"),
    [
        ("401", ModelRefusedKey, "Check it in GOVASSIST_API_KEY", 1),
        ("403", ModelRefusedKey, "refuses the key (403)", 1),
        ("404", ModelNotFound, "The model does not exist", 1),
        ("400", ModelRefusedRequest, "maximum context length is 2048", 1),
        ("429 for an hour", ModelOutOfQuota, "Ask again in 3600 s", 1),
        ("429 quota", ModelOutOfQuota, "quota is used up", 1),
        ("429", ModelOutOfQuota, "takes no more requests", 2),
        ("500", ModelBroke, "failed (500): Out of memory", 2),
        ("reset", ModelBroke, "broke off the connection", 2),
        ("hang first", ModelTimedOut, "sent nothing for", 1),
        ("empty", ModelSaidNothing, "empty answer", 1),
        ("no body", ModelBroke, "sent nothing, or what cannot be read", 1),
        ("malformed json", ModelBroke, "cannot be read as a reply", 1),
        ("malformed stream", ModelBroke, "cannot be read as a reply", 1),
        ("wrong json", ModelBroke, "cannot be read as a reply", 1),
    ],
)
def test_a_fault_before_the_first_token(
    provider: FakeProvider,
    hasty: ChatModel,
    behaviour: str,
    error: type[ModelError],
    told: str,
    requests: int,
) -> None:
    provider.behave(behaviour)
    began = time.monotonic()
    with pytest.raises(error) as raised:
        asked(hasty)
    assert time.monotonic() - began < 3
    message = str(raised.value)
    assert told in message
    assert "openai:tiny (this machine)" in message
    assert "0123456789" not in message
    assert len(provider.requests) >= requests if requests > 1 else len(provider.requests) == 1
    assert isinstance(raised.value, GovernanceAssistantError)


@pytest.mark.parametrize(
    ("behaviour", "error", "told"),
    [
        ("hang midway", ModelTimedOut, "sent nothing for"),
        ("cut", ModelBroke, "broke off the connection"),
        ("cut neatly", ModelBroke, "broke off the connection"),
        ("error midway", ModelBroke, "The GPU went away"),
    ],
)
def test_a_fault_in_the_middle_is_told_after_what_came_and_is_not_tried_again(
    provider: FakeProvider,
    hasty: ChatModel,
    behaviour: str,
    error: type[ModelError],
    told: str,
) -> None:
    provider.behave(behaviour)
    reply = hasty.stream([Message("user", "Who?")], max_tokens=20)
    assert next(reply) == "Rules "
    began = time.monotonic()
    with pytest.raises(error, match=told):
        list(reply)
    assert time.monotonic() - began < 3
    assert len(provider.requests) == 1


@pytest.mark.parametrize("behaviour", ["429 once", "500 once", "reset once"])
def test_what_may_pass_is_tried_again(
    provider: FakeProvider, model: ChatModel, behaviour: str
) -> None:
    provider.behave(behaviour)
    assert asked(model).strip() == REPLY
    first, second = provider.requests
    assert first.body == second.body
    if behaviour == "429 once":
        assert second.at - first.at >= 1, "Retry-After says 1 s"


def test_an_endless_reply_is_cut_off(provider: FakeProvider, model: ChatModel) -> None:
    provider.behave("endless")
    got: list[str] = []
    with pytest.raises(ModelBroke, match="does not stop"):
        got.extend(model.stream([Message("user", "Who?")], max_tokens=20))
    assert LONGEST_REPLY - 1000 <= len("".join(got)) <= LONGEST_REPLY
    provider.behave("huge")
    with pytest.raises(ModelBroke, match="cut off at 200,000 characters"):
        asked(model)


@pytest.mark.parametrize("name", ["openai:tiny", "ollama:tiny"])
def test_nobody_at_the_address(name: str) -> None:
    model = opened(name, base_url=NOBODY, timeout=5)
    began = time.monotonic()
    with pytest.raises(ModelUnreachable, match=r"cannot be reached: .*running"):
        asked(model)
    assert time.monotonic() - began < 2
    assert model.info.window == 4096
    model.close()


def test_the_key_is_sent_and_nothing_of_it_is_told(
    provider: FakeProvider, hasty: ChatModel
) -> None:
    provider.behave("500")
    with pytest.raises(ModelBroke, match="your key was \\[key\\]") as raised:
        asked(hasty)
    headers = {name.lower(): value for name, value in provider.requests[0].headers.items()}
    assert headers["authorization"] == f"Bearer {SECRET}"
    assert SECRET not in repr(raised.value)


def test_a_model_that_minds_the_temperature_is_asked_without(
    provider: FakeProvider, model: ChatModel
) -> None:
    provider.behave("no temperature")
    assert asked(model).strip() == REPLY
    assert asked(model).strip() == REPLY
    assert ["temperature" in request.body for request in provider.requests] == [True, False, False]


def test_what_is_sent(provider: FakeProvider, model: ChatModel) -> None:
    messages = [Message("system", "Be brief."), Message("user", "Who?")]
    assert "".join(model.stream(messages, max_tokens=7)).strip() == REPLY
    [request] = provider.requests
    assert request.body == {
        "model": "tiny",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Who?"},
        ],
        "max_tokens": 7,
        "stream": True,
        "temperature": 0.0,
    }


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        ("<think> They may. Or not. </think> They do.", "They do."),
        ("<think>They may.</think>They do.", "They do."),
        ("<thinking> is hard.", "<thinking> is hard."),
        ("a <think> b", "a <think> b"),
    ],
)
def test_thoughts_are_left_out(
    provider: FakeProvider, model: ChatModel, reply: str, shown: str
) -> None:
    provider.say(reply)
    assert asked(model).strip() == shown


def test_nothing_but_thoughts_is_no_answer(provider: FakeProvider, model: ChatModel) -> None:
    provider.say("<think> They may. Or not.")
    with pytest.raises(ModelSaidNothing):
        asked(model)

"""The chat where a language model writes: who wrote it, and what its passages do not bear out."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from tests.app.conftest import OpenApp
from tests.app.seen import ask, messages
from tests.assistant.models.provider import FakeProvider

QUESTION = "What is polycentric governance?"


@pytest.fixture(autouse=True)
def model(named_provider: FakeProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment names its model, too."""
    monkeypatch.setenv("GOVASSIST_MODEL", "openai:tiny")


def test_an_answer_names_its_writer_and_flags_inventions(
    open_app: OpenApp, samples_copy: Path, provider: FakeProvider, samples: Assistant
) -> None:
    passage = samples.search(QUESTION, k=1)[0].passage.text
    provider.say(
        f"QUOTES\nANSWER\n{passage.split('.')[0]} [1]. <b>Napoleon</b> sold umbrellas in 1804 [1]."
    )
    app = open_app(samples_copy)
    assert "openai:tiny" in app.sidebar.caption[-1].value.replace("\\", "")
    said = messages(ask(app, QUESTION))[-1][1]
    assert "Written by openai:tiny" in said
    assert said.count("⚠ not supported") == 1
    assert "&lt;b&gt;Napoleon" in said
    assert "<b>" not in said


def test_a_fault_is_told_above_the_quotes(
    open_app: OpenApp, samples_copy: Path, provider: FakeProvider
) -> None:
    provider.behave("401")
    said = messages(ask(open_app(samples_copy), QUESTION))[-1][1]
    assert "Quotes are shown instead." in said
    assert "Every quote stands word for word" in said


def test_a_name_that_is_none_is_told(
    open_app: OpenApp, samples_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVASSIST_MODEL", "umbrella")
    app = ask(open_app(samples_copy), QUESTION)
    assert "ollama:" in app.error[0].value.replace("\\", "")

"""What `govassist doctor` says of the model."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.doctor import examine
from assistant.models.trial import tried
from tests.assistant.models.conftest import NOBODY
from tests.assistant.models.provider import FakeProvider


def test_without_a_model(tmp_path: Path) -> None:
    for model in ("none", None):
        trial = tried(model)
        assert trial.answers.startswith("by quoting")
        assert (trial.leaves, trial.problem) == ("nothing", None)


def test_a_model_on_this_machine(provider: FakeProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVASSIST_MODEL", "openai:tiny")
    monkeypatch.setenv("GOVASSIST_BASE_URL", provider.url)
    trial = tried()
    assert "openai:tiny on this machine, which answers in " in trial.answers
    assert "4,096 tokens" in trial.answers
    assert (trial.leaves, trial.problem) == ("nothing", None)
    [request] = provider.requests
    assert request.body["messages"] == [{"role": "user", "content": "Say yes."}]


def test_a_model_that_says_nothing_answers(
    provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVASSIST_BASE_URL", provider.url)
    provider.behave("empty")
    assert tried("openai:tiny").problem is None


def test_a_model_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://models.invalid/v1")
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", "https://traces.example.org")
    monkeypatch.setenv("GOVASSIST_WINDOW", "5000")
    from assistant.models import Message, ModelInfo

    class Elsewhere:
        info = ModelInfo("openai:x", "models.invalid", 5000, hosted=True)

        def count_tokens(self, text: str) -> int:
            return len(text)

        def stream(self, messages: list[Message], **_: object) -> list[str]:
            return ["yes"]

        def close(self) -> None:
            raise AssertionError("it is not ours to close")

    trial = tried(Elsewhere())  # type: ignore[arg-type]
    assert "at models.invalid" in trial.answers
    assert trial.leaves == (
        "the question, the conversation and the passages used go to models.invalid and "
        "https://traces.example.org"
    )


@pytest.mark.parametrize(
    ("model", "problem"),
    [("openai:tiny", "cannot be reached"), ("gpt-4o", "No model can be called")],
)
def test_what_is_wrong_is_among_the_problems(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, model: str, problem: str
) -> None:
    monkeypatch.setenv("GOVASSIST_BASE_URL", NOBODY)
    findings = examine(tmp_path / "none", model=model)
    assert not findings.sound
    assert any(problem in found for found in findings.problems)
    assert "govassist add" in findings.problems[0]


def test_the_doctor_shows_it(tmp_path: Path, provider: FakeProvider) -> None:
    from assistant.models import open_model

    model = open_model("openai:tiny", base_url=provider.url)
    findings = examine(tmp_path / "none", model=model)
    shown = dict(findings.shown())
    assert shown["answers"].startswith("by openai:tiny on this machine, which answers in")
    assert shown["leaves this machine"] == "nothing"
    assert shown["langchain"] != "not installed"
    assert [problem for problem in findings.problems if "no library" not in problem] == []
    assert model is not None
    model.close()

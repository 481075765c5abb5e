"""A real local model answers, in this process and behind a server; its inventions are flagged."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from assistant import Answer, Assistant, Done, Event, SentenceVerified, Token
from assistant.models.opening import open_model
from assistant.models.types import ChatModel
from assistant.models.xllamacpp import Server
from assistant.verification.words import content_stems, words_of
from tests.assistant.models.smollm2 import smollm2_file

WINDOW = 1_536
QUESTIONS = (
    "What is polycentric governance?",
    "Which tools does smart governance use?",
    "What is institutional discourse power?",
)


@pytest.fixture(scope="module", params=["gguf", "server"])
def model(request: pytest.FixtureRequest) -> Iterator[ChatModel]:
    file = smollm2_file()
    with ExitStack() as stack:
        if request.param == "gguf":
            opened = open_model(f"gguf:{file}", window=WINDOW)
        else:
            server = stack.enter_context(closing(Server(file, WINDOW, port=True)))
            environment = stack.enter_context(pytest.MonkeyPatch.context())
            environment.setenv("GOVASSIST_API_KEY", server.key)
            opened = open_model("openai:smollm2", base_url=f"{server.address}/v1")
        assert opened is not None
        yield stack.enter_context(closing(opened))


@pytest.fixture
def assistant(samples_copy: Path, model: ChatModel) -> Iterator[Assistant]:
    with Assistant.open(samples_copy, model=model) as assistant:
        yield assistant


def answered(assistant: Assistant, question: str, stop: threading.Event | None = None) -> Answer:
    events: list[Event] = list(assistant.stream(question, stop=stop))
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    if answer.by != "quoting":
        assert any(isinstance(event, Token) for event in events)
        assert any(isinstance(event, SentenceVerified) for event in events)
    return answer


def test_whatever_it_writes_every_supported_sentence_is_in_the_passages(
    assistant: Assistant,
) -> None:
    """The model is far too weak to follow the rules; what is shown as supported must still be."""
    for question in QUESTIONS:
        answer = answered(assistant, question)
        assert answer.answered
        assert answer.citations
        passages = {c.number: c.passage.text for c in answer.citations}
        for sentence in answer.sentences:
            if sentence.verdict == "supported" and answer.by != "quoting":
                said = set(content_stems(words_of(sentence.text)))
                cited = " ".join(passages[number] for number in sentence.citations)
                there = said & set(content_stems(words_of(cited)))
                assert len(there) >= 0.6 * len(said), sentence
        for citation in answer.citations:
            assert citation.verdict == "supported"
        if answer.by == "quoting":
            assert "Quotes are shown instead" in answer.notices[0]


def test_it_is_stopped_in_the_middle(assistant: Assistant) -> None:
    stop = threading.Event()
    events = []
    for event in assistant.stream(QUESTIONS[0], stop=stop):
        events.append(event)
        if isinstance(event, Token):
            stop.set()
    assert isinstance(events[-1], Done)
    assert sum(isinstance(event, Token) for event in events) <= 2

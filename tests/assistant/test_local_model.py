"""A real local model answers, in this process and behind a server; its inventions are flagged."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from assistant import Assistant, Done, Retrieved, Token
from assistant.models.opening import open_model
from assistant.models.types import ChatModel
from assistant.models.xllamacpp import Server
from assistant.replies import sentences
from assistant.verification.verify import Claim, verify
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


def test_its_inventions_are_flagged_and_what_is_shown_is_in_the_passages(
    assistant: Assistant,
) -> None:
    """The model is far too weak to cite, so its words are checked against all it was given."""
    verdicts = []
    for question in QUESTIONS:
        events = list(assistant.stream(question))
        first, last = events[0], events[-1]
        assert isinstance(first, Retrieved)
        assert isinstance(last, Done)
        words = "".join(event.text for event in events if isinstance(event, Token))
        passages = tuple(hit.passage.text for hit in first.hits)
        claims = [Claim(one.text, passages) for one in sentences(words, ())]
        assert claims, "the model wrote nothing"
        there = content_stems(words_of(" ".join(passages)))
        for claim, check in zip(claims, verify(claims, assistant._library.embedder), strict=True):
            verdicts.append(check.verdict)
            if check.verdict == "supported":
                said = content_stems(words_of(claim.text))
                assert sum(stem in there for stem in said) >= 0.6 * len(said), claim.text
        shown = last.answer
        assert shown.citations
        assert all(citation.verdict == "supported" for citation in shown.citations)
        if shown.by == "quoting":
            assert shown.notices[0].endswith("Quotes are shown instead.")
    assert "not supported" in verdicts


def test_it_is_stopped_in_the_middle(assistant: Assistant) -> None:
    stop = threading.Event()
    events = []
    for event in assistant.stream(QUESTIONS[0], stop=stop):
        events.append(event)
        if isinstance(event, Token):
            stop.set()
    assert isinstance(events[-1], Done)
    assert sum(isinstance(event, Token) for event in events) <= 2

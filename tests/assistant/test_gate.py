"""Whether the papers answer is decided before anybody answers, and said in the question's words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.confidence import WEIGHTS, evidence, names, probability, stem
from assistant.gate import THRESHOLD, Decision, decide, not_answered
from assistant.leaning import is_courtesy


def decided(assistant: Assistant, question: str) -> Decision:
    queries = assistant._queries(question, None)
    return decide(assistant._library, question, queries, assistant.search(question))


def test_what_the_papers_tell_is_answerable(samples: Assistant) -> None:
    decision = decided(samples, "What is polycentric governance?")
    assert decision.answerable
    assert THRESHOLD < decision.score < 1
    assert decision.unmentioned == ()


@pytest.mark.parametrize(
    ("question", "unmentioned"),
    [
        ("Which wine goes well with grilled trout?", ()),
        ("What does Machiavelli say about governance?", ("Machiavelli",)),
        ("How many tonnes of herring does Zhang count?", ()),
    ],
)
def test_what_they_do_not_tell_is_not(
    samples: Assistant, question: str, unmentioned: tuple[str, ...]
) -> None:
    decision = decided(samples, question)
    assert not decision.answerable
    assert decision.score >= 0
    assert decision.unmentioned == unmentioned


def test_where_nothing_was_found_nothing_is_answered(samples: Assistant) -> None:
    decision = decide(samples._library, "What is governance?", [], [])
    assert decision == Decision(answerable=False, score=0.0, unmentioned=())


def test_the_evidence_and_its_probability(samples: Assistant) -> None:
    question = "What is polycentric governance?"
    queries, hits = samples._queries(question, None), samples.search(question)
    found = evidence(samples._library, question, queries, hits)
    assert found.keys() == WEIGHTS.keys()
    assert found["worst_third"] <= found["late"] <= 1
    assert found["absent_names"] == found["number_gap"] == 0
    surer = found | {"late": found["late"] + 0.1}
    assert probability(found) < probability(surer) < 1


def test_a_number_that_no_sentence_gives_is_missed(samples: Assistant) -> None:
    question = "What percentage of the rural trout ponds is governed by monks?"
    queries, hits = samples._queries(question, None), samples.search(question)
    assert evidence(samples._library, question, queries, hits)["number_gap"] > 0


@pytest.mark.parametrize(
    ("asking", "not_asking"),
    [
        ("When was the trout fund set up?", "What happens when trout ponds run dry?"),
        ("How much does a trout pond cost?", "What are the transaction costs of trout ponds?"),
        ("Give the number of trout ponds.", "What do a number of anglers want?"),
        ("鳟鱼池有几个？", "鳟鱼池有哪几种？"),  # noqa: RUF001
    ],
)
def test_a_number_is_missed_only_where_one_is_asked_for(
    samples: Assistant, asking: str, not_asking: str
) -> None:
    hits = samples.search("trout ponds")
    silent = [replace(hit, passage=replace(hit.passage, text="Trout swim.")) for hit in hits]
    for question, expected in ((asking, True), (not_asking, False)):
        queries = samples._queries(question, None)
        found = evidence(samples._library, question, queries, silent)
        assert (found["number_gap"] > 0) is expected, question


def test_names_are_capitalised_words_within_a_sentence() -> None:
    assert names("Does Quill quote Poe? Nobody says so. The EU does.") == ("Quill", "Poe")
    assert names("Who was it?") == ()


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What does Professor Yan say about Kenya?", ("Yan", "Kenya")),
        ("According to Dr. Quill, what is order?", ("Quill",)),
        ("Hi, I am Anna from Rome. What does Quill say?", ("Quill",)),
        ("Tell me of the lamps of Rome.", ("Rome",)),
        ("What Is Order According To Ada Quill", ()),
        ("What happened in May in Paris?", ("May", "Paris")),
        ("你好，我在Rome。What does Quill say？", ("Quill",)),  # noqa: RUF001
    ],
)
def test_names_are_read_where_something_is_asked(question: str, found: tuple[str, ...]) -> None:
    assert names(question) == found


@pytest.mark.parametrize(
    "question",
    [
        "What does Professor Yan say about smart governance?",
        "What Is Polycentric Governance According To Liu Yuzhu?",
        "What is the Social Governance of Liu's Digest?",
        "Hello, I am Anna. What is polycentric governance?",
    ],
)
def test_capitals_alone_make_no_question_unanswerable(samples: Assistant, question: str) -> None:
    assert decided(samples, question).answerable


@pytest.mark.parametrize(
    "said",
    ["Hi", "hello there!", "Good morning.", "Thanks a lot!", "ok, thank you", "谢谢！", "你好"],  # noqa: RUF001
)
def test_greetings_and_thanks_are_no_questions(samples: Assistant, said: str) -> None:
    history = [{"role": "user", "content": "What is polycentric governance?"}]
    answer = samples.ask(said, history=history)
    assert not answer.answered
    assert not answer.nearest
    assert not answer.citations
    assert answer.standalone == ""
    assert answer.text in {
        "Ask me anything about the papers in this library.",
        "请就本文献库中的论文提问。",
    }


@pytest.mark.parametrize("asked", ["Hello governance", "Is good governance great?", "Okinawa"])
def test_what_only_begins_like_a_greeting_is_a_question(asked: str) -> None:
    assert not is_courtesy(asked)


@pytest.mark.parametrize(
    ("word", "same"),
    [("lamps", "lamp"), ("governing", "govern"), ("parties", "part"), ("is", "is")],
)
def test_stems(word: str, same: str) -> None:
    assert stem(word) == same


def test_a_refusal_names_what_is_nearest_in_the_language_of_the_question(
    samples: Assistant,
) -> None:
    hits = samples.search("What is governance?")
    decision = Decision(answerable=False, score=0.1, unmentioned=("Quill", "Poe"))
    english = not_answered(samples._library, "What does Quill say?", hits, decision)
    assert "do not answer" in english.text
    assert "Their main text never mentions “Quill”, “Poe”." in english.text
    assert samples.paper(hits[0].paper_id).title in english.text
    assert not english.answered
    assert english.citations == ()
    assert list(english.nearest) == hits[:3]
    chinese = not_answered(samples._library, "月亮上有什么", hits, decision)
    assert "没有回答" in chinese.text
    assert "“Quill”、“Poe”" in chinese.text
    assert "nearest" not in chinese.text


def test_a_refusal_says_which_papers_were_asked(samples: Assistant) -> None:
    paper = samples.papers()[0].id
    question = "How do I bake sourdough bread?"
    assert samples.ask(question).text.startswith("The papers in this library do not answer")
    asked = samples.ask(question, papers=[paper])
    assert asked.text.startswith("The papers you chose to ask do not answer")

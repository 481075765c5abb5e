"""Who asks what an author says is answered from what this author says."""

from __future__ import annotations

from collections import Counter

from assistant import Assistant


def _papers(assistant: Assistant, author: str) -> set[str]:
    return {paper.id for paper in assistant.papers() if author in " ".join(paper.authors).split()}


def test_an_author_who_says_nothing_is_not_replaced_by_another(samples: Assistant) -> None:
    question = "{}the shipping deal of the Shanghai Cooperation Organization?"
    assert samples.ask(question.format("What is ")).answered
    answer = samples.ask(question.format("What does Liu say about "))
    assert not answer.answered
    assert answer.text.startswith("What these authors wrote in this library does not answer")
    assert {hit.paper_id for hit in answer.nearest} - _papers(samples, "Liu")


def test_an_author_is_quoted_alone(samples: Assistant) -> None:
    answer = samples.ask("What does Zhang say about global public problems?")
    assert {citation.paper.id for citation in answer.citations} == _papers(samples, "Zhang")


def test_authors_compared_have_equal_shares(samples: Assistant) -> None:
    answer = samples.ask("How do Yan and Luosang see actors that are no states?")
    paper = {passage.id: passage.paper_id for passage in samples.passages()}
    shares = Counter(paper[passage.id] for passage in samples.record(answer.record).passages)
    assert set(shares) == _papers(samples, "Yan") | _papers(samples, "Luosang")
    assert set(shares.values()) == {5}


def test_names_of_earlier_turns_are_not_meant_again(samples: Assistant) -> None:
    history = [
        {"role": "user", "content": "What does Liu say about social governance?"},
        {"role": "assistant", "content": "That it must be holistic."},
    ]
    answer = samples.ask("When does a trouble count as a global public problem?", history=history)
    assert {citation.paper.id for citation in answer.citations} & _papers(samples, "Zhang")


def test_a_scope_without_the_author_is_asked_as_it_is(samples: Assistant) -> None:
    (other,) = _papers(samples, "Zhang")
    answer = samples.ask("What does Liu say about global public problems?", papers=[other])
    assert {citation.paper.id for citation in answer.citations} <= {other}

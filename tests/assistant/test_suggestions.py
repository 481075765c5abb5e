"""Questions to ask next: other ones, in the question's language, that the papers answer."""

from __future__ import annotations

import pytest

from assistant import Assistant
from tests.assistant.test_translate import needs_dictionary


@pytest.mark.parametrize(
    "question", ["What is polycentric governance?", "Which tools does smart governance use?"]
)
def test_suggestions_are_answered_by_the_papers(samples_quoting: Assistant, question: str) -> None:
    answer = samples_quoting.ask(question)
    suggested = samples_quoting.suggest(answer)
    assert 1 <= len(suggested) <= 3
    assert len(set(suggested)) == len(suggested)
    cited = {(c.paper.id, c.passage.section) for c in answer.citations}
    for one in suggested:
        again = samples_quoting.ask(one)
        assert again.answered, one
        found = {(hit.paper_id, hit.section) for hit in samples_quoting.search(one)}
        assert found - cited


@needs_dictionary
def test_a_chinese_question_gets_chinese_suggestions(samples_quoting: Assistant) -> None:
    answer = samples_quoting.ask("什么是 polycentric governance 多中心治理？")  # noqa: RUF001
    suggested = samples_quoting.suggest(answer)
    assert suggested
    assert all(one.startswith("关于“") for one in suggested)


def test_a_refusal_may_have_suggestions_and_never_fails(samples_quoting: Assistant) -> None:
    answer = samples_quoting.ask("Xyzzy frobnicate blorb zorkmid?")
    assert not answer.answered
    assert len(samples_quoting.suggest(answer)) <= 3

"""Questions to ask next: other ones, in the question's language, that the papers answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.suggestions import examples
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


def test_headings_become_questions_that_read_well(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# Lamps\n\nAda Quill, Ben Reed, Cy Poe\n\n# THE RULES OF LAMP WARDENS\n\nLamp wardens "
        'trim the lamps of the quay at dusk by rules.\n\n# The "winter chain" of lamps\n\nThe '
        "winter chain of lamps counts every lamp that went out.\n\n# THE CONCLUSION\n\nLamps of "
        "the quay need wardens.\n",
        "utf-8",
    )
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(tmp_path / "a.md")
        asked = examples(assistant)
    assert "What do Ada Quill and others say about “The rules of lamp wardens”?" in asked
    assert (
        "What do Ada Quill and others say about “The \u2018winter chain\u2019 of lamps”?" in asked
    )
    assert not any("onclusion" in one for one in asked)


@needs_dictionary
def test_chinese_examples_join_authors_in_chinese(samples_quoting: Assistant) -> None:
    asked = examples(samples_quoting, "zh", n=12)
    assert any("和" in one for one in asked)
    assert not any(" and " in one.partition("”")[2] for one in asked)


def test_examples_are_of_the_papers_that_will_be_asked(samples_quoting: Assistant) -> None:
    paper = samples_quoting.papers()[0]
    author = paper.authors[0].split()[0]
    asked = [one for one in examples(samples_quoting, papers=[paper.id]) if " say about " in one]
    assert asked
    assert all(author in one for one in asked)


def test_a_refusal_may_have_suggestions_and_never_fails(samples_quoting: Assistant) -> None:
    answer = samples_quoting.ask("Xyzzy frobnicate blorb zorkmid?")
    assert not answer.answered
    assert len(samples_quoting.suggest(answer)) <= 3

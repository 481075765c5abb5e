"""Authors that a question names, and the papers meant by them."""

from __future__ import annotations

import pytest

from assistant.naming import named_papers, papers_by_name

AUTHORS = {
    "a": ("Zhang Yi",),
    "b": ("Yuan Zhengqing", "Zhao Yang"),
    "c": ("Long Li",),
    "d": (),
    "e": ("Xi Chen",),
    "f": ("俞可平",),
}


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What does Zhang say?", {"a"}),
        ("what does zhang say?", {"a"}),
        ("What does Professor Zhang say?", {"a"}),
        ("What does Zhang Yi say?", {"a"}),
        ("Do Zhao and Zhang agree?", {"a", "b"}),
        ("How long did it take?", set()),
        ("What does Long mean by it?", {"c"}),
        ("What is governance?", set()),
        ("What did Xi Jinping propose?", set()),
        ("What did President Xi propose?", set()),
        ("What does Xi propose?", {"e"}),
        ("Who other than Zhang writes on rule?", set()),
        ("Who besides Zhang agrees with Zhao?", {"b"}),
        ("俞可平怎么定义治理？", {"f"}),  # noqa: RUF001
        ("除了俞可平，还有谁讨论治理？", set()),  # noqa: RUF001
        ("", set()),
    ],
)
def test_papers_whose_authors_are_named(question: str, named: set[str]) -> None:
    assert named_papers(question, AUTHORS) == named


def test_each_name_has_its_papers() -> None:
    authors = {**AUTHORS, "g": ("Zhang Wei",)}
    asked = "How do Yuan and Zhao differ from Zhang?"
    assert papers_by_name(asked, authors) == [frozenset("ag"), frozenset("b")]

"""Follow-ups are told from questions that stand by themselves."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import pytest

from assistant import Assistant
from assistant.evaluation.golden import read_golden
from assistant.evaluation.run import evaluate
from assistant.evaluation.types import GoldenQuestion
from assistant.leaning import leans_on_history
from assistant.types import Turn

_GOLDEN = Path(__file__).parents[1] / "retrieval" / "golden" / "samples.jsonl"


@pytest.mark.parametrize(
    "question",
    [
        "And in winter?",
        "Who wrote that?",
        "The second one?",
        "Does he agree with them?",
        "Why not",
        "What is it?",
        "What about harbour towns?",
        "What do the keepers of lamps do then?",
        "What does Quill say about it?",
        "Are those rules kept?",
        "How does the first differ from the second?",
        "Which of these is older?",
        "Is that also true of harbours?",
        "Who are the newer ones, and what do they want?",
        "为什么？",  # noqa: RUF001
        "那第二个呢？",  # noqa: RUF001
        "它的作用是什么？",  # noqa: RUF001
        "其中最重要的是什么？",  # noqa: RUF001
        "这些原则应当怎样实施才有效？",  # noqa: RUF001
        "奎尔怎么看这个问题？",  # noqa: RUF001
    ],
)
def test_a_follow_up_goes_on_points_back_or_is_a_scrap(question: str) -> None:
    assert leans_on_history(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which bread do bakers in Lyon bake on Sundays?",
        "What is bread?",
        "Who's Ada Quill?",
        "Which institutions that govern harbours last longest?",
        "Does Quill argue that lighthouses are common goods?",
        "When a harbour raises dues, how do its users and their unions answer?",
        "How do villages and towns share water with each other?",
        "Is there a rule against nets in spring?",
        "What do both keepers and skippers gain from a lamp?",
        "What do these papers say about lamp oil?",
        "Why can one council rule a lake?",
        "On the one hand fishers want quotas; what do canneries want on the other hand?",
        "什么是沙丘？",  # noqa: RUF001
        "沙丘是什么",
        "灯塔看守人的冬季职责是什么？",  # noqa: RUF001
        "海港应该如何维护灯塔？",  # noqa: RUF001
        "这几篇论文怎么看灯塔的作用？",  # noqa: RUF001
        "像北海渔村这样的地方怎么分配水源？",  # noqa: RUF001
    ],
)
def test_a_question_of_its_own_stands_alone(question: str) -> None:
    assert not leans_on_history(question)


def test_a_change_of_subject_costs_next_to_nothing(samples: Assistant) -> None:
    alone = [q for q in read_golden(_GOLDEN) if q.relevant and not q.history]
    changed = _after_another_paper(alone)
    assert _ndcg(samples, changed) > _ndcg(samples, alone) - 0.02


def _after_another_paper(questions: Sequence[GoldenQuestion]) -> list[GoldenQuestion]:
    """The same questions, each asked after one on other papers and its answer."""
    chosen = random.Random(1)
    changed = []
    for question in questions:
        papers = {span.paper for span in question.relevant}
        others = [q for q in questions if not papers & {span.paper for span in q.relevant}]
        before = chosen.choice(others)
        turns: tuple[Turn, ...] = (
            {"role": "user", "content": before.question},
            {"role": "assistant", "content": before.answer},
        )
        changed.append(replace(question, history=turns))
    return changed


def _ndcg(assistant: Assistant, questions: Sequence[GoldenQuestion]) -> float:
    return fmean(result.metrics["nDCG@10"] for result in evaluate(assistant, questions).results)

"""The gate: whether the papers answer a question at all, decided before anybody answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.confidence import confidence, evidence, meant, names, probability, speaks_of
from assistant.language import Language, language_of
from assistant.leaning import is_courtesy
from assistant.references import authors_in_short
from assistant.types import Answer, Hit
from ingest.types import Paper, Passage

if TYPE_CHECKING:
    from assistant.condense import Query
    from assistant.finding import AskedPapers
    from vectorstore.library import Library

NEAREST_SHOWN = 3

THRESHOLD = 0.27
"""Least probability with which a question is answered; chosen by ``training/gate.py``, which
prints .271: the weights are rounded here."""

RELEVANT = 0.37
"""Least confidence of a search that found its subject; under it nothing is answered."""

_EMPTY: dict[Language, str] = {
    "en": "The library is empty. Add papers to it, then ask again.",
    "zh": "文献库是空的。请先添加论文，再提问。",  # noqa: RUF001
}
_REFUSAL: dict[AskedPapers, dict[Language, str]] = {
    "all": {
        "en": "The papers in this library do not answer this question, as far as I can find.",
        "zh": "就我所能找到的，本文献库中的论文没有回答这个问题。",  # noqa: RUF001
    },
    "chosen": {
        "en": "The papers you chose to ask do not answer this question, as far as I can find.",
        "zh": "就我所能找到的，所选的论文没有回答这个问题。",  # noqa: RUF001
    },
    "named": {
        "en": "What these authors wrote in this library does not answer this question, as far as "
        "I can find.",
        "zh": "就我所能找到的，所问作者在本文献库中的论文没有回答这个问题。",  # noqa: RUF001
    },
}
_COURTEOUS: dict[Language, str] = {
    "en": "Ask me anything about the papers in this library.",
    "zh": "请就本文献库中的论文提问。",
}
_NEVER: dict[Language, str] = {
    "en": "Their main text never mentions {}.",
    "zh": "这些论文的正文从未提到{}。",
}
_COMMA: dict[Language, str] = {"en": ", ", "zh": "、"}
_NEAREST: dict[Language, str] = {
    "en": "The nearest passages are in:",
    "zh": "最接近的段落见：",  # noqa: RUF001
}


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the papers answer a question.

    ``score`` is the probability that they do, in [0, 1]. ``unmentioned`` are names in the
    question that the library holds nowhere.
    """

    answerable: bool
    score: float
    unmentioned: tuple[str, ...]


def decide(
    library: Library, question: str, queries: Sequence[Query], hits: Sequence[Hit]
) -> Decision:
    """Decide whether the papers answer a question; no language model is asked.

    Args:
        library: Where the hits come from.
        question: The question as asked.
        queries: The queries it was searched with.
        hits: What was found, best first.

    Returns:
        The decision; not answerable where nothing was found, or a greeting asks nothing.
    """
    unmentioned = tuple(name for name in names(question) if not library.mentions(name))
    if not hits or is_courtesy(question):
        return Decision(answerable=False, score=0.0, unmentioned=unmentioned)
    score = probability(evidence(library, question, queries, hits))
    answerable = (
        score >= THRESHOLD and confidence(hits) >= RELEVANT and speaks_of(meant(queries), hits)
    )
    return Decision(answerable, score, unmentioned)


def not_answered(
    library: Library,
    question: str,
    hits: Sequence[Hit],
    decision: Decision,
    *,
    asked: AskedPapers = "all",
) -> Answer:
    """Say, in the question's language, that the papers do not answer.

    Args:
        library: Where the hits come from.
        question: The question as asked.
        hits: What was found, best first.
        decision: Made by `decide`.
        asked: Which papers were asked.

    Returns:
        An answer without citations that names what is never mentioned, and the places of
        the nearest passages. A greeting is told what can be asked.
    """
    nearest = () if is_courtesy(question) else tuple(hits[:NEAREST_SHOWN])
    language = language_of(question)
    if not library.count_passages():
        text = _EMPTY[language]
    elif is_courtesy(question):
        text = _COURTEOUS[language]
    else:
        papers = {paper.id: paper for paper in library.papers()}
        lines = [_REFUSAL[asked][language]]
        if decision.unmentioned:
            quoted = (f"“{name}”" for name in decision.unmentioned)
            lines.append(_NEVER[language].format(_COMMA[language].join(quoted)))
        if nearest:
            lines.append(_NEAREST[language])
        places = (_place(papers.get(hit.paper_id), hit.passage) for hit in nearest)
        lines += [f"- {place}" for place in dict.fromkeys(places)]
        text = "\n".join(lines)
    return Answer(question=question, text=text, answered=False, nearest=nearest)


def _place(paper: Paper | None, passage: Passage) -> str:
    title = paper.title if paper else passage.paper_id
    authors = f"{authors_in_short(paper)}, " if paper and paper.authors else ""
    section = f" ({' > '.join(passage.section)})" if passage.section else ""
    return f"{authors}{title}{section}"

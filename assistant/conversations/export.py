"""A conversation as a file: to read, for programs, or the references of what it cited."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from assistant.conversations.store import StoredTurn
from assistant.serialize import to_json
from assistant.types import Answer, Sentence
from ingest.errors import BadSettings
from ingest.types import Paper

Format = Literal["markdown", "json", "apa", "bibtex", "ris", "csl"]

_LONGEST_NAME = 60
_EXTENSIONS: dict[Format, str] = {
    "markdown": ".md",
    "json": ".json",
    "apa": ".txt",
    "bibtex": ".bib",
    "ris": ".ris",
    "csl": ".csl.json",
}
_NOT_SUPPORTED = {
    "partly": "only partly supported",
    "not supported": "not supported",
    "quote not found": "quote not found",
}


def exported(
    title: str,
    created: str,
    turns: Sequence[StoredTurn],
    form: Format,
    papers: Mapping[str, Paper],
) -> str:
    """Write a conversation, or its references; see `Conversation.export`.

    Args:
        title: The conversation's.
        created: When it began.
        turns: Its turns.
        form: Which form.
        papers: The library's papers by id, which the references are of; where a paper is gone,
            the reference is of the one that was cited.

    Returns:
        The text of a file.

    Raises:
        BadSettings: There is no such form.
    """
    from assistant import bibliography, references

    if form not in get_args(Format):
        raise BadSettings(
            f"{form!r} is no form of export. There are {', '.join(get_args(Format))}."
        )
    answers = [turn.record.answer.citing(papers) for turn in turns if turn.record]
    cited = list({c.paper.id: c.paper for a in answers for c in a.citations}.values())
    if form == "markdown":
        return _markdown(title, created, turns, papers, references.apa(cited))
    if form == "json":
        conversation = {
            "title": title,
            "created": created,
            "turns": [_turn(turn, papers) for turn in turns],
            "references": references.as_csl(cited),
        }
        return json.dumps(conversation, ensure_ascii=False, indent=2)
    return bibliography.written(cited, form)


def file_name(title: str, form: Format) -> str:
    """What a file with an export may be called anywhere.

    Args:
        title: The conversation's.
        form: See `Conversation.export`.

    Returns:
        Letters, digits and hyphens, with the extension of the form.
    """
    words = re.sub(r"[^\w-]+", "-", title).strip("-")[:_LONGEST_NAME].strip("-")
    return f"{words or 'conversation'}{_EXTENSIONS[form]}"


def _turn(turn: StoredTurn, papers: Mapping[str, Paper]) -> dict[str, object]:
    record = turn.record
    return {
        "question": turn.question,
        "asked": record.created if record else None,
        "answer": to_json(record.answer.citing(papers)) if record else None,
    }


def _markdown(
    title: str,
    created: str,
    turns: Sequence[StoredTurn],
    papers: Mapping[str, Paper],
    references: Sequence[str],
) -> str:
    parts = [f"# {title}", f"Begun {created[:10]}."]
    for turn in turns:
        parts.append(f"## {turn.question}")
        record = turn.record
        parts += _answer(record.answer.citing(papers)) if record else ["*This was not answered.*"]
    if references:
        parts += ["## References", *references]
    return "\n\n".join(parts) + "\n"


def _answer(answer: Answer) -> list[str]:
    parts = [answer.text]
    doubtful = [
        f"- {_NOT_SUPPORTED[sentence.verdict]}{_why(sentence)}: {sentence.text}"
        for sentence in answer.sentences
        if sentence.verdict != "supported"
    ]
    if doubtful:
        parts += ["Checked against the passages:", "\n".join(doubtful)]
    sources = [
        f"- [{citation.number}] {citation.reference}: “{citation.quote}”"
        for citation in answer.citations
    ]
    if sources:
        parts.append("\n".join(sources))
    parts += [f"*{notice}*" for notice in answer.notices]
    return [*parts, f"*By {answer.by}.*"]


def _why(sentence: Sentence) -> str:
    return f" ({'; '.join(sentence.reasons)})" if sentence.reasons else ""

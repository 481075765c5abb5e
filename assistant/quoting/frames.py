"""The words around quotes: who says it, in the question's language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from assistant.language import Language
from assistant.references import authors_in_short
from assistant.types import Citation, Sentence
from ingest.types import Paper


def framed(
    citations: Sequence[Citation], listed: Collection[int], language: Language
) -> tuple[Sentence, ...]:
    """The text of an answer, a stretch for each paper.

    Args:
        citations: The quotes, those of a paper side by side.
        listed: The numbers of those that are items of a list.
        language: Of the frames; quotes are in that of their papers.

    Returns:
        Who says it, and the quotes, each with its number behind it.
    """
    papers = list({citation.paper.id: citation.paper for citation in citations}.values())
    stretches = []
    for _, own in groupby(citations, key=lambda citation: citation.paper.id):
        quotes = list(own)
        text = f"{frame(quotes[0].paper, papers, language)} {_quoted(quotes, listed)}"
        stretches.append(Sentence(text, tuple(citation.number for citation in quotes)))
    return tuple(stretches)


def frame(paper: Paper, papers: Iterable[Paper], language: Language) -> str:
    """Who says what follows.

    Args:
        paper: The paper that is quoted.
        papers: All that the answer may quote.
        language: Of the frame.

    Returns:
        The authors in short and the year; the title, too, where another paper has the same ones,
        and alone where no author is known.
    """
    name = _name(paper, language)
    others = [_name(other, language) for other in papers if other.id != paper.id]
    if paper.authors and name in others:
        title = f"，《{paper.title}》" if language == "zh" else f", “{paper.title}”"  # noqa: RUF001
        name += title
    return f"{name}：" if language == "zh" else f"{name}:"  # noqa: RUF001 - Chinese punctuation


def _name(paper: Paper, language: Language) -> str:
    title = f"《{paper.title}》" if language == "zh" else f"“{paper.title}”"
    who = authors_in_short(paper, language) if paper.authors else title
    if not paper.year:
        return who
    return f"{who}（{paper.year}）" if language == "zh" else f"{who} ({paper.year})"  # noqa: RUF001


def _quoted(quotes: Sequence[Citation], listed: Collection[int]) -> str:
    text = ""
    for before, citation in zip((None, *quotes), quotes, strict=False):
        quote = f"“{citation.quote}” [{citation.number}]"
        if citation.number in listed:
            in_list = before is not None and before.number in listed
            text += f"{'' if in_list else chr(10)}\n- {quote}"
        elif before is not None:
            text += f"\n\n{quote}" if before.number in listed else f" {quote}"
        else:
            text = quote
    return text

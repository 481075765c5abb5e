"""A concept's quotes as Markdown, each with its reference."""

from __future__ import annotations

import re

from assistant.concepts.types import Concept, ConceptEntry
from assistant.references import apa, authors_in_short
from assistant.types import Citation

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|])")


def as_markdown(concept: Concept) -> str:
    """Everything that is quoted of a concept, paper by paper, and the references.

    Args:
        concept: The concept.

    Returns:
        Markdown in which no sign of a paper's is read as Markdown or HTML.
    """
    parts = [f"# {_plain(concept.name)}"]
    if concept.aliases:
        names = ", ".join(alias.name for alias in concept.aliases)
        parts.append(f"Other names in the papers: {_plain(names)}.")
    for entry in concept.entries:
        parts += _entry(entry)
    if concept.absent:
        titles = "\n".join(f"- {_plain(paper.title)}" for paper in concept.absent)
        parts.append(f"## Papers that do not use it\n\n{titles}")
    if concept.entries:
        references = sorted(apa([entry.paper for entry in concept.entries]))
        parts += ["## References", *map(_plain, references)]
    return "\n\n".join(parts) + "\n"


def _entry(entry: ConceptEntry) -> list[str]:
    paper = entry.paper
    authors = authors_in_short(paper) if paper.authors else "Unknown author"
    parts = ["## " + _plain(f"{authors} ({paper.year or 'n.d.'}). {paper.title}")]
    for heading, citations in (("Definitions", entry.definitions), ("Uses", entry.uses)):
        if citations:
            quotes = (f"> “{_plain(c.quote)}” ({_plain(_place(c))})" for c in citations)
            parts += [f"### {heading}", *quotes]
    return parts


def _place(citation: Citation) -> str:
    """Who, when and where, in short: "Zhang Yi, 2020, p. 3, 2. Theory"."""
    paper = citation.paper
    return ", ".join(
        filter(
            None,
            (
                authors_in_short(paper),
                str(paper.year or "n.d."),
                citation.passage.cited_pages,
                " > ".join(citation.passage.section),
                f"reporting {citation.second_hand}" if citation.second_hand else "",
            ),
        )
    )


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)

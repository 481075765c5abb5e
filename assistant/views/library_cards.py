"""What is shown of a paper: its card, its health, and where its metadata was found."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from assistant.references import author_names
from assistant.types import PaperHealth
from assistant.views import markup
from assistant.views.library_words import (
    FIELDS,
    field_name,
    health_name,
    language_name,
    place_name,
    sureness_name,
)
from assistant.views.spoken import spoken
from assistant.views.words import _, plural
from ingest.types import Paper

_CORRECTED = r"(.*?) ?Correct it with `govassist papers --edit \w+`\."
"""How a health report ends on doubts; in the app a button does that."""


def card_html(health: PaperHealth, passages: int) -> str:
    """A paper in the list.

    Args:
        health: The paper, and how well its file could be read.
        passages: How many passages it has.

    Returns:
        HTML in which everything from the paper is escaped.
    """
    paper = health.paper
    authors = ", ".join(author_names(paper))
    known = " · ".join(filter(None, (authors, str(paper.year or ""), paper.venue)))
    who = known or _("Authors not known")
    facts = (
        health_name(health),
        plural("{n} passage", "{n} passages", passages),
        language_name(paper.language),
    )
    return markup.block(
        f"<h2>{escape(paper.title)}</h2><p>{escape(who)}</p>"
        f'<p class="where">{escape(" · ".join(filter(None, facts)))}</p>{_about(health)}'
    )


def known_html(paper: Paper, passages: int) -> str:
    """All that is known about a paper.

    Args:
        paper: The paper.
        passages: How many passages it has.

    Returns:
        HTML in which everything from the paper is escaped.
    """
    values = {
        "authors": ", ".join(author_names(paper)),
        "year": str(paper.year or ""),
        "venue": paper.venue or "",
        "doi": paper.doi or "",
        "language": language_name(paper.language),
        "affiliations": "; ".join(paper.affiliations),
        "keywords": ", ".join(paper.keywords),
        "abstract": paper.abstract or "",
    }
    rows = [(field_name(field), value) for field, value in values.items()]
    rows += [
        (_("Passages"), f"{passages:,}"),
        (_("Id"), paper.id[:8]),
        (_("File"), Path(paper.source_path).name),
    ]
    not_found = _("not found in the file")
    missing = f'<span class="note">{escape(not_found)}</span>'
    return f"<dl>{''.join(_row(name, escape(value) or missing) for name, value in rows)}</dl>"


def notes_html(health: PaperHealth) -> str:
    """What is wrong with a paper's file, what was left out of it, and how sure its metadata is.

    Args:
        health: Of the paper.

    Returns:
        HTML in which everything from the paper is escaped.
    """
    paper, report = health.paper, health.report
    problems = "".join(f"<li>{in_the_app(problem)}</li>" for problem in health.problems)
    sure = "".join(
        _row(field_name(field), escape(found_text(paper, field)))
        for field in FIELDS
        if field in paper.found
    )
    left_out = "".join(
        f"<li>{left.count} {escape(spoken(f'{left.what}: {left.why}'))}</li>"
        for left in (report.left_out if report else ())
    )
    parts = (
        _part(_("What to look at"), f"<ul>{problems}</ul>") if problems else "",
        _part(_("Where this was found, and how sure it is"), f"<dl>{sure}</dl>") if sure else "",
        _part(_("What was left out"), f"<ul>{left_out}</ul>") if left_out else "",
    )
    return "".join(parts)


def in_the_app(sentence: str) -> str:
    """A sentence of a health report as HTML: what the app can do without a command is said so.

    Args:
        sentence: With its commands between backquotes.

    Returns:
        Other commands are set as code.
    """
    found = re.fullmatch(_CORRECTED, sentence, re.DOTALL)
    words = (spoken(found[1]), _("Correct it with “Edit”.")) if found else (spoken(sentence),)
    said = escape(" ".join(words))
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", said)


def found_text(paper: Paper, field: str) -> str:
    """Where a field's value was found, and how sure it is."""
    sureness = paper.sureness(field)
    if sureness is None:
        return _("nowhere")
    place = place_name(paper.found[field])
    return _("{place}, {sure}", place=place, sure=sureness_name(sureness))


def _about(health: PaperHealth) -> str:
    if not health.problems:
        return _unframed(_("Details"), notes_html(health))
    count = plural("{n} thing to look at", "{n} things to look at", len(health.problems))
    return _unframed(_("Details: {count}", count=count), notes_html(health))


def _unframed(summary: str, content: str) -> str:
    """What opens on a click, as quiet as the text around it."""
    return (
        f'<details style="border:0;margin:0"><summary style="padding:0">{escape(summary)}</summary>'
        f'<div style="padding:.4rem 0 0">{content}</div></details>'
    )


def _part(heading: str, content: str) -> str:
    return f'<p class="note"><b>{escape(heading)}</b></p>{content}'


def _row(name: str, value: str) -> str:
    return f"<dt>{escape(name)}</dt><dd>{value}</dd>"

"""What the papers say of a concept as HTML: a card for each paper, and the other names.

A button's ``data-act`` is ``open:2`` for the second quote.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant import Citation, Paper
from assistant.concepts import Alias, AliasKind, Concept, ConceptEntry
from assistant.concepts.comparing import said_only_by
from assistant.references import quoted
from assistant.views.answers import short_name
from assistant.views.clickable import copy_button
from assistant.views.markup import block, place
from assistant.views.spoken import spoken
from assistant.views.words import _, plural

STYLE = """<style>
.ga .cards { display: grid; gap: 1rem; align-items: start; margin: .4rem 0 1rem;
  grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); }
.ga .only { margin: 0 0 .8rem; padding-left: 1.2rem; }
.ga .card { padding: .9rem 1rem; border-radius: .6rem;
  border: 1px solid color-mix(in srgb, currentColor 22%, transparent); }
.ga .card h2 { margin: 0; font-size: 1.05rem; }
.ga .card .where { margin: 0 0 .2rem; line-height: 1.4; }
.ga .card h3 { font-size: .85rem; font-weight: 700; line-height: 1.35; padding: 0;
  margin: .8rem 0 .2rem; }
.ga .card blockquote { margin: 0 0 .8rem; padding: 0 0 0 .8rem;
  border-left: 3px solid color-mix(in srgb, currentColor 25%, transparent); }
.ga .card blockquote.defines { border-left-color: var(--st-primary-color); }
.ga .card blockquote p { margin: 0 0 .15rem; }
.ga .card .actions { flex-wrap: wrap; gap: .2rem 1rem; margin: 0; }
.ga .card .actions button { text-decoration: underline; text-underline-offset: .15em; }
</style>"""


def cards_html(concept: Concept) -> str:
    """A card for each paper that uses a concept.

    Args:
        concept: The concept.

    Returns:
        HTML in which everything from the papers is escaped.
    """
    return block(f'<div class="cards">{"".join(map(_card, concept.entries))}</div>')


def compared_html(concept: Concept, papers: tuple[Paper, Paper], names: Sequence[str]) -> str:
    """The cards of two papers, the first on the left, with what only one of them has.

    Args:
        concept: The concept.
        papers: Both.
        names: Concepts of the library, of which a quote may speak.

    Returns:
        HTML in which everything from the papers is escaped.
    """
    entries = {entry.paper.id: entry for entry in concept.entries}
    chosen = [entries[paper.id] for paper in papers]
    said = "".join(f"<li>{escape(line)}</li>" for line in _differences(chosen[0], chosen[1], names))
    return block(
        f'<ul class="only">{said}</ul><div class="cards">{"".join(map(_card, chosen))}</div>'
    )


def _differences(one: ConceptEntry, other: ConceptEntry, names: Sequence[str]) -> list[str]:
    """What only one of two papers does, in sentences."""
    defining = [entry for entry in (one, other) if entry.definitions]
    lines = [
        _("Only {who} defines it.", who=short_name(defining[0].paper))
        if len(defining) == 1
        else _("Both define it.")
        if defining
        else _("Neither defines it.")
    ]
    for entry, against in ((one, other), (other, one)):
        who = short_name(entry.paper)
        if wordings := [name for name in entry.wordings if name not in against.wordings]:
            lines.append(_("Only {who} writes: {names}.", who=who, names=", ".join(wordings)))
        if terms := said_only_by(entry, against, names):
            lines.append(
                _("Only the quotes of {who} speak of: {names}.", who=who, names=", ".join(terms))
            )
    return lines


def aliases_html(concept: Concept) -> str:
    """The other names of a concept, each with its reason and the quotes that show it.

    Args:
        concept: The concept.

    Returns:
        HTML in which everything from the papers is escaped.
    """
    return block("".join(map(_alias, concept.aliases)))


def _alias(alias: Alias) -> str:
    evidence = "".join(
        f'<span class="quote">“{escape(c.quote)}” '
        f'<span class="where">{escape(short_name(c.paper))}</span></span>'
        for c in alias.evidence
    )
    return f"<p><strong>{escape(alias.name)}</strong>: {escape(_reason(alias.kind))}{evidence}</p>"


def _reason(kind: AliasKind) -> str:
    reasons: dict[AliasKind, str] = {
        "spelling": _("another spelling or form of the same words."),
        "abbreviation": _("the papers use it as its short or long form."),
        "stated": _("a paper says that both are the same."),
        "translation": _("a paper gives it as its translation."),
        "list": _(
            "it has the same place in the same list, so it may be another translation. Its "
            "quotes are not counted here unless you say so."
        ),
    }
    return reasons[kind]


def _card(entry: ConceptEntry) -> str:
    passages = plural("in {n} passage", "in {n} passages", entry.passages)
    written = _("written “{names}”", names="”, “".join(entry.wordings))
    where = _("{passages}, {written}", passages=passages, written=written)
    defined = plural("Definition", "Definitions", len(entry.definitions))
    used = plural("Use", "Uses", len(entry.uses))
    return (
        f'<article class="card"><h2>{escape(_named(entry.paper))}</h2>'
        f'<p class="where">{escape(entry.paper.title)}</p>'
        f'<p class="where">{escape(where)}</p>'
        f"{_quotes(defined, entry.definitions, 'defines')}"
        f"{_quotes(used, entry.uses, 'uses')}</article>"
    )


def _named(paper: Paper) -> str:
    unknown = _("year unknown")
    return short_name(paper) if paper.year else f"{short_name(paper)} ({unknown})"


def _quotes(heading: str, citations: Sequence[Citation], kind: str) -> str:
    if not citations:
        return ""
    quotes = "".join(
        f'<blockquote class="{kind}">{_quote(citation)}</blockquote>' for citation in citations
    )
    return f"<h3>{escape(heading)}</h3>{quotes}"


def _quote(citation: Citation) -> str:
    reports = _("reports {whose}", whose=citation.second_hand)
    second_hand = f'<p class="second">{escape(reports)}</p>' if citation.second_hand else ""
    doubt = f'<p class="doubt">⚠ {escape(spoken(citation.planted))}</p>' if citation.planted else ""
    where = place(citation.passage)
    return (
        f"<p>“{escape(citation.quote)}”</p>{second_hand}{doubt}"
        f'<p class="where">{escape(where)}</p>{_actions(citation)}'
    )


def _actions(citation: Citation) -> str:
    number = citation.number
    copy = copy_button(
        _("Copy quote with reference"),
        quoted(
            citation.quote,
            citation.paper,
            citation.passage.cited_pages,
            citation.second_hand,
        ),
        _("Copy quote {number} with reference", number=number),
    )
    label, named = _("Read in the paper"), _("Read quote {number} in the paper", number=number)
    return (
        f'<p class="actions"><button type="button" data-act="open:{number}" '
        f'aria-label="{escape(named)}">{escape(label)}</button>{copy}</p>'
    )

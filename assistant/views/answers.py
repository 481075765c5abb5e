"""An answer as HTML: its sentences with chips for citations and verdicts, and its sources.

A button's ``data-act`` is ``cite:2`` for the second citation, ``near:0`` for the nearest passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from textwrap import shorten

from assistant import Answer, Citation, Paper, Sentence, Verdict
from assistant.references import apa, authors_in_short
from assistant.types import QUOTING
from assistant.views.clickable import copy_button
from assistant.views.markup import block, details, place
from assistant.views.spoken import spoken
from assistant.views.words import _, plural

_SIGNS: dict[Verdict, str] = {
    "supported": "✓",
    "partly": "◐",
    "not supported": "⚠",
    "quote not found": "⚠",
}
_SHOWN = 120
"""Characters of a passage that came near."""
_LAST_MARKERS = re.compile(r"(?: \[\d+\])+$")


def question_html(question: str) -> str:
    """A question as it was typed."""
    return block(f'<p class="asked">{escape(question)}</p>')


def draft_html(written: str) -> str:
    """What a model has written so far."""
    return block(f'<p class="draft">{escape(written)}</p>')


def answer_html(answer: Answer, papers: Mapping[str, Paper]) -> str:
    """An answer and its sources as they are described now, or the message and what comes nearest.

    Args:
        answer: What the assistant said.
        papers: The library's papers by id.

    Returns:
        HTML in which everything from papers and models is escaped.
    """
    answer = answer.citing(papers)
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in _notes(answer))
    if not answer.answered:
        # The rest of the text lists the nearest passages, which are shown below it.
        message = escape(answer.text.partition("\n- ")[0])
        return block(
            f"{notes}<p>{message}</p>{_nearest(answer, papers)}{_coverage(answer, papers)}"
        )
    said = "".join(_sentence(sentence, answer) for sentence in answer.sentences)
    return block(f"{notes}{said}{_sources(answer)}{_coverage(answer, papers)}{_copy(answer)}")


def verdict_text(verdict: Verdict) -> str:
    """A verdict in words, with its sign."""
    words: dict[Verdict, str] = {
        "supported": _("supported"),
        "partly": _("partly supported"),
        "not supported": _("not supported"),
        "quote not found": _("quote not found"),
    }
    return f"{_SIGNS[verdict]} {words[verdict]}"


def short_name(paper: Paper) -> str:
    """Authors and year, or the title where no author is known."""
    who = authors_in_short(paper)
    return f"{who} ({paper.year})" if paper.year else who


def _sentence(sentence: Sentence, answer: Answer) -> str:
    """A paragraph, its quotes set apart, each marker a chip."""
    cited = [answer.citations[number - 1] for number in sentence.citations]
    if answer.by == QUOTING:
        return f"<p>{_with_quotes(sentence.text, cited)}</p>"
    words = escape(_LAST_MARKERS.sub("", sentence.text))
    chips = "".join(map(_chip, cited))
    return f"<p>{words} {chips} {_verdict(sentence)}</p>"


def _with_quotes(text: str, cited: Sequence[Citation]) -> str:
    shown = escape(text)
    for citation in cited:
        quote, marker = escape(f"“{citation.quote}”"), f"[{citation.number}]"
        item, set_apart = (
            f'<span class="{name}">{quote} {_chip(citation)}</span>' for name in ("item", "quote")
        )
        shown = shown.replace(f"- {quote} {marker}", item)
        shown = shown.replace(f"{quote} {marker}", set_apart)
    return shown


def _chip(citation: Citation) -> str:
    number, source = citation.number, short_name(citation.paper)
    label = escape(_("Source {number}: {source}", number=number, source=source))
    chip = (
        f'<button type="button" class="chip" data-act="cite:{number}" aria-label="{label}" '
        f'title="{label}">{number}</button>'
    )
    if not citation.second_hand:
        return chip
    second_hand = escape(_("citing {whose}", whose=citation.second_hand))
    return f'{chip}<span class="second">{second_hand}</span>'


def _verdict(sentence: Sentence) -> str:
    reasons = _("; ").join(map(spoken, sentence.reasons))
    why = _(": {reasons}", reasons=reasons) if reasons else ""
    if sentence.verdict == "supported":
        return f'<span class="verdict">{verdict_text(sentence.verdict)}</span>'
    return f'<span class="doubt">{verdict_text(sentence.verdict)}{escape(why)}</span>'


def _notes(answer: Answer) -> Iterator[str]:
    if answer.standalone:
        yield _("Understood as: {question}", question=answer.standalone)
    yield from map(spoken, answer.notices)
    if answer.by != QUOTING:
        yield _(
            "Written by {model}; each sentence was compared with the passages it cites.",
            model=answer.by,
        )
    elif answer.answered and all(c.verdict == "supported" for c in answer.citations):
        yield _("✓ Every quote stands word for word in its paper.")


def _sources(answer: Answer) -> str:
    items = "".join(
        f'<li><button type="button" data-act="cite:{citation.number}">'
        f"[{citation.number}] {escape(citation.reference)}</button>{_warning(citation)}</li>"
        for citation in answer.citations
    )
    label = escape(_("Sources"))
    return f'<ol class="sources" aria-label="{label}">{items}</ol>'


def _warning(citation: Citation) -> str:
    doubts = [spoken(citation.planted)] if citation.planted else []
    if citation.verdict != "supported":
        doubts.append(verdict_text(citation.verdict))
    return "".join(f'<span class="doubt">⚠ {escape(doubt)}</span>' for doubt in doubts)


def _nearest(answer: Answer, papers: Mapping[str, Paper]) -> str:
    items = []
    for number, hit in enumerate(answer.nearest):
        paper = papers.get(hit.paper_id)
        title = paper.title if paper else _("A paper that is no longer in the library")
        where = f"{title}. {place(hit.passage)}".removesuffix(". ")
        begins = shorten(hit.passage.text, _SHOWN, placeholder=" …")
        items.append(
            f'<li><button type="button" data-act="near:{number}">{escape(begins)}<br>'
            f'<span class="where">{escape(where)}</span></button></li>'
        )
    return f'<ul class="sources nearest">{"".join(items)}</ul>' if items else ""


def _coverage(answer: Answer, papers: Mapping[str, Paper]) -> str:
    """How many papers were searched, matched and used, and which matched in vain."""
    if answer.coverage is None:
        return ""
    searched, matched = answer.coverage.searched, answer.coverage.matched
    counts = (
        plural("{n} paper searched", "{n} papers searched", searched),
        _("{n} with passages near the question", n=len(matched)),
        _("{n} cited", n=len(answer.coverage.used)),
    )
    unused = [papers[key].title for key in answer.coverage.unused if key in papers]
    if not unused:
        return f'<p class="note">{" · ".join(counts)}</p>'
    titles = "".join(f"<li>{escape(title)}</li>" for title in unused)
    said = escape(_("Near the question, but not cited:"))
    return details(" · ".join(counts), f"<p>{said}</p><ul>{titles}</ul>")


def _copy(answer: Answer) -> str:
    papers = list({c.paper.id: c.paper for c in answer.citations}.values())
    whole = "\n\n".join((answer.text, *apa(papers)))
    button = copy_button(_("Copy with references"), whole)
    return f'<p class="actions">{button}</p>'

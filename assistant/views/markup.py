"""Answers and papers as HTML.

What comes from a paper is escaped here and shown by ``st.html``, never by
Streamlit's Markdown: that would read ``$``, ``*`` or ``:word:`` in a quote as
formulas, emphasis and emoji, even behind a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from assistant import Answer, Citation, Hit, Paper, Passage, Sentence
from assistant.types import QUOTING

STYLE = """<style>
.ga { overflow-wrap: anywhere; line-height: 1.55; }
.ga p { margin: 0 0 .6rem; }
.ga .asked { white-space: pre-wrap; margin: 0; }
.ga .quote { display: block; margin: .35rem 0 .35rem .1rem; padding-left: .8rem;
  border-left: 3px solid color-mix(in srgb, currentColor 30%, transparent); }
.ga .item { display: list-item; list-style: disc; margin: .25rem 0 .25rem 1.3rem; }
.ga .marker { font-weight: 700; white-space: nowrap; }
.ga details { margin: .4rem 0; border-radius: .5rem;
  border: 1px solid color-mix(in srgb, currentColor 22%, transparent); }
.ga summary { cursor: pointer; padding: .45rem .75rem; font-size: .9rem; line-height: 1.4; }
.ga details > div { padding: .2rem .75rem .6rem; }
.ga .note { font-size: .85rem; opacity: .8; }
.ga .doubt { display: block; font-size: .9rem; font-weight: 600; }
.ga .where { font-size: .85rem; opacity: .8; }
.ga mark { background: #ffe27a; color: #111; font-weight: 600; text-decoration: underline;
  text-underline-offset: .15em; padding: 0 .1em; }
.ga h2 { font-size: 1.15rem; font-weight: 600; line-height: 1.35; padding: 0; margin: 0 0 .3rem; }
.ga details p:last-child { margin: 0; }
.ga dl { display: grid; grid-template-columns: 6rem 1fr; gap: .15rem .75rem; margin: .5rem 0;
  padding: 0; font-size: .9rem; }
.ga dt, .ga dd { margin: 0; padding: 0; }
.ga dt { opacity: .75; }
@media (max-width: 30rem) {
  .ga dl { grid-template-columns: 1fr; }
  .ga dd { margin-bottom: .3rem; }
}
</style>"""

_MISSING = "not found in the file"


def question_html(question: str) -> str:
    """A question as it was typed."""
    return _block(f'<p class="asked">{escape(question)}</p>')


def answer_html(answer: Answer, papers: Sequence[Paper]) -> str:
    """An answer and its sources, or the message and what comes nearest.

    Args:
        answer: What the assistant said.
        papers: The library's papers, for the titles of the nearest passages.

    Returns:
        HTML in which everything from the papers is escaped.
    """
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in _notes(answer))
    if answer.answered:
        said = "".join(_sentence(sentence, answer.citations) for sentence in answer.sentences)
        sources = "".join(_citation(citation) for citation in answer.citations)
        return _block(f"{notes}{said}{sources}")
    # The rest of the text lists the nearest passages, which are shown whole below it.
    message = escape(answer.text.partition("\n- ")[0])
    titles = {paper.id: paper.title for paper in papers}
    nearest = "".join(_nearest(hit, titles) for hit in answer.nearest)
    return _block(f"{notes}<p>{message}</p>{nearest}")


def draft_html(written: str) -> str:
    """What a model has written so far."""
    return _block(f'<p class="asked">{escape(written)}</p>')


def paper_html(paper: Paper, passages: int) -> str:
    """What is known about a paper.

    Args:
        paper: The paper.
        passages: How many passages it has.

    Returns:
        HTML in which everything from the paper is escaped.
    """
    fields = {
        "Authors": ", ".join(paper.authors),
        "Year": str(paper.year or ""),
        "Venue": paper.venue or "",
        "DOI": paper.doi or "",
        "Language": paper.language or "",
        "Affiliations": "; ".join(paper.affiliations),
        "Keywords": ", ".join(paper.keywords),
        "Passages": f"{passages:,}",
        "Id": paper.id[:8],
        "File": Path(paper.source_path).name,
    }
    if not paper.abstract:
        fields["Abstract"] = ""
    rows = "".join(
        f"<dt>{name}</dt><dd>{escape(value) or _MISSING}</dd>" for name, value in fields.items()
    )
    abstract = _details("Abstract", f"<p>{escape(paper.abstract)}</p>") if paper.abstract else ""
    return _block(f"<h2>{escape(paper.title)}</h2><dl>{rows}</dl>{abstract}")


def escape_markdown(text: str) -> str:
    """A message of our own for the Streamlit elements that read Markdown."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def _block(content: str) -> str:
    return f'<div class="ga">{content}</div>'


def _details(summary: str, content: str) -> str:
    return f"<details><summary>{escape(summary)}</summary><div>{content}</div></details>"


def _sentence(sentence: Sentence, citations: Sequence[Citation]) -> str:
    """A paragraph, its quotes set apart."""
    shown = escape(sentence.text)
    for number in sentence.citations:
        quote, marker = escape(f"“{citations[number - 1].quote}”"), f"[{number}]"
        words = f'{quote} <span class="marker">{marker}</span>'
        item, set_apart = (f'<span class="{name}">{words}</span>' for name in ("item", "quote"))
        shown = shown.replace(f"- {quote} {marker}", item)
        shown = shown.replace(f"{quote} {marker}", set_apart)
    return f"<p>{shown}{_doubt(sentence)}</p>"


def _doubt(sentence: Sentence) -> str:
    """That the passages do not bear a sentence out, and why; nothing where they do."""
    if sentence.verdict == "supported":
        return ""
    why = f": {'; '.join(sentence.reasons)}" if sentence.reasons else ""
    return f'<span class="doubt">⚠ {escape(f"{sentence.verdict}{why}")}</span>'


def _notes(answer: Answer) -> Iterator[str]:
    if answer.standalone:
        yield f"Understood as: {answer.standalone}"
    yield from answer.notices
    if answer.by != QUOTING:
        yield f"Written by {answer.by}; each sentence was compared with the passages it cites."


def _citation(citation: Citation) -> str:
    before, quote, after = citation.passage.text.partition(citation.quote)
    marked = f"{escape(before)}<mark>{escape(quote)}</mark>{escape(after)}"
    warning = f'<p class="doubt">⚠ {escape(citation.planted)}</p>' if citation.planted else ""
    place = f"{_place(citation.passage)}{warning}<p>{marked}</p>"
    return _details(f"[{citation.number}] {citation.reference}", place)


def _nearest(hit: Hit, titles: Mapping[str, str]) -> str:
    title = titles.get(hit.paper_id, "A paper that is no longer in the library")
    heading = ". ".join((title, *hit.section[-1:]))
    return _details(heading, f"{_place(hit.passage)}<p>{escape(hit.passage.text)}</p>")


def _place(passage: Passage) -> str:
    parts = [f"Section: {' > '.join(passage.section)}"] if passage.section else []
    if passage.pages:
        first, last = passage.pages
        in_file = f"page {first}" if first == last else f"pages {first}-{last}"
        printed = passage.cited_pages
        same = printed == replace(passage, page_labels=None).cited_pages
        parts.append(in_file if same else f"{printed} ({in_file} of the file)")
    return f'<p class="where">{escape(" · ".join(parts))}</p>' if parts else ""

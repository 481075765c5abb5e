"""HTML that all views share, and its style.

What comes from a paper is escaped and shown as HTML, never by Streamlit's Markdown: that
would read ``$``, ``*`` or ``:word:`` in a quote as formulas, emphasis and emoji, even behind a
backslash.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

from assistant import Passage
from assistant.views.words import _

STYLE = """<style>
.stMainBlockContainer { max-width: 58rem; padding-top: 3.5rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.st-key-next button, .st-key-recent button { justify-content: flex-start; text-align: left; }
.asked { scroll-margin-top: 6rem; }
.ga { overflow-wrap: anywhere; line-height: 1.55; }
.ga p { margin: 0 0 .6rem; }
.ga .asked, .ga .draft { white-space: pre-wrap; margin: 0; }
.ga .quote { display: block; margin: .35rem 0 .35rem .1rem; padding-left: .8rem;
  border-left: 3px solid color-mix(in srgb, currentColor 30%, transparent); }
.ga .item { display: list-item; list-style: disc; margin: .25rem 0 .25rem 1.3rem; }
.ga button { font: inherit; color: inherit; background: none; border: 0; padding: 0;
  cursor: pointer; text-align: left; }
.ga button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
.ga .chip { display: inline-block; min-width: 1.5rem; padding: 0 .4rem; margin: 0 .1rem;
  border-radius: .8rem; font-size: .8rem; font-weight: 700; line-height: 1.5rem;
  text-align: center; color: var(--st-primary-color);
  background: color-mix(in srgb, var(--st-primary-color) 14%, transparent); }
.ga .chip:hover { background: color-mix(in srgb, var(--st-primary-color) 28%, transparent); }
.ga .second { font-size: .8rem; font-style: italic; opacity: .85; }
.ga .verdict { font-size: .8rem; font-weight: 600; white-space: nowrap; }
.ga .sources { list-style: none; margin: .8rem 0 .4rem; padding: .5rem 0 0;
  border-top: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
.ga .sources li { margin: 0 0 .3rem; padding: 0; font-size: .9rem; line-height: 1.4; }
.ga .nearest li { margin: 0 0 .8rem; }
.ga .sources button:hover, .ga .actions button:hover { text-decoration: underline; }
.ga .actions { display: flex; gap: 1rem; font-size: .85rem; margin: .4rem 0 0; }
.ga .around { opacity: .75; }
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


def escape_markdown(text: str) -> str:
    """A message of our own for the Streamlit elements that read Markdown."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def block(content: str) -> str:
    """HTML in our style."""
    return f'<div class="ga">{content}</div>'


def details(summary: str, content: str) -> str:
    """HTML that opens on a click; the summary is escaped here."""
    return f"<details><summary>{escape(summary)}</summary><div>{content}</div></details>"


def place(passage: Passage) -> str:
    """The section and the pages of a passage, as far as known, as plain text."""
    parts = []
    if passage.section:
        parts.append(_("Section: {section}", section=" > ".join(passage.section)))
    if passage.pages:
        parts.append(_pages(passage, passage.pages))
    return " · ".join(parts)


def page_numbers(first: int, last: int) -> str:
    """Pages of a file in words."""
    if first == last:
        return _("page {first}", first=first)
    return _("pages {first}-{last}", first=first, last=last)


def _pages(passage: Passage, pages: tuple[int, int]) -> str:
    in_file = page_numbers(*pages)
    printed = passage.cited_pages
    if printed == replace(passage, page_labels=None).cited_pages:
        return in_file
    return _("{printed} ({in_file} of the file)", printed=printed, in_file=in_file)

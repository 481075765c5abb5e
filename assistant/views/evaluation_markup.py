"""The style of the evaluation's HTML, and golden questions and ratings as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assistant.conversations.ratings import Rating
from assistant.evaluation.marking import Piece
from assistant.evaluation.types import GoldenQuestion
from assistant.views.markup import block
from assistant.views.words import _

STYLE = """<style>
.ga .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
  gap: .75rem; margin: 0 0 1rem; }
.ga .tiles > div { border: 1px solid color-mix(in srgb, currentColor 22%, transparent);
  border-radius: .5rem; padding: .6rem .8rem; }
.ga .tiles dt { opacity: 1; font-weight: 600; }
.ga .tiles dd b { font-size: 1.5rem; line-height: 1.3; display: block; }
.ga .scroll { overflow-x: auto; margin: 0 0 1rem; }
.ga table { border-collapse: collapse; width: 100%; font-size: .875rem;
  font-variant-numeric: tabular-nums; overflow-wrap: normal; }
.ga caption { text-align: left; font-weight: 600; padding: .3rem 0; color: inherit; }
.ga th, .ga td { text-align: right; padding: .3rem .6rem; white-space: nowrap; font-weight: 400;
  border: 0; border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
.ga thead th { font-weight: 600; }
.ga th:first-child { text-align: left; white-space: normal; min-width: 8rem; padding-left: 0; }
.ga .low { font-size: .8rem; }
.ga .ids { margin: .2rem 0 .6rem 1.2rem; padding: 0; }
</style>"""


def heading(text: str) -> str:
    """A heading below the title of the page."""
    return block(f"<h2>{escape(text)}</h2>")


def note(text: str) -> str:
    """A sentence in small print; fainter ones of Streamlit are too faint to read."""
    return block(f'<p class="note">{escape(text)}</p>')


def facts_html(question: GoldenQuestion) -> str:
    """What is known of a golden question beside its wording.

    Args:
        question: The question.

    Returns:
        HTML in which everything from the question is escaped.
    """
    refused = "" if question.answerable else _("not answered by the papers; it must be refused")
    facts = {
        _("Id"): question.id,
        _("Type"): question.type.replace("_", " "),
        _("Language"): question.language,
        _("Answer"): question.answer or refused,
        _("Asked before"): " / ".join(
            turn["content"] for turn in question.history if turn["role"] == "user"
        ),
    }
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts.items() if value
    )
    return block(f"<dl>{rows}</dl>")


def rating_html(rating: Rating, when: str) -> str:
    """An answer's question, and what a reader said of the answer.

    Args:
        rating: The rating.
        when: Its time, in words.

    Returns:
        HTML in which everything from readers is escaped.
    """
    reason = rating.reason or _("No reason was given.")
    return block(
        f"<p><b>{escape(rating.question)}</b></p><p>{escape(reason)}</p>"
        f'<p class="where">{escape(when)}</p>'
    )


def marked_html(where: str, pieces: Iterable[Piece]) -> str:
    """A golden span in its surroundings.

    Args:
        where: The paper and how the span answers; may be empty.
        pieces: The text, cut where the span begins and ends.

    Returns:
        HTML in which everything from papers is escaped.
    """
    text = "".join(
        escape(piece.text) if piece.golden is None else f"<mark>{escape(piece.text)}</mark>"
        for piece in pieces
    )
    place = f'<p class="where">{escape(where)}</p>' if where else ""
    return block(f"{place}<p>{text}</p>")

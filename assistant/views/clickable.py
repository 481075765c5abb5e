"""HTML of ours that does more than stand there: chips to click, news for screen readers.

Streamlit's own HTML cannot tell Python of a click. Everything in the HTML that comes from a
paper, a model or a reader has to be escaped by whoever makes it, as for ``st.html``.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from assistant.views import markup
from assistant.views.words import _

_SCRIPT = """
async function copied(text, element) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedByHand(text, element);
  }
}
// Browsers have no clipboard on plain http but for localhost. The field stands beside the
// button, since a dialog would take the focus away from one outside it.
function copiedByHand(text, element) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  element.after(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  element.focus();
  return done;
}
export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".clickable");
  if (place.shown !== data.html) {
    place.shown = data.html;
    place.innerHTML = data.html;
  }
  place.onclick = async (event) => {
    const element = event.target.closest("[data-act], [data-copy]");
    if (!element) return;
    if (element.dataset.act) {
      setTriggerValue("act", element.dataset.act);
      return;
    }
    if (!await copied(element.dataset.copy, element)) return;
    element.dataset.label ??= element.textContent;
    element.textContent = element.dataset.copied;
    clearTimeout(element.waiting);
    element.waiting = setTimeout(() => { element.textContent = element.dataset.label; }, 2000);
  };
}
"""

_component = st.components.v2.component(
    "govassist_clickable",
    html='<div class="clickable"></div>',
    js=_SCRIPT,
    isolate_styles=False,
)


def clickable(html: str, key: str) -> str | None:
    """Show HTML, and tell what was clicked.

    Args:
        html: Elements with ``data-act="…"`` tell Python when they are clicked; those with
            ``data-copy="…"`` put that text on the clipboard and show ``data-copied="…"`` for
            two seconds. Make them ``<button type="button">``, so that the keyboard reaches them.
        key: Of the element, one of its own on the page.

    Returns:
        The ``data-act`` that was clicked just now, else None.
    """
    clicked: str | None = _component(data={"html": html}, key=key, on_act_change=_noted).act
    return clicked


def copy_buttons(texts: Mapping[str, str]) -> str:
    """Buttons in a row that put texts on the clipboard, to be shown by `clickable`.

    Args:
        texts: What each copies, by its label.

    Returns:
        HTML in which everything is escaped.
    """
    buttons = "".join(copy_button(label, text) for label, text in texts.items())
    return markup.block(f'<p class="actions">{buttons}</p>')


def copy_button(label: str, text: str, spoken: str = "") -> str:
    """A button that puts a text on the clipboard, to be shown by `clickable`.

    Args:
        label: What it says.
        text: What it copies.
        spoken: What a screen reader says instead, where several have the same label.

    Returns:
        HTML in which everything is escaped.
    """
    named = f' aria-label="{escape(spoken)}"' if spoken else ""
    copied = escape(_("Copied"))
    return (
        f'<button type="button" data-copy="{escape(text)}" '
        f'data-copied="{copied}"{named}>{escape(label)}</button>'
    )


_ANNOUNCE = """
export default function ({ data, parentElement }) {
  const place = parentElement.querySelector("[role=status]");
  if (place.textContent !== data.text) place.textContent = data.text;
}
"""

# Streamlit keeps a page with a chat input at its end; whoever reads begins at the question.
_SHOW = """
export default function ({ data, parentElement }) {
  const place = parentElement.querySelector("div");
  if (place.dataset.shown === data.what) return;
  place.dataset.shown = data.what;
  const scroll = () => {
    const asked = document.querySelectorAll(data.selector);
    if (asked.length) asked[asked.length - 1].scrollIntoView({ block: "start" });
  };
  [50, 250, 600].forEach((wait) => setTimeout(scroll, wait));
}
"""

# Streamlit leaves the sidebar open over the page on a phone.
_SIDEBAR = """
export default function () {
  const sidebar = document.querySelector("[data-testid=stSidebar]");
  if (!sidebar || sidebar.dataset.closes) return;
  sidebar.dataset.closes = "yes";
  sidebar.addEventListener("click", (event) => {
    if (window.innerWidth >= 768 || !event.target.closest("a, .stButton button")) return;
    setTimeout(() => {
      sidebar.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
    }, 100);
  });
}
"""

_live = st.components.v2.component(
    "govassist_live",
    html='<div role="status" aria-live="polite" class="unseen"></div>',
    js=_ANNOUNCE,
    isolate_styles=False,
)
_shown = st.components.v2.component(
    "govassist_shown", html="<div></div>", js=_SHOW, isolate_styles=False
)


_sidebar = st.components.v2.component(
    "govassist_sidebar", html="<div></div>", js=_SIDEBAR, isolate_styles=False
)


def close_sidebar_on_phones() -> None:
    """Close the sidebar after each choice in it, where it covers the page."""
    _sidebar(data={}, key="sidebar_closes")


def announce(text: str, key: str) -> None:
    """Let a screen reader say something, where it is not what it said last.

    Args:
        text: What to say.
        key: Of the element, one of its own on the page.
    """
    _live(data={"text": text}, key=key)


def scroll_to(selector: str, what: str, key: str) -> None:
    """Bring the last element of a kind to the page's top, once.

    Args:
        selector: A CSS selector.
        what: Names what is shown there; the page moves again where this changes.
        key: Of the element, one of its own on the page.
    """
    _shown(data={"selector": selector, "what": what}, key=key)


def _noted() -> None:
    """Streamlit gives a trigger's value only where somebody listens."""

"""What a browser keeps of a reader's choices, so that a page that is loaded again has them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

import streamlit as st

_PREFIX = "govassist_"

_SCRIPT = """
export default function ({ data }) {
  for (const [name, value] of Object.entries(data.values)) {
    const life = value ? data.life : "; max-age=0";
    const kept = encodeURIComponent(value);
    document.cookie = `${data.prefix}${name}=${kept}; path=/; SameSite=Lax${life}`;
  }
}
"""

_component = st.components.v2.component("govassist_cookies", js=_SCRIPT)


def kept(name: str) -> str:
    """What the browser had kept under a name when its page was loaded; empty where nothing."""
    return unquote(dict(st.context.cookies).get(f"{_PREFIX}{name}", ""))


def keep(values: Mapping[str, str], key: str, days: int | None = None) -> None:
    """Have the browser keep values.

    Args:
        values: By name; what is empty is forgotten.
        key: Of the element, one of its own on the page.
        days: How long; until the browser is closed where None.
    """
    life = "" if days is None else f"; max-age={days * 24 * 3600}"
    _component(data={"values": dict(values), "prefix": _PREFIX, "life": life}, key=key)

"""The Library view and the papers read from it, in this process."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from streamlit.testing.v1 import AppTest

PAGE = """
import streamlit as st
from assistant.views import going, library, paper

named = "paper" in st.query_params
pages = {
    "library": st.Page(library.page, url_path="library", default=not named),
    "paper": st.Page(paper.page, url_path="paper", default=named),
    "chat": st.Page(lambda: st.title("The chat"), url_path="chat", title="Chat"),
}
going.remember(pages)
st.navigation(list(pages.values())).run()
"""
OpenLibrary = Callable[..., AppTest]
"""Of a library, with a script, and parameters of the address by name."""
TWIN = "The ferry guild sets the fares each spring, and the town says what it thinks of them."


def button(app: AppTest, label: str, number: int = 0):  # type: ignore[no-untyped-def]
    return [button for button in app.button if button.label == label][number]


def titles(app: AppTest) -> list[str]:
    found = (re.search(r"<h2>(.*?)</h2>", element.value) for element in app.html)
    return [unescape(title[1]) for title in found if title]


def text(app: AppTest) -> str:
    """All that is shown as HTML, without tags."""
    shown = " ".join(element.value for element in app.html if "<style>" not in element.value)
    return unescape(re.sub(r"<[^>]+>", " ", shown))

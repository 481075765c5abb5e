"""What a reader sees of an app that runs without a browser."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest

COMPONENT = "bidi_component"


def html_of(block: object) -> str:
    """All HTML of a part of the page, that in components of ours, too."""
    own = [element.value for element in block.html]  # type: ignore[attr-defined]
    parts = block.get(COMPONENT)  # type: ignore[attr-defined]
    return "".join([*own, *(json.loads(part.proto.json).get("html", "") for part in parts)])


def messages(app: AppTest) -> list[tuple[str, str]]:
    """Name and HTML of every message."""
    return [(message.name, html_of(message)) for message in app.chat_message]


def ask(app: AppTest, question: str) -> AppTest:
    """Type and send a question, and wait for its answer."""
    app.chat_input[0].set_value(question).run()
    assert not app.exception
    return app


def buttons(app: AppTest) -> list[str]:
    """The labels of all buttons."""
    return [button.label for button in app.button]


def click(app: AppTest, label: str) -> AppTest:
    """Click the first button of this label."""
    app.button[buttons(app).index(label)].click().run()
    assert not app.exception
    return app
